// Package say holds the words and columns that several panels share, so that
// one thing is called and ordered the same everywhere on the screen.
package say

import (
	"strconv"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// WindowRank orders windows by how long their column stays when the room
// shrinks (see draw.Column): the chosen one longest, then what a reader asks
// for first.
func WindowRank(w, chosen session.Window) int {
	if w == chosen {
		return 1
	}
	switch w {
	case session.Day:
		return 2
	case session.Week:
		return 3
	case session.YearToDate:
		return 4
	case session.Quarter:
		return 5
	case session.Month:
		return 6
	default:
		return 7
	}
}

// WindowHead is the head of a window's column; that of the chosen one stands out.
func WindowHead(w, chosen session.Window) draw.Cell {
	if w == chosen {
		return draw.Cell{Text: w.String(), Role: theme.AccentStrong}
	}
	return draw.Cell{Text: w.String(), Role: theme.Dim}
}

// Chosen is the window to show: w, or the week where w is none.
func Chosen(w session.Window) session.Window {
	if int(w) >= session.WindowCount {
		return session.Week
	}
	return w
}

// Day is a date as charts and contexts name it: "21 Mar"; "" for no date.
func Day(d session.Date) string {
	if d == 0 {
		return ""
	}
	_, month, day := d.Civil()
	return strconv.Itoa(day) + " " + month.String()[:3]
}

// Stat is a statistic's name.
func Stat(s model.Statistic) string {
	switch s {
	case model.Median:
		return "median"
	case model.Trimmed:
		return "trimmed mean"
	case model.CapWeighted:
		return "cap-weighted"
	default:
		return "mean"
	}
}

// ChosenStat is the statistic to show: s, or the mean where s is none.
func ChosenStat(s model.Statistic) model.Statistic {
	if int(s) >= model.StatCount {
		return model.Mean
	}
	return s
}

// Universe is the full name of a group of companies.
func Universe(snap *model.Snapshot, id string) string {
	if id == "RMICRO" {
		return "Micro caps"
	}
	for i := range snap.Indices {
		if snap.Indices[i].Symbol == id {
			return snap.Indices[i].Name
		}
	}
	if id == "RUT" {
		return "Russell 2000"
	}
	return id
}

// Short is its name where there is little room.
func Short(id string) string {
	switch id {
	case "RUT":
		return "R2000"
	case "SPX":
		return "S&P"
	case "RMICRO":
		return "Micro"
	default:
		return id
	}
}

// State is an axis' state in a word.
func State(s model.AxisState) string {
	switch s {
	case model.StateNone:
		return "no rotation"
	case model.StateTilt:
		return "tilt"
	case model.StateRotation:
		return "rotation"
	case model.StateExtreme:
		return "extreme"
	default:
		return "no claim"
	}
}

// Trend is a trend in words; "" where there is none.
func Trend(t model.Trend) string {
	switch t {
	case model.TrendContinuing:
		return "continuing"
	case model.TrendSpeedingUp:
		return "speeding up"
	case model.TrendFading:
		return "fading"
	default:
		return ""
	}
}

// Ordinal puts a rank before a superlative: "" for 1, "second ", "third " …
// and "11th " from there on.
func Ordinal(n int) string {
	if n == 1 {
		return ""
	}
	return num.Ordinal(n) + " "
}

// Waiting is the body of a panel before the first snapshot.
func Waiting(th *theme.Theme) draw.Block {
	return draw.Block{th.Paint(theme.Dim, th.Say("waiting for the first prices …"))}
}
