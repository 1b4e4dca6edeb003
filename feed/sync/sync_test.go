package sync_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/importer"
	"gyre/feed/store"
	fresh "gyre/feed/sync"
	"gyre/feed/web"
	"gyre/model"
)

func TestAnEmptyStoreIsFilled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, s := connected(nil), opened(t)
		var last fresh.Progress
		results := planned(t, s, options(n)).Run(t.Context(), func(p fresh.Progress) {
			if p.Step < last.Step || p.Done > p.Total || p.Steps != 8 {
				t.Errorf("after %+v comes %+v", last, p)
			}
			last = p
		})
		for _, r := range results {
			if r.Err != nil || r.Report == nil || r.Report.Kept == 0 || r.Parts == 0 {
				t.Errorf("%s: %d parts, %v, %v", r.Step.What, r.Parts, r.Report, r.Err)
			}
		}
		if last.Step != 8 || last.Done != filers || last.Total != filers {
			t.Errorf("it ends at %+v, want all %d companies", last, filers)
		}
		for table, want := range map[string]int{
			"instruments": members, "closes": 3 * members, "shares": filers, "facts": filers, "actions": 1, "events": 3, "effr": 1,
		} {
			if got := rows(t, s, table); got != want {
				t.Errorf("%d %s, want %d", got, table, want)
			}
		}
		if info, err := s.Info(t.Context()); err != nil || len(info.Lists) != 1 || info.Lists[0].Members != members {
			t.Errorf("the lists are %+v, %v", info.Lists, err)
		}
		closes, err := s.Closes(t.Context(), thursday)
		if err != nil || closes["AAAB"] != dollars(20) {
			t.Errorf("AAAB closed at %v, %v", closes["AAAB"], err)
		}
		data, err := s.Dataset(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		a := data.Reference.Actions[0]
		if a.Kind != model.ActionSplit || a.New != 1 || a.Old != 20 || a.ExDate != thursday-1 {
			t.Errorf("the action is %+v", a)
		}
	})
}

func TestWhatIsThereIsNotAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, s := connected(nil), opened(t)
		synced(t, s, options(n))
		day := func(days int) fresh.Options {
			o := options(n)
			o.Now = func() time.Time { return evening().AddDate(0, 0, days) }
			return o
		}
		n.forget()
		again := planned(t, s, day(0))
		for i := range again.Steps {
			if again.Steps[i].Skipped == "" || again.Steps[i].Lacking {
				t.Errorf("a second time it would ask: %s", again.Steps[i].String())
			}
		}
		again.Run(t.Context(), nil)
		if len(n.log) != 0 || !strings.Contains(again.String(), "nobody is asked") {
			t.Errorf("a second time it asks %v and says %s", n.log, again)
		}

		synced(t, s, day(1)) // Friday
		want := map[string]int{"www.ishares.com": 1, "data.alpaca.markets": 2, "www.bls.gov": 1, "www.bea.gov": 1, "www.federalreserve.gov": 1, "markets.newyorkfed.org": 1, "sec.gov": 0}
		for host, count := range want {
			if got := n.asked(host); len(got) != count {
				t.Errorf("on the next day %s is asked for %v, want %d", host, got, count)
			}
		}
		if rows(t, s, "closes") != 4*members {
			t.Errorf("there are %d closes, want one more session", rows(t, s, "closes"))
		}
		if i := slices.IndexFunc(n.log, func(r request) bool { return r.path == "/v2/stocks/bars" }); !strings.Contains(n.log[i].query, "start=2025-03-28") {
			t.Errorf("closes are asked for with %s", n.log[i].query)
		}

		n.forget()
		synced(t, s, day(2)) // Saturday: no session since
		if got := n.asked("data.alpaca.markets"); len(got) != 1 || got[0] != "/v1/corporate-actions" {
			t.Errorf("on Saturday alpaca is asked for %v", got)
		}
		n.forget()
		synced(t, s, day(7))
		if got := n.asked("sec.gov"); len(got) != 1+filers {
			t.Errorf("after a week the SEC is asked %d times, want %d", len(got), 1+filers)
		}
	})
}

