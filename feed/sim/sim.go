// Package sim invents the minutes between known daily bars.
//
// A path is made of three parts: the straight line from the open to the close,
// the way the market's index left its own straight line that minute, and a
// bridge of the name's own that is zero at both ends. What is known is kept
// exactly: the first print is the open, the last one is the close, and the
// high and the low are touched and never exceeded. Everything else is
// invented, and whoever shows it has to say so.
//
// Paths depend on the seed, the date, the place of the name and its bar, and
// on nothing else: any session can be built alone, in any order, and is the
// same each time and on every machine.
package sim

import (
	"gyre/model/num"
	"gyre/model/session"
)

// The longest silences between two prints of a name, in minutes.
const (
	maxGap     = 12
	maxGapThin = 45
)

// Day is one session to invent.
type Day struct {
	Seed    uint64
	Date    session.Date
	Minutes int // 390, or 210 on a half day
	// Indices are the printed indices. All names follow the first one.
	Indices []IndexBar
	// Names are the bars of the instruments, by their ID.
	Names []Bar
}

// Bar is what is known of one name's session.
type Bar struct {
	// Open and Close are the first and the last print. A name without both
	// does not trade that session.
	Open, Close num.Price
	// High and Low bound the path; where they are not given (0) nothing does.
	High, Low num.Price
	// Sigma is the size of the name's own moves over a session, in money. Where
	// it is 0 it is taken from the range between High and Low.
	Sigma num.Price
	// Volume is the shares traded in the session.
	Volume int64
	// First is the minute of the first print; 0 draws it.
	First int
	// Last is the minute of the last print; 0 is the closing auction.
	Last int
	// Thin is a name that may be silent for long.
	Thin bool
}

// trades tells whether there is anything to draw.
func (b *Bar) trades() bool { return b.Open > 0 && b.Close > 0 }

// bounded tells whether the bar gives a usable high and low.
func (b *Bar) bounded() bool {
	return b.High >= max(b.Open, b.Close) && b.Low > 0 && b.Low <= min(b.Open, b.Close)
}

// IndexBar is what is known of one index's session.
type IndexBar struct {
	Open, High, Low, Close num.Price
	// HighFrom and LowFrom are the first minutes of the five-minute bins in
	// which the extremes were made; negative where that is not known.
	HighFrom, LowFrom int
}

// Path is a session, minute by minute. The zero Path is empty; Build fills it.
// A Path that is built again reuses its memory. It is not safe for concurrent
// use while it is built.
type Path struct {
	minutes int
	names   []Bar
	prices  []num.Price // names times minutes+1; 0 where a name does not print
	levels  [][]num.Price
	volume  []int64 // share of a session's volume traded by each minute, in volumeUnits
}

// Build invents a session in p.
func (p *Path) Build(d *Day) {
	p.minutes, p.names = d.Minutes, d.Names
	p.levels = p.levels[:0]
	for i := range d.Indices {
		draw := newDraw(d.Seed, d.Date, indexStream+uint64(i))
		p.levels = append(p.levels, indexPath(&d.Indices[i], d.Minutes, draw))
	}
	p.volume = volumeCurve(p.volume, d.Minutes)

	row := d.Minutes + 1
	p.prices = zeroed(p.prices, row*len(d.Names))
	w := newWalker(d.Minutes, p.levels)
	for i := range d.Names {
		if b := &d.Names[i]; b.trades() {
			w.write(b, newDraw(d.Seed, d.Date, uint64(i)), p.prices[i*row:(i+1)*row])
		}
	}
}

// Minutes is the number of the last minute; the first is 0, the opening.
func (p *Path) Minutes() int { return p.minutes }

// Emit calls emit for each name that prints in the minute, in the order of
// their IDs, with its price and the shares traded in the session so far.
func (p *Path) Emit(minute int, emit func(id int, price num.Price, volume int64)) {
	if minute < 0 || minute > p.minutes {
		return
	}
	row := p.minutes + 1
	for i := range p.names {
		if price := p.prices[i*row+minute]; price > 0 {
			emit(i, price, p.volumeAt(&p.names[i], minute))
		}
	}
}

// Level is the level of the i-th index at the minute; 0 where there is none.
func (p *Path) Level(i, minute int) num.Price {
	if i < 0 || i >= len(p.levels) || minute < 0 || minute > p.minutes {
		return 0
	}
	return p.levels[i][minute]
}

// Prices are the prints of one name, minute by minute; 0 where it is silent.
// They are a part of the path itself and must not be changed.
func (p *Path) Prices(id int) []num.Price {
	row := p.minutes + 1
	return p.prices[id*row : (id+1)*row]
}

// zeroed is a slice of n zeroes in the memory of s, if that is large enough.
func zeroed(s []num.Price, n int) []num.Price {
	if cap(s) < n {
		return make([]num.Price, n)
	}
	s = s[:n]
	clear(s)
	return s
}
