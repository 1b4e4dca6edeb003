package halts_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/feed"
	"gyre/feed/clean"
	"gyre/feed/feedtest"
	"gyre/feed/halts"
	"gyre/feed/live"
	"gyre/feed/poll"
	"gyre/feed/web"
	"gyre/model"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is a key that must never be seen.
const canary = "PKCANARY7Q4ZX9"

// maxBody keeps the answer that is too large small.
const maxBody = 64 << 10

// vendor is a server that has the prices of two names, and, on another path,
// the exchange's list of halts. What it answers can be changed.
type vendor struct {
	mu     sync.Mutex
	fault  http.HandlerFunc // of the prices; nil: none
	halted string           // rows of the list
	server *httptest.Server
}

func newVendor(t *testing.T) *vendor {
	t.Helper()
	v := &vendor{}
	v.server = httptest.NewServer(v)
	t.Cleanup(v.server.Close)
	return v
}

func (v *vendor) set(fault http.HandlerFunc) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fault = fault
}

func (v *vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	fault, halted := v.fault, v.halted
	v.mu.Unlock()
	switch {
	case r.URL.Path == "/rss.aspx" && r.URL.Query().Get("feed") == "tradehalts":
		_, _ = fmt.Fprintf(w, `<rss xmlns:ndaq="http://www.nasdaqtrader.com/"><channel>%s</channel></rss>`, halted)
	case fault != nil:
		fault(w, r)
	default:
		now := time.Now().UTC()
		_, _ = fmt.Fprintf(w, `{"ALPHA":{"p":11.5,"t":%q},"BRK-B":{"p":0,"t":%q},"OTHER":{"p":1,"t":%q}}`,
			now.Format(time.RFC3339Nano), now.Format(time.RFC3339Nano), now.Format(time.RFC3339Nano))
	}
}

// client asks the vendor with a key.
func (v *vendor) client(t *testing.T) *web.Client {
	t.Helper()
	c, err := web.New(web.Options{Base: v.server.URL, MaxBody: maxBody, Credentials: map[string]web.Secret{"X-Key": web.NewSecret(canary)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// prices is an adapter as the real ones are: it decodes and observes.
func prices(client *web.Client) live.Adapter {
	return live.AdapterFunc(func(ctx context.Context, board *live.Board) error {
		defer client.Close()
		return poll.Run(ctx, poll.Options{
			Interval: 50 * time.Millisecond,
			Timeout:  300 * time.Millisecond,
			Report:   board.Health,
			Fetch: func(ctx context.Context) error {
				began := time.Now()
				var answer map[string]struct {
					Price jsonNumber `json:"p"`
					At    time.Time  `json:"t"`
				}
				if err := client.GetJSON(ctx, "/snapshots", url.Values{"symbols": {"ALPHA,BRK.B"}}, &answer); err != nil {
					return err
				}
				for symbol, q := range answer {
					price, _ := clean.MachinePrice(string(q.Price)) // zero is absent
					board.Quote(live.Quote{Symbol: symbol, At: q.At, Price: price})
				}
				board.Complete(began)
				return nil
			},
		})
	})
}

// jsonNumber keeps a number's own text.
type jsonNumber string

// UnmarshalJSON takes any token.
func (n *jsonNumber) UnmarshalJSON(b []byte) error { *n = jsonNumber(b); return nil }

// source is the prices with the halts beside them.
func (v *vendor) source(t *testing.T) *live.Source {
	t.Helper()
	c := v.client(t)
	s, err := live.NewSource(live.Options{
		Reference: &model.Reference{
			Calendar:    session.New(),
			Instruments: []model.Instrument{{Symbol: "ALPHA", ShareClassOf: 0}, {Symbol: "BRK.B", ShareClassOf: 1}},
		},
		Identity: live.Identity{Feed: "test", Interval: 50 * time.Millisecond},
	}, prices(c), halts.New(halts.Options{Client: c, Interval: 50 * time.Millisecond}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	feedtest.Run(t, func(t *testing.T) feed.Source {
		t.Helper()
		return newVendor(t).source(t)
	})
}

// reader runs a source and lets a test wait for what it sends.
type reader struct {
	t     *testing.T
	out   chan []model.Update
	ended chan error
	said  []string // problems
}

func read(t *testing.T, s feed.Source) *reader {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := &reader{t: t, out: make(chan []model.Update), ended: make(chan error, 1)}
	go func() { r.ended <- s.Run(ctx, r.out) }()
	t.Cleanup(func() {
		cancel()
		if err := <-r.ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the source ended with %v", err)
		}
	})
	return r
}

// until waits for an update.
func (r *reader) until(what string, is func(u *model.Update) bool) {
	r.t.Helper()
	patience := time.NewTimer(time.Minute)
	defer patience.Stop()
	for {
		select {
		case batch := <-r.out:
			found := false
			for i := range batch {
				if h, ok := batch[i].Payload.(*model.Health); ok {
					r.said = append(r.said, h.Problem)
				}
				found = found || is(&batch[i])
			}
			if found {
				return
			}
		case <-patience.C:
			r.t.Fatalf("waited in vain for %s; problems told: %q", what, r.said)
		}
	}
}

func (r *reader) heartbeat() {
	r.t.Helper()
	r.until("a heartbeat", func(u *model.Update) bool { return u.Kind == model.KindHeartbeat })
}

func (r *reader) health(state model.FeedPhase, problem string) {
	r.t.Helper()
	r.until("health: "+problem, func(u *model.Update) bool {
		h, ok := u.Payload.(*model.Health)
		return ok && h.State == state && strings.Contains(h.Problem, problem)
	})
}

func TestFaultsAndRecovery(t *testing.T) {
	for name, c := range map[string]struct {
		fault http.HandlerFunc
		says  string
	}{
		"401":     {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, canary, http.StatusUnauthorized) }, "refuses the key"},
		"429":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, "fewer requests"},
		"5xx":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, "failure of its own"},
		"garbage": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, "not what"},
		"half a body": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			_, _ = io.WriteString(w, `{"ALPHA":`)
		}, "broke off"},
		"slow body": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"ALPHA":`)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "too long"},
		"too large": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ALPHA":"`+strings.Repeat("x", maxBody)+`"}`)
		}, "sent an answer of more"},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://vendor.example/?key="+canary, http.StatusFound)
		}, "sends us to another"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVendor(t)
			r := read(t, v.source(t))
			r.heartbeat()
			v.set(c.fault)
			r.health(model.FeedFailing, c.says)
			v.set(nil)
			r.health(model.FeedOK, "")
			r.heartbeat()
			if all := strings.Join(r.said, "|"); strings.Contains(all, canary) {
				t.Errorf("the key was told: %s", all)
			}
		})
	}
}

