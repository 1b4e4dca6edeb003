package model

import (
	"gyre/model/num"
	"gyre/model/session"
)

// averages are sums of each name's last closes, in the shares of the session
// shown, for its 20- and 50-session means: the session's own price is the
// last value of each. A name that lacks a close has none (0).
type averages struct {
	sum19, sum49 []int64
}

const (
	shortMean = 20
	longMean  = 50
)

func newAverages(b *book, columns []CloseColumn, on session.Date) averages {
	return averages{
		sum19: sumCloses(b, columns, on, shortMean-1),
		sum49: sumCloses(b, columns, on, longMean-1),
	}
}

// sumCloses is every name's sum of the last n closes as of session on.
func sumCloses(b *book, columns []CloseColumn, on session.Date, n int) []int64 {
	sums := make([]int64, len(b.companies))
	if len(columns) < n {
		return sums
	}
	columns = columns[len(columns)-n:]
	for id := range sums {
		for i := range columns {
			p := columns[i].raw(ID(id))
			if p > 0 && len(b.actions[id]) > 0 {
				p = b.carry(ID(id), p, columns[i].Date, on)
			}
			if p == 0 {
				sums[id] = 0
				break
			}
			sums[id] += int64(p)
		}
	}
	return sums
}

// above tells whether price p lies above the mean of n values: p itself and
// the n-1 closes of sum.
func above(p num.Price, sum int64, n int64) bool { return int64(p)*(n-1) > sum }