// TestPace reads the pace off what the hosts see.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, s := connected(nil), opened(t)
		o := options(n)
		o.Sessions, o.Every = 21, 12*time.Second // two questions for closes, and one for actions
		plan := planned(t, s, o)
		began := time.Now()
		for _, r := range plan.Run(t.Context(), nil) {
			if r.Err != nil {
				t.Fatal(r.Err)
			}
		}
		if took := time.Since(began); took < 2*12*time.Second+filers*time.Second/8 {
			t.Errorf("it took %v", took)
		}
		for host, least := range map[string]time.Duration{"sec.gov": time.Second / 8, "data.alpaca.markets": 12 * time.Second} {
			var before time.Time
			count := 0
			for _, r := range n.log {
				if !strings.HasSuffix(r.host, host) {
					continue
				}
				if gap := r.at.Sub(before); gap < least-time.Millisecond {
					t.Errorf("%s is asked for %s %v after the last question", host, r.path, gap)
				}
				before = r.at
				count++
			}
			if count < 3 {
				t.Errorf("%s is asked %d times only", host, count)
			}
		}
		for _, r := range n.log {
			if strings.HasSuffix(r.host, "sec.gov") && r.agent != "gyre "+contact {
				t.Errorf("the SEC sees %q", r.agent)
			}
		}
	})
}

func TestABrokenOffRunGoesOnWhereItStopped(t *testing.T) {
	for name, c := range map[string]struct {
		vendor fresh.Vendor
		kinds  []fresh.Kind
		host   string
		stop   int // after so many questions to the host
		whole  int // questions of a run that is not broken off
		again  int // that are repeated
	}{
		"facts":  {fresh.Alpaca, []fresh.Kind{fresh.Holdings, fresh.Facts}, "data.sec.gov", 10, filers, 1},
		"closes": {fresh.Massive, []fresh.Kind{fresh.Closes}, "api.massive.com", 4, 9, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n, s := connected(nil), opened(t)
				o := options(n)
				o.Vendor, o.Kinds, o.Sessions = c.vendor, c.kinds, 9
				ctx, stop := context.WithCancel(t.Context())
				n.seen = func(request) {
					if len(n.asked(c.host)) == c.stop {
						stop()
					}
				}
				results := planned(t, s, o).Run(ctx, nil)
				if last := results[len(results)-1]; !errors.Is(last.Err, context.Canceled) || last.Parts != c.stop-1 && last.Parts != c.stop {
					t.Errorf("it was broken off after %d parts with %v", last.Parts, last.Err)
				}
				first := n.asked(c.host)
				n.seen = nil
				n.forget()
				synced(t, s, o)
				second := n.asked(c.host)
				if len(first)+len(second) > c.whole+c.again {
					t.Errorf("%d questions and then %d are more than %d", len(first), len(second), c.whole+c.again)
				}
				for _, path := range first[:len(first)-1] {
					if slices.Contains(second, path) {
						t.Errorf("%s is asked for again", path)
					}
				}
			})
		})
	}
}

