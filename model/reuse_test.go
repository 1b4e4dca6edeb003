package model

import (
	"testing"
	"time"
)

// A replay jumps by starting again from the same reference. What it shows then
// must not depend on where it was before.
func TestAResetForgetsWhereTheReplayWas(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	moments := []string{"2025-03-28 16:00:00", "2025-03-20 12:00:00", "2025-03-20 16:00:00", "2025-03-26 10:15:00", "2025-03-24 08:00:00"}
	show := func(m *Market, now time.Time) *Snapshot {
		m.Apply(&Update{Kind: KindReset, Payload: &Reset{Epoch: 1, Reference: ref, Feed: "test"}})
		heartbeat(m, now)
		return m.Snapshot(now, Query{Detail: DetailHistory})
	}
	jumping := NewMarket()
	for _, from := range moments {
		for _, to := range moments {
			show(jumping, at(t, from))
			got, want := show(jumping, at(t, to)), show(NewMarket(), at(t, to))
			if encoded(t, got) != encoded(t, want) || lines(got) != lines(want) {
				t.Errorf("%s is another after %s", to, from)
			}
		}
	}
}

func TestAResetForgetsWhatUpdatesHaveTaught(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	now := at(t, "2025-03-28 16:00:00")
	m := start(ref)
	heartbeat(m, at(t, "2025-03-28 12:00:00"))
	m.Apply(&Update{Kind: KindAction, At: at(t, "2025-03-28 12:00:00"), Payload: &Action{ID: 3, ExDate: date(t, "2025-03-28"), Kind: ActionSplit, New: 10, Old: 1}})
	m.Apply(&Update{Kind: KindReset, Payload: &Reset{Epoch: 1, Reference: ref, Feed: "test"}})
	heartbeat(m, now)
	fresh := start(ref)
	heartbeat(fresh, now)
	if encoded(t, m.Snapshot(now, Query{})) != encoded(t, fresh.Snapshot(now, Query{})) {
		t.Error("a split that only the earlier epoch knew is still there")
	}
}
