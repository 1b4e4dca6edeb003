package alpaca_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/feed"
	"gyre/feed/alpaca"
	"gyre/feed/alpaca/alpacatest"
	"gyre/feed/feedtest"
	"gyre/feed/web"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// eleven is a server that trades at 11:00, and its figures are those of then.
func eleven(t *testing.T) *alpacatest.Server {
	t.Helper()
	return trading(t, at(10, 59, 58))
}

// late is the same fifteen minutes after the fact.
func late(t *testing.T) *alpacatest.Server {
	t.Helper()
	return trading(t, at(10, 44, 58))
}

// paid is the same for an account with a subscription.
func paid(t *testing.T) *alpacatest.Server {
	t.Helper()
	server := eleven(t)
	server.Plan = alpacatest.Plus
	return server
}

func TestContract(t *testing.T) {
	feedtest.Run(t, func(t *testing.T) feed.Source {
		t.Helper()
		server := httptest.NewServer(late(t))
		t.Cleanup(server.Close)
		source, err := alpaca.New(options(at(11, 0, 0), server.URL, nil))
		if err != nil {
			t.Fatal(err)
		}
		return source
	})
}

func TestTheFeedIsWhatThePlanAllows(t *testing.T) {
	for name, c := range map[string]struct {
		plan   alpacatest.Plan
		wanted alpaca.Feed
		feed   string
		delay  time.Duration
		mode   model.Mode
	}{
		"a subscription":            {alpacatest.Plus, "", "alpaca sip", 0, model.ModeLive},
		"none":                      {alpacatest.Basic, "", "alpaca delayed_sip", 15 * time.Minute, model.ModeDelayed},
		"not even the delayed tape": {alpacatest.IEXOnly, "", "alpaca iex only", 0, model.ModeLive},
		"IEX by choice":             {alpacatest.Plus, alpaca.FeedIEX, "alpaca iex only", 0, model.ModeLive},
	} {
		t.Run(name, func(t *testing.T) {
			server := func(t *testing.T) *alpacatest.Server {
				t.Helper()
				s := late(t)
				s.Plan = c.plan
				return s
			}
			bubble(t, server, at(11, 0, 0), func(t *scene) {
				s, v := t.server, t.viewer
				pass(time.Second)
				resets := v.of(model.KindReset)
				reset, ok := resets[len(resets)-1].Payload.(*model.Reset)
				if !ok || reset.Feed != c.feed || reset.Delay != c.delay || reset.Mode != c.mode {
					t.Errorf("the last reset is %+v, want the feed %q, %s late", reset, c.feed, c.delay)
				}
				probes := 0
				for _, request := range s.Requests() {
					if strings.Contains(request, "symbols=SPY") {
						probes++
					}
				}
				pass(time.Minute)
				for _, request := range s.Requests()[len(s.Requests())-3:] {
					if strings.Contains(request, "symbols=SPY") {
						t.Errorf("the plan is asked for again a minute later: %s", request)
					}
				}
				if probes == 0 {
					t.Error("the plan was not asked for")
				}
			}, func(o *alpaca.Options) { o.Feed = c.wanted })
		})
	}
}

func TestRefusedAccountsEndTheSource(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*alpaca.Options)
		want   error
	}{
		"a wrong key":                  {func(o *alpaca.Options) { o.Secret = web.NewSecret("wrong") }, alpaca.ErrKey},
		"a feed that the plan has not": {func(o *alpaca.Options) { o.Feed = alpaca.FeedSIP }, alpaca.ErrPlan},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, late, at(11, 0, 0), func(t *scene) {
				v := t.viewer
				pass(time.Second)
				if !v.isEnded(c.want) {
					t.Errorf("the source has not ended with %v", c.want)
				}
			}, c.change)
		})
	}
	if _, err := alpaca.New(alpaca.Options{Reference: reference()}); err == nil || !strings.Contains(err.Error(), "APCA_API_KEY_ID") {
		t.Errorf("without keys: %v; want an error that names APCA_API_KEY_ID", err)
	}
}

