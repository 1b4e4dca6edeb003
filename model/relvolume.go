package model

import (
	"github.com/shopspring/decimal"

	"gyre/model/num"
)

// volumeDays is how many sessions a day's turnover is compared with.
const volumeDays = 20

// usualTurnover is every name's turnover in dollars over the last 20 sessions
// together; 0 where it lacks a close in one of them. A split leaves it as it is.
func usualTurnover(b *book, columns []CloseColumn) []num.Dollars {
	usual := make([]num.Dollars, len(b.companies))
	if len(columns) < volumeDays {
		return usual
	}
	columns = columns[len(columns)-volumeDays:]
	for id := range usual {
		for i := range columns {
			p := columns[i].raw(ID(id))
			if p == 0 {
				usual[id] = 0
				break
			}
			usual[id] = (usual[id] + num.Cap(columns[i].volume(ID(id)), p)).Bounded()
		}
	}
	return usual
}

// comparedTurnover is the turnover of those names of a group that have a usual
// one, today and over the 20 sessions before.
type comparedTurnover struct{ today, usual num.Dollars }

func (c *comparedTurnover) add(today, usual num.Dollars) {
	if usual > 0 {
		c.today += today
		c.usual += usual
	}
}

// relative is today's turnover as a multiple of the mean of the 20 sessions
// before; nothing where no volume is told, and while the session runs: what is
// usual by this minute of a day nobody has measured.
func (c *comparedTurnover) relative(over bool) num.Figure {
	if !over || c.today <= 0 || c.usual <= 0 {
		return num.Figure{}
	}
	today := decimal.NewFromInt(int64(c.today)).Mul(decimal.NewFromInt(volumeDays))
	return num.NewFigure(today.DivRound(decimal.NewFromInt(int64(c.usual)), 2), 2)
}
