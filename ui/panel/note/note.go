// Package note is the check of a published note: each of its claims beside
// what is computed here.
package note

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/shopspring/decimal"

	"gyre/model/claim"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

const title = "Note check"

// inColumns is the width from which a claim is one row of a table where that
// cuts none of the quotes; otherwise it is two lines.
const inColumns = 96

// Render draws the check into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	frame := draw.Frame{Title: title, Focused: in.Focused}
	switch {
	case in.State.Note == nil:
		return in.Box(frame, draw.Block{in.Theme.Paint(theme.Dim, "there is no note to check")}, w, h)
	case in.Snap == nil:
		return in.Box(frame, say.Waiting(in.Theme), w, h)
	}
	results := in.State.Note.Results
	frame.Context = tally(in.Theme, results)
	width, height := in.Inner(w, h)
	if len(results) == 0 {
		words := say.Pick(width, "the note is not out yet: its claims are checked from the moment it is published", "the note is not out yet")
		body := draw.Block{in.Theme.Paint(theme.Dim, words)}
		return in.Box(frame, body, w, h)
	}
	head, lines := body(in.Theme, results, width)
	e := extent(head, lines, height)
	top := e.Top(0, in.State.Scroll)
	if height < 2 {
		head = nil
	}
	return in.Box(frame, append(head, lines[top:min(top+max(e.Height, 0), len(lines))]...), w, h)
}

// Extent is what scrolling has to know of the table in w by h cells.
func Extent(in panel.Input, w, h int) (start int, e panel.Extent) {
	if in.State.Note == nil {
		return 0, panel.Extent{}
	}
	width, height := in.Inner(w, h)
	head, lines := body(in.Theme, in.State.Note.Results, width)
	return 0, extent(head, lines, height)
}

func extent(head, lines draw.Block, h int) panel.Extent {
	e := panel.Extent{Rows: len(lines), Height: h}
	if h >= 2 {
		e.Height -= len(head)
	}
	return e
}

// tally counts the claims by verdict; those that there are none of stay away.
func tally(th *theme.Theme, results []claim.Result) string {
	counts := claim.Count(results)
	var parts []string
	for _, v := range []claim.Verdict{claim.OK, claim.Rounded, claim.False, claim.QuotedOnly, claim.NotYet, claim.Unknown} {
		if n := counts[v]; n > 0 {
			parts = append(parts, th.Paint(verdictRole(v), strconv.Itoa(n)+" "+v.String()))
		}
	}
	return strings.Join(parts, th.Paint(theme.Dim, th.Say(" · ")))
}

// body is every line of the check, and the heads above them.
func body(th *theme.Theme, results []claim.Result, w int) (head, lines draw.Block) {
	t := draw.Table{
		Columns: []draw.Column{{}, {Rank: 2}, {Align: draw.Right}, {Align: draw.Right}, {}, {Rank: 1}},
		Head:    heads("claim", "about", "note says", "here", "verdict", "why"),
	}
	for i := range results {
		r := &results[i]
		t.Rows = append(t.Rows, []draw.Cell{
			{Text: th.Say(quote(r))},
			{Text: th.Say(about(&r.Claim)), Role: theme.Dim},
			{Text: says(th, &r.Claim)},
			{Text: here(th, r), Role: theme.Strong},
			{Text: r.Verdict.String(), Role: verdictRole(r.Verdict)},
			{Text: why(th, r), Role: theme.Dim},
		})
	}
	room := quotesRoom(t, w)
	if w < inColumns || slices.ContainsFunc(t.Rows, func(row []draw.Cell) bool { return draw.Width(row[0].Text) > room }) {
		for i := range results {
			lines = append(lines, inTwoLines(th, &results[i], w)...)
		}
		return nil, lines
	}
	all := t.Draw(th, w)
	return all[:1], all[1:]
}

// quotesRoom is what the other columns leave to the quotes; without what a
// claim is about, which most quotes say, where that leaves too little.
func quotesRoom(t draw.Table, w int) int {
	const gap, about = 2, 1
	widths := make([]int, len(t.Columns))
	for _, row := range append([][]draw.Cell{t.Head}, t.Rows...) {
		for c, cell := range row {
			widths[c] = max(widths[c], draw.Width(cell.Text))
		}
	}
	room := w
	for _, width := range widths[1:] {
		room -= width + gap
	}
	if room < widths[0] {
		room += widths[about] + gap
	}
	return room
}

