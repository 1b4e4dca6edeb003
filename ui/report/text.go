package report

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// pageWidth is the width of a page of text: that of a terminal or a mail.
const pageWidth = 80

// columnGap is the room between two columns of a table.
const columnGap = 2

func renderText(s *model.Snapshot, o Options) []byte {
	th := theme.New(theme.Options{Ground: theme.Mono, ASCII: o.ASCII})
	p := newAuthor(s, o, th).page()
	var b strings.Builder
	b.WriteString(fold(th, p.title, ""))
	b.WriteString(fold(th, strings.Join(p.badges, " · "), ""))
	for _, line := range p.lead {
		b.WriteString(fold(th, line, ""))
	}
	for _, sec := range p.sections {
		b.WriteByte('\n')
		head := strings.ToUpper(sec.title)
		if sec.context != "" {
			head += "  " + sec.context
		}
		b.WriteString(fold(th, head, ""))
		for i, t := range sec.tables {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(t.text(th))
		}
		for _, note := range sec.notes {
			b.WriteString(fold(th, note, "  "))
		}
	}
	return []byte(b.String())
}

// fold breaks a sentence into lines of at most the page's width, all but the
// first of them indented.
func fold(th *theme.Theme, sentence, indent string) string {
	if sentence == "" {
		return ""
	}
	lines := strings.Split(ansi.Wrap(together(th.Say(sentence)), pageWidth-len(indent), " "), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(strings.ReplaceAll(lines[i], noBreak, " "), " ")
		if i > 0 {
			lines[i] = indent + strings.TrimLeft(lines[i], " ")
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// noBreak stands in place of a blank at which no line may end.
const noBreak = "\u00a0"

// together keeps a number with its unit, and with the name in front of it, on
// one line: "97.0 %", "z0 −2.1", "28 Mar".
func together(sentence string) string {
	words := strings.Split(sentence, " ")
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			gap := " "
			if (number(words[i-1]) && unit(word)) || (measure(words[i-1]) && number(word)) {
				gap = noBreak
			}
			b.WriteString(gap)
		}
		b.WriteString(word)
	}
	return b.String()
}

// number tells whether a word is a number, with or without a sign or a bracket
// before it.
func number(word string) bool {
	word = strings.TrimLeft(word, "(−-+±")
	return word != "" && word[0] >= '0' && word[0] <= '9'
}

// unit tells whether a word is what a number before it counts.
func unit(word string) bool {
	word = strings.TrimRight(word, ".,;:)")
	if _, err := time.Parse("Jan", word); err == nil {
		return true
	}
	return slices.Contains([]string{"%", "pp", "days", "weekly", "sigma", "sigmas"}, word)
}

// measure tells whether a word is the short name of the number after it.
func measure(word string) bool {
	return slices.Contains([]string{"z0", "z", "t", "gap"}, strings.TrimLeft(word, "("))
}

// text lays the table out in columns.
func (t table) text(th *theme.Theme) string {
	rows := make([][]string, 0, len(t.rows)+1)
	head := make([]string, len(t.columns))
	for c, col := range t.columns {
		head[c] = col.head
	}
	for _, row := range append([][]string{head}, t.rows...) {
		said := make([]string, len(row))
		for c, cell := range row {
			said[c] = th.Say(cell)
		}
		rows = append(rows, said)
	}
	widths := t.widths(rows)
	var b strings.Builder
	for _, row := range rows {
		for _, cells := range t.folded(th, row, widths) {
			b.WriteString(strings.TrimRight(draw.Cut(th, t.line(th, cells, widths), pageWidth), " "))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// line is one line of the table.
func (t table) line(th *theme.Theme, cells []string, widths []int) string {
	var line strings.Builder
	for c, cell := range cells {
		if c > 0 {
			line.WriteString(draw.Spaces(columnGap))
		}
		if t.columns[c].left {
			line.WriteString(draw.Fit(th, cell, widths[c]))
		} else {
			line.WriteString(draw.FitRight(th, cell, widths[c]))
		}
	}
	return line.String()
}

// folded is a row as one line or, where titles and cells that stay whole are too
// long for their column, as several.
func (t table) folded(th *theme.Theme, row []string, widths []int) [][]string {
	lines := [][]string{slices.Clone(row)}
	for c, cell := range row {
		switch {
		case t.columns[c].title:
			cell = title(th, cell, widths[c])
			lines[0][c] = cell
		case !t.columns[c].whole:
			continue
		}
		if draw.Width(cell) <= widths[c] {
			continue
		}
		for n, part := range strings.Split(ansi.Wrap(cell, widths[c], " "), "\n") {
			if n == len(lines) {
				lines = append(lines, make([]string, len(row)))
			}
			lines[n][c] = strings.TrimSpace(part)
		}
	}
	return lines
}

// title is an event's title for a column. Where no shortening makes it fit, only
// what follows its last comma goes, and the rest has further lines; a column
// that is too narrow for words has it cut.
func title(th *theme.Theme, text string, w int) string {
	const forWords = 12
	if w < forWords || draw.Width(say.Shorter(text, w)) <= w {
		return draw.Cut(th, say.Title(th, text, w), w)
	}
	if at := strings.LastIndexByte(text, ','); at >= 0 {
		text = text[:at]
	}
	return text
}

// widths are the columns' widths, with the flexible ones cut so that the table
// fits the page if they can make it.
func (t table) widths(rows [][]string) []int {
	const leastFlex = 8
	widths := make([]int, len(t.columns))
	total := columnGap * (len(t.columns) - 1)
	for c := range t.columns {
		for _, row := range rows {
			widths[c] = max(widths[c], draw.Width(row[c]))
		}
		total += widths[c]
	}
	for c, col := range t.columns {
		if col.flex && total > pageWidth {
			cut := min(total-pageWidth, max(widths[c]-leastFlex, 0))
			widths[c] -= cut
			total -= cut
		}
	}
	return widths
}
