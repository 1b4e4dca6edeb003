package members

import (
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// column is one column of the table.
type column struct {
	is     panel.MembersColumn
	window session.Window // whose values it shows
	head   string
	width  int // at least
	left   bool
	rank   int // where the room is short, the highest goes first; 0 always stays
}

// lastTrade is a column that the table is not sorted by: when a company last traded.
const lastTrade = panel.MembersColumn(panel.MembersColumnCount)

// The room that a name needs to be known by, and to be read at ease.
const (
	narrowName = 12
	easyName   = 22
)

// extraRank is the lowest one of the columns that are for more room than a
// table of usual width has.
const extraRank = 10

// columns are all columns from left to right, over the chosen window.
func columns(chosen session.Window) []column {
	all := []column{
		{is: panel.ColumnRank, head: "rank", width: 5, rank: 7},
		{is: panel.ColumnSymbol, head: "symbol", left: true},
		{is: panel.ColumnName, head: "name", width: narrowName, left: true, rank: 6},
		{is: panel.ColumnSector, head: "sector", left: true, rank: 9},
		{is: panel.ColumnCap, head: "cap $m", rank: 5},
		{is: panel.ColumnPrice, head: "$last", width: 6, rank: 8},
		{is: lastTrade, head: "at", width: 5, rank: 20},
	}
	for _, w := range session.Windows() {
		c := column{is: panel.ColumnWindow, window: w, head: w.String(), width: 6, rank: extraRank + say.WindowRank(w, chosen)}
		switch w {
		case chosen:
			c.rank = 0
		case session.Day:
			c.is, c.rank = panel.ColumnDay, 3
		default:
		}
		all = append(all, c)
	}
	all = append(all,
		column{is: panel.ColumnContribution, head: "contrib", rank: 1},
		column{is: panel.ColumnDebtEV, head: "D/EV", rank: 3},
		column{is: panel.ColumnTurnover, head: "$vol m", rank: extraRank},
		column{is: panel.ColumnFlags, head: "flags", left: true, rank: 2},
	)
	for i := range all {
		if all[i].is != panel.ColumnWindow && all[i].is != panel.ColumnDay {
			all[i].window = chosen
		}
	}
	return all
}

// sortedBy tells that the table is sorted by this column.
func (c column) sortedBy(sort panel.MembersColumn, chosen session.Window) bool {
	if sort == panel.ColumnDay && chosen == session.Day {
		sort = panel.ColumnWindow
	}
	return c.is == sort && (sort != panel.ColumnWindow || c.window == chosen)
}

// cell is what a column says of a company, and how; words of a company are
// still to be cut to their column.
func (t *table) cell(c column, m *model.Member) draw.Cell {
	th := t.th
	switch c.is {
	case panel.ColumnSymbol:
		return draw.Cell{Text: th.Say(m.Symbol), Role: theme.Text}
	case panel.ColumnName:
		return draw.Cell{Text: th.Say(m.Name), Role: theme.Dim}
	case panel.ColumnSector:
		return draw.Cell{Text: th.Say(m.Sector), Role: theme.Dim}
	case panel.ColumnFlags:
		return t.flags(m)
	case lastTrade:
		if m.At.IsZero() {
			return draw.Cell{Text: draw.Unknown, Role: theme.Dim}
		}
		return draw.Cell{Text: m.At.In(session.Zone()).Format("15:04"), Role: theme.Dim}
	default:
		return t.number(c, m)
	}
}

// number is the cell of a column of numbers.
func (t *table) number(c column, m *model.Member) draw.Cell {
	th := t.th
	if _, known := valueOf(m, c.is, c.window); !known {
		return draw.Cell{Text: draw.Unknown, Role: theme.Dim}
	}
	switch c.is {
	case panel.ColumnRank:
		return draw.Cell{Text: draw.LevelText(th, num.Count(int(m.Rank[c.window]))), Role: theme.Dim}
	case panel.ColumnCap:
		return draw.Cell{Text: say.Millions(th, m.Cap[c.window], 0), Role: theme.Dim}
	case panel.ColumnTurnover:
		return draw.Cell{Text: say.Millions(th, m.Turnover, 1), Role: theme.Dim}
	case panel.ColumnPrice:
		role := theme.Text
		if m.Flags&say.PriceFlags != 0 {
			role = theme.Dim
		}
		return draw.Cell{Text: say.Price(th, m.Price), Role: role}
	case panel.ColumnDebtEV:
		return draw.Cell{Text: draw.LevelText(th, m.DebtEV[c.window]), Role: theme.Text}
	case panel.ColumnContribution:
		return signed(th, model.Contribution(m, c.window, t.view.Contributors.N))
	default:
		return signed(th, num.Percent(m.Return[c.window]))
	}
}

func signed(th *theme.Theme, f num.Figure) draw.Cell {
	return draw.Cell{Text: draw.SignedText(th, f), Role: draw.SignRole(th, f)}
}

// flags are a company's flags in words where there is room, else in letters.
func (t *table) flags(m *model.Member) draw.Cell {
	cell := draw.Cell{Role: theme.Dim}
	if m.Flags&say.PriceFlags != 0 {
		cell.Role = theme.Attention
	}
	if t.inWords {
		cell.Text = t.th.Say(t.view.words(m))
	} else {
		cell.Text = t.view.letters(m)
	}
	return cell
}

// microLetter and microWord mark who is also in the micro caps.
const (
	microLetter = 'M'
	microWord   = "micro"
)

// letters are a company's flags, a letter each.
func (v *View) letters(m *model.Member) string {
	var all []byte
	v.eachFlag(m, func(letter byte, _ string) { all = append(all, letter) })
	return string(all)
}

// words are a company's flags, a word each.
func (v *View) words(m *model.Member) string {
	var all []string
	v.eachFlag(m, func(_ byte, word string) { all = append(all, word) })
	return strings.Join(all, ", ")
}

// eachFlag tells a company's flags one after the other; last, whether it is also
// in the micro caps.
func (v *View) eachFlag(m *model.Member, tell func(letter byte, word string)) {
	if m.Flags != 0 {
		for _, flag := range say.Flags() {
			if m.Flags&flag.Is != 0 {
				tell(flag.Letter, flag.Word)
			}
		}
	}
	if v.micro && m.InMicro {
		tell(microLetter, microWord)
	}
}
