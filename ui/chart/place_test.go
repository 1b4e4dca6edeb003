package chart

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
	"gyre/ui/theme"
)

func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) < 1e-9
	})
}

func TestBucket(t *testing.T) {
	nan := math.NaN()
	tests := map[string]struct {
		at, values []float64
		columns    int
		want       []float64
	}{
		"one a column":           {[]float64{0, 0.5, 1}, []float64{1, 2, 3}, 3, []float64{1, 2, 3}},
		"between is a line":      {[]float64{0, 1}, []float64{0, 4}, 5, []float64{0, 1, 2, 3, 4}},
		"the last one counts":    {[]float64{0, 0.01, 0.02, 1}, []float64{1, 9, 2, 3}, 2, []float64{2, 3}},
		"a spike at the end":     {[]float64{0, 0.99, 1}, []float64{1, 1, 9}, 3, []float64{1, 1, 9}},
		"a gap stays a gap":      {[]float64{0, 0.25, 0.5, 0.75, 1}, []float64{1, 2, nan, 4, 5}, 5, []float64{1, 2, nan, 4, 5}},
		"no line across a gap":   {[]float64{0, 0.5, 1}, []float64{1, nan, 5}, 5, []float64{1, nan, nan, nan, 5}},
		"infinite is a gap":      {[]float64{0, 0.5, 1}, []float64{1, math.Inf(1), 5}, 3, []float64{1, nan, 5}},
		"the day has just begun": {[]float64{0, 0.25}, []float64{1, 2}, 5, []float64{1, 2, nan, nan, nan}},
		"values are missing":     {[]float64{0, 0.5, 1}, []float64{1}, 3, []float64{1, nan, nan}},
		"none":                   {nil, nil, 2, []float64{nan, nan}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := bucket(tt.at, tt.values, tt.columns); !same(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestApart(t *testing.T) {
	tests := map[string]struct {
		wanted []int
		rows   int
		want   []int
	}{
		"free":              {[]int{5, 1, 3}, 8, []int{5, 1, 3}},
		"two on one":        {[]int{4, 4}, 8, []int{4, 5}},
		"at the bottom":     {[]int{7, 7, 7}, 8, []int{5, 6, 7}},
		"at the top":        {[]int{0, 0, 0}, 8, []int{0, 1, 2}},
		"a pile of three":   {[]int{3, 3, 4}, 8, []int{2, 3, 4}},
		"piles join":        {[]int{3, 3, 4, 5, 9}, 12, []int{2, 3, 4, 5, 9}},
		"a pile at the end": {[]int{6, 7, 7}, 8, []int{5, 6, 7}},
		"too few rows":      {[]int{0, 0, 0}, 2, []int{0, 1, -1}},
		"nothing to show":   {nil, 3, []int{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := apart(tt.wanted, tt.rows); !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestApartKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 20).Draw(t, "rows")
		wanted := rapid.SliceOfN(rapid.IntRange(0, rows-1), 0, 8).Draw(t, "wanted")
		given := apart(wanted, rows)
		for i := range given {
			if given[i] >= rows || given[i] < -1 {
				t.Fatalf("%v is outside of %d rows", given, rows)
			}
			for j := range i {
				if given[i] < 0 || given[j] < 0 {
					continue
				}
				if given[i] == given[j] || wanted[i] < wanted[j] && given[i] > given[j] || wanted[i] > wanted[j] && given[i] < given[j] {
					t.Fatalf("%v becomes %v", wanted, given)
				}
			}
		}
	})
}

func TestRowsHoldTheRange(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e6, 1e6).Draw(t, "low")
		high := low + rapid.Float64Range(1e-3, 1e6).Draw(t, "range")
		rows := rapid.IntRange(2, 60).Draw(t, "rows")
		s := newScale(th, low, high, rows, 20)
		top := s.low + float64(rows-1)*s.step
		slack := 1e-9 * math.Max(math.Abs(low), math.Abs(high))
		if s.low > low+slack || top < high-slack {
			t.Fatalf("%v to %v is drawn on %v to %v", low, high, s.low, top)
		}
		if used := (high - low) / (top - s.low); rows > 4 && used < 0.35 {
			t.Fatalf("%v to %v uses %.0f %% of %d rows", low, high, 100*used, rows)
		}
		labels := 0
		for _, label := range s.texts {
			if label != "" {
				labels++
			}
		}
		if labels > 10 || rows >= 6 && labels < 2 {
			t.Fatalf("%d labels on %d rows", labels, rows)
		}
	})
}

func TestLabelsAreRound(t *testing.T) {
	tests := map[string]struct {
		low, high float64
		rows      int
		want      []string // from the lowest
	}{
		"percent":            {-12, 2, 8, []string{"−12", "−10", "−8", "−6", "−4", "−2", "0", "2"}},
		"small percent":      {-0.3, 0.3, 7, []string{"−0.3", "−0.2", "−0.1", "0.0", "0.1", "0.2", "0.3"}},
		"levels":             {1994, 2316, 8, []string{"1,950", "", "2,100", "", "2,250", "", "2,400", ""}},
		"every second row":   {0, 10, 11, []string{"0", "", "2", "", "4", "", "6", "", "8", "", "10"}},
		"constant":           {5, 5, 5, []string{"4.50", "4.75", "5.00", "5.25", "5.50"}},
		"constant level":     {2000, 2000, 5, []string{"1,998", "1,999", "2,000", "2,001", "2,002"}},
		"few rows, no waste": {-11.2, 3.5, 4, []string{"−12", "−6", "0", "6"}},
		"few rows, odd low":  {-7, 4, 5, []string{"−7", "−4", "−1", "2", "5"}},
		"two rows":           {-0.5, 0.5, 2, []string{"−1.0", "0.5"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := newScale(theme.New(theme.Options{}), tt.low, tt.high, tt.rows, 20).texts; !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestSessionsAreEquallyWide(t *testing.T) {
	calendar := session.New()
	friday, _ := calendar.On(session.NewDate(2025, time.March, 28))
	var times []time.Time
	for _, day := range calendar.Range(session.NewDate(2025, time.March, 21), session.NewDate(2025, time.March, 27)) {
		times = append(times, day.Closes)
	}
	times = append(times, friday.Opens, friday.Opens.Add(friday.Closes.Sub(friday.Opens)/2), friday.Closes)
	got := newAxis(times, friday)
	if want := []float64{0, 0.2, 0.4, 0.6, 0.8, 0.8, 0.9, 1}; !same(got.at, want) {
		t.Errorf("places %v, want %v", got.at, want)
	}
	half := newAxis(times[:len(times)-1], friday)
	if want := 0.9; math.Abs(half.at[len(half.at)-1]-want) > 1e-9 {
		t.Errorf("noon is at %v, want %v", half.at[len(half.at)-1], want)
	}
	without := newAxis(times[:len(times)-1], session.Session{})
	if want := 1.0; without.at[len(without.at)-1] != want {
		t.Errorf("without hours the path ends at %v, want %v", without.at[len(without.at)-1], want)
	}
}

func TestFindOnTheAxis(t *testing.T) {
	calendar := session.New()
	friday, _ := calendar.On(session.NewDate(2025, time.March, 28))
	thursday, _ := calendar.On(session.NewDate(2025, time.March, 27))
	axis := newAxis([]time.Time{thursday.Closes.AddDate(0, 0, -1), thursday.Closes, friday.Opens, friday.Closes}, friday)
	noon := friday.Opens.Add(friday.Closes.Sub(friday.Opens) / 2)
	tests := map[string]struct {
		at    time.Time
		want  float64
		found bool
	}{
		"in the last session":      {noon, 0.75, true},
		"before its opening":       {friday.Opens.Add(-time.Hour), 0.5, true},
		"after its close":          {friday.Closes.Add(time.Hour), 1, true},
		"on a day before":          {thursday.Opens, 0.25, true},
		"on the base":              {thursday.Opens.AddDate(0, 0, -1), 0, false},
		"on a day that has no one": {friday.Opens.AddDate(0, 0, 1), 0, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, found := axis.find(tt.at)
			if found != tt.found || math.Abs(got-tt.want) > 1e-9 {
				t.Errorf("%v, %v, want %v, %v", got, found, tt.want, tt.found)
			}
		})
	}
}

func TestHalfDayFillsItsWidth(t *testing.T) {
	day := session.HalfDay(session.NewDate(2024, time.December, 24))
	axis := newAxis([]time.Time{day.Opens.AddDate(0, 0, -1), day.Opens, day.Closes}, day)
	if got := axis.at[len(axis.at)-1]; got != 1 {
		t.Errorf("13:00 on a half day is at %v, want 1", got)
	}
}

// TestBlankRowsAreEven looks at every picture with rows to spare: what the lines
// leave blank is as much above as below them, but for the row that cannot be
// shared and what rounding to rows makes of either end.
func TestBlankRowsAreEven(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e4, 1e4).Draw(t, "low")
		high := low + rapid.Float64Range(0.01, 1e4).Draw(t, "range")
		rows := rapid.IntRange(6, 60).Draw(t, "rows")
		s := newScale(th, low, high, rows, 20)
		below, above := s.place(low), float64(rows-1)-s.place(high)
		if math.Abs(above-below) > 2.001 {
			t.Fatalf("%v to %v in %d rows: %.1f are blank below and %.1f above", low, high, rows, below, above)
		}
	})
}