func TestASweepBecomesPrices(t *testing.T) {
	bubble(t, late, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(time.Second)
		for i, symbol := range symbols() {
			if got, want := v.price(symbol), num.Price(10*(i+1)+1)*num.PriceScale; got != want {
				t.Errorf("%s is at %d, want %d", symbol, got, want)
			}
		}
		beats := v.of(model.KindHeartbeat)
		if now := beats[len(beats)-1].At; now.After(at(10, 46, 0)) || now.Before(at(10, 44, 0)) {
			t.Errorf("the moment is %s; that of a feed 15 minutes late is 10:45", now)
		}
		s.Set("AAA", alpacatest.Figures{At: at(10, 45, 10), Price: "11.50", Volume: 6000, Day: friday.Time()})
		s.Set("BBB", alpacatest.Figures{At: at(10, 45, 10), Price: "99", Close: "21.25", Conditions: `["@","I"]`, Volume: 6000, Day: friday.Time()})
		pass(20 * time.Second)
		if got := v.price("AAA"); got != 11_500_000 {
			t.Errorf("after the next sweep AAA is at %d, want 11.50", got)
		}
		if got := v.price("BBB"); got != 21_250_000 {
			t.Errorf("after an odd lot at 99 BBB is at %d, want the bar's 21.25", got)
		}
		for _, quote := range v.of(model.KindQuote) {
			if bar := quote.Flags&model.FlagBar != 0; bar != (quote.Price == 21_250_000) {
				t.Errorf("%+v: only the price out of a bar is one of a bar", quote)
			}
		}
		if h := v.last(); h.State != model.FeedOK {
			t.Errorf("the health is %+v", h)
		}
	})
}

func TestAPlanThatChangesIsFoundOutAgain(t *testing.T) {
	bubble(t, paid, at(11, 0, 0), func(t *scene) {
		pass(time.Second)
		t.server.Change(alpacatest.Basic)
		pass(16 * time.Minute) // until the delayed time has caught up with what was shown live
		resets := t.viewer.of(model.KindReset)
		if reset, _ := resets[len(resets)-1].Payload.(*model.Reset); reset.Feed != "alpaca delayed_sip" || reset.Mode != model.ModeDelayed {
			t.Errorf("without the subscription the feed is %+v", reset)
		}
		if t.viewer.last().State != model.FeedOK {
			t.Errorf("the health is %+v", t.viewer.last())
		}
	}, func(o *alpaca.Options) { o.Watch = nil })
}

func TestPreviousClosesComeWithTheSweep(t *testing.T) {
	bubble(t, late, at(11, 0, 0), func(t *scene) {
		pass(time.Minute)
		resets := t.viewer.of(model.KindReset)
		reset, _ := resets[len(resets)-1].Payload.(*model.Reset)
		closes := reset.Reference.Closes
		if len(closes) != 1 || closes[0].Date != friday-1 || closes[0].Price[0] != 10*num.PriceScale {
			t.Errorf("the reference has the closes %+v; want Thursday's", closes)
		}
	}, func(o *alpaca.Options) { o.Reference.Closes = nil })
}

