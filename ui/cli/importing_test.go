package cli

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportFromAnAddress reads a file from addresses that do all that an address
// may do. Where there was no store and nothing was imported, there is none.
func TestImportFromAnAddress(t *testing.T) {
	const closes = "date,symbol,close\n2025-03-28,LAMP,12.50\n"
	hung := make(chan struct{}) // when somebody waits for it
	mux := http.NewServeMux()
	mux.HandleFunc("/closes.csv", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(closes)) })
	mux.Handle("/moved.csv", http.RedirectHandler("/closes.csv", http.StatusFound))
	mux.Handle("/circle.csv", http.RedirectHandler("/circle.csv", http.StatusFound))
	mux.Handle("/elsewhere.csv", http.RedirectHandler("https://example.com/closes.csv", http.StatusMovedPermanently))
	mux.Handle("/plain.csv", http.RedirectHandler("http://127.0.0.1:1/closes.csv", http.StatusMovedPermanently))
	mux.HandleFunc("/cut.csv", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(closes))
	})
	mux.HandleFunc("/page.csv", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<!DOCTYPE html><html></html>")) })
	mux.HandleFunc("/hangs.csv", func(_ http.ResponseWriter, r *http.Request) { hung <- struct{}{}; <-r.Context().Done() })
	mux.HandleFunc("/stalls.csv", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(closes))
		_ = http.NewResponseController(w).Flush()
		hung <- struct{}{}
		<-r.Context().Done()
	})
	publisher := httptest.NewTLSServer(mux)
	defer publisher.Close()

	for path, c := range map[string]struct {
		code int
		want string
	}{
		"/closes.csv":      {ExitDone, ""},
		"/moved.csv":       {ExitDone, ""},
		"/circle.csv":      {ExitFailed, "127.0.0.1 sends us from one address to the next without end; look at the address in a browser, or give a file that was downloaded"},
		"/elsewhere.csv":   {ExitFailed, "127.0.0.1 sends us to another address, which is not followed"},
		"/plain.csv":       {ExitFailed, "127.0.0.1 sends us to another address, which is not followed"},
		"/cut.csv":         {ExitFailed, "127.0.0.1 broke off its answer: the connection was cut"},
		"/page.csv":        {ExitFailed, "page.csv cannot be imported: it is a web page"},
		"/nothing.csv":     {ExitFailed, "127.0.0.1 "},
		"/hangs.csv":       {ExitFailed, "interrupted"},
		"/stalls.csv":      {ExitFailed, "interrupted"},
		"/\x1b]0;evil.csv": {ExitUsage, "https://"},
	} {
		t.Run(path, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			go func() {
				select {
				case <-hung:
					stop()
				case <-ctx.Done():
				}
			}()
			folder := filepath.Join(t.TempDir(), "data")
			p := Program{transport: publisher.Client().Transport}
			var out, said bytes.Buffer
			code := p.Run(ctx, []string{"import", "closes", publisher.URL + path, "--store", filepath.Join(folder, "gyre.db")}, strings.NewReader(""), &out, &said, nil)
			if code != c.code || c.want != "" && !strings.HasPrefix(said.String(), "gyre: "+c.want) || strings.ContainsRune(said.String(), '\x1b') {
				t.Errorf("it ends with %d and says %q", code, &said)
			}
			if _, err := os.Stat(folder); (err == nil) != (c.code == ExitDone) {
				t.Errorf("of the store there is: %v", err)
			}
		})
	}
}
