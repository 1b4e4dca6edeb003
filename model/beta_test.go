package model

import (
	"math"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// following is the world of Friday, in which every name does so much of the
// index's move on the day and so much of it a day later.
func following(t *testing.T, same, before func(ID) float64) *Reference {
	t.Helper()
	ref := fridayWorld().reference(t)
	days := ref.Indices[0].Days
	for id := range ref.Instruments {
		p := 40.0
		for c := range ref.Closes {
			if c > 1 {
				x, y := days[c].Close.Float()/days[c-1].Close.Float()-1, days[c-1].Close.Float()/days[c-2].Close.Float()-1
				p *= 1 + same(ID(id))*x + before(ID(id))*y
			}
			ref.Closes[c].Price[id] = num.Price(math.Round(p * float64(num.PriceScale)))
		}
	}
	return ref
}

// The betas of small names, 0.5 on the day and 0.7 a day late, come to 1.2, a
// third of the way to one 1.1333; those of large ones, 0.8, to 0.8667: they are
// 0.2667 apart. With the index 2 % down that is -0.53 pp of their spread.
func TestBetaAdjustedSpread(t *testing.T) {
	t.Parallel()
	small := func(id ID) bool { return id >= 40 && id < 80 }
	ref := following(t,
		func(id ID) float64 {
			if small(id) {
				return 0.5
			}
			return 0.8
		},
		func(id ID) float64 {
			if small(id) {
				return 0.7
			}
			return 0
		})
	m := start(ref)
	f := floor{Market: m, t: t, ref: ref}
	for id := range ID(80) {
		thousandths := num.Price(990)
		if small(id) {
			thousandths = 975
		}
		bar(m, id, f.at("10:00:00"), f.last(id)*thousandths/1000)
	}
	thursday := ref.Indices[0].Days[len(ref.Indices[0].Days)-2].Close
	m.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: f.at("10:00:00"), Price: thursday / 100 * 98})
	s := f.see("10:10:00").Size.Spread[session.Day]
	// -1.50 pp, and -1.5 + 0.26667 x 2 = -0.9667.
	if s.Return[Mean].String() != "-1.50" || s.BetaGap.String() != "0.27" || s.BetaAdjusted.String() != "-0.97" {
		t.Errorf("the spread is %s, betas %s apart, adjusted %s; want -1.50, 0.27, -0.97", s.Return[Mean], s.BetaGap, s.BetaAdjusted)
	}
}

// A split between the closes moves no beta, and today's price none either.
func TestBetasOfASplitAndOfToday(t *testing.T) {
	t.Parallel()
	ref := following(t, func(ID) float64 { return 1.6 }, func(ID) float64 { return -0.1 })
	middle := len(ref.Closes) - 30
	for c := range ref.Closes[:middle] {
		ref.Closes[c].Price[7] *= 4
	}
	ref.Actions = append(ref.Actions, Action{ID: 7, ExDate: ref.Closes[middle].Date, Kind: ActionSplit, New: 4, Old: 1})
	m := start(ref)
	f := floor{Market: m, t: t, ref: ref}
	f.see("10:00:00")
	for _, id := range []ID{7, 8} {
		if got, want := m.frame.betas[id], (2*1.5+1)/3; math.Abs(got-want) > 0.001 {
			t.Errorf("name %d: %g, want %g", id, got, want)
		}
	}
	before := m.frame.betas[8]
	bar(m, 8, f.at("10:01:00"), f.off(8, 90))
	f.see("10:02:00")
	if m.frame.betas[8] != before {
		t.Error("today's price moved the beta that its return is measured by")
	}
}

func TestNoBetas(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Reference)
		known  bool
	}{
		"all there":               {func(*Reference) {}, true},
		"no index":                {func(r *Reference) { r.Indices = r.Indices[1:] }, false},
		"the index lacks a close": {func(r *Reference) { r.Indices[0].Days = append(r.Indices[0].Days[:30:30], r.Indices[0].Days[31:]...) }, false},
		// 63 closes are 62 before Friday: 60 returns and the day before the first.
		"just long enough": {func(r *Reference) { r.Closes = r.Closes[len(r.Closes)-63:] }, true},
		"a day too short":  {func(r *Reference) { r.Closes = r.Closes[len(r.Closes)-62:] }, false},
		"half of the small ones lack a close": {func(r *Reference) {
			for id := range 10 {
				r.Closes[40].Price[60+id] = 0
			}
		}, true},
		"most of the small ones lack a close": {func(r *Reference) {
			for id := range 11 {
				r.Closes[40].Price[60+id] = 0
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ref := fridayWorld().reference(t)
			c.change(ref)
			m := start(ref)
			f := floor{Market: m, t: t, ref: ref}
			for id := range ID(80) {
				bar(m, id, f.at("10:00:00"), f.off(id, 1))
			}
			m.Apply(&Update{Kind: KindIndexLevel, ID: 0, At: f.at("10:00:00"), Price: 2000 * num.PriceScale})
			s := f.see("10:10:00").Size.Spread[session.Day]
			if s.BetaGap.Known() != c.known || s.BetaAdjusted.Known() != c.known || !s.Return[Mean].Known() {
				t.Errorf("betas %q apart, adjusted %q of %q", s.BetaGap, s.BetaAdjusted, s.Return[Mean])
			}
		})
	}
}

// The 60 daily returns up to 28 March 2025 have a slope of 1.0843; the week is
// -1.6388 + 1.0843 x 1.5283 = +0.018 pp. By hand, over the published closes.
func TestPublishedPairAdjusted(t *testing.T) {
	t.Parallel()
	in := pairAtClose(t, friday())
	p, _ := buildPair(in)
	if p.Beta.String() != "1.08" || p.Adjusted[session.Week].String() != "0.02" {
		t.Errorf("beta %s, the week adjusted %s, want 1.08 and 0.02", p.Beta, p.Adjusted[session.Week])
	}
	days := func(s *IndexSeries, n int) *IndexSeries { // so many closes before the day shown
		short := *s
		short.Days = s.Days[len(s.Days)-1-n:]
		return &short
	}
	for n, known := range map[int]bool{60: true, 59: false} {
		short := in
		short.a, short.b = days(in.a, n), days(in.b, n)
		p, _ := buildPair(short)
		if p.Beta.Known() != known || p.Adjusted[session.Week].Known() != known || !p.Spread[session.Week].Known() {
			t.Errorf("after %d closes: beta %q, adjusted %q", n, p.Beta, p.Adjusted[session.Week])
		}
	}
}