func TestFaultsOfTheSweep(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(s *alpacatest.Server) http.HandlerFunc
		while time.Duration // until it has failed
		want  string
	}{
		"too many requests": {func(*alpacatest.Server) http.HandlerFunc { return alpacatest.Status(429, "20") }, 0, "fewer requests"},
		"a failure":         {func(*alpacatest.Server) http.HandlerFunc { return alpacatest.Status(503, "") }, 0, "failure"},
		"half an answer":    {func(*alpacatest.Server) http.HandlerFunc { return alpacatest.Cut }, 0, "broke off"},
		"garbage":           {func(*alpacatest.Server) http.HandlerFunc { return alpacatest.Body("<html>busy</html>") }, 0, "not what Alpaca documents"},
		"too deep":          {func(*alpacatest.Server) http.HandlerFunc { return alpacatest.Body(strings.Repeat("[", 50)) }, 0, "nests"},
		"too large":         {func(*alpacatest.Server) http.HandlerFunc { return alpacatest.Body(strings.Repeat(" ", 17<<20)) }, 0, "more than"},
		"no answer":         {func(s *alpacatest.Server) http.HandlerFunc { return s.Stall }, 2 * time.Minute, "too long"},
		"a byte a second":   {func(s *alpacatest.Server) http.HandlerFunc { return s.Trickle }, 2 * time.Minute, "too long"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, late, at(11, 0, 0), func(t *scene) {
				s, v := t.server, t.viewer
				pass(time.Second)
				before, beats := v.price("AAA"), len(v.of(model.KindHeartbeat))
				s.Fail("/v2/stocks/snapshots", c.fault(s))
				s.Set("AAA", alpacatest.Figures{At: at(10, 44, 59), Price: "12.50", Volume: 6000, Day: friday.Time()})
				pass(17*time.Second + c.while)
				if h := v.last(); !slices.ContainsFunc(problemsOf(v), func(p string) bool { return strings.Contains(p, c.want) }) {
					t.Errorf("the health is %+v, problems %q; want one that says %q", h, problemsOf(v), c.want)
				}
				if resets := v.of(model.KindReset); before == 0 || len(resets) == 0 {
					t.Error("there was nothing before the fault")
				}
				pass(40 * time.Second)
				if got := v.price("AAA"); got != 12_500_000 || v.last().State != model.FeedOK {
					t.Errorf("after the fault AAA is at %d, %+v; want 12.50 and all well", got, v.last())
				}
				if now := len(v.of(model.KindHeartbeat)); now <= beats {
					t.Error("there was no moment after the fault")
				}
			}, func(o *alpaca.Options) { o.Watch = nil })
		})
	}
}

// After an hour in which the vendor failed its first good answer is on the
// screen within five seconds, and it was not asked more than it allows.
func TestFreshWithinFiveSecondsOfALongOutage(t *testing.T) {
	bubble(t, late, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(time.Second)
		var faults []http.HandlerFunc
		for range 10_000 {
			faults = append(faults, alpacatest.Status(503, ""))
		}
		s.Fail("", faults...)
		before := len(s.Requests())
		pass(time.Hour)
		if a := (len(s.Requests()) - before); a < 900 || a > 2000 {
			t.Errorf("a vendor that is down was asked %d times in an hour", a)
		}
		s.Heal()
		s.Set("AAA", alpacatest.Figures{At: at(11, 45, 0), Price: "12.50", Volume: 6000, Day: friday.Time()})
		pass(5 * time.Second)
		if got := v.price("AAA"); got != 12_500_000 || v.last().State != model.FeedOK {
			t.Errorf("5 s after the outage AAA is at %d, %+v; want 12.50 and all well", got, v.last())
		}
	}, func(o *alpaca.Options) { o.Watch = nil })
}

func problemsOf(v *viewer) []string {
	_, problems := v.health()
	return problems
}

func TestRetryAfterIsHonoured(t *testing.T) {
	bubble(t, late, at(11, 0, 0), func(t *scene) {
		s := t.server
		pass(time.Second)
		s.Fail("/v2/stocks/snapshots", alpacatest.Status(429, "300"))
		pass(20 * time.Second)
		before := len(s.Requests())
		pass(270 * time.Second)
		if after := len(s.Requests()); after != before {
			t.Errorf("%d requests within the 300 s for which the server asked for none", after-before)
		}
		pass(time.Minute)
		if after := len(s.Requests()); after == before {
			t.Error("no request after the 300 s")
		}
	}, func(o *alpaca.Options) { o.Watch = nil })
}

// TestAStreamDoesNotMakeTheRestLookFresh lets the sweeps fail beside a stream
// that tells a trade a second.
func TestTheTradingDaysAreTheVendors(t *testing.T) {
	server := func(t *testing.T) *alpacatest.Server {
		t.Helper()
		s := late(t)
		s.Days(`[{"date":"2025-03-28","open":"09:30","close":"13:00"},{"date":"2025-03-31","open":"09:30","close":"16:00"}]`)
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		v := t.viewer
		pass(time.Second)
		resets := v.of(model.KindReset)
		reset, _ := resets[len(resets)-1].Payload.(*model.Reset)
		if s, ok := reset.Reference.Calendar.On(friday); !ok || s.Minutes() != 210 {
			t.Errorf("Friday is %+v, %v; want the half day that the vendor tells", s, ok)
		}
	})
}

