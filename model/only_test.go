package model

import (
	"reflect"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// TestOnlySomeWindows asks for a few windows: what is said of those is what
// the whole snapshot says, and nothing is said of the others.
func TestOnlySomeWindows(t *testing.T) {
	for name, windows := range map[string][]session.Window{
		"day and week":   {session.Day, session.Week},
		"week alone":     {session.Week},
		"year to date":   {session.YearToDate},
		"first and last": {session.Day, session.YearToDate},
	} {
		for _, moment := range []string{"2025-03-28 10:00:00", "2025-03-28 10:07:00", "2025-03-28 16:00:00"} {
			t.Run(name+" "+moment, func(t *testing.T) {
				ref := fridayWorld().reference(t)
				m := start(ref)
				now := at(t, moment)
				heartbeat(m, at(t, "2025-03-28 09:30:00"))
				printAll(t, m, ref, now, "2025-03-27", 3)
				heartbeat(m, now)
				only := session.WindowSetOf(windows...)
				brief := m.Snapshot(now, Query{Only: only})
				whole := m.Snapshot(now, Query{})
				if whole.Size.Curves[session.Week] == nil || !whole.Verdicts[session.Week].Coverage.Known() {
					t.Fatal("the whole snapshot is not whole")
				}
				trim(whole, only)
				whole.Query = brief.Query
				if !reflect.DeepEqual(brief, whole) {
					t.Errorf("got\n%+v, want\n%+v", brief, whole)
				}
			})
		}
	}
}

// trim takes from a snapshot what a query with only some windows leaves out.
func trim(s *Snapshot, only session.WindowSet) {
	for i := range s.Indices {
		s.Indices[i].Curves = PerWindow[*Curve]{}
	}
	s.Size.Curves = PerWindow[*Curve]{}
	for i := range s.Leverage {
		s.Leverage[i].Curves = PerWindow[*Curve]{}
	}
	for _, w := range session.Windows() {
		if only.Has(w) {
			continue
		}
		for i := range s.Size.Buckets {
			s.Size.Buckets[i].Groups[w] = Group{}
		}
		s.Size.Spread[w], s.Size.Recon[w] = Spread{}, Reconcile{}
		for i := range s.Leverage {
			for j := range s.Leverage[i].Buckets {
				s.Leverage[i].Buckets[j].Groups[w] = Group{}
			}
			s.Leverage[i].Spread[w], s.Leverage[i].Neutral[w] = Spread{}, num.Figure{}
		}
		s.Verdicts[w], s.Intensity[w] = Verdict{}, Intensity{}
	}
}

// TestOneQueryDoesNotDisturbAnother takes brief snapshots all day: the whole
// one at the end is the same as without them.
func TestOneQueryDoesNotDisturbAnother(t *testing.T) {
	ref := fridayWorld().reference(t)
	day := func(brief bool) *Snapshot {
		m := start(ref)
		for minute := range 61 {
			now := at(t, "2025-03-28 09:30:00").Add(time.Duration(minute) * time.Minute)
			if minute == 0 {
				heartbeat(m, now)
				printAll(t, m, ref, now, "2025-03-27", 3)
			}
			bar(m, ID(minute), now, closeOf(t, ref, ID(minute), "2025-03-27")+1_000)
			heartbeat(m, now)
			if brief {
				m.Snapshot(now, Query{Only: session.WindowSetOf(session.Day)})
			}
		}
		return m.Snapshot(m.Now(), Query{})
	}
	if !reflect.DeepEqual(day(true), day(false)) {
		t.Error("the whole snapshot depends on the brief ones before it")
	}
}