func TestAStepThatFailsIsToldAndTheOthersGoOn(t *testing.T) {
	denied := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<html>no programs</html>", http.StatusForbidden)
	}
	type failure struct {
		pattern string
		answers http.HandlerFunc
		step    string // that fails
		want    string
		is      error // nil where any will do
	}
	for name, failures := range map[string][]failure{
		"a page instead of a list": {{patternHoldings, answer("<!DOCTYPE html><html><body>An invented fund</body></html>"), "the members of SPX", "web page", importer.ErrWebPage}},
		"a list that is cut short": {{patternHoldings, answer(holdings("Mar 26, 2025")[:20_000]), "the members of SPX", "IVV", importer.ErrCountBand}},
		"many at once": {
			{patternBLS, denied, "the releases of the BLS", "www.bls.gov", nil},
			{patternEFFR, answer(`{"refRates":[{"effectiveDate":"2025-03-26","percentRate":433}]}`), "the effective federal funds rate", "no effective", nil},
			{patternFed, answer(`{"events":[]}`), "the releases of the Federal Reserve", "calendar.json", importer.ErrNoData},
			{patternBars, denied, "daily closes", "data.alpaca.markets", nil},
			{patternTickers, answer("[1, 2"), "balance sheets", "company_tickers.json", importer.ErrContent},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := opened(t)
				yesterday := options(connected(nil)) // a list, so that the others have something to do
				yesterday.Kinds, yesterday.Now = []fresh.Kind{fresh.Holdings}, func() time.Time { return evening().AddDate(0, 0, -1) }
				synced(t, s, yesterday)
				instead := map[string]http.HandlerFunc{}
				for _, f := range failures {
					instead[f.pattern] = f.answers
				}
				o := options(connected(instead))
				o.Sessions = 1
				var failed []string
				for _, r := range planned(t, s, o).Run(t.Context(), nil) {
					if r.Err == nil {
						continue
					}
					failed = append(failed, r.Step.What)
					i := slices.IndexFunc(failures, func(f failure) bool { return strings.HasPrefix(r.Step.What, f.step) })
					if i < 0 || !strings.Contains(r.Err.Error(), failures[i].want) || failures[i].is != nil && !errors.Is(r.Err, failures[i].is) {
						t.Errorf("%s fails with %v", r.Step.What, r.Err)
					}
				}
				var left []string
				for _, step := range planned(t, s, o).Steps {
					if step.Skipped == "" {
						left = append(left, step.What)
					}
				}
				if len(failed) != len(failures) || !slices.Equal(failed, left) {
					t.Errorf("%q fail, and %q are left to do", failed, left)
				}
			})
		})
	}
}

func TestAHostThatWantsToBeLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		refusals int
		header   string
		status   int
		least    time.Duration
		fails    bool
	}{
		"for half a minute":     {1, "30", http.StatusTooManyRequests, 30 * time.Second, false},
		"without saying so":     {4, "", http.StatusTooManyRequests, 15 * time.Second, false},
		"as it is broken":       {1, "", http.StatusBadGateway, time.Second, false},
		"for good":              {100, "", http.StatusTooManyRequests, 30 * time.Second, true},
		"for longer than a run": {100, "3600", http.StatusTooManyRequests, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				n, s := connected(map[string]http.HandlerFunc{patternEFFR: func(w http.ResponseWriter, r *http.Request) {
					if asked++; asked <= c.refusals {
						w.Header().Set("Retry-After", c.header)
						w.WriteHeader(c.status)
						return
					}
					answer(`{"refRates":[{"effectiveDate":"2025-03-26","percentRate":4.33}]}`)(w, r)
				}}), opened(t)
				o := options(n)
				o.Kinds = []fresh.Kind{fresh.Rate}
				began, noted := time.Now(), false
				results := planned(t, s, o).Run(t.Context(), func(p fresh.Progress) { noted = noted || strings.Contains(p.Note, "asked again in") })
				if took := time.Since(began); took < c.least || took > 15*time.Minute {
					t.Errorf("it took %v, want at least %v", took, c.least)
				}
				if (results[0].Err != nil) != c.fails || !noted && c.least > 0 {
					t.Errorf("it ends with %v, and the wait was told: %v", results[0].Err, noted)
				}
				if asked > 6 {
					t.Errorf("it was asked %d times", asked)
				}
			})
		})
	}
}

