package importer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"gyre/model/session"
)

// reasonCarried is why a row is left out whose close and volume are those of
// the session before: no two sessions trade the same number of shares, so the
// vendor has only repeated its last row.
const reasonCarried = "it is carried over: close and volume are those of the session before"

// carriedVolume is the number of shares from which that is so. A few hundred
// are soon traded twice.
const carriedVolume = 1_000

// sorted is every series, by symbol, each with one point for a day.
func (p *priceRows) sorted() []*series {
	var all []*series
	for _, symbol := range slices.Sorted(maps.Keys(p.bySymbol)) {
		s := p.bySymbol[symbol]
		slices.SortStableFunc(s.points, func(a, b point) int { return cmp.Compare(a.date, b.date) })
		s.points = p.once(s)
		all = append(all, s)
	}
	p.uncarry(all)
	for _, s := range all {
		p.report.Kept += len(s.points)
	}
	return all
}

// once keeps the first point of each day.
func (p *priceRows) once(s *series) []point {
	kept := s.points[:0]
	for _, x := range s.points {
		if len(kept) == 0 || kept[len(kept)-1].date != x.date {
			kept = append(kept, x)
			continue
		}
		first := &kept[len(kept)-1]
		p.report.Omit(int(x.line), reasonDuplicate, fmt.Sprintf("%s %s", x.date, s.symbol))
		if first.closes != x.closes {
			p.report.Warn(int(x.line), "%s closed twice on %v: at %v in line %d, which is used, and at %v here",
				s.symbol, x.date, first.closes.Decimal(), first.line, x.closes.Decimal())
		}
	}
	return kept
}

// uncarry leaves out the rows that only repeat an earlier one, and warns where
// that is most of a day.
func (p *priceRows) uncarry(all []*series) {
	traded, carried := map[session.Date]int{}, map[session.Date]int{}
	for _, s := range all {
		var last point // with enough volume
		kept := s.points[:0]
		for _, x := range s.points {
			if x.volume >= carriedVolume {
				traded[x.date]++
				if x.volume == last.volume && x.closes == last.closes {
					carried[x.date]++
					p.report.Omit(int(x.line), reasonCarried, fmt.Sprintf("%s %s", x.date, s.symbol))
					continue
				}
				last = x
			}
			kept = append(kept, x)
		}
		s.points = kept
	}
	for _, day := range slices.Sorted(maps.Keys(carried)) {
		if 2*carried[day] > traded[day] && traded[day] > 1 {
			p.report.Warn(0, "%d of %d prices of %v are those of the session before: the file was taken before the vendor had the day", carried[day], traded[day], day)
		}
	}
}
