package massive_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/feed/massive"
	"gyre/feed/massive/massivetest"
	"gyre/model"
)

func TestIndicesThatThePlanHasNot(t *testing.T) {
	server := func(t *testing.T) *massivetest.Server {
		t.Helper()
		s := live(t)
		s.NoIndices = true
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		pass(time.Minute)
		asked := 0
		for _, request := range t.server.Requests() {
			if strings.HasPrefix(request, "/v3/snapshot/indices") {
				asked++
			}
		}
		if asked != 1 || !t.viewer.told("does not have RUT") || t.viewer.last().State != model.FeedOK {
			t.Errorf("asked %d times, %+v; want once, and that RUT is missing", asked, t.viewer.last())
		}
	}, func(o *massive.Options) { o.NoStream = true })
}

func TestAfterTheAuctionsTheLastPriceIsOfficial(t *testing.T) {
	server := func(t *testing.T) *massivetest.Server {
		t.Helper()
		return trading(t, at(15, 59, 58), "REAL-TIME")
	}
	bubble(t, server, at(16, 5, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(4 * time.Minute)
		if early := v.of(model.KindOfficialClose); len(early) != 0 {
			t.Errorf("official closes nine minutes after the close: %+v", early)
		}
		s.Set("AAA", at(16, 10, 2), "11.11", 9000)
		s.SetIndex("I:RUT", at(16, 10, 2), "2023.30")
		pass(2 * time.Minute)
		closes := v.of(model.KindOfficialClose)
		if len(closes) != len(symbols()) || !slices.ContainsFunc(closes, func(u model.Update) bool { return u.ID == 0 && u.Price == 11_110_000 }) {
			t.Errorf("official closes %+v; want four, AAA's at 11.11", closes)
		}
		official := slices.DeleteFunc(v.of(model.KindIndexLevel), func(u model.Update) bool { return u.Flags&model.FlagOfficial == 0 })
		if len(official) != 1 || official[0].Price != 2_023_300_000 {
			t.Errorf("official levels %+v; want RUT at 2023.30", official)
		}
	})
}

func TestSplitsAndHolidays(t *testing.T) {
	server := func(t *testing.T) *massivetest.Server {
		t.Helper()
		s := live(t)
		s.Answer("/v3/reference/splits", `{"results":[{"execution_date":"2025-03-28","split_from":1,"split_to":2,"ticker":"KIMpL"},{"execution_date":"2025-03-28","split_from":1,"split_to":2,"ticker":"NOTOURS"}],"status":"OK"}`)
		s.Answer("/v1/marketstatus/upcoming", `[{"exchange":"NYSE","name":"Mourning","date":"2025-03-31","status":"closed"}]`)
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		pass(time.Hour)
		actions := t.viewer.of(model.KindAction)
		if len(actions) == 0 {
			t.Fatal("no split was told")
		}
		for _, u := range actions {
			if a, ok := u.Payload.(*model.Action); !ok || a.ID != 3 || a.New != 2 || a.Old != 1 {
				t.Errorf("action %+v; want the split of KIM.PRL", u.Payload)
			}
		}
		if _, ok := t.viewer.reset().Reference.Calendar.On(friday + 3); ok {
			t.Error("Monday is a session although the vendor says that it is none")
		}
		asked := map[string]int{}
		for _, request := range t.server.Requests() {
			path, _, _ := strings.Cut(request, "?")
			asked[path]++
		}
		if asked["/v3/reference/splits"] != 1 || asked[grouped(friday-1)] != 1 || asked["/v3/snapshot"] != 1 {
			t.Errorf("within an hour asked %v; want splits, closes and the plan once", asked)
		}
	}, func(o *massive.Options) { o.NoStream = true })
}

func TestErrandsThatFailAreToldAndTriedAgain(t *testing.T) {
	server := func(t *testing.T) *massivetest.Server {
		t.Helper()
		s := live(t)
		s.Fail("/v2/aggs/", massivetest.Status(500, ""))
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		pass(time.Minute)
		if h := t.viewer.last(); h.State != model.FeedOK || !strings.Contains(h.Problem, "no previous closes") || t.viewer.price("AAA") == 0 {
			t.Errorf("the health is %+v, AAA at %d; want prices, and that the closes are missing", h, t.viewer.price("AAA"))
		}
		pass(10 * time.Minute)
		if h := t.viewer.last(); h.Problem != "" || len(t.viewer.reset().Reference.Closes) != 1 {
			t.Errorf("ten minutes later the health is %+v", h)
		}
	}, func(o *massive.Options) { o.NoStream = true })
}

// A closure that becomes known while a dashboard runs is known the next day.
func TestHolidaysAreAskedForEachDay(t *testing.T) {
	bubble(t, live, at(11, 0, 0), func(t *scene) {
		pass(time.Hour)
		before := len(t.viewer.of(model.KindReset))
		t.server.Answer("/v1/marketstatus/upcoming", `[{"exchange":"NYSE","name":"Mourning","date":"2025-04-04","status":"closed"}]`)
		pass(24 * time.Hour) // a Saturday: the day is Friday's
		if _, open := t.viewer.reset().Reference.Calendar.On(friday + 7); !open || len(t.viewer.of(model.KindReset)) != before {
			t.Error("it is asked on a day without a session")
		}
		pass(48 * time.Hour)
		if _, open := t.viewer.reset().Reference.Calendar.On(friday + 7); open {
			t.Error("on Monday the closure is not known")
		}
	}, func(o *massive.Options) { o.NoStream, o.Interval = true, 10*time.Minute })
}
