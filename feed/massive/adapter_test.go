package massive_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"gyre/feed"
	"gyre/feed/feedtest"
	"gyre/feed/massive"
	"gyre/feed/massive/massivetest"
	"gyre/feed/web"
	"gyre/model"
	"gyre/model/num"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// live is a server at 11:00 for an account with live data.
func live(t *testing.T) *massivetest.Server {
	t.Helper()
	return trading(t, at(10, 59, 58), "REAL-TIME")
}

// late is the same fifteen minutes after the fact.
func late(t *testing.T) *massivetest.Server {
	t.Helper()
	return trading(t, at(10, 44, 58), "DELAYED")
}

func TestContract(t *testing.T) {
	feedtest.Run(t, func(t *testing.T) feed.Source {
		t.Helper()
		server := httptest.NewServer(live(t))
		t.Cleanup(server.Close)
		source, err := massive.New(options(at(11, 0, 0), server.URL, nil))
		if err != nil {
			t.Fatal(err)
		}
		return source
	})
}

func TestTheDelayIsFoundOut(t *testing.T) {
	for name, c := range map[string]struct {
		server func(t *testing.T) *massivetest.Server
		plan   massive.Plan
		delay  time.Duration
	}{
		"live":              {live, "", 0},
		"delayed":           {late, "", 15 * time.Minute},
		"delayed by choice": {live, massive.PlanDelayed, 15 * time.Minute},
		"live by choice":    {late, massive.PlanLive, 0},
		"nothing is said": {func(t *testing.T) *massivetest.Server {
			t.Helper()
			return trading(t, at(10, 44, 58), "")
		}, "", 15 * time.Minute},
		"not part of the plan": {func(t *testing.T) *massivetest.Server {
			t.Helper()
			s := live(t)
			s.Fail("/v3/snapshot", massivetest.Status(403, ""))
			return s
		}, "", 15 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, c.server, at(11, 0, 0), func(t *scene) {
				pass(time.Second)
				mode := model.ModeLive
				if c.delay > 0 {
					mode = model.ModeDelayed
				}
				if r := t.viewer.reset(); r.Feed != "massive" || r.Delay != c.delay || r.Mode != mode {
					t.Errorf("the last reset is %+v, want %s late", r, c.delay)
				}
				beats := t.viewer.of(model.KindHeartbeat)
				if now := beats[len(beats)-1].At; now.Sub(at(11, 0, 0).Add(-c.delay)).Abs() > 5*time.Second {
					t.Errorf("the moment is %s, want 11:00 less %s", now, c.delay)
				}
			}, func(o *massive.Options) { o.Plan = c.plan })
		})
	}
}

func TestRefusedAccountsEndTheSource(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*massivetest.Server)
		key     string
		want    error
	}{
		"a wrong key":  {func(*massivetest.Server) {}, "wrong", massive.ErrKey},
		"a small plan": {func(s *massivetest.Server) { s.NoSnapshots = true }, massivetest.Key, massive.ErrPlan},
	} {
		t.Run(name, func(t *testing.T) {
			server := func(t *testing.T) *massivetest.Server {
				t.Helper()
				s := live(t)
				c.prepare(s)
				return s
			}
			bubble(t, server, at(11, 0, 0), func(t *scene) {
				pass(time.Second)
				if !t.viewer.isEnded(c.want) {
					t.Errorf("the source has not ended with %v", c.want)
				}
			}, func(o *massive.Options) { o.Key = web.NewSecret(c.key) })
		})
	}
	for name, opts := range map[string]massive.Options{
		"MASSIVE_API_KEY": {Reference: reference()},
		"no plan":         {Reference: reference(), Key: web.NewSecret("k"), Plan: "golden"},
		"https":           {Reference: reference(), Key: web.NewSecret("k"), BaseURL: "http://api.massive.example"},
	} {
		if _, err := massive.New(opts); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v; want an error that says %q", err, name)
		}
	}
}

func TestASweepBecomesPrices(t *testing.T) {
	bubble(t, live, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(time.Second)
		for i, symbol := range symbols() {
			if got, want := v.price(symbol), num.Price(10*(i+1)+1)*num.PriceScale; got != want {
				t.Errorf("%s is at %d, want %d", symbol, got, want)
			}
		}
		levels := v.of(model.KindIndexLevel)
		if len(levels) == 0 || levels[0].Price != 2_023_270_000 {
			t.Errorf("index levels %+v, want RUT at 2023.27", levels)
		}
		closes := v.reset().Reference.Closes
		if len(closes) != 1 || closes[0].Date != friday-1 || closes[0].Price[3] != 40*num.PriceScale {
			t.Errorf("the reference has the closes %+v; want Thursday's, the preferred's among them", closes)
		}
		s.SetRaw("AAA", fmt.Sprintf(`{"ticker":"AAA","day":{"c":0,"v":0},"lastTrade":{"p":0,"t":0},"min":{"c":0,"t":0},"prevDay":{"c":99},"updated":%d}`, at(11, 0, 3).UnixNano()))
		s.Set("BBB", at(11, 0, 3), "21.5", 6000)
		pass(6 * time.Second)
		if v.price("AAA") != 11*num.PriceScale || v.price("BBB") != 21_500_000 {
			t.Errorf("AAA is at %d and BBB at %d; want 11, as zeros say nothing, and 21.50", v.price("AAA"), v.price("BBB"))
		}
		if h := v.last(); h.State != model.FeedOK || h.Problem != "" {
			t.Errorf("the health is %+v", h)
		}
	})
}