func heads(names ...string) []draw.Cell {
	cells := make([]draw.Cell, len(names))
	for i, name := range names {
		cells[i] = draw.Cell{Text: name, Role: theme.Dim}
	}
	return cells
}

// inTwoLines is a claim where there is no room for columns: its words, in more
// lines where they are long, and what is said of it.
func inTwoLines(th *theme.Theme, r *claim.Result, w int) draw.Block {
	verdict := th.Paint(verdictRole(r.Verdict), r.Verdict.String())
	const leastQuote = 12
	words := strings.Split(ansi.Wrap(th.Say(quote(r)), max(w-draw.Width(verdict)-2, leastQuote), " "), "\n")
	parts := []string{"  " + th.Say(about(&r.Claim)), "note " + says(th, &r.Claim)}
	if r.Here != "" {
		parts = append(parts, "here "+here(th, r))
	}
	if r.Why != r.Here {
		parts = append(parts, why(th, r))
	}
	lines := draw.Block{draw.Spread(th, th.Paint(theme.Text, words[0]), verdict, w)}
	for _, rest := range words[1:] {
		lines = append(lines, th.Paint(theme.Text, draw.Cut(th, strings.TrimSpace(rest), w)))
	}
	return append(lines, say.Line(th, w, parts...))
}

func quote(r *claim.Result) string { return "“" + r.Claim.Text + "”" }

// about is what a claim is about, and over what time: "R2000 1W".
func about(c *claim.Claim) string {
	universe, part, found := strings.Cut(c.Subject, "/")
	name := say.Short(universe)
	if found {
		name += " " + part
	}
	if c.Subject == "SPX" {
		name = "S&P 500"
	}
	if c.Window != "" {
		name += " " + c.Window
	}
	return name
}

// says is the figure that the note gives, and how it is meant to be read.
func says(th *theme.Theme, c *claim.Claim) string {
	value := figure(th, c, c.Value)
	switch {
	case c.Precision == claim.More:
		subject, less := strings.CutPrefix(c.Value, "-")
		words := "> "
		if less {
			words = "< "
		}
		return words + th.Say(about(&claim.Claim{Subject: subject}))
	case c.High != "":
		return value + th.Say("–") + figure(th, c, c.High)
	case c.Precision == claim.Rank:
		return strings.TrimSpace(say.Ordinal(rank(c.Value)) + " worst")
	case c.Precision == claim.Exact || c.Precision == claim.Quoted:
		return value + say.ClaimUnit(c.Metric)
	}
	return string(c.Precision) + " " + value + say.ClaimUnit(c.Metric)
}

// figure is a figure of the note; an index level and a range of them have their
// thousands apart, as they have in what is here.
func figure(th *theme.Theme, c *claim.Claim, text string) string {
	if c.Metric == claim.Level || c.Metric == claim.Range {
		if value, err := decimal.NewFromString(text); err == nil {
			return draw.LevelText(th, num.NewFigure(value, max(-value.Exponent(), 0)))
		}
	}
	return minus(th, text)
}

// rank is a place among the worst; 0 where the text is none.
func rank(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// here is what gyre has.
func here(th *theme.Theme, r *claim.Result) string {
	if r.Here == "" {
		return draw.Unknown
	}
	if !r.Figure.Known() {
		return minus(th, r.Here)
	}
	return minus(th, r.Here) + say.ClaimUnit(r.Claim.Metric)
}

// why is the reason, where it says more than the figure does; a claim that is
// false has one in any case.
func why(th *theme.Theme, r *claim.Result) string {
	switch {
	case r.Why == r.Here && r.Verdict == claim.False:
		return "not what the note says"
	case r.Why == r.Here, r.Verdict == claim.OK && strings.HasPrefix(r.Why, r.Here+" is "):
		return ""
	}
	return minus(th, r.Why)
}

// minus is text with minus signs that are some.
func minus(th *theme.Theme, text string) string {
	words := strings.Split(text, " ")
	for i, word := range words {
		if len(word) > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9' {
			words[i] = th.Glyph.Minus + word[1:]
		}
	}
	return th.Say(strings.Join(words, " "))
}

func verdictRole(v claim.Verdict) theme.Role {
	switch v {
	case claim.OK:
		return theme.Up
	case claim.Rounded:
		return theme.Text
	case claim.False:
		return theme.Attention
	default:
		return theme.Dim
	}
}
