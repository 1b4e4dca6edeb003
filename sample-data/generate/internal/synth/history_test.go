package synth

import (
	"math"
	"testing"

	"gyre/model"
)

// Sixty earlier spreads, or as many as the closes allow.
func TestYardsticksCountWhatThereIs(t *testing.T) {
	m := made(t)
	for sessions, want := range map[int]int{1: 60, 5: 60, 20: 49} {
		for k, h := range m.yardsticks(sessions) {
			if h.N != want {
				t.Errorf("spread %d over %d sessions has %d earlier ones, want %d", k, sessions, h.N, want)
			}
		}
	}
}

// The leverage spread and its sector-neutral form, computed by hand from the
// buckets.
func TestLeverageSpreadsByHand(t *testing.T) {
	m := made(t)
	b, d := m.bases.week, m.bases.last
	bucket := m.leverage(m.micro, b)
	type side struct{ sum, n float64 }
	all := map[model.LeverageBucket]*side{model.LeverageLow: {}, model.LeverageHigh: {}}
	sector := map[string]map[model.LeverageBucket]*side{}
	for _, i := range m.micro.ids {
		total, ok := all[bucket[i]]
		r, valid := m.ret(b, d, i)
		if !ok || !valid {
			continue
		}
		code := m.Companies[i].Sector
		if sector[code] == nil {
			sector[code] = map[model.LeverageBucket]*side{model.LeverageLow: {}, model.LeverageHigh: {}}
		}
		for _, s := range []*side{total, sector[code][bucket[i]]} {
			s.sum += r.Float()
			s.n++
		}
	}
	mean := func(s *side) float64 { return s.sum / s.n }
	plain := mean(all[model.LeverageHigh]) - mean(all[model.LeverageLow])
	if got := m.spreads(b, d)[2]; math.Abs(got-plain) > 1e-6 {
		t.Errorf("the spread is %.6f, by hand %.6f", got, plain)
	}
	var sum, weights float64
	for _, sides := range sector {
		low, high := sides[model.LeverageLow], sides[model.LeverageHigh]
		if w := min(low.n, high.n); w >= 3 {
			sum += w * (mean(high) - mean(low))
			weights += w
		}
	}
	if got := m.neutral(m.micro, b, d); math.Abs(got-sum/weights) > 1e-6 {
		t.Errorf("the sector-neutral spread is %.6f, by hand %.6f", got, sum/weights)
	}
}

func TestLeverageLeavesOutWhatTheDashboardLeavesOut(t *testing.T) {
	m := made(t)
	bucket := m.leverage(m.russell, m.bases.week)
	for i, c := range m.Companies {
		sheet := m.Books.Facts[filings*i+1]
		want := bucket[i]
		switch {
		case c.Only:
			want = model.LeverageNoCap
		case c.Sector == "FIN" || c.Sector == "RE":
			want = model.LeverageFinancial
		case !sheet.Debt.Known:
			want = model.LeverageNoDebtData
		case sheet.Debt.Dollars == 0 && sheet.Cash.Dollars < m.capAt(m.bases.week, i):
			want = model.LeverageLow
		}
		if bucket[i] != want {
			t.Errorf("%s in %s is in bucket %d, want %d", c.ID, c.Sector, bucket[i], want)
		}
	}
}

// A promise that cannot be computed is a broken one.
func TestVerifyRefusesWhatIsNoNumber(t *testing.T) {
	m := *made(t)
	m.Index = append([]float64(nil), m.Index...)
	m.Index[m.bases.last] = math.NaN()
	targets := NoteTargets()
	if err := m.verify(&targets); err == nil {
		t.Error("an index that is no number keeps its promises")
	}
}
