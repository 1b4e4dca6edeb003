package uitest

import (
	"slices"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Changed is the i-th of a series of snapshots, each a second later than the
// one before and with ten other figures.
func Changed(base *model.Snapshot, i int) *model.Snapshot {
	s := *base
	s.Indices = slices.Clone(base.Indices)
	s.Size.Buckets = slices.Clone(base.Size.Buckets)
	s.Leverage = slices.Clone(base.Leverage)
	tick := func(f num.Figure) num.Figure {
		return num.FigureFromFloat(f.Float()+float64(i%7)/100, 2)
	}
	w := session.Week
	s.Indices[0].Level = tick(s.Indices[0].Level)
	s.Indices[0].Change = tick(s.Indices[0].Change)
	s.Indices[0].Returns[session.Day] = tick(s.Indices[0].Returns[session.Day])
	s.Indices[1].Level = tick(s.Indices[1].Level)
	for q := range s.Size.Buckets {
		s.Size.Buckets[q].Groups[w].Return[model.Mean] = tick(s.Size.Buckets[q].Groups[w].Return[model.Mean])
	}
	s.AsOf = s.AsOf.Add(time.Duration(i) * time.Second)
	s.Size.Spread[w].Return[model.Mean] = tick(s.Size.Spread[w].Return[model.Mean])
	s.Leverage[0].Spread[w].Return[model.Mean] = tick(s.Leverage[0].Spread[w].Return[model.Mean])
	return &s
}
