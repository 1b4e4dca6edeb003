package calendar

import (
	"strings"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Widths of the columns.
const (
	whenWidth  = 12 // Tue 01 10:00
	starsWidth = 3
	valueWidth = 5
	leastValue = 4
	widest     = 9
	goodTitle  = 20 // below it revisions have no room, and other figures less
	narrow     = 7
	leastTitle = 12
	leastTail  = 6
	gap        = 2 // before the second figure and all that follow
)

// table lays the rows out: when, what, how important, consensus, previous, and
// at the right the actual figure or the time to go.
type table struct {
	in                  panel.Input
	w, title            int
	cons, prev, revised int // widths; 0: left out
	tail                int
	lead                int // left of the first figure
	stars, day          bool
}

// newTable measures the rows and leaves columns out, least important first,
// until what remains fits.
func newTable(in panel.Input, w int, groups ...[]model.CalendarEntry) *table {
	t := &table{in: in, w: w, tail: leastTail, lead: 1, stars: true, day: true}
	longest, cons, prev := 0, leastValue, leastValue
	for _, group := range groups {
		for i := range group {
			e := &group[i]
			longest = max(longest, draw.Width(in.Theme.Say(e.Title)))
			cons = max(cons, min(draw.Width(figure(in.Theme, e.Consensus)), widest))
			prev = max(prev, min(draw.Width(figure(in.Theme, e.Previous)), widest))
			if e.Revised != "" {
				t.revised = max(t.revised, valueWidth+2, min(draw.Width(figure(in.Theme, e.Revised)), widest))
			}
			_, text := t.outcome(e)
			t.tail = max(t.tail, draw.Width(text))
		}
	}
	t.cons, t.prev = cons, prev
	if t.room() < min(longest, goodTitle) {
		t.revised = 0
	}
	for t.room() < min(longest, goodTitle) {
		if !t.shrink(cons, prev) {
			break
		}
	}
	for _, drop := range []func(){
		func() { t.prev = 0 }, func() { t.cons = 0 },
		func() { t.stars = false }, func() { t.day = false }, func() { t.tail = 0 },
	} {
		if t.room() >= min(longest, leastTitle) {
			break
		}
		drop()
	}
	if t.room() > goodTitle {
		t.lead = gap
	}
	t.title = max(t.room(), 0)
	return t
}

// shrink takes a cell from the figures: from wide ones first, then from what is
// beyond the width of the widest; false where there is none to take.
func (t *table) shrink(cons, prev int) bool {
	switch {
	case t.cons > narrow && t.cons >= t.prev:
		t.cons--
	case t.prev > min(prev, narrow):
		t.prev--
	case t.cons > min(cons, narrow):
		t.cons--
	default:
		return false
	}
	return true
}

// room is what the other columns leave to the title.
func (t *table) room() int {
	used := t.figures()
	if t.day {
		used += whenWidth + 1
	}
	if t.stars {
		used += starsWidth + 1
	}
	return t.w - used
}

// head names the columns of figures.
func (t *table) head() string {
	return draw.Spaces(t.w-t.figures()) + t.values("cons", "prev", "revised")
}

// values are a row's figures, each in its column.
func (t *table) values(cons, prev, revised string) string {
	th := t.in.Theme
	var b strings.Builder
	for _, column := range []struct {
		width int
		text  string
	}{{t.cons, cons}, {t.prev, prev}, {t.revised, revised}} {
		if column.width > 0 {
			b.WriteString(draw.Spaces(t.before(b.Len())))
			b.WriteString(draw.FitRight(th, th.Paint(theme.Dim, figureIn(th, column.text, column.width)), column.width))
		}
	}
	return b.String()
}

// before is the room left of a figure, with used of what stands there. That left
// of the first one is less where titles want it: stars seldom fill their column.
func (t *table) before(used int) int {
	if used == 0 {
		return t.lead
	}
	return gap
}

// figures is the width of everything right of the stars.
func (t *table) figures() int {
	used := 0
	for _, width := range []int{t.cons, t.prev, t.revised} {
		if width > 0 {
			used += t.before(used) + width
		}
	}
	if t.tail > 0 {
		used += t.tail + gap
	}
	return used
}

// row is one event; the next important one stands out.
func (t *table) row(e *model.CalendarEntry, next bool) string {
	th := t.in.Theme
	when, what := theme.Dim, theme.Text
	if next {
		when, what = theme.Accent, theme.Strong
	}
	var b strings.Builder
	if t.day {
		at := e.At.In(session.Zone())
		b.WriteString(th.Paint(when, at.Format("Mon 02 15:04")) + " ")
	}
	b.WriteString(draw.Fit(th, th.Paint(what, say.Title(th, e.Title, t.title)), t.title))
	if t.stars {
		b.WriteString(" " + draw.Stars(th, e.Importance))
	}
	b.WriteString(t.values(e.Consensus, e.Previous, e.Revised))
	if t.tail == 0 {
		return b.String()
	}
	role, text := t.outcome(e)
	if next {
		role = theme.AccentStrong
	}
	b.WriteString(draw.Spaces(gap) + draw.FitRight(th, th.Paint(role, text), t.tail))
	return b.String()
}

// outcome is the actual figure with the side of the consensus it came out on, or
// the time to go. What is due and not yet known says so.
func (t *table) outcome(e *model.CalendarEntry) (theme.Role, string) {
	th := t.in.Theme
	switch {
	case !e.Past:
		return theme.Text, draw.Countdown(e.At.Sub(t.in.Snap.AsOf))
	case !e.Released && e.Actual == "":
		if e.Consensus == "" && e.Previous == "" {
			return theme.Dim, "past"
		}
		return theme.Dim, "due"
	}
	text := draw.Cut(th, figure(th, e.Actual), widest)
	switch e.Surprise.Sign() {
	case 1:
		return theme.Up, text + " " + th.Glyph.Up
	case -1:
		return theme.Down, text + " " + th.Glyph.Down
	}
	return theme.Text, text + "  "
}

// figure is a figure as its source printed it, with a minus that is one.
func figure(th *theme.Theme, text string) string {
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		text = th.Glyph.Minus + rest
	}
	return th.Say(text)
}

// figureIn is figure in w cells. A range that is too wide loses decimals that
// say nothing: "45.0-45.5" becomes "45-45.5".
func figureIn(th *theme.Theme, text string, w int) string {
	if low, high, ok := strings.Cut(text, "-"); ok && low != "" && draw.Width(figure(th, text)) > w {
		text = strings.TrimSuffix(low, ".0") + "-" + strings.TrimSuffix(high, ".0")
	}
	return figure(th, text)
}

func repeat(s string, n int) string { return strings.Repeat(s, max(n, 0)) }