func TestFaultsOfTheSweep(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(s *massivetest.Server) http.HandlerFunc
		while time.Duration // until it has failed
		want  string
	}{
		"too many requests": {func(*massivetest.Server) http.HandlerFunc { return massivetest.Status(429, "10") }, 0, "fewer requests"},
		"a failure":         {func(*massivetest.Server) http.HandlerFunc { return massivetest.Status(503, "") }, 0, "failure"},
		"half an answer":    {func(*massivetest.Server) http.HandlerFunc { return massivetest.Cut }, 0, "broke off"},
		"garbage":           {func(*massivetest.Server) http.HandlerFunc { return massivetest.Body("<html>busy</html>") }, 0, "not what Massive documents"},
		"too large":         {func(*massivetest.Server) http.HandlerFunc { return massivetest.Body(strings.Repeat(" ", 17<<20)) }, 0, "more than"},
		"no answer":         {func(s *massivetest.Server) http.HandlerFunc { return s.Stall }, time.Minute, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, live, at(11, 0, 0), func(t *scene) {
				s, v := t.server, t.viewer
				pass(time.Second)
				s.Fail("/v2/snapshot/", c.fault(s))
				pass(6*time.Second + c.while)
				if !v.told(c.want) {
					t.Errorf("problems %q; want one that says %q", v.problems(), c.want)
				}
				if v.price("AAA") != 11*num.PriceScale {
					t.Errorf("AAA is at %d; a fault must leave what is known", v.price("AAA"))
				}
				s.Set("AAA", at(11, 0, 5), "12.5", 6000)
				pass(20 * time.Second)
				if v.price("AAA") != 12_500_000 || v.last().State != model.FeedOK {
					t.Errorf("after the fault AAA is at %d, %+v; want 12.50 and all well", v.price("AAA"), v.last())
				}
			}, func(o *massive.Options) { o.NoStream = true })
		})
	}
}

// TestNoKeyIsSeen lets everything fail and looks for the key in all that the
// source says of it.
func TestNoKeyIsSeen(t *testing.T) {
	echo := fmt.Sprintf(`{"message":"unknown key %s"}`, massivetest.Key)
	server := func(t *testing.T) *massivetest.Server {
		t.Helper()
		s := live(t)
		s.Fail("", massivetest.Status(500, ""), massivetest.Cut, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTeapot)
			_, _ = w.Write([]byte(echo))
		})
		s.Visit(func(_ context.Context, socket *websocket.Conn) {
			_ = socket.Close(websocket.StatusPolicyViolation, "bad key "+massivetest.Key)
		})
		return s
	}
	var opts massive.Options
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		pass(time.Minute)
		adapter, err := massive.NewAdapter(opts)
		if err != nil {
			t.Fatal(err)
		}
		problems := t.viewer.problems()
		if said := fmt.Sprintf("%q %+v %#v %+v", problems, opts, opts, adapter); strings.Contains(said, massivetest.Key) {
			t.Errorf("the key is seen in %s", said)
		}
		if len(problems) < 4 {
			t.Errorf("problems %q; the test wants more of them", problems)
		}
	}, func(o *massive.Options) { opts = *o })
}

// Index levels come with every sweep. A host that keeps them back does not keep
// the prices back for longer than a moment.
func TestIndicesDoNotKeepThePricesWaiting(t *testing.T) {
	server := func(t *testing.T) *massivetest.Server {
		t.Helper()
		s := live(t)
		s.Fail("/v3/snapshot/indices", s.Stall, s.Stall, s.Stall, s.Stall)
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		pass(3 * time.Second)
		if got := t.viewer.price("AAA"); got != 11*num.PriceScale {
			t.Errorf("after 3 s AAA is at %d, want 11", got)
		}
		if !t.viewer.told("no index levels") {
			t.Errorf("problems %q; want that there are no levels", t.viewer.problems())
		}
		pass(time.Minute)
		if got := t.viewer.of(model.KindIndexLevel); len(got) == 0 {
			t.Error("no level came when the host was well again")
		}
	}, func(o *massive.Options) { o.NoStream = true })
}
