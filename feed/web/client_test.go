package web_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/goleak"
	"golang.org/x/time/rate"

	"gyre/feed/web"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// vendor serves handler and gives a client that asks it with a key.
func vendor(t *testing.T, handler http.HandlerFunc) *web.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return client(t, web.Options{Base: server.URL})
}

// client asks with a key.
func client(t *testing.T, opts web.Options) *web.Client {
	t.Helper()
	opts.Credentials = map[string]web.Secret{"X-Api-Key": web.NewSecret(canary)}
	c, err := web.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestGet(t *testing.T) {
	c := vendor(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "%s %s %s", r.URL.Path, r.URL.RawQuery, r.Header.Get("X-Api-Key"))
	})
	got, err := c.Get(t.Context(), "/v2/stocks", url.Values{"symbols": {"BRK.B,A"}})
	if want := "/v2/stocks symbols=BRK.B%2CA <secret>"; err != nil || string(got) != want {
		t.Errorf("got %q, %v, want %q", got, err, want) // the key came, and is not handed on
	}
}

// status answers with one status.
func status(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

func TestFailures(t *testing.T) {
	hang := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"half":`)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"half":`)
	}
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 17 {
			_, _ = z.Write(zeros)
		}
		_ = z.Close()
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		kind    web.Kind
		says    string
	}{
		"401":              {status(401, `{"message":"forbidden."}`), web.Denied, "refuses the key or what it asks for (401): forbidden."},
		"403 with the key": {status(403, `{"error":"bad key `+canary+`"}`), web.Denied, "(403): bad key <secret>"},
		"404":              {status(404, "<html>"), web.NotFound, "does not know /v2 (404)"},
		"400":              {status(400, ""), web.Other, "refuses the request (400)"},
		"429":              {status(429, "", "Retry-After", "7"), web.TooMany, "asks for fewer requests (429)"},
		"500":              {status(500, "boom"), web.Server, "has a failure of its own (500)"},
		"503":              {status(503, "", "Retry-After", "7"), web.Server, "(503)"},
		"escapes":          {status(500, `{"message":"\u001b]0;owned\u0007"}`), web.Server, "(500): ]0;owned"},
		"slow body":        {hang, web.Network, "broke off its answer: it took too long"},
		"half a body":      {cut, web.Network, "broke off its answer: the connection was cut"},
		"large, declared":  {status(200, "", "Content-Length", "16777217"), web.TooLarge, "more than 16777216 bytes"},
		"large when open":  {bomb, web.TooLarge, "more than 16777216 bytes"},
		"deep":             {status(200, strings.Repeat(`[`, 17)+strings.Repeat(`]`, 17)), web.Malformed, "more than 16 deep"},
		"an endless depth": {status(200, strings.Repeat(`{"a":`, 100_000)), web.Malformed, "more than 16 deep"},
		"garbage":          {status(200, "<html>busy</html>"), web.Malformed, "not what it documents"},
		"another shape":    {status(200, `[1]`), web.Malformed, "not what it documents"},
		"to itself":        {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/v2", http.StatusFound) }, web.Other, "without end"},
	} {
		t.Run(name, func(t *testing.T) {
			within := time.Minute
			if name == "slow body" {
				within = 100 * time.Millisecond
			}
			ctx, cancel := context.WithTimeoutCause(t.Context(), within, errors.New("it took too long"))
			defer cancel()
			var v map[string]any
			err := vendor(t, c.handler).GetJSON(ctx, "/v2", url.Values{"token": {canary}}, &v)
			if err == nil || web.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v (%s), want %s that says %q", err, web.KindOf(err), c.kind, c.says)
			}
			secretive(t, err)
		})
	}
}

// secretive fails where an error shows the key, however it is printed.
func secretive(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if strings.Contains(text, canary) || strings.Contains(text, "?") {
				t.Errorf("the error shows the key or the query: %s", text)
			}
		}
	}
}

func TestSixteenDeepIsTaken(t *testing.T) {
	for name, body := range map[string]string{
		"lists":                strings.Repeat("[", 16) + strings.Repeat("]", 16),
		"side by side":         `[` + strings.Repeat(`[[]],`, 1000) + `[]]`,
		"brackets in a string": `{"a":"` + strings.Repeat(`[{\"`, 1000) + `"}`,
		"no JSON at all":       strings.Repeat("<a>{", 100),
		"a list of halts":      `<?xml version="1.0"?><rss>` + strings.Repeat("{[", 100) + `</rss>`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := vendor(t, status(200, body)).Get(t.Context(), "/", nil)
			if err != nil || string(got) != body {
				t.Errorf("got %d bytes, %v, want all %d", len(got), err, len(body))
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	for name, c := range map[string]struct {
		header   string
		min, max time.Duration
	}{
		"seconds":     {"7", 7 * time.Second, 7 * time.Second},
		"a date":      {time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat), 80 * time.Second, 91 * time.Second},
		"a past date": {"Sun, 06 Nov 1994 08:49:37 GMT", 0, 0},
		"a year":      {"31536000", web.MaxWait, web.MaxWait},
		"too large":   {"9223372036854775807", web.MaxWait, web.MaxWait},
		"negative":    {"-5", 0, 0},
		"nonsense":    {"soon", 0, 0},
		"none":        {"", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := vendor(t, status(429, "", "Retry-After", c.header)).Get(t.Context(), "/", nil)
			failed, asked := new(web.Error), new(backoff.RetryAfterError)
			if !errors.As(err, &failed) || failed.Kind != web.TooMany || failed.Wait < c.min || failed.Wait > c.max {
				t.Fatalf("got %v, want a wait from %s to %s", err, c.min, c.max)
			}
			if told := errors.As(err, &asked); told != (c.max > 0) || told && asked.Duration != failed.Wait {
				t.Errorf("a loop sees the wait: %v (%s)", told, asked.Duration)
			}
		})
	}
}