func TestAVendorThatFailsFromTheStartIsShown(t *testing.T) {
	v := newVendor(t)
	v.set(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	r := read(t, v.source(t))
	r.health(model.FeedFailing, "refuses the key")
	v.set(nil)
	r.health(model.FeedOK, "")
	r.until("the price", func(u *model.Update) bool { return u.Kind == model.KindQuote && u.ID == 0 })
}

func TestHaltsComeBesideThePrices(t *testing.T) {
	at := time.Now().In(session.Zone()).Add(-time.Minute).Truncate(time.Second)
	v := newVendor(t)
	v.halted = fmt.Sprintf(`<item><ndaq:IssueSymbol>BRK/B</ndaq:IssueSymbol><ndaq:HaltDate>%s</ndaq:HaltDate>
		<ndaq:HaltTime>%s</ndaq:HaltTime><ndaq:ReasonCode>T1</ndaq:ReasonCode></item>`, at.Format("01/02/2006"), at.Format("15:04:05"))
	r := read(t, v.source(t))
	r.until("the halt", func(u *model.Update) bool {
		return u.Kind == model.KindHalt && u.ID == 1 && u.Text == "T1" && u.At.Equal(at)
	})
	v.mu.Lock()
	v.halted = strings.Replace(v.halted, "</item>", fmt.Sprintf("<ndaq:ResumptionDate>%s</ndaq:ResumptionDate><ndaq:ResumptionTradeTime>%s</ndaq:ResumptionTradeTime></item>",
		at.Format("01/02/2006"), at.Add(time.Second).Format("15:04:05")), 1)
	v.mu.Unlock()
	r.until("the resumption", func(u *model.Update) bool { return u.Kind == model.KindResume && u.At.Equal(at.Add(time.Second)) })
	v.mu.Lock()
	v.halted = "<item>" // the list is broken now
	v.mu.Unlock()
	r.health(model.FeedOK, "no halts: the answer is no list of halts")
	r.heartbeat() // and the prices go on
}
