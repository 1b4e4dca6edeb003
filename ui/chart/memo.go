package chart

import (
	"math"
	"slices"
	"time"

	"gyre/ui/draw"
	"gyre/ui/theme"
)

// memoSize is how many charts a Memo keeps: those of one screen, and one more.
const memoSize = 4

// Memo keeps the charts that it drew last, because a chart is what costs most
// on a screen, and most snapshots change figures and no line. A Memo draws
// what Draw draws. It serves one screen and is not safe for concurrent use; a
// nil Memo keeps nothing.
type Memo struct {
	kept []drawing // the one used last is the first
}

// drawing is a chart with all that it was drawn from.
type drawing struct {
	theme *theme.Theme
	spec  Spec
	w, h  int
	block draw.Block
}

// Draw is the chart of s, drawn anew only where it is not one of those kept.
// The block must not be changed, nor what s points to.
func (m *Memo) Draw(th *theme.Theme, s Spec, w, h int) draw.Block {
	if m == nil {
		return Draw(th, s, w, h)
	}
	at := slices.IndexFunc(m.kept, func(d drawing) bool {
		return d.theme == th && d.w == w && d.h == h && d.spec.equal(s)
	})
	if at >= 0 {
		d := m.kept[at]
		m.kept = slices.Insert(slices.Delete(m.kept, at, at+1), 0, d)
		return d.block
	}
	block := Draw(th, s, w, h)
	m.kept = slices.Insert(m.kept[:min(len(m.kept), memoSize-1)], 0, drawing{th, s, w, h, block})
	return block
}

// equal tells that both show the same.
func (s Spec) equal(o Spec) bool {
	if (s.Band == nil) != (o.Band == nil) || s.Band != nil && *s.Band != *o.Band {
		return false
	}
	return s.Session == o.Session && sameTimes(s.Times, o.Times) && slices.Equal(s.Marks, o.Marks) &&
		slices.EqualFunc(s.Lines, o.Lines, func(a, b Line) bool {
			return a.Label == b.Label && a.Role == b.Role && sameTimes(a.Times, b.Times) &&
				(a.Times == nil) == (b.Times == nil) && slices.EqualFunc(a.Values, b.Values, sameValue)
		})
}

// sameTimes compares instants; slices of the same array need no look at them.
func sameTimes(a, b []time.Time) bool {
	if len(a) != len(b) {
		return false
	}
	return len(a) == 0 || &a[0] == &b[0] || slices.EqualFunc(a, b, time.Time.Equal)
}

// sameValue is ==, with all gaps the same.
func sameValue(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
