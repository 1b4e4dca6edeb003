package hub

import (
	"testing"

	"gyre/model"
)

// TestTheSentryIsNotFlooded puts in more than may wait, and then a new epoch.
func TestTheSentryIsNotFlooded(t *testing.T) {
	s := newSentry(Options{})
	beat := []model.Update{{Kind: model.KindHeartbeat}}
	for i := range maxPending {
		if s.full() {
			t.Fatalf("it is full with %d", i)
		}
		s.put(beat)
	}
	if !s.full() {
		t.Fatal("it is never full")
	}
	if _, _, ok := s.take(); !ok || s.full() {
		t.Error("it is still full after one was taken")
	}
	select {
	case <-s.said:
	default:
		t.Error("it does not say that there is room again")
	}
	s.put(beat)
	_, before, _ := s.take()
	s.put([]model.Update{{Kind: model.KindReset, Payload: &model.Reset{}}})
	batch, turn, ok := s.take()
	if !ok || batch[0].Kind != model.KindReset || turn != before+1 {
		t.Errorf("after a new epoch comes %v of turn %d", batch, turn)
	}
	if _, _, more := s.take(); more {
		t.Error("what is left of the old epoch waits still")
	}
}

// TestAlertsOfAnOldEpochAreDropped ends a look after the next epoch has begun.
func TestAlertsOfAnOldEpochAreDropped(t *testing.T) {
	s := newSentry(Options{})
	s.put([]model.Update{{Kind: model.KindReset, Payload: &model.Reset{}}})
	batch, turn, _ := s.take()
	s.lookout.apply(batch)
	s.lookout.begun, s.lookout.found, s.lookout.alerts = true, 1, []model.Alert{{Text: "old"}}
	s.tell(turn)
	if len(s.list()) != 1 {
		t.Fatal("an alert is lost")
	}
	s.put(batch)
	s.lookout.found++
	s.tell(turn)
	if got := s.list(); len(got) > 0 {
		t.Errorf("the new epoch has %v", got)
	}
}
