package synth

import (
	"cmp"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"gyre/model/num"
)

// published is the real index.
func published(t *testing.T) *Published {
	t.Helper()
	f, err := os.Open("../../../indices.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	p, err := ReadPublished(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// seed is the sample's own; it is in dataset.toml too.
const seed = 20250134

// once makes the sample once for all tests that only look at it.
var once = sync.OnceValues(func() (*Market, error) {
	f, err := os.Open("../../../indices.csv")
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	p, err := ReadPublished(f)
	if err != nil {
		return nil, err
	}
	targets := NoteTargets()
	return Make(p, seed, &targets)
})

func made(t *testing.T) *Market {
	t.Helper()
	m, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plainMean ranks and averages the Russell 2000's companies in floating point,
// without the dashboard's rules.
func plainMean(m *Market, base, quartile int) float64 {
	var ids []int
	for i := range large {
		if m.Traded(base, i) {
			ids = append(ids, i)
		}
	}
	slices.SortFunc(ids, func(a, b int) int { return cmp.Compare(m.capAt(base, b), m.capAt(base, a)) })
	var sum, n float64
	for place, i := range ids {
		if 4*place/len(ids) == quartile && m.valid(m.bases.last, i) {
			sum += m.Price[m.bases.last][i].Float()/m.Price[base][i].Float() - 1
			n++
		}
	}
	return 100 * sum / n
}

func TestMeansMeetTheTargets(t *testing.T) {
	m := made(t)
	for q := range 4 {
		week, quarter := plainMean(m, m.bases.week, q), plainMean(m, m.bases.quarter, q)
		wantWeek := [4]float64{.35, -2.40, -2.60, -2.09}[q]
		wantQuarter := [4]float64{-3.19, -14.50, -17.50, -19.08}[q]
		if math.Abs(week-wantWeek) > .002 || math.Abs(quarter-wantQuarter) > .002 {
			t.Errorf("Q%d: %.4f in the week, %.4f in the quarter; want %.2f and %.2f", q+1, week, quarter, wantWeek, wantQuarter)
		}
	}
}

// The week is unusual by the sample's own history, in the way the note says.
func TestSpreadsAgainstTheirHistory(t *testing.T) {
	m := made(t)
	history, now := m.yardsticks(5), m.spreads(m.bases.week, m.bases.last)
	for k, want := range [3]struct {
		name     string
		from, to float64
	}{
		{"small less large", -2.25, -1.95},
		{"debt/EV, Russell 2000", .75, 2},
		{"debt/EV, micro caps", 1.5, 3},
	} {
		z0, ok := history[k].Z0(now[k])
		if !ok || history[k].N != 60 || z0 < want.from || z0 > want.to {
			t.Errorf("%s: z0 %.2f of %d spreads, want %.2f to %.2f", want.name, z0, history[k].N, want.from, want.to)
		}
	}
	z, _ := history[0].Z(now[0])
	if z > -1 || z < -1.3 {
		t.Errorf("against its own median the spread is at %.2f", z)
	}
}

func TestBrokenPromisesAreNamed(t *testing.T) {
	m := *made(t)
	prices := make([][]num.Price, len(m.Price))
	for d := range prices {
		prices[d] = slices.Clone(m.Price[d])
	}
	m.Price = prices
	m.Price[m.bases.last][0] *= 2 // the largest company doubles on the last day
	targets := NoteTargets()
	err := m.verify(&targets)
	if err == nil {
		t.Fatal("nothing is found wrong")
	}
	for _, want := range []string{"the 1W mean of Q1 is", "the members' return of 2025-03-28 is", "the members' 3M return is"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	for _, unhurt := range []string{"the 1W mean of Q4", "2025-03-27", "silent"} {
		if strings.Contains(err.Error(), unhurt) {
			t.Errorf("%q complains about %q", err, unhurt)
		}
	}
}
