package importer

import (
	"math"

	"gyre/feed/store"
	"gyre/model"
)

// split is a split found in a series.
type split struct {
	at            int   // index of the first point after it
	newer, older  int64 // newer shares for older ones
	before, after int   // indices of the points whose numbers of shares show it
}

// Bounds of what is taken for a split. Precision goes before recall: what is
// left out stays a return, and is named.
const (
	// reach is how many sessions the number of shares may be behind or ahead of
	// the price.
	reach = 10
	// leastMove is the smallest overnight change, as a logarithm, that is looked
	// at: a split of 5 for 4 on a day of +10 % is still above it.
	leastMove = 0.1
	// loudMove is an overnight change that is named if no split explains it:
	// three and a half times, or a third and less.
	loudMove = 1.25
	// doubtMove is the same where the number of shares has moved with it.
	doubtMove = 0.5
)

// findSplits finds the splits of a series: overnight changes of the price by a
// ratio of small whole numbers that the number of shares shows too, so that the
// market cap stays what it was. A change that the shares do not show is a
// return, be it ever so large.
func findSplits(s *series, counts []int64, report *Report) []split {
	var found []split
	least := 0
	for i := 1; i < len(s.points); i++ {
		move := math.Log(s.points[i].closes.Float() / s.points[i-1].closes.Float())
		if math.Abs(move) < leastMove {
			continue
		}
		x, doubt, ok := confirm(counts, i, least, move)
		switch {
		case ok:
			least = i
			found = append(found, x)
			report.Note(int(s.points[i].line), "%s split %d for %d on %v: its close went from %v to %v, its shares from %d to %d",
				s.symbol, x.newer, x.older, s.points[i].date, s.points[i-1].closes.Decimal(), s.points[i].closes.Decimal(),
				counts[x.before], counts[x.after])
		case doubt != 0 && math.Abs(move) > doubtMove:
			report.Warn(int(s.points[i].line), "%s may have split on %v: its close went from %v to %v and its shares by %.4g, which is no clear ratio; it is kept as a return",
				s.symbol, s.points[i].date, s.points[i-1].closes.Decimal(), s.points[i].closes.Decimal(), math.Exp(-doubt))
		case math.Abs(move) > loudMove:
			report.Warn(int(s.points[i].line), "%s went from %v to %v on %v and its shares show no split; it is kept as a return",
				s.symbol, s.points[i-1].closes.Decimal(), s.points[i].closes.Decimal(), s.points[i].date)
		}
	}
	return found
}

// confirm looks for numbers of shares around point i that show the split which
// the move of the price suggests, the nearest ones first and none before least.
// Where they only move with the price, doubt is the logarithm of the ratio.
func confirm(counts []int64, i, least int, move float64) (x split, doubt float64, ok bool) {
	for distance := range 2*reach + 1 {
		for behind := range distance + 1 {
			before, after := i-1-(distance-behind), i+behind
			if distance-behind > reach || behind > reach || before < least || after >= len(counts) || counts[before] == 0 || counts[after] == 0 {
				continue
			}
			ratio := math.Log(float64(counts[before]) / float64(counts[after]))
			if math.Abs(ratio-move) > slack(ratio) {
				continue
			}
			if newer, older, whole := wholeRatio(counts[before], counts[after]); whole {
				return split{at: i, newer: newer, older: older, before: before, after: after}, 0, true
			}
			if doubt == 0 && math.Abs(ratio) > doubtMove/2 {
				doubt = ratio
			}
		}
	}
	return split{}, doubt, false
}

// slack is how far a real return may take the price away from a split's ratio,
// as logarithms: to no more than half the ratio, so that the split explains
// most of the move, and to no more than double the price.
func slack(ratio float64) float64 { return min(0.5*math.Abs(ratio), math.Ln2) }

// Tolerances of a ratio of shares. A reverse split rounds fractions of shares
// up, and small caps issue some all the time; a forward split is exact. A ratio
// that is seldom chosen must fit better than one that everybody chooses.
const (
	usualFit   = 0.005
	unusualFit = 0.0005
	forwardFit = 0.001
	mostFold   = 1000
)

// wholeRatio is the split that turns one number of shares into another, in the
// lowest terms; false where no ratio of those in use fits.
func wholeRatio(before, after int64) (newer, older int64, ok bool) {
	ratio := float64(before) / float64(after)
	if ratio >= 1 {
		older, newer, ok = simpleRatio(ratio, usualFit, unusualFit)
		return newer, older, ok
	}
	return simpleRatio(1/ratio, forwardFit, unusualFit)
}

// simpleRatio finds many:few for a ratio above 1.
func simpleRatio(ratio, usual, unusual float64) (many, few int64, ok bool) {
	fits := func(to, fit float64) bool { return math.Abs(ratio/to-1) <= fit }
	whole := math.Round(ratio)
	if whole >= 2 && whole <= mostFold {
		fit := unusual
		if isUsual(int64(whole)) {
			fit = usual
		}
		if fits(whole, fit) {
			return int64(whole), 1, true
		}
	}
	for _, r := range [...][2]int64{{3, 2}, {5, 2}, {4, 3}, {5, 3}, {5, 4}, {7, 2}} {
		if fits(float64(r[0])/float64(r[1]), min(usual, forwardFit)) {
			return r[0], r[1], true
		}
	}
	return 0, 0, false
}

// isUsual tells whether a whole ratio is one that companies commonly choose.
func isUsual(n int64) bool { return n <= 10 || n == 12 || n%5 == 0 && n <= 100 || n%50 == 0 }

// splitActions are the splits as the store takes them.
func splitActions(s *series, found []split) []store.Action {
	actions := make([]store.Action, 0, len(found))
	for _, x := range found {
		actions = append(actions, store.Action{
			Symbol: s.symbol, ExDate: s.points[x.at].date, Kind: model.ActionSplit, New: x.newer, Old: x.older, Inferred: true,
		})
	}
	return actions
}
