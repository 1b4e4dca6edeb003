package live

import (
	"testing"
	"time"
)

// What an index is said to have closed at is what Monday is measured by, so a
// last print that is off by a factor must not become it, nor such an official
// close.
func TestABadLastLevelIsNoPreviousClose(t *testing.T) {
	for name, c := range map[string]struct {
		levels   []float64 // every minute from 15:50 on
		official float64
		want     float64
	}{
		"an ordinary day":            {[]float64{2020, 2021}, 2023, 2023},
		"without an official close":  {[]float64{2020, 2021}, 0, 2021},
		"a bad last print":           {[]float64{2020, 2021, 20210}, 0, 2021},
		"and an official close":      {[]float64{2020, 2021, 20210}, 2022, 2022},
		"a bad first print":          {[]float64{20200, 2021, 2022}, 0, 2022},
		"a bad official close":       {[]float64{2020, 2021}, 20.21, 2021},
		"only a close":               {nil, 1700, 1700},
		"a fall that two prints say": {[]float64{2020, 1780, 1781}, 1782, 1782},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, friday.At(15, 50), reference(usd(10), usd(20), usd(30)), Identity{})
			for i, level := range c.levels {
				at := friday.At(15, 50).Add(time.Duration(i) * time.Minute)
				r.clock = at
				r.Level(Level{Symbol: "RUT", At: at, Price: usd(level)})
				r.Quote(Quote{Symbol: "ALPHA", At: at, Price: usd(10)})
				r.at(at)
			}
			r.at(friday.At(16, 15))
			if c.official > 0 {
				r.IndexClose(Close{Symbol: "RUT", Date: friday, Price: usd(c.official)})
			}
			r.at(friday.At(16, 20))
			r.at(monday.At(4, 0))
			days := r.ref.Indices[0].Days
			if got := days[len(days)-1]; got.Date != friday || got.Close != usd(c.want) {
				t.Errorf("Friday is %+v, want a close of %v", got, c.want)
			}
		})
	}
}
