package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/stream/streamtest"
	"gyre/feed/web"
)

// A body may take its time as long as it comes; one that stops coming is given
// up long before the sweep that it is part of.
func TestABodyThatStopsComing(t *testing.T) {
	const text = "a body in pieces"
	for name, c := range map[string]struct {
		pause time.Duration // between two bytes
		took  time.Duration
		says  string // "": it is read whole
	}{
		"slow":   {9 * time.Second, time.Duration(len(text)-1) * 9 * time.Second, ""},
		"silent": {time.Hour, 10 * time.Second, "vendor broke off its answer: nothing more came for 10s"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client := streamtest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					for i := range len(text) {
						if i > 0 {
							select {
							case <-time.After(c.pause):
							case <-r.Context().Done():
								return
							}
						}
						_, _ = io.WriteString(w, text[i:i+1])
						_ = http.NewResponseController(w).Flush() // who has left gets nothing
					}
				}))
				vendor, err := web.New(web.Options{Base: "http://vendor", Transport: client.Transport})
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				body, err := vendor.Get(t.Context(), "/", nil)
				if took := time.Since(began); took != c.took {
					t.Errorf("it takes %s, want %s", took, c.took)
				}
				switch {
				case c.says == "" && (err != nil || string(body) != text):
					t.Errorf("it is %q: %v", body, err)
				case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
					t.Errorf("it ends with %v", err)
				}
			})
		})
	}
}
