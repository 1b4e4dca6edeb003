package uitest_test

import (
	"math"
	"reflect"
	"testing"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/uitest"
)

func TestFinalFrameHasTheFigures(t *testing.T) {
	snap := uitest.FinalFrame()
	russell, sp := snap.Indices[0], snap.Indices[1]
	week, quarter := session.Week, session.Quarter
	tests := []struct{ got, want string }{
		{russell.Level.String(), "2023.27"},
		{sp.Level.String(), "5580.94"},
		{russell.Returns[week].String(), "-1.64"},
		{sp.Returns[week].String(), "-1.53"},
		{russell.Returns[session.YearToDate].String(), "-9.28"},
		{snap.Size.Buckets[0].Groups[week].Return[model.Mean].String(), "0.35"},
		{snap.Size.Buckets[3].Groups[week].Return[model.Mean].String(), "-2.09"},
		{snap.Size.Buckets[0].Groups[quarter].Return[model.Mean].String(), "-3.19"},
		{snap.Size.Buckets[3].Groups[quarter].Return[model.Mean].String(), "-19.08"},
		{snap.Size.Spread[week].Return[model.Mean].String(), "-2.44"},
		{snap.Size.Spread[quarter].Return[model.Mean].String(), "-15.89"},
		{snap.Leverage[0].Spread[week].Return[model.Mean].String(), "0.90"},
		{snap.Leverage[1].Spread[week].Return[model.Mean].String(), "2.30"},
		{snap.Clock.NextOpen.Format("Mon 02 Jan 15:04"), "Mon 31 Mar 09:30"},
		{snap.Windows[quarter].Base.String(), "2024-12-27"},
		{snap.Windows[session.YearToDate].Base.String(), "2024-12-31"},
		{snap.Indices[0].Range.Distance.String(), "-1.73"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
	}
}

func TestFiguresFollowFromEachOther(t *testing.T) {
	snap := uitest.FinalFrame()
	for i := range snap.Indices {
		index := &snap.Indices[i]
		for w, base := range index.Base {
			want := 100 * (index.Level.Float()/base.Float() - 1)
			if got := index.Returns[w].Float(); math.Abs(got-want) > 0.0051 {
				t.Errorf("%s %v: %.2f, but level over base is %.4f", index.Symbol, session.Window(w), got, want)
			}
		}
	}
	for w := range snap.Size.Spread {
		largest, smallest := snap.Size.Buckets[0].Groups[w].Return[model.Mean], snap.Size.Buckets[3].Groups[w].Return[model.Mean]
		want := smallest.Decimal().Sub(largest.Decimal())
		if got := snap.Size.Spread[w].Return[model.Mean].Decimal(); !got.Equal(want) {
			t.Errorf("spread %v is %v, want %v", session.Window(w), got, want)
		}
	}
	for _, l := range snap.Leverage {
		for w := range l.Spread {
			want := l.Buckets[2].Groups[w].Return[model.Mean].Decimal().Sub(l.Buckets[0].Groups[w].Return[model.Mean].Decimal())
			if got := l.Spread[w].Return[model.Mean].Decimal(); !got.Equal(want) {
				t.Errorf("%s H-L %v is %v, want %v", l.Universe, session.Window(w), got, want)
			}
		}
	}
	for _, u := range snap.Universes {
		if u.Valid+u.Invalid != u.Members {
			t.Errorf("%s: %d and %d are not %d", u.Universe, u.Valid, u.Invalid, u.Members)
		}
	}
}

func TestCurvesEndAtTheFigures(t *testing.T) {
	snap := uitest.FinalFrame()
	for w, curve := range snap.Size.Curves {
		for i, line := range curve.Lines {
			if len(line) != len(curve.At) {
				t.Fatalf("%v: %d values at %d times", session.Window(w), len(line), len(curve.At))
			}
			want := snap.Size.Buckets[i].Groups[w].Return[model.Mean].Float()
			if line[0] != 0 || math.Abs(line[len(line)-1]-want) > 1e-9 {
				t.Errorf("%v: line %d goes from %v to %v, want 0 to %v", session.Window(w), i, line[0], line[len(line)-1], want)
			}
		}
	}
	for i := range snap.Indices {
		for w, curve := range snap.Indices[i].Curves {
			line := curve.Lines[0]
			if got, want := line[0], snap.Indices[i].Base[w].Float(); math.Abs(got-want) > 1e-9 {
				t.Errorf("%v starts at %v, want the base %v", session.Window(w), got, want)
			}
			if got, want := line[len(line)-1], snap.Indices[i].Level.Float(); got != want {
				t.Errorf("%v ends at %v, want %v", session.Window(w), got, want)
			}
		}
	}
}

func TestCalendarIsInOrderAndKnowsNoFuture(t *testing.T) {
	snap := uitest.FinalFrame()
	for i, entry := range snap.Calendar {
		if i > 0 && entry.At.Before(snap.Calendar[i-1].At) {
			t.Errorf("%s is out of order", entry.Title)
		}
		if past := !entry.At.After(snap.AsOf); entry.Past != past || entry.Released != past || (entry.Actual != "") != past {
			t.Errorf("%s: past %v, released %v, actual %q", entry.Title, entry.Past, entry.Released, entry.Actual)
		}
	}
}

func TestSnapshotsAreTheSameEachTime(t *testing.T) {
	if !reflect.DeepEqual(uitest.FinalFrame(), uitest.FinalFrame()) {
		t.Error("two final frames differ")
	}
	names := map[string]bool{}
	for _, s := range uitest.All() {
		if names[s.Name] {
			t.Errorf("two snapshots are called %s", s.Name)
		}
		names[s.Name] = true
	}
}

func TestUnknownsKnowsNothing(t *testing.T) {
	snap := uitest.Unknowns()
	for _, index := range snap.Indices {
		if index.Level.Known() || index.Returns[session.Week].Known() || index.Range.Low.Known() {
			t.Errorf("%s has a number", index.Symbol)
		}
	}
	for w := range snap.Size.Spread {
		if snap.Size.Spread[w].Return[model.Mean].Known() || snap.Size.Buckets[0].Groups[w].Return[model.Mean].Known() {
			t.Errorf("%v has a number", session.Window(w))
		}
	}
	if reflect.DeepEqual(uitest.FinalFrame().Size, snap.Size) {
		t.Error("the final frame is as empty")
	}
}
