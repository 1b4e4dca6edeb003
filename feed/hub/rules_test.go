package hub_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gyre/feed/hub"
	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
)

// TestNewRulesCountFromTheNextLookOn changes the leads of an event while it
// comes nearer, and the windows with them.
func TestNewRulesCountFromTheNextLookOn(t *testing.T) {
	release := noon().Add(30 * time.Minute)
	leads := func(all ...time.Duration) alert.Rules {
		rules := alert.Defaults()
		rules.EventLeads = all
		return rules
	}
	for name, tc := range map[string]struct {
		rules alert.Rules
		want  string
	}{
		"the same":     {alert.Defaults(), "12:15:00 event-soon, 12:25:00 event-soon, 12:30:00 release"},
		"a new lead":   {leads(15*time.Minute, 7*time.Minute), "12:15:00 event-soon, 12:23:00 event-soon, 12:30:00 release"},
		"one that was": {leads(25 * time.Minute), "12:15:00 event-soon, 12:30:00 release"},
		"none":         {leads(), "12:15:00 event-soon, 12:30:00 release"},
		"no windows":   {alert.Rules{}, "12:15:00 event-soon, 12:25:00 event-soon, 12:30:00 release"},
		"other windows": {func() alert.Rules {
			rules := leads(7 * time.Minute)
			rules.Windows = []session.Window{session.Quarter}
			return rules
		}(), "12:15:00 event-soon, 12:23:00 event-soon, 12:30:00 release"},
		"turned off": {func() alert.Rules {
			rules := alert.Defaults()
			rules.Off = []model.AlertKind{alert.EventSoon}
			return rules
		}(), "12:15:00 event-soon, 12:30:00 release"},
	} {
		t.Run(name, func(t *testing.T) {
			bench(t, hub.Options{}, func(h *hub.Hub, s *script) {
				sub := h.Subscribe(model.Query{})
				defer sub.Close()
				s.batches <- []model.Update{replayed(1, time.Time{}), figures(release, release, "ISM"), beat(noon())}
				s.batches <- []model.Update{beat(noon().Add(20 * time.Minute))}
				settled(t, sub)
				h.SetRules(tc.rules)
				s.batches <- []model.Update{beat(release)}
				if got := texts(settled(t, sub)); got != tc.want {
					t.Errorf("got %s, want %s", got, tc.want)
				}
			})
		})
	}
}

func TestRulesMayComeBeforeTheRun(t *testing.T) {
	h := hub.New(hub.Options{Source: newScript()})
	h.SetRules(alert.Defaults())
	h.SetRules(alert.Rules{})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := h.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}
