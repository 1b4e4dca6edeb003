package synth

import (
	"math"
	"time"

	"gyre/feed/sim"
	"gyre/model/num"
)

// How a company's return of a day is spread over the night and the day.
const (
	overnight  = .35 // part of what it does beyond the index that is there at the open
	noiseAtGap = .25 // of its daily volatility, in the open
	ownByDay   = .7  // of its daily volatility, between the open and the close
)

// bars makes up opens, highs and lows of the last week. The highs and lows are
// those of the minutes that the replay will show, as they run when nothing
// bounds them.
func (m *Market) bars(p *Published) {
	rng := random(m.seed, streamBars)
	m.Bars = make([][]sim.Bar, len(m.Sessions))
	var path sim.Path
	for d := m.bases.week + 1; d <= m.bases.last; d++ {
		names := make([]sim.Bar, len(m.Companies))
		gap := math.Log(p.Bars[d].Open.Float() / p.Closes[d-1].Float())
		market := math.Log(p.Closes[d].Float() / p.Closes[d-1].Float())
		for i := range names {
			noise := rng.NormFloat64()
			if !m.Traded(d, i) {
				continue
			}
			last, closed := m.Price[d-1][i], m.Price[d][i]
			vol := ownVol(&m.Companies[i])
			if i == m.Defects.Merger.Company {
				vol *= calm
			}
			own := math.Log(closed.Float()/last.Float()) - market
			open := last.Float() * math.Exp(gap+overnight*own+noiseAtGap*vol*noise)
			names[i] = sim.Bar{
				Open:  m.onStep(d, i, open),
				Close: closed,
				Sigma: num.Price(closed.Float() * vol * ownByDay * float64(num.PriceScale)),
				// The path depends on how busy the name is, on paper.
				Volume: m.Volume[d][i],
				First:  m.Defects.opening(d, i, m.bases.last),
				Last:   m.Defects.stop(m, d, i),
				Thin:   m.Companies[i].Micro,
			}
		}
		path.Build(&sim.Day{
			Seed: m.seed, Date: m.Sessions[d].Date, Minutes: m.Sessions[d].Minutes(),
			Indices: p.Bars[d : d+1], Names: names,
		})
		for i := range names {
			if m.Traded(d, i) {
				m.bound(d, i, &names[i], path.Prices(i))
			}
		}
		m.Bars[d] = names
	}
}

// onStep puts a price on the step in which the company's price moves.
func (m *Market) onStep(d, i int, price float64) num.Price {
	step := m.step(d, i)
	p := num.Price(math.Round(price * float64(num.PriceScale)))
	return max((p+step/2)/step*step, step)
}

// bound sets the high and the low of a bar to the extremes of its prints.
func (m *Market) bound(d, i int, b *sim.Bar, prints []num.Price) {
	b.High, b.Low = max(b.Open, b.Close), min(b.Open, b.Close)
	for _, p := range prints {
		if p > 0 {
			b.High, b.Low = max(b.High, p), min(b.Low, p)
		}
	}
	step := m.step(d, i)
	b.High, b.Low = b.High/step*step, (b.Low+step-1)/step*step
}

// opening is the minute of a company's first print, 0 where it is not given.
func (x *Defects) opening(d, i, last int) int {
	for _, l := range x.Late {
		if d == last && l.Company == i {
			return l.Minute
		}
	}
	return 0
}

// stop is the minute of a company's last print, 0 where it is the close.
func (x *Defects) stop(m *Market, d, i int) int {
	for _, h := range x.Halts {
		if d == m.bases.last && h.Company == i {
			return int(h.At.Sub(m.Sessions[d].Opens) / time.Minute)
		}
	}
	return 0
}
