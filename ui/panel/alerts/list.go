package alerts

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// withSeverity is the width from which the list has room for how urgent an
// alert is; in less it would cost the figures room.
const withSeverity = 66

// columnGap is the room between what is said of an alert.
const columnGap = 2

// list is the alerts in rows: one that is too long for a row goes on in the
// next, so that no figure is lost.
type list struct {
	in    panel.Input
	w     int
	all   []model.Alert
	folds []draw.Block // what each alert says, in lines
	first []int        // the row that each begins in; at the end, how many rows there are
}

func newList(in panel.Input, w int) *list {
	l := &list{in: in, w: w, all: Newest(in.Snap)}
	l.folds, l.first = make([]draw.Block, len(l.all)), make([]int, len(l.all)+1)
	for i := range l.all {
		a := &l.all[i]
		l.folds[i] = fold(Text(in.Theme, a), w-draw.Width(l.form(a))-l.severityWidth()-columnGap)
		l.first[i+1] = l.first[i] + len(l.folds[i])
	}
	return l
}

// rows is how many rows the list has.
func (l *list) rows() int { return l.first[len(l.all)] }

// at is the alert that a row is of.
func (l *list) at(row int) int {
	next, _ := slices.BinarySearch(l.first, row+1)
	return next - 1
}

// lines are the rows from one up to, and without, another, as far as there are any.
func (l *list) lines(from, to int) draw.Block {
	var all draw.Block
	for row := from; row < min(to, l.rows()); row++ {
		all = append(all, l.line(row))
	}
	return all
}

// line is one row: of an alert's first one when it was and how urgent it is.
func (l *list) line(row int) string {
	i := l.at(row)
	a, th := &l.all[i], l.in.Theme
	text := painted(l.in, a, l.folds[i][row-l.first[i]])
	when := l.form(a)
	if row > l.first[i] {
		return draw.Spaces(draw.Width(when)+l.severityWidth()+columnGap) + text
	}
	role := theme.Dim
	if i < l.in.State.Unread {
		role = theme.AccentStrong
	}
	line := th.Paint(role, when) + draw.Spaces(columnGap)
	if width := l.severityWidth(); width > 0 {
		mark, role := severity(th, a.Severity)
		line += th.Paint(role, draw.Fit(th, mark, width))
	}
	return line + text
}

// form is when an alert came. Where there is little room, the time of day is
// enough for those of the day shown.
func (l *list) form(a *model.Alert) string {
	at := a.At.In(session.Zone())
	if l.w < withSeverity && session.DateOf(at) == session.DateOf(l.in.Snap.AsOf) {
		return at.Format("15:04")
	}
	return at.Format("Mon 02 15:04")
}

// severityWidth is the width of the column of severities; 0 where there is no
// room for it.
func (l *list) severityWidth() int {
	if l.w < withSeverity {
		return 0
	}
	return len("x notice") + columnGap
}

// fold breaks a text between its words into lines of at most w cells. Where
// there is too little room for words it stays one line.
func fold(text string, w int) draw.Block {
	const least = 20
	if w < least || draw.Width(text) <= w {
		return draw.Block{text}
	}
	return strings.Split(ansi.Wrap(text, w, ""), "\n")
}
