package importer

import (
	"math"

	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// life is when a symbol came and went in a file, and with what.
type life struct {
	symbol                  string
	first, last             session.Date
	firstLine               int32
	firstClose, lastClose   num.Price
	firstShares, lastShares int64
}

// Bounds of what is taken for a change of symbols.
const (
	renameGap   = 3       // sessions between the last close under the old and the first under the new symbol
	renameMove  = 0.3     // of the price meanwhile, as a logarithm
	roundShares = 100_000 // a multiple of this is no company's own number
)

// lifeOf is the life of a series, which has a point at least.
func lifeOf(s *series, counts []int64) life {
	first, last := &s.points[0], &s.points[len(s.points)-1]
	l := life{
		symbol: s.symbol, first: first.date, last: last.date, firstLine: first.line,
		firstClose: first.closes, lastClose: last.closes,
	}
	for i := range min(len(counts), renameGap) {
		if l.firstShares = counts[i]; l.firstShares > 0 {
			break
		}
	}
	for i := len(counts) - 1; i >= 0 && l.lastShares == 0; i-- {
		l.lastShares = counts[i]
	}
	return l
}

// findRenames finds the symbols that ended when another one began with the very
// same number of shares at about the same price: a company under a new symbol.
// Where more than one pair would do, none is taken.
func findRenames(lives []life, calendar *session.Calendar, report *Report) []store.Action {
	if len(lives) == 0 {
		return nil
	}
	begin, end := lives[0].first, lives[0].last
	for i := range lives {
		begin, end = min(begin, lives[i].first), max(end, lives[i].last)
	}
	var ended []*life
	for i := range lives {
		if l := &lives[i]; l.last < end && l.lastShares > 0 && l.lastShares%roundShares != 0 {
			ended = append(ended, l)
		}
	}
	successors := map[*life][]*life{}
	predecessors := map[*life][]*life{}
	for i := range lives {
		l := &lives[i]
		if l.first == begin || l.firstShares == 0 {
			continue
		}
		for _, old := range ended {
			if l.follows(old, calendar) {
				successors[old] = append(successors[old], l)
				predecessors[l] = append(predecessors[l], old)
			}
		}
	}
	var actions []store.Action
	for i := range lives {
		l := &lives[i]
		if len(predecessors[l]) != 1 || len(successors[predecessors[l][0]]) != 1 {
			continue
		}
		old := predecessors[l][0]
		report.Note(int(l.firstLine), "%s became %s on %v: it has the same %d shares, and closed at %v after %v",
			old.symbol, l.symbol, l.first, l.firstShares, l.firstClose.Decimal(), old.lastClose.Decimal())
		actions = append(actions, store.Action{
			Symbol: old.symbol, ExDate: l.first, Kind: model.ActionRename, NewSymbol: l.symbol, Inferred: true,
		})
	}
	return actions
}

// follows tells whether a symbol can be the one under which another went on.
// Their numbers of shares are the same up to what the rounding of a cap to the
// dollar does to them.
func (l *life) follows(old *life, calendar *session.Calendar) bool {
	rounding := 1 + int64(num.PriceScale/l.firstClose+num.PriceScale/old.lastClose)
	if gap := l.firstShares - old.lastShares; max(gap, -gap) > rounding {
		return false
	}
	gap := calendar.Between(old.last, l.first)
	move := math.Log(l.firstClose.Float() / old.lastClose.Float())
	return gap >= 1 && gap <= renameGap && math.Abs(move) <= renameMove
}