func TestKeysDoNotLeaveTheirHost(t *testing.T) {
	var leaked []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		leaked = append(leaked, r.Header.Get("X-Api-Key"))
	}))
	t.Cleanup(elsewhere.Close)

	t.Run("a redirect to another host is not followed", func(t *testing.T) {
		_, err := vendor(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/?key="+canary, http.StatusFound)
		}).Get(t.Context(), "/", nil)
		if err == nil || !strings.Contains(err.Error(), "another address") {
			t.Errorf("got %v, want a refusal", err)
		}
		secretive(t, err)
	})
	t.Run("nor one from https to http", func(t *testing.T) {
		var down string
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, down, http.StatusFound)
		}))
		t.Cleanup(server.Close)
		down = "http://" + strings.TrimPrefix(server.URL, "https://")
		c := client(t, web.Options{Base: server.URL, Transport: server.Client().Transport})
		if _, err := c.Get(t.Context(), "/", nil); err == nil || !strings.Contains(err.Error(), "another address") {
			t.Errorf("got %v, want a refusal", err)
		}
	})
	t.Run("one within the host is", func(t *testing.T) {
		got, err := vendor(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/old" {
				http.Redirect(w, r, "/new", http.StatusMovedPermanently)
				return
			}
			_, _ = io.WriteString(w, r.Header.Get("X-Api-Key"))
		}).Get(t.Context(), "/old", nil)
		if err != nil || string(got) != "<secret>" { // the key came, and is not handed on
			t.Errorf("got %q, %v", got, err)
		}
	})
	t.Run("the environment's proxy is not used", func(t *testing.T) {
		t.Setenv("HTTP_PROXY", elsewhere.URL)
		t.Setenv("http_proxy", elsewhere.URL)
		c := client(t, web.Options{Base: "http://localhost:1"})
		if _, err := c.Get(t.Context(), "/", url.Values{"k": {canary}}); web.KindOf(err) != web.Network {
			t.Errorf("got %v, want that nobody listens there", err)
		} else {
			secretive(t, err)
		}
	})
	if len(leaked) > 0 {
		t.Errorf("another host was asked with %q", leaked)
	}
}

func TestABadCertificateIsRefused(t *testing.T) {
	server := httptest.NewUnstartedServer(status(200, "{}"))
	server.Config.ErrorLog = nil
	server.StartTLS()
	t.Cleanup(server.Close)
	_, err := client(t, web.Options{Base: server.URL}).Get(t.Context(), "/", nil)
	if web.KindOf(err) != web.Network || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("got %v, want a refused certificate", err)
	}
}

func TestAddresses(t *testing.T) {
	key := map[string]web.Secret{"X-Api-Key": web.NewSecret(canary)}
	for name, c := range map[string]struct {
		opts web.Options
		ok   bool
	}{
		"https":                     {web.Options{Base: "https://data.vendor.example", Credentials: key}, true},
		"http on this machine":      {web.Options{Base: "http://127.0.0.1:8080", Credentials: key}, true},
		"http without a key":        {web.Options{Base: "http://vendor.example"}, true},
		"http with a key":           {web.Options{Base: "http://vendor.example", Credentials: key}, false},
		"a name that looks local":   {web.Options{Base: "http://localhost.vendor.example", Credentials: key}, false},
		"a key in the address":      {web.Options{Base: "https://" + canary + "@vendor.example"}, false},
		"a key in the query":        {web.Options{Base: "https://vendor.example?key=" + canary}, false},
		"no scheme":                 {web.Options{Base: "vendor.example"}, false},
		"another scheme":            {web.Options{Base: "ftp://vendor.example"}, false},
		"an address that is broken": {web.Options{Base: "https://[" + canary}, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := web.New(c.opts)
			if (err == nil) != c.ok {
				t.Errorf("got %v", err)
			}
			secretive(t, err)
		})
	}
}

func TestTheRateIsKept(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(server.Close)
	limit := rate.NewLimiter(rate.Every(time.Hour), 3)
	first, second := client(t, web.Options{Base: server.URL, Rate: limit}), client(t, web.Options{Base: server.URL, Rate: limit})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	var err error
	for i := 0; err == nil && i < 10; i++ {
		c := first
		if i%2 == 1 {
			c = second
		}
		_, err = c.Get(ctx, "/", nil)
	}
	if asked != 3 || err == nil || !strings.Contains(err.Error(), "was not asked") {
		t.Errorf("asked %d times, then %v; want 3 times, as both clients share the limit", asked, err)
	}
}

func TestCancelIsTheContextsError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := vendor(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	if _, err := c.Get(ctx, "/", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
