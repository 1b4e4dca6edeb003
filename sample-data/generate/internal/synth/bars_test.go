package synth

import (
	"math"
	"testing"
)

func TestBarsHoldTogether(t *testing.T) {
	m := made(t)
	for d := range m.Sessions {
		if (m.Bars[d] != nil) != (d > m.bases.week) {
			t.Fatalf("session %d has bars: %t", d, m.Bars[d] != nil)
		}
		for i, b := range m.Bars[d] {
			if !m.Traded(d, i) {
				if b.Open != 0 {
					t.Errorf("%s has a bar in session %d", m.Companies[i].ID, d)
				}
				continue
			}
			if b.Close != m.Price[d][i] || b.Low <= 0 || b.Low > min(b.Open, b.Close) || b.High < max(b.Open, b.Close) {
				t.Fatalf("%s in session %d: %+v", m.Companies[i].ID, d, b)
			}
			if wide := b.High.Float() / b.Low.Float(); wide > 1.8 {
				t.Errorf("%s in session %d moves from %.2f to %.2f", m.Companies[i].ID, d, b.Low.Float(), b.High.Float())
			}
		}
	}
}

// The members open where the index opens.
func TestOpensAgreeWithTheIndex(t *testing.T) {
	m, p := made(t), published(t)
	for d := m.bases.week + 1; d <= m.bases.last; d++ {
		var moved, total float64
		for i := range large {
			if m.Traded(d, i) {
				c := float64(m.capAt(d-1, i))
				moved += c * (m.Bars[d][i].Open.Float()/m.Price[d-1][i].Float() - 1)
				total += c
			}
		}
		want := p.Bars[d].Open.Float()/p.Closes[d-1].Float() - 1
		if got := moved / total; math.Abs(got-want) > .0015 {
			t.Errorf("%s: members open by %.4f, the index by %.4f", m.Sessions[d].Date, got, want)
		}
	}
}

func TestLateOpensAndHaltsAreInTheBars(t *testing.T) {
	m := made(t)
	last := m.Bars[m.bases.last]
	for _, l := range m.Defects.Late {
		if last[l.Company].First != l.Minute || m.Bars[m.bases.last-1][l.Company].First != 0 {
			t.Errorf("company %d opens in minute %d", l.Company, last[l.Company].First)
		}
	}
	if t1, ludp := last[m.Defects.Halts[0].Company].Last, last[m.Defects.Halts[1].Company].Last; t1 != 42 || ludp != 382 {
		t.Errorf("the halts are in minutes %d and %d, want 42 and 382", t1, ludp)
	}
}

func TestVolumes(t *testing.T) {
	m := made(t)
	mean := func(d int) float64 {
		var sum float64
		for i, v := range m.Volume[d] {
			sum += float64(v) / float64(m.Companies[i].shares)
		}
		return sum / float64(len(m.Volume[d]))
	}
	if typical := mean(3); typical < .004 || typical > .02 {
		t.Errorf("%.4f of the shares trade on a day", typical)
	}
	if quiet, busy := mean(6), mean(m.bases.week); m.Sessions[6].Minutes() != 210 || quiet > .7*mean(5) || busy < 1.3*mean(m.bases.week-1) {
		t.Errorf("Christmas Eve trades %.4f, triple witching %.4f", quiet, busy)
	}
}

func TestTwoDigits(t *testing.T) {
	for x, want := range map[float64]int64{0: 100, 3: 100, 149: 100, 151: 200, 12_345: 12_000, 98_765: 99_000, 99_600: 100_000, 7_654_321: 7_700_000} {
		if got := twoDigits(x); got != want {
			t.Errorf("twoDigits(%g) = %d, want %d", x, got, want)
		}
	}
}

// The history before the closes is as wide as the sample's own, and ends
// where the closes begin.
func TestHistoryOfSpreads(t *testing.T) {
	m := made(t)
	const series = 3 * 2
	if len(m.History) != series*historySessions {
		t.Fatalf("%d points", len(m.History))
	}
	var squares, n float64
	last := m.History[0].Date
	for _, p := range m.History {
		if p.Date >= m.Sessions[0].Date {
			t.Errorf("%s has closes", p.Date)
		}
		last = max(last, p.Date)
		if p.Axis == "size" && p.Sessions == 5 {
			squares += p.Spread * p.Spread
			n++
		}
	}
	if last.String() != "2024-12-13" {
		t.Errorf("it ends on %s", last)
	}
	sigma := m.yardsticks(5)[0].Sigma
	if got := math.Sqrt(squares / n); got < .7*sigma || got > 1.3*sigma {
		t.Errorf("its sigma is %.4f, the sample's %.4f", got, sigma)
	}
}
