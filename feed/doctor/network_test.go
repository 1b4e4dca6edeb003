package doctor_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/alpaca"
	"gyre/feed/doctor"
	"gyre/feed/massive"
	"gyre/feed/web"
)

// hall answers without a network, after a while, with a clock of its own.
type hall struct {
	after time.Duration
	ahead time.Duration // its clock before ours
	mute  bool          // it does not tell the time
	route func(r *http.Request) (status int, body string)
}

// RoundTrip answers.
func (h *hall) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(h.after):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	status, body := h.route(r)
	answer := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
	if !h.mute {
		answer.Header.Set("Date", time.Now().Add(h.ahead).UTC().Format(http.TimeFormat))
	}
	return answer, nil
}

const (
	snapshot = `{"SPY":{"latestTrade":{"t":"2025-03-27T15:00:00Z","p":560.5,"s":1,"c":["@"],"z":"B"}}}`
	refusal  = `{"message":"subscription does not permit querying recent SIP data"}`
	status   = `{"market":"open","serverTime":"2025-03-27T11:00:00-04:00"}`
)

func TestAlpaca(t *testing.T) {
	only := func(feeds ...string) func(*http.Request) (int, string) {
		return func(r *http.Request) (int, string) {
			for _, feed := range feeds {
				if r.URL.Query().Get("feed") == feed {
					return http.StatusOK, snapshot
				}
			}
			return http.StatusForbidden, refusal
		}
	}
	wrong := func(*http.Request) (int, string) {
		return http.StatusForbidden, `{"message":"forbidden, ` + canary + `"}`
	}
	for name, c := range map[string]struct {
		hall  hall
		lines []string // of the entitlement, the fetch and the clock
	}{
		"a paid plan":    {hall{route: only("sip", "iex")}, []string{"ok alpaca entitlement: the whole market, live", "ok alpaca fetch: data.alpaca.markets answered in 0s", "ok alpaca clock: this clock is that of data.alpaca.markets"}},
		"a free plan":    {hall{route: only("delayed_sip", "iex")}, []string{"ok alpaca entitlement: the whole market, 15 minutes late"}},
		"one exchange":   {hall{route: only("iex")}, []string{"warning alpaca entitlement: one exchange's prints"}},
		"a wrong key":    {hall{route: wrong}, []string{"fails alpaca entitlement: Alpaca refuses the key", "fails alpaca fetch: data.alpaca.markets refuses the key", "ok alpaca clock"}},
		"slow":           {hall{after: 3 * time.Second, route: only("sip", "iex")}, []string{"ok", "warning alpaca fetch: data.alpaca.markets answered in 3s; it is slow", "ok alpaca clock"}},
		"without an end": {hall{after: time.Hour, route: only("sip")}, []string{"fails alpaca entitlement: data.alpaca.markets did not answer: there was no answer within 10 seconds", "fails", "fails alpaca clock"}},
		"two seconds":    {hall{ahead: -2 * time.Second, route: only("sip", "iex")}, []string{"ok", "ok", "ok"}},
		"ahead of it":    {hall{ahead: -6 * time.Second, route: only("sip", "iex")}, []string{"ok", "ok", "warning alpaca clock: this clock is 5s ahead of that of data.alpaca.markets; set the clock"}},
		"behind it":      {hall{ahead: 90 * time.Second, route: only("sip", "iex")}, []string{"ok", "ok", "fails alpaca clock: this clock is 1m30s behind that"}},
		"no time told":   {hall{mute: true, route: only("sip", "iex")}, []string{"ok", "ok", "warning alpaca clock: data.alpaca.markets does not tell its time"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				results := doctor.Run(t.Context(), doctor.Alpaca(alpaca.Options{
					KeyID: web.NewSecret(canary), Secret: web.NewSecret(canary), Transport: &c.hall,
				}), false)
				if len(results) != 3 {
					t.Fatalf("%d checks", len(results))
				}
				compare(t, results, c.lines)
			})
		})
	}
}

// compare compares the beginnings of the results with what they should say.
func compare(t *testing.T, results []doctor.Result, want []string) {
	t.Helper()
	for i, w := range want {
		if got := strings.Join(strings.Fields(results[i].String()), " "); !strings.HasPrefix(got, w) {
			t.Errorf("it says %q, want %q", got, w)
		}
	}
	if printed := fmt.Sprintf("%+v", results); strings.Contains(printed, canary) {
		t.Errorf("it shows the key: %s", printed)
	}
}

func TestMassive(t *testing.T) {
	answers := func(timeframe string, code int) func(*http.Request) (int, string) {
		return func(r *http.Request) (int, string) {
			if strings.HasPrefix(r.URL.Path, "/v1/marketstatus") {
				return http.StatusOK, status
			}
			return code, `{"results":[{"ticker":"SPY","timeframe":"` + timeframe + `"}]}`
		}
	}
	for name, c := range map[string]struct {
		hall  hall
		lines []string
	}{
		"live":         {hall{route: answers("REAL-TIME", http.StatusOK)}, []string{"ok massive entitlement: the whole market, live", "ok massive fetch: api.massive.com answered", "ok massive clock"}},
		"delayed":      {hall{route: answers("DELAYED", http.StatusOK)}, []string{"ok massive entitlement: the whole market, 15 minutes late"}},
		"a wrong key":  {hall{route: answers("", http.StatusUnauthorized)}, []string{"fails massive entitlement: Massive refuses the key", "ok massive fetch"}},
		"a small plan": {hall{route: answers("", http.StatusForbidden)}, []string{"ok massive entitlement: the whole market, 15 minutes late, as far as the plan"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				compare(t, doctor.Run(t.Context(), doctor.Massive(massive.Options{Key: web.NewSecret(canary), Transport: &c.hall}), false), c.lines)
			})
		})
	}
}

func TestWithoutKeysNobodyIsAsked(t *testing.T) {
	if a, m := doctor.Alpaca(alpaca.Options{}), doctor.Massive(massive.Options{}); len(a)+len(m) != 0 {
		t.Errorf("there are %d checks of alpaca and %d of massive", len(a), len(m))
	}
}

// TestOverARealConnection goes through sockets, and leaves none behind.
func TestOverARealConnection(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/rss.aspx":
			_, _ = io.WriteString(w, "<rss/>")
		case "/v2/stocks/snapshots":
			_, _ = io.WriteString(w, snapshot)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	checks := append(doctor.Alpaca(alpaca.Options{KeyID: web.NewSecret(canary), Secret: web.NewSecret(canary), DataURL: server.URL}),
		doctor.Fetch("halts", web.Options{Base: server.URL}, "/rss.aspx", nil),
		doctor.Fetch("lost", web.Options{Base: server.URL}, "/elsewhere", nil),
		doctor.Fetch("nonsense", web.Options{Base: "nowhere"}, "/", nil),
	)
	compare(t, doctor.Run(t.Context(), checks, false), []string{
		"ok alpaca entitlement: the whole market, live", "ok alpaca fetch: 127.0.0.1 answered in", "ok alpaca clock: this clock is that of 127.0.0.1",
		"ok halts: 127.0.0.1 answered in", "fails lost: 127.0.0.1 does not know /elsewhere", "fails nonsense: the vendor's address",
	})
	if offline := doctor.Run(t.Context(), checks, true); len(offline) != 0 {
		t.Errorf("offline it does %d checks", len(offline))
	}
}