// TestNoKeyIsSeen lets everything fail and looks for the keys in all that the
// source says of it.
func TestNoKeyIsSeen(t *testing.T) {
	server := func(t *testing.T) *alpacatest.Server {
		t.Helper()
		s := paid(t)
		echo := fmt.Sprintf(`{"message":"unknown key %s with %s"}`, alpacatest.KeyID, alpacatest.Secret)
		s.Fail("", alpacatest.Status(500, ""), alpacatest.Body(echo), func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTeapot)
			_, _ = w.Write([]byte(echo))
		}, alpacatest.Cut)
		s.Greet(fmt.Sprintf(`[{"T":"error","code":499,"msg":"bad %s %s"}]`, alpacatest.KeyID, alpacatest.Secret))
		return s
	}
	var opts alpaca.Options
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		v := t.viewer
		pass(time.Minute)
		adapter, err := alpaca.NewAdapter(opts)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := v.health()
		said := fmt.Sprintf("%q %v %+v %#v %+v", problems, v.end, opts, opts, adapter)
		for _, key := range []string{alpacatest.KeyID, alpacatest.Secret} {
			if strings.Contains(said, key) {
				t.Errorf("a key is seen in %s", said)
			}
		}
		if len(problems) < 4 {
			t.Errorf("problems %q; the test wants more of them", problems)
		}
	}, func(o *alpaca.Options) { opts = *o })
}

// TestTheTradingDaysAreAskedForAgain lets a dashboard run for five weeks. The
// vendor tells of a closure two weeks before it, as with a day of mourning.
func TestTheTradingDaysAreAskedForAgain(t *testing.T) {
	told := func(closed session.Date) string {
		var rows []string
		for _, s := range session.New().Range(friday, friday+90) {
			if s.Date != closed {
				rows = append(rows, fmt.Sprintf(`{"date":%q,"open":"09:30","close":"16:00"}`, s.Date))
			}
		}
		return "[" + strings.Join(rows, ",") + "]"
	}
	mourning := session.NewDate(2025, 4, 30)
	server := func(t *testing.T) *alpacatest.Server {
		t.Helper()
		s := late(t)
		s.Days(told(0))
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		calendar := func() *session.Calendar {
			resets := t.viewer.of(model.KindReset)
			reset, _ := resets[len(resets)-1].Payload.(*model.Reset)
			return reset.Reference.Calendar
		}
		asked := func() (requests []string) {
			return slices.DeleteFunc(t.server.Requests(), func(uri string) bool { return !strings.HasPrefix(uri, "/v2/calendar") })
		}
		pass(19 * 24 * time.Hour)
		first := calendar()
		if _, open := first.On(mourning); !open {
			t.Fatal("the closure is known before it was told")
		}
		t.server.Days(told(mourning))
		pass(2 * 24 * time.Hour)
		if _, open := calendar().On(mourning); open {
			t.Errorf("the closure is not known two days after it was told; asked %d times", len(asked()))
		}
		t.server.Fail("/v2/calendar", alpacatest.Status(500, ""), alpacatest.Status(500, ""), alpacatest.Status(500, ""), alpacatest.Status(500, ""))
		pass(14 * 24 * time.Hour)
		last, err := url.Parse(asked()[len(asked())-1])
		if err != nil {
			t.Fatal(err)
		}
		if end, err := session.ParseDate(last.Query().Get("end")); err != nil || end < friday+35+29 {
			t.Errorf("after five weeks the days are known up to %s only (%v)", end, err)
		}
		if n := len(asked()); n < 20 || n > 35 {
			t.Errorf("the days were asked for %d times in 24 sessions", n)
		}
	}, func(o *alpaca.Options) { o.Interval, o.Watch = time.Hour, nil })
}
