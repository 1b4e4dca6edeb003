package sampledata_test

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	sampledata "gyre/sample-data"
)

// What follows holds the statistics of gyre's own last frame against the files:
// each is computed here from the definitions, in plain floats.

// frame is what gyre shows at the close of 28 March.
func frame(t *testing.T) *model.Snapshot {
	t.Helper()
	ds, err := dataset.Load(t.Context(), sampledata.FS(), "sample")
	if err != nil {
		t.Fatal(err)
	}
	source, _ := replay.New(ds, replay.Options{})
	return hub.At(source.StateAt(time.Date(2025, time.March, 28, 16, 0, 0, 0, session.Zone())), model.Query{})
}

// returns is the returns in percent of the names that have one.
func (s *sample) returns(ids []string, from, to string) []float64 {
	var rs []float64
	for _, id := range ids {
		if r, ok := s.change(id, from, to); ok {
			rs = append(rs, 100*r.InexactFloat64())
		}
	}
	return rs
}

func meanOf(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func medianOf(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// trimmed is the mean without so many percent at each end.
func trimmed(xs []float64, percent int) float64 {
	cut := len(xs) * percent / 100
	return meanOf(slices.Sorted(slices.Values(xs))[cut : len(xs)-cut])
}

func varianceOf(xs []float64) float64 {
	mean, sum := meanOf(xs), 0.0
	for _, x := range xs {
		sum += (x - mean) * (x - mean)
	}
	return sum / float64(len(xs)-1)
}

// want fails where a figure is not x with as many decimals.
func want(t *testing.T, what string, got num.Figure, x float64, places int) {
	t.Helper()
	text := strconv.FormatFloat(x, 'f', places, 64)
	if zero, err := strconv.ParseFloat(text, 64); err == nil && zero == 0 {
		text = strconv.FormatFloat(0, 'f', places, 64)
	}
	if got.String() != text {
		t.Errorf("%s is %q, by the files %s", what, got, text)
	}
}

func TestStatisticsOfTheQuartiles(t *testing.T) {
	s, size := read(t), frame(t).Size
	for w, base := range map[session.Window]string{session.Week: week, session.Month: month, session.Quarter: quarter, session.YearToDate: year} {
		var of [4][]float64
		for q, ids := range s.quartiles(base) {
			of[q] = s.returns(ids, base, friday)
			got := size.Buckets[q].Groups[w].Return
			name := w.String() + " Q" + strconv.Itoa(q+1)
			want(t, "the mean of "+name, got[model.Mean], meanOf(of[q]), 2)
			want(t, "the median of "+name, got[model.Median], medianOf(of[q]), 2)
			want(t, "the trimmed mean of "+name, got[model.Trimmed], trimmed(of[q], 5), 2)
			var moved, weight float64
			for _, id := range ids {
				if r, ok := s.change(id, base, friday); ok {
					c := s.capital(id, base).InexactFloat64()
					moved, weight = moved+100*c*r.InexactFloat64(), weight+c
				}
			}
			want(t, "the cap-weighted mean of "+name, got[model.CapWeighted], moved/weight, 2)
		}
		small, large := of[3], of[0]
		error4, error1 := varianceOf(small)/float64(len(small)), varianceOf(large)/float64(len(large))
		want(t, "Welch's t over "+w.String(), size.Spread[w].T, (meanOf(small)-meanOf(large))/math.Sqrt(error4+error1), 1)
		want(t, "the spread without outliers over "+w.String(), size.Spread[w].NoOutlier, trimmed(small, 1)-trimmed(large, 1), 2)
	}
}

// How far the week lies from the sixty weeks of five sessions that end on each
// of the sixty days before it, each ranked at its own beginning.
func TestHowUnusualTheWeekIs(t *testing.T) {
	s, snap := read(t), frame(t)
	spreads := func(of func(base string) (a, b []string)) (past []float64, now float64) {
		last := len(s.dates) - 1
		for end := last - 60; end <= last; end++ {
			a, b := of(s.dates[end-5])
			now = meanOf(s.returns(a, s.dates[end-5], s.dates[end])) - meanOf(s.returns(b, s.dates[end-5], s.dates[end]))
			past = append(past, now)
		}
		return past[:60], now
	}
	debt := func(index string) func(string) ([]string, []string) {
		return func(base string) ([]string, []string) {
			low, high := s.indebted(index, base)
			return high, low
		}
	}
	for name, c := range map[string]struct {
		got model.Spread
		of  func(base string) (a, b []string)
	}{
		"size":           {snap.Size.Spread[session.Week], func(base string) ([]string, []string) { q := s.quartiles(base); return q[3], q[0] }},
		"debt in RUT":    {snap.Leverage[0].Spread[session.Week], debt("RUT")},
		"debt in RMICRO": {snap.Leverage[1].Spread[session.Week], debt("RMICRO")},
	} {
		t.Run(name, func(t *testing.T) {
			past, now := spreads(c.of)
			median, away := medianOf(past), make([]float64, len(past))
			for i, x := range past {
				away[i] = math.Abs(x - median)
			}
			sigma := 1.4826 * medianOf(away)
			want(t, "z0", c.got.Z0, now/sigma, 1)
			want(t, "z", c.got.Z, (now-median)/sigma, 1)
			if c.got.History != 60 {
				t.Errorf("it rests on %d spreads", c.got.History)
			}
		})
	}
}

func TestSectorNeutralSpreads(t *testing.T) {
	s := read(t)
	for _, view := range frame(t).Leverage {
		low, high := s.indebted(view.Universe, week)
		bySector := func(ids []string) map[string][]float64 {
			of := map[string][]float64{}
			for _, id := range ids {
				of[s.sector[id]] = append(of[s.sector[id]], s.returns([]string{id}, week, friday)...)
			}
			return of
		}
		lows, highs := bySector(low), bySector(high)
		var sum, weight float64
		for sector, h := range highs {
			if n := min(len(h), len(lows[sector])); n >= 3 {
				sum, weight = sum+float64(n)*(meanOf(h)-meanOf(lows[sector])), weight+float64(n)
			}
		}
		want(t, view.Universe, view.Neutral[session.Week], sum/weight, 2)
	}
}

// Of a name that is gone the price is the deal's cash; one without a close on
// each of the days before is in no mean of closes.
func TestBreadthAndTurnoverOfTheWeek(t *testing.T) {
	s, size := read(t), frame(t).Size
	share := func(part, whole float64) float64 { return math.Floor(100*part/whole + 0.5) }
	worth, traded := 0.0, 0.0
	money := func(id string) float64 { return s.close[key{id, friday}].InexactFloat64() * s.volume[key{id, friday}] }
	for _, id := range s.members["RUT"] {
		worth, traded = worth+s.capital(id, week).InexactFloat64(), traded+money(id)
	}
	above := func(ids []string, n int) float64 {
		count, with := 0.0, 0.0
		days := s.dates[len(s.dates)-n : len(s.dates)-1]
		for _, id := range ids {
			// The price of Friday over each close, less one: the mean of n with Friday's own zero.
			sum, whole := 0.0, true
			for _, d := range days {
				r, ok := s.change(id, d, friday)
				whole = whole && ok
				sum += 1 / (1 + r.InexactFloat64())
			}
			if whole {
				with++
				if float64(n-1) > sum {
					count++
				}
			}
		}
		return share(count, with)
	}
	for q, ids := range s.quartiles(week) {
		g := size.Buckets[q].Groups[session.Week]
		rs := s.returns(ids, week, friday)
		up, weight, turnover := 0.0, 0.0, 0.0
		for _, r := range rs {
			if r > 0 {
				up++
			}
		}
		for _, id := range ids {
			weight, turnover = weight+s.capital(id, week).InexactFloat64(), turnover+money(id)
		}
		name := "Q" + strconv.Itoa(q+1)
		want(t, "the advancing share of "+name, g.Advancing, share(up, float64(len(rs))), 0)
		want(t, "the weight of "+name, g.Weight, share(weight, worth), 0)
		want(t, "the turnover of "+name, g.Turnover, share(turnover, traded), 0)
		want(t, "the share above twenty days in "+name, g.Above20, above(ids, 20), 0)
		want(t, "the share above fifty days in "+name, g.Above50, above(ids, 50), 0)
	}
}
