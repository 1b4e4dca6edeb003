package model

import (
	"math"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// late is a market that joins the running session at a time, with a price for
// every name and for the first index.
func late(t *testing.T, joins string) (*Market, *Reference, time.Time) {
	t.Helper()
	ref := full(t)
	now := at(t, "2025-03-28 "+joins)
	m := start(ref)
	heartbeat(m, now.Add(-1))
	for id := range ref.Instruments {
		if p := closeOf(t, ref, ID(id), "2025-03-27"); p > 0 {
			bar(m, ID(id), now, p+p/100)
		}
	}
	m.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: now, Price: closeOfIndex(ref, friday()-1)})
	heartbeat(m, now)
	return m, ref, now
}

// gaps are the moments at which a curve says that nothing is known.
func gaps(c *Curve) (all []time.Time) {
	for i, t := range c.At {
		if math.IsNaN(c.Lines[0][i]) {
			all = append(all, t)
		}
	}
	return all
}

// Who joins at noon knows the previous close and what comes from then on. What
// lies between is not drawn, at once and for as long as the session is shown.
func TestWhatWasMissedIsNotDrawn(t *testing.T) {
	for name, c := range map[string]struct {
		joins string
		gaps  int
	}{"at noon": {"12:00:00", 1}, "six minutes late": {"09:36:00", 1}, "in the first minutes": {"09:34:00", 0}} {
		t.Run(name, func(t *testing.T) {
			m, ref, joined := late(t, c.joins)
			for _, now := range []time.Time{joined, joined.Add(4 * time.Minute), joined.Add(31 * time.Minute), at(t, "2025-03-28 18:00:00")} {
				heartbeat(m, now)
				s := m.Snapshot(now, Query{Page: ref.Instruments[0].Key})
				for _, w := range session.Windows() {
					curves := map[string]*Curve{"the index": s.Indices[0].Curves[w], "the size groups": s.Size.Curves[w], "leverage": s.Leverage[0].Curves[w], "a company": s.Page.Curves[w]}
					for what, curve := range curves {
						found := gaps(curve)
						if len(found) != c.gaps {
							t.Errorf("%s of %s at %s has %d gaps, want %d", what, w, now.Format(time.TimeOnly), len(found), c.gaps)
						}
						for _, at := range found {
							if !at.After(friday().At(9, 30)) || at.After(joined) {
								t.Errorf("%s of %s has a gap at %s, which is not between the open and %s", what, w, at, joined)
							}
						}
						if last := curve.Lines[0][len(curve.At)-1]; math.IsNaN(last) {
							t.Errorf("%s of %s ends in nothing", what, w)
						}
					}
				}
				if since := s.Clock.Since; c.gaps > 0 != since.Equal(joined.Add(-1)) || c.gaps == 0 && !since.IsZero() {
					t.Errorf("at %s the session is said to be watched since %s", now.Format(time.TimeOnly), since)
				}
			}
		})
	}
}

// The session after the one that was joined late is seen from its open.
func TestTheNextSessionIsSeenWhole(t *testing.T) {
	m, ref, _ := late(t, "12:00:00")
	open := at(t, "2025-03-31 09:30:00")
	for _, now := range []time.Time{open.Add(-time.Hour), open, open.Add(10 * time.Minute)} {
		heartbeat(m, now)
		bar(m, 0, now, 10*num.PriceScale)
	}
	s := m.Snapshot(open.Add(11*time.Minute), Query{Page: ref.Instruments[0].Key})
	if !s.Clock.Since.IsZero() || len(gaps(s.Page.Curves[session.Day])) > 0 {
		t.Errorf("the next session is said to be watched since %s, with the gaps %v", s.Clock.Since, gaps(s.Page.Curves[session.Day]))
	}
}