func TestAPlanAsksNobody(t *testing.T) {
	n, s := connected(nil), opened(t)
	for name, c := range map[string]struct {
		change func(o *fresh.Options)
		want   []string
	}{
		"everything": {func(o *fresh.Options) { o.Indices = nil }, []string{
			"the members of RUT, by the fund IWM: 1 request to www.ishares.com", "RMICRO", "daily closes of 3 sessions, 2025-03-25 to 2025-03-27: about 8 requests to data.alpaca.markets, one a second",
			"3601 requests to data.sec.gov, 8 a second, at least 7m30s", "in all",
		}},
		"with Massive":           {func(o *fresh.Options) { o.Vendor, o.Every = fresh.Massive, 12*time.Second }, []string{"3 requests to api.massive.com, one in 12s, at least 36s"}},
		"no contact":             {func(o *fresh.Options) { o.Contact = "" }, []string{"facts     balance sheets", "configure a contact"}},
		"a contact that is none": {func(o *fresh.Options) { o.Contact = "me\r\nX-Evil: 1@x" }, []string{"the contact is no e-mail address"}},
		"no vendor":              {func(o *fresh.Options) { o.Vendor = fresh.Nobody }, []string{"closes    daily closes: no vendor is configured", "actions   corporate actions: no vendor"}},
		"no key":                 {func(o *fresh.Options) { o.AlpacaSecret = web.Secret{} }, []string{"set APCA_API_KEY_ID"}},
		"no key of Massive":      {func(o *fresh.Options) { o.Vendor, o.MassiveKey = fresh.Massive, web.Secret{} }, []string{"set MASSIVE_API_KEY"}},
		"during a session":       {func(o *fresh.Options) { o.Now = func() time.Time { return thursday.At(19, 59) } }, []string{"2025-03-24 to 2025-03-26"}},
		"one kind":               {func(o *fresh.Options) { o.Kinds = []fresh.Kind{fresh.Rate} }, []string{"rate      the effective federal funds rate", "1 requests in all"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(n)
			c.change(&o)
			plan := planned(t, s, o)
			text := plan.String()
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
			if printed := fmt.Sprintf("%s %+v %#v", text, plan, o); strings.Contains(printed, canary) {
				t.Errorf("it shows the key: %s", printed)
			}
		})
	}
	if len(n.log) != 0 {
		t.Errorf("it has asked %+v", n.log)
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	s := opened(t)
	for name, c := range map[string]struct {
		options fresh.Options
		want    error
	}{
		"a kind":   {fresh.Options{Kinds: []fresh.Kind{"weather"}}, fresh.ErrKind},
		"an index": {fresh.Options{Indices: []string{"DAX"}}, fresh.ErrIndex},
		"a vendor": {fresh.Options{Vendor: "ibkr"}, fresh.ErrVendor},
		"a host":   {fresh.Options{Hosts: fresh.Hosts{BLS: "ftp://x"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := fresh.NewPlan(t.Context(), s, c.options); err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("it says %v", err)
			}
		})
	}
}

// TestOverARealConnection goes through sockets, and leaves none behind.
func TestOverARealConnection(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "latest-holdings.csv"):
			answer(holdings("Mar 26, 2025"))(w, r)
		case strings.HasSuffix(r.URL.Path, "effr/last/10.json"):
			answer(`{"refRates":[{"effectiveDate":"2025-03-26","percentRate":4.33}]}`)(w, r)
		case strings.Contains(r.URL.Path, "grouped") && r.Header.Get("Authorization") == "Bearer "+canary:
			answer(grouped(thursday, members))(w, r)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	s := opened(t)
	results := synced(t, s, fresh.Options{
		Kinds: []fresh.Kind{fresh.Holdings, fresh.Closes, fresh.Rate}, Indices: []string{"SPX"}, Sessions: 1,
		Vendor: fresh.Massive, MassiveKey: web.NewSecret(canary), Now: evening,
		Hosts: fresh.Hosts{IShares: server.URL, Massive: server.URL, NewYorkFed: server.URL},
	})
	if len(results) != 3 || results[0].Step.Kind != fresh.Closes || rows(t, s, "closes") != members {
		t.Errorf("%d steps, %d closes", len(results), rows(t, s, "closes"))
	}
	if strings.Contains(fmt.Sprintf("%+v", results), canary) {
		t.Error("the results show the key")
	}
	effr, err := s.EFFR(t.Context(), thursday)
	if want := (store.EFFR{Date: thursday - 1, Percent: effr.Percent}); err != nil || effr != want || effr.Percent.String() != "4.33" {
		t.Errorf("the rate is %+v, %v", effr, err)
	}
}
