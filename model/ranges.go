package model

import (
	"time"

	"gyre/model/num"
)

// newestRange is the forecast range of an index that became known last, as of
// now; nil where none is known.
func newestRange(ranges []Range, symbol string, now time.Time) *Range {
	var newest *Range
	for i := range ranges {
		r := &ranges[i]
		if r.Symbol != symbol || r.KnownAt.After(now) {
			continue
		}
		if newest == nil || !r.KnownAt.Before(newest.KnownAt) {
			newest = r
		}
	}
	return newest
}

// placeInRange is where a level lies in a forecast range. weekSigma is one
// weekly standard deviation as a fraction of the level, 0 where not known.
func placeInRange(r *Range, level num.Price, weekSigma float64) *RangePlace {
	if r == nil || level <= 0 || r.Low <= 0 || r.High <= r.Low {
		return nil
	}
	p := &RangePlace{
		From: r.From, To: r.To, Source: r.Source,
		Low: bound(r.Low), High: bound(r.High),
		ToLowPct:  percentMove(level, r.Low),
		ToHighPct: percentMove(level, r.High),
		Place:     num.NewFigure((level-r.Low).Decimal().DivRound((r.High-r.Low).Decimal(), 2), 2),
	}
	bound := r.Low
	switch {
	case level < r.Low:
		p.State = RangeBelow
	case level > r.High:
		p.State, bound = RangeAbove, r.High
	case r.High-level < level-r.Low:
		bound = r.High
	}
	p.Distance = num.NewFigure((level - bound).Decimal(), 2)
	p.DistPct = percentMove(bound, level)
	if weekSigma > 0 {
		half := (r.High - r.Low).Float() / 2 / level.Float()
		p.HalfSigmas = num.FigureFromFloat(half/weekSigma, 1)
	}
	return p
}

// percentMove is the change from one price to another in percent.
func percentMove(from, to num.Price) num.Figure {
	return num.NewFigure((to-from).Decimal().Shift(2).DivRound(from.Decimal(), 2), 2)
}

// bound publishes a bound as a forecast is written: 2,025 and not 2,025.00.
func bound(p num.Price) num.Figure {
	if p%num.PriceScale == 0 {
		return num.NewFigure(p.Decimal(), 0)
	}
	return num.NewFigure(p.Decimal(), 2)
}
