package replay

import (
	"cmp"
	"slices"
	"time"

	"gyre/feed/dataset"
	"gyre/feed/sim"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// microcaps is the index whose members may be silent for long.
const microcaps = "RMICRO"

// synthetic is the invented minutes of a dataset that asks for them, for the
// sessions of which it gives opens.
type synthetic struct{ data *dataset.Dataset }

// Has tells whether the session's opens are given.
func (s synthetic) Has(date session.Date) bool {
	i, ok := s.find(date)
	return ok && s.data.Days[i].Open != nil
}

// find is the place of a session in the dataset.
func (s synthetic) find(date session.Date) (int, bool) {
	return slices.BinarySearchFunc(s.data.Days, date, func(d dataset.Day, date session.Date) int {
		return cmp.Compare(d.Date, date)
	})
}

// Session invents the session.
func (s synthetic) Session(date session.Date) Path {
	i, _ := s.find(date)
	on, _ := s.data.Reference.Calendar.On(date)
	p := &simPath{levels: make([]int, len(s.data.Reference.Indices))}
	day := &sim.Day{
		Seed: s.data.Settings.Seed, Date: date, Minutes: on.Minutes(),
		Names: s.names(i, on),
	}
	for index := range s.data.Reference.Indices {
		p.levels[index] = -1
		if bar, ok := s.index(index, on); ok {
			p.levels[index] = len(day.Indices)
			day.Indices = append(day.Indices, bar)
		}
	}
	p.path.Build(day)
	return p
}

// names are the bars of the i-th session.
func (s synthetic) names(i int, on session.Session) []sim.Bar {
	ref, day := s.data.Reference, s.data.Days[i]
	bars := make([]sim.Bar, len(ref.Instruments))
	for id := range bars {
		bars[id] = sim.Bar{
			Open: day.Open[id], Close: ref.Closes[i].Price[id], Volume: ref.Closes[i].Volume[id],
			High: at(day.High, id), Low: at(day.Low, id),
		}
	}
	for _, m := range ref.Members {
		if m.Index == microcaps && m.From <= on.Date && (m.To == 0 || on.Date < m.To) {
			bars[m.ID].Thin = true
		}
	}
	for _, h := range s.data.Halts {
		switch {
		case h.Resume:
			bars[h.ID].Last = 0
		case during(h.At, on): // what stops for the day closes where it stopped
			bars[h.ID].Last = max(minuteOf(h.At, on), 1)
		}
	}
	for _, k := range s.data.Ticks {
		if k.Opening && during(k.At, on) {
			bars[k.ID].First = minuteOf(k.At, on)
		}
	}
	return bars
}

// during tells whether t lies within a session.
func during(t time.Time, on session.Session) bool {
	return !t.Before(on.Opens) && t.Before(on.Closes)
}

// at is a price of a column that may be missing.
func at(column []num.Price, id int) num.Price {
	if column == nil {
		return 0
	}
	return column[id]
}

// index is the bar of an index, if its open is given.
func (s synthetic) index(index int, on session.Session) (sim.IndexBar, bool) {
	series := &s.data.Reference.Indices[index]
	i, ok := series.DayOn(on.Date)
	if !ok || series.Days[i].Open == 0 {
		return sim.IndexBar{}, false
	}
	day := &series.Days[i]
	extremes := s.data.Extremes[index][i]
	return sim.IndexBar{
		Open: day.Open, High: day.High, Low: day.Low, Close: day.Close,
		HighFrom: minuteOf(extremes.HighAt, on), LowFrom: minuteOf(extremes.LowAt, on),
	}, true
}

// minuteOf counts the minutes from the open to t, -1 where t is not known.
func minuteOf(t time.Time, on session.Session) int {
	if t.IsZero() {
		return -1
	}
	return int(t.Sub(on.Opens) / time.Minute)
}

// simPath is an invented session.
type simPath struct {
	path   sim.Path
	levels []int // by index of the reference: its place in the path, or -1
}

func (p *simPath) Minute(m int, emit func(id model.ID, price num.Price, volume int64)) {
	p.path.Emit(m, func(id int, price num.Price, volume int64) { emit(model.ID(id), price, volume) })
}

func (p *simPath) Index(index, m int) num.Price {
	if p.levels[index] < 0 {
		return 0
	}
	return p.path.Level(p.levels[index], m)
}
