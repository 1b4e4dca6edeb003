package live

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gyre/model"
)

// headline is the i-th of a wire that tells one a second.
func headline(i int) model.Event {
	return model.Event{At: thursday.At(12, 0).Add(time.Duration(i) * time.Second), Title: fmt.Sprintf("headline %d", i), Importance: 1}
}

// A wire tells more headlines than are kept: the newest stay, with what is
// still to come and all that figures rest on, and the reader is told once.
func TestTheNewestNotesAreKept(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	r.at(friday.At(11, 0))
	r.take()
	r.Shares("ALPHA", friday.At(9, 0), 5000)
	r.Event(friday.At(9, 0), model.Event{At: monday.At(14, 0), Title: "FOMC", Importance: 3})
	const more = 50
	for i := range maxNotes + more {
		r.Event(friday.At(9, 0), headline(i))
	}
	r.at(friday.At(11, 1))
	lost := r.losses().dropped
	if lost < more || lost > maxNotes/2 {
		t.Errorf("%d notes are lost", lost)
	}
	snap := r.market.Snapshot(r.clock, model.Query{})
	if want := fmt.Sprintf("the %d oldest headlines", lost); !strings.Contains(snap.Feed.Problem, want) || snap.Feed.Dropped != lost {
		t.Errorf("the reader is told %q and of %d lost updates, want %q", snap.Feed.Problem, snap.Feed.Dropped, want)
	}
	for i := range 100 { // as each sweep tells them again
		r.Event(friday.At(9, 0), headline(i))
	}
	if again := r.losses().dropped; again != lost {
		t.Errorf("what is told again counts as lost again: %d, then %d", lost, again)
	}
	r.at(monday.At(4, 0)) // a new epoch hears what is kept
	told := map[string]bool{}
	shares := 0
	for _, u := range r.told {
		switch p := u.Payload.(type) {
		case *model.Event:
			told[p.Title] = true
		case *model.ShareCount:
			shares++
		}
	}
	if newest := headline(maxNotes + more - 1).Title; !told[newest] || !told["FOMC"] || shares != 1 || told["headline 0"] {
		t.Errorf("of %d events the newest %v, what is to come %v, the first %v; %d counts of shares", len(told), told[newest], told["FOMC"], told["headline 0"], shares)
	}
	if len(told)+shares+int(lost) != maxNotes+more+2 {
		t.Errorf("%d events are kept and %d lost of %d", len(told), lost, maxNotes+more+1)
	}
	for key, place := range r.notes.place {
		if e, ok := r.notes.all[place].Payload.(*model.Event); ok && key != any(occasion{e.At.Unix(), e.Title}) {
			t.Fatalf("%v stands in the place of %v", e, key)
		}
	}
}

// What figures rest on never gives way: where there is nothing else, what comes
// later is lost, which is told.
func TestNotesWithoutRoom(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	for i := range maxNotes + 10 {
		r.Shares("ALPHA", friday.At(9, 0), int64(10_000+i))
	}
	r.at(friday.At(11, 0))
	snap := r.market.Snapshot(r.clock, model.Query{})
	if !strings.Contains(snap.Feed.Problem, "10 actions, filings and counts of shares") || snap.Feed.Dropped != 10 {
		t.Errorf("the reader is told %q and of %d lost updates", snap.Feed.Problem, snap.Feed.Dropped)
	}
}
