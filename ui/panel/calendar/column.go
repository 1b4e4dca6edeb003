package calendar

import (
	"slices"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// column is one column of the whole calendar.
type column struct {
	draw.Column

	head string
	cell func(e *model.CalendarEntry, next bool) draw.Cell
}

// easy is the width from which times and what is left of them are written out.
const easy = 80

// titleRoom is what a title gets: a part of the width, within bounds. The
// spread's column fits into 80 cells where titles leave it room.
func (l list) titleRoom(w int) int {
	const beside, wide = 28, 100
	room := max(w*2/5, 14)
	if w >= wide {
		room = min(w*7/20, 48)
	}
	if w < easy && l.reacted() {
		return min(room, beside)
	}
	return room
}

const consensus = "consensus"

// columns are when, where, what, how important, the figures, what came of it,
// how unusual that was, and what the spread made of it: the last two only where
// there is an event of which it is known. Where all events are of one country,
// it need not be said. Where room is dear, the consensus stands where the surprise
// is going to be.
func (l list) columns(in panel.Input, w int) []column {
	r := row{in: in, w: w, title: l.titleRoom(w)}
	country := 8
	if len(panel.Countries(l.all)) > 1 {
		country = 3
	}
	all := []column{
		{draw.Column{}, "New York", r.when},
		{draw.Column{Rank: country}, "", r.country},
		{draw.Column{}, "event", r.what},
		{draw.Column{Rank: 3}, "", r.stars},
		{draw.Column{Align: draw.Right, Rank: 5}, consensus, r.printed(func(e *model.CalendarEntry) string { return e.Consensus })},
		{draw.Column{Align: draw.Right, Rank: 6}, "previous", r.printed(func(e *model.CalendarEntry) string { return e.Previous })},
		{draw.Column{Align: draw.Right, Rank: 7}, "revised", r.printed(func(e *model.CalendarEntry) string { return e.Revised })},
		{draw.Column{Align: draw.Right, Min: len("23h 59m")}, "actual", r.outcome},
		{draw.Column{Align: draw.Right, Rank: 2}, "surprise", r.surprise},
	}
	if w < easy {
		all = slices.DeleteFunc(all, func(c column) bool { return c.head == consensus })
		all[len(all)-1].head = "cons/surp"
	}
	if slices.ContainsFunc(l.all, func(e model.CalendarEntry) bool { return e.Sigmas.Known() }) {
		all = append(all, column{draw.Column{Align: draw.Right, Rank: 5}, "sigmas", r.sigmas})
	}
	if l.reacted() {
		all = append(all, column{draw.Column{Align: draw.Right, Rank: 4}, spreadName(in.Snap), r.reaction})
	}
	return all
}

// reacted tells whether there is an event of the session shown.
func (l list) reacted() bool {
	return slices.ContainsFunc(l.all, func(e model.CalendarEntry) bool { return !e.Reaction.From.IsZero() })
}

// spreadName is "Q4−Q1", or "H2−H1" with halves.
func spreadName(snap *model.Snapshot) string {
	buckets := snap.Size.Buckets
	if len(buckets) < 2 {
		return "spread"
	}
	return buckets[len(buckets)-1].ID + "−" + buckets[0].ID
}

// cells is one event in all columns.
func cells(columns []column, e *model.CalendarEntry, next bool) []draw.Cell {
	all := make([]draw.Cell, len(columns))
	for c := range columns {
		all[c] = columns[c].cell(e, next)
	}
	return all
}

// row draws events in a table of w cells.
type row struct {
	in    panel.Input
	w     int
	title int // the room of it
}

func (r row) when(e *model.CalendarEntry, next bool) draw.Cell {
	form, role := "Mon 02 Jan 15:04", theme.Dim
	if r.w < easy {
		form = "Mon 02 15:04"
	}
	if next {
		role = theme.Accent
	}
	return draw.Cell{Text: e.At.In(session.Zone()).Format(form), Role: role}
}

func (r row) country(e *model.CalendarEntry, _ bool) draw.Cell {
	return draw.Cell{Text: draw.Cut(r.in.Theme, r.in.Theme.Say(e.Country), widestCountry), Role: theme.Dim}
}

func (r row) what(e *model.CalendarEntry, next bool) draw.Cell {
	th, role := r.in.Theme, theme.Text
	if next {
		role = theme.Strong
	}
	return draw.Cell{Text: draw.Cut(th, say.Title(th, e.Title, r.title), r.title), Role: role}
}

func (r row) stars(e *model.CalendarEntry, _ bool) draw.Cell {
	role := theme.Dim
	if e.Importance >= important {
		role = theme.Star
	}
	return draw.Cell{Text: strings.Repeat(r.in.Theme.Glyph.Star, min(max(e.Importance, 0), important)), Role: role}
}

// printed is a figure as its source printed it.
func (r row) printed(of func(*model.CalendarEntry) string) func(*model.CalendarEntry, bool) draw.Cell {
	return func(e *model.CalendarEntry, _ bool) draw.Cell {
		return draw.Cell{Text: draw.Cut(r.in.Theme, figure(r.in.Theme, of(e)), widest), Role: theme.Dim}
	}
}

// outcome is the actual figure, or the time to go.
func (r row) outcome(e *model.CalendarEntry, next bool) draw.Cell {
	th, left := r.in.Theme, draw.Countdown(e.At.Sub(r.in.Snap.AsOf))
	if r.w >= easy {
		left = "in " + left
	}
	switch {
	case !e.Past && next:
		return draw.Cell{Text: left, Role: theme.AccentStrong}
	case !e.Past:
		return draw.Cell{Text: left}
	case e.Actual != "":
		return draw.Cell{Text: draw.Cut(th, figure(th, e.Actual), widest), Role: theme.Strong}
	case e.Consensus == "" && e.Previous == "":
		return draw.Cell{Text: "past", Role: theme.Dim}
	default:
		return draw.Cell{Text: "due", Role: theme.Dim}
	}
}

// surprise is how far the actual figure is from the consensus, in its unit; before
// that is known, on a narrow screen, the consensus itself.
func (r row) surprise(e *model.CalendarEntry, _ bool) draw.Cell {
	th := r.in.Theme
	switch {
	case !e.Past && e.Consensus != "" && r.w < easy:
		return draw.Cell{Text: draw.Cut(th, figure(th, e.Consensus), widest), Role: theme.Dim}
	case !e.Past || !e.Surprise.Known():
		return draw.Cell{}
	}
	text := draw.SignedText(th, e.Surprise) + th.Say(e.Unit)
	switch e.Surprise.Sign() {
	case 1:
		return draw.Cell{Text: text + " " + th.Glyph.Up, Role: theme.Up}
	case -1:
		return draw.Cell{Text: text + " " + th.Glyph.Down, Role: theme.Down}
	}
	return draw.Cell{Text: text + "  ", Role: theme.Dim}
}

// sigmas is how unusual the surprise was; its sign stands beside it.
func (r row) sigmas(e *model.CalendarEntry, _ bool) draw.Cell {
	th := r.in.Theme
	if !e.Sigmas.Known() {
		return draw.Cell{}
	}
	role := theme.Dim
	size := e.Sigmas.Decimal().Abs()
	if size.GreaterThan(num.Count(1).Decimal()) {
		role = theme.Text
	}
	return draw.Cell{Text: th.Say(draw.LevelText(th, num.NewFigure(size, 1)) + "σ"), Role: role}
}

// reaction is what the size spread did in the half hour after, with a letter
// where that is not the half hour itself: while it runs, when it is over.
func (r row) reaction(e *model.CalendarEntry, _ bool) draw.Cell {
	th, after := r.in.Theme, e.Reaction
	switch {
	case after.From.IsZero():
		return draw.Cell{}
	case !after.Change.Known() && r.in.Snap.AsOf.Before(after.To):
		return draw.Cell{Text: th.Say("…" + after.To.In(session.Zone()).Format("15:04")), Role: theme.Dim}
	}
	letter := " "
	switch {
	case after.AtOpen:
		letter = fromOpen
	case cutShort(e):
		letter = toClose
	}
	return draw.Cell{Text: draw.SignedText(th, after.Change) + " " + letter, Role: draw.SignRole(th, after.Change)}
}

// The letters of reactions that are not over the half hour after the event.
const (
	fromOpen = "o"
	toClose  = "c"
)

// cutShort tells whether the session ends before the half hour does.
func cutShort(e *model.CalendarEntry) bool {
	const whole = 30 * time.Minute
	return !e.Reaction.AtOpen && e.Reaction.To.Sub(e.Reaction.From) < whole
}

// legend says what the spread's column is, in room cells; "" where it cannot.
func (l list) legend(in panel.Input, room int) string {
	name, letters := spreadName(in.Snap), ""
	if slices.ContainsFunc(l.all, func(e model.CalendarEntry) bool { return e.Reaction.AtOpen }) {
		letters += " · " + fromOpen + " from the open"
	}
	if slices.ContainsFunc(l.all, func(e model.CalendarEntry) bool { return !e.Reaction.From.IsZero() && cutShort(&e) }) {
		letters += " · " + toClose + " to the close"
	}
	th := in.Theme
	return say.Pick(room, th.Say(name+": pp in the 30 min after"+letters), th.Say(name+": 30 min after"+letters), th.Say(name+": 30 min after"), "")
}
