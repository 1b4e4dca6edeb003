package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/alpaca/alpacatest"
	"gyre/feed/stream/streamtest"
	"gyre/feed/web"
	"gyre/model/session"
	"gyre/ui/theme"
)

// sweep is how often Alpaca is asked, and stale when the screen must say so: half
// a second after three times that, which is when the feed is looked at.
const (
	sweep = 15 * time.Second
	stale = 3*sweep + 500*time.Millisecond + time.Nanosecond
)

// vendor is Alpaca as a test has it, and the fault that it has for now.
type vendor struct {
	*alpacatest.Server

	mu    sync.Mutex
	fault http.HandlerFunc
	heals chan struct{} // closed at the end of the fault
}

func (v *vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	fault := v.fault
	v.mu.Unlock()
	switch {
	case strings.HasPrefix(r.URL.Path, "/rss"):
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>no halts</title></channel></rss>`)
	case fault != nil && r.URL.Path == "/v2/stocks/snapshots":
		fault(w, r)
	default:
		v.Server.ServeHTTP(w, r)
	}
}

// fail begins a fault, and gives what ends it.
func (v *vendor) fail(fault http.HandlerFunc) (heal func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fault, v.heals = fault, make(chan struct{})
	return func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.fault = nil
		close(v.heals)
	}
}

// held is a line that nothing comes through while the fault lasts, and that goes
// on then where it stood.
func (v *vendor) held(w http.ResponseWriter, r *http.Request) { v.drip(w, r, time.Hour) }

// slow is a line that a byte comes through every second.
func (v *vendor) slow(w http.ResponseWriter, r *http.Request) { v.drip(w, r, time.Second) }

func (v *vendor) drip(w http.ResponseWriter, r *http.Request, pause time.Duration) {
	v.mu.Lock()
	heals := v.heals
	v.mu.Unlock()
	drops := time.NewTicker(pause)
	defer drops.Stop()
	for {
		select {
		case <-drops.C:
			_, _ = io.WriteString(w, " ")
			_ = http.NewResponseController(w).Flush() // who has left gets nothing
		case <-heals:
			v.Server.ServeHTTP(w, r)
			return
		case <-r.Context().Done():
			return
		}
	}
}

// trade lets all names trade at a price, the delay ago.
func (v *vendor) trade(price string, at time.Time) {
	monday := session.NewDate(2025, time.March, 31)
	for i := range eighty {
		v.Set(fmt.Sprintf("N%02d", i), alpacatest.Figures{
			At: at, Price: price, Volume: 5000, Day: monday.Time(), Before: (monday - 3).Time(), Previous: "10.00",
		})
	}
}

// inTheClear takes the encryption off requests: there is none in memory.
type inTheClear struct{ http.RoundTripper }

func (c inTheClear) RoundTrip(r *http.Request) (*http.Response, error) {
	plain := r.Clone(r.Context())
	plain.URL.Scheme = "http"
	return c.RoundTripper.RoundTrip(plain)
}

// outage runs the dashboard on Alpaca's prices, which are 15 minutes late, from
// 11:00 on, when all names stand 5 % above their last close.
func outage(t *testing.T, look func(t *testing.T, g *glass, v *vendor, now func() time.Time)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		v, g, p := &vendor{Server: alpacatest.New(t)}, newGlass(), atEleven()
		v.trade("10.50", p.now().Add(-16*time.Minute))
		line := streamtest.Serve(t, v).Transport
		if l, ok := line.(*http.Transport); ok {
			l.ResponseHeaderTimeout = web.NewTransport(nil).ResponseHeaderTimeout
		}
		p.Sample, p.transport, p.show = eightyNames(), inTheClear{line}, g.show
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan int, 1)
		var out, said bytes.Buffer
		go func() {
			env := []string{"TERM=xterm-256color", alpacaKey + "=" + alpacatest.KeyID, alpacaSecret + "=" + alpacatest.Secret}
			ended <- p.Run(ctx, []string{"--feed", "alpaca", "--data", "sample", "--window", "1D"}, strings.NewReader(""), &out, &said, env)
		}()
		g.await(t, "fresh", 10*time.Second, says(" DELAYED 15m  ", "+5.00"))
		look(t, g, v, p.now)
		stop()
		if code := <-ended; code != ExitDone || out.Len() > 0 || said.Len() > 0 {
			t.Errorf("it ends with %d, %q and %q", code, out.String(), said.String())
		}
	})
}

// isFresh tells whether the screen has a price that was told lately and says
// nothing but that it is delayed.
func isFresh(percent string) func(picture string) bool {
	return func(picture string) bool {
		return says(" DELAYED 15m  ", percent)(picture) && !strings.Contains(picture, "feed: ")
	}
}

// Whatever becomes of the vendor, the screen says that what it shows is old,
// keeps showing it, and is fresh again soon after.
func TestTheScreenWhileTheVendorFails(t *testing.T) {
	const soon = 5 * time.Second
	for name, c := range map[string]struct {
		fault func(v *vendor) http.HandlerFunc
		says  string        // on the screen, in time
		lasts time.Duration // from then on
		fresh time.Duration // from the end of the fault
	}{
		"a line that hangs":          {func(v *vendor) http.HandlerFunc { return v.held }, "feed: data.alpaca.markets did not answer in time", time.Second, soon},
		"a line that hangs for long": {func(v *vendor) http.HandlerFunc { return v.held }, " FAILING 00:2", 10 * time.Minute, soon},
		"a slow line":                {func(v *vendor) http.HandlerFunc { return v.slow }, " STALE 00:45 ", time.Second, soon},
		"a slow line for long":       {func(v *vendor) http.HandlerFunc { return v.slow }, " STALE 00:45 ", 10 * time.Minute, soon},
		"errors":                     {fixed(alpacatest.Status(503, "")), " FAILING 00:1", 4 * time.Second, soon},
		"errors for long":            {fixed(alpacatest.Status(500, "")), " FAILING 00:1", 10 * time.Minute, 38 * time.Second}, // the longest pause
		"too many requests":          {fixed(alpacatest.Status(429, "20")), " FAILING 00:1", time.Second, 20 * time.Second},    // as was asked for
		"half an answer":             {fixed(alpacatest.Cut), "feed: data.alpaca.markets broke off its answer", 4 * time.Second, soon},
		"no JSON":                    {fixed(alpacatest.Body("<html>\x1b[2Jsorry")), "feed: the snapshots are not what Alpaca documents", 4 * time.Second, soon},
		"nothing in it":              {fixed(alpacatest.Body("{}")), " DELAYED 15m  ", 10 * time.Minute, sweep * 11 / 10},
	} {
		t.Run(name, func(t *testing.T) {
			outage(t, func(t *testing.T, g *glass, v *vendor, now func() time.Time) {
				t.Helper()
				heal := v.fail(c.fault(v))
				g.await(t, c.says, stale, says(c.says, "DELAYED 15m"))
				watchOver(t, g, c.lasts)
				v.trade("10.60", now().Add(-16*time.Minute))
				heal()
				g.await(t, "fresh again", c.fresh, isFresh("+6.00"))
			})
		})
	}
}

// fixed is a fault that is the same for every server.
func fixed(fault http.HandlerFunc) func(*vendor) http.HandlerFunc {
	return func(*vendor) http.HandlerFunc { return fault }
}

// watchOver looks at the screen for a while: every picture has the old values,
// none is blank, none says zero or that it is live, and those that are said to be
// old are dim.
func watchOver(t *testing.T, g *glass, while time.Duration) {
	t.Helper()
	th := theme.New(theme.Options{})
	dim, bright := th.Paint(theme.Dim, "+5.00"), th.Paint(theme.Up, "+5.00")
	end := time.After(while)
	for {
		picture, other := g.picture()
		for _, want := range []string{"DELAYED 15m", "+5.00", "coverage 100.0%"} {
			if !strings.Contains(picture, want) {
				t.Fatalf("there is no %q in\n%s", want, picture)
			}
		}
		for _, never := range []string{"LIVE", "+0.00", "−100.00", "NaN"} {
			if strings.Contains(picture, never) {
				t.Fatalf("there is %q in\n%s", never, picture)
			}
		}
		old := strings.Contains(picture, " STALE ") || strings.Contains(picture, " FAILING ")
		if coloured := g.coloured(); strings.Contains(coloured, dim) != old || strings.Contains(coloured, bright) == old {
			t.Fatalf("old is %v, and drawn is\n%q", old, coloured)
		}
		select {
		case <-other:
		case <-end:
			return
		}
	}
}
