package synth

import (
	"math"
	"slices"
	"testing"

	"gyre/model"
)

func TestUniverseIsLikeTheRealOne(t *testing.T) {
	all := companiesOf(seed)
	if len(all) != 2461 {
		t.Fatalf("%d companies", len(all))
	}
	caps := make([]float64, large)
	ids := map[string]bool{}
	micro := 0
	for i, c := range all {
		ids[c.ID] = true
		if c.Micro {
			micro++
		}
		if c.Only != (i >= large) {
			t.Fatalf("%s at place %d", c.ID, i)
		}
		if i < large {
			caps[i] = c.cap0
		}
		if c.price0 < .3 || c.price0 > 260 {
			t.Errorf("%s costs %.2f", c.ID, c.price0)
		}
	}
	if len(ids) != len(all) || micro != 1501 {
		t.Errorf("%d ids, %d micro caps", len(ids), micro)
	}
	if median := caps[large/2]; median < .9 || median > 1.1 {
		t.Errorf("the median cap is %.2f billion, the real one .99", median)
	}
	if caps[0] > 14.72 || caps[large-1] < .03 || !slices.IsSortedFunc(caps, func(a, b float64) int { return int(b*1e6) - int(a*1e6) }) {
		t.Errorf("caps run from %.2f to %.3f", caps[0], caps[large-1])
	}
}

// The real quartiles weigh about 64, 22, 10 and 4 %.
func TestQuartilesWeighAsMuchAsTheRealOnes(t *testing.T) {
	m := made(t)
	quartile := m.quartiles(m.russell, m.bases.week)
	var weight [4]float64
	var total float64
	for _, i := range m.russell.ids {
		c := float64(m.capAt(m.bases.week, i))
		weight[quartile[i]] += 100 * c
		total += c
	}
	for q, want := range [4]float64{64, 22, 10, 4} {
		if got := weight[q] / total; math.Abs(got-want) > 1.5 {
			t.Errorf("Q%d weighs %.1f %%, want about %.0f", q+1, got, want)
		}
	}
}

func TestSectorsAreTheDashboards(t *testing.T) {
	known := map[string]bool{}
	for _, s := range model.Sectors() {
		known[s.Code] = true
	}
	var sum float64
	for _, s := range sectors() {
		if !known[s.code] {
			t.Errorf("the dashboard does not know sector %s", s.code)
		}
		sum += s.part
	}
	if len(sectors()) != len(known) {
		t.Errorf("%d sectors, the dashboard has %d", len(sectors()), len(known))
	}
	counts := map[string]float64{}
	all := companiesOf(seed)
	for _, c := range all {
		counts[c.Sector] += 100 / float64(len(all))
	}
	for _, s := range sectors() {
		if math.Abs(counts[s.code]-100*s.part/sum) > 2.5 {
			t.Errorf("%s is %.1f %% of the companies, want %.1f", s.code, counts[s.code], 100*s.part/sum)
		}
	}
}

func TestStreamsDiffer(t *testing.T) {
	first := map[uint64]bool{}
	for _, seed := range []uint64{1, 2} {
		for stream := uint64(streamSizes); stream <= streamHistory; stream++ {
			first[random(seed, stream).Uint64()] = true
		}
	}
	if len(first) != 2*streamHistory {
		t.Errorf("%d streams begin with %d numbers", 2*streamHistory, len(first))
	}
}
