package alpaca_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/feed/alpaca"
	"gyre/feed/alpaca/alpacatest"
	"gyre/model"
)

func TestOfficialClosesComeWhenTheyMay(t *testing.T) {
	const auctions = `{"auctions":{"AAA":[{"d":"2025-03-28","o":[],"c":[{"t":"2025-03-28T20:00:01Z","x":"Q","p":11.11,"s":500,"c":"M"}]}]},"next_page_token":null}`
	for name, c := range map[string]struct {
		plan alpacatest.Plan
		wait time.Duration // from 16:00 to the first request
	}{
		"at once with a subscription":   {alpacatest.Plus, 2 * time.Minute},
		"when they are 15 minutes past": {alpacatest.Basic, 26 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			server := func(t *testing.T) *alpacatest.Server {
				t.Helper()
				s := trading(t, at(15, 44, 0))
				s.Plan = c.plan
				s.Pages("/v2/stocks/auctions", auctions)
				return s
			}
			asked := func(s *alpacatest.Server) (n int) {
				for _, request := range s.Requests() {
					if strings.HasPrefix(request, "/v2/stocks/auctions") {
						n++
					}
				}
				return n
			}
			bubble(t, server, at(15, 59, 0), func(t *scene) {
				s, v := t.server, t.viewer
				pass(c.wait + 30*time.Second)
				if n := asked(s); n != 0 {
					t.Errorf("asked %d times within %s of the close", n, c.wait)
				}
				pass(2 * time.Minute)
				if n := asked(s); n != 1 {
					t.Errorf("asked %d times after %s, want once", n, c.wait)
				}
				pass(time.Hour)
				if n := asked(s); n != 2 {
					t.Errorf("asked %d times an hour later, want twice", n)
				}
				closes := v.of(model.KindOfficialClose)
				if !slices.ContainsFunc(closes, func(u model.Update) bool { return u.ID == 0 && u.Price == 11_110_000 }) {
					t.Errorf("official closes %+v; want AAA at 11.11", closes)
				}
			}, func(o *alpaca.Options) { o.Watch = nil })
		})
	}
}

func TestCorporateActionsAreKnownBeforeThePrices(t *testing.T) {
	server := func(t *testing.T) *alpacatest.Server {
		t.Helper()
		s := late(t)
		s.Pages("/v1/corporate-actions", `{"corporate_actions":{
			"forward_splits":[{"ex_date":"2025-03-28","new_rate":2,"old_rate":1,"symbol":"AAA"},{"ex_date":"2025-03-28","new_rate":2,"old_rate":1,"symbol":"NOTOURS"}],
			"cash_dividends":[{"ex_date":"2025-03-28","rate":0.5,"special":true,"symbol":"BBB"},{"ex_date":"2025-03-28","rate":3,"special":true,"symbol":"CCC"}]},
			"next_page_token":null}`)
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(time.Hour)
		byID := map[model.ID]model.Action{}
		for _, u := range v.of(model.KindAction) {
			if a, ok := u.Payload.(*model.Action); ok {
				byID[a.ID] = *a
			}
		}
		if len(byID) != 2 || byID[0].New != 2 || byID[2].Amount != 3_000_000 {
			t.Errorf("actions %+v; want the split of AAA and the dividend of CCC, which is above 5 %%", byID)
		}
		n := 0
		for _, request := range s.Requests() {
			if strings.HasPrefix(request, "/v1/corporate-actions") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("asked %d times in an hour, want once a day", n)
		}
	}, func(o *alpaca.Options) { o.Watch = nil })
}

func TestErrandsThatFailAreToldAndTriedAgain(t *testing.T) {
	server := func(t *testing.T) *alpacatest.Server {
		t.Helper()
		s := late(t)
		s.Fail("/v1/corporate-actions", alpacatest.Status(500, ""))
		return s
	}
	asked := func(s *alpacatest.Server) (n int) {
		for _, request := range s.Requests() {
			if strings.HasPrefix(request, "/v1/corporate-actions") {
				n++
			}
		}
		return n
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		pass(5 * time.Minute)
		if h := t.viewer.last(); h.State != model.FeedOK || !strings.Contains(h.Problem, "no corporate actions") || t.viewer.price("AAA") == 0 {
			t.Errorf("the health is %+v, AAA at %d; want prices, and that the actions are missing", h, t.viewer.price("AAA"))
		}
		if n := asked(t.server); n != 1 {
			t.Errorf("asked %d times in five minutes, want once", n)
		}
		pass(6 * time.Minute)
		if h := t.viewer.last(); h.Problem != "" || asked(t.server) != 2 {
			t.Errorf("ten minutes later the health is %+v, asked %d times", h, asked(t.server))
		}
	}, func(o *alpaca.Options) { o.Watch = nil })
}
