package importer_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/session"
)

// course is one symbol's closes and the shares behind its caps, a session each;
// the first one is 3 March 2025.
type course struct {
	symbol string
	prices []float64
	shares []int64 // 0: no cap is given
}

// nyse is made once: many courses are drawn.
var nyse = session.New()

// sessions are the first sessions from March 2025 on.
func sessions(tb testing.TB, count int) []session.Session {
	tb.Helper()
	all := nyse.Range(day(tb, "2025-03-03"), day(tb, "2025-12-31"))
	if count > len(all) {
		tb.Fatalf("%d sessions are too many", count)
	}
	return all[:count]
}

// written is a file of the given courses, caps rounded to the dollar as vendors
// round them.
func written(tb testing.TB, courses ...course) string {
	tb.Helper()
	var b strings.Builder
	b.WriteString("Date,Symbol,Close,Cap\n")
	for _, c := range courses {
		days := sessions(tb, len(c.prices))
		for i, p := range c.prices {
			if p == 0 {
				continue // no row
			}
			p = math.Round(p*10_000) / 10_000
			worth := ""
			if c.shares[i] > 0 {
				worth = strconv.FormatFloat(p*float64(c.shares[i]), 'f', 0, 64)
			}
			fmt.Fprintf(&b, "%s,%s,%s,%s\n", days[i].Date, c.symbol, strconv.FormatFloat(p, 'f', -1, 64), worth)
		}
	}
	return b.String()
}

// repeat is n times the same value.
func repeat[T any](n int, value T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = value
	}
	return all
}

// splitsOf are the splits of a batch in short: "ABC 1:30 2025-04-28".
func splitsOf(batch store.Batch) []string {
	var all []string
	for _, a := range batch.Actions {
		if a.Kind == model.ActionSplit && a.Inferred {
			all = append(all, fmt.Sprintf("%s %d:%d %s", a.Symbol, a.New, a.Old, a.ExDate))
		}
	}
	return all
}

// The sixth session, 10 March, is the ex-date of every split here.
func TestSplitsAndWhatIsNone(t *testing.T) {
	const m = 1_000_000
	five := func(price float64) []float64 { return repeat(5, price) }
	for name, c := range map[string]struct {
		after  float64 // closes go from 10 to it on the sixth session
		shares []int64 // of twelve sessions
		want   string  // "" none
		warns  string  // "" nothing
	}{
		"reverse, on the day":            {300, append(repeat(5, int64(30*m)), repeat(7, int64(m))...), "ABC 1:30 2025-03-10", ""},
		"and the stock falls by a third": {200, append(repeat(5, int64(30*m)), repeat(7, int64(m))...), "ABC 1:30 2025-03-10", ""},
		"and it rises by a third":        {400, append(repeat(5, int64(30*m)), repeat(7, int64(m))...), "ABC 1:30 2025-03-10", ""},
		"shares two sessions late":       {300, append(repeat(7, int64(30*m)), repeat(5, int64(m))...), "ABC 1:30 2025-03-10", ""},
		"shares two sessions early":      {300, append(repeat(3, int64(30*m)), repeat(9, int64(m))...), "ABC 1:30 2025-03-10", ""},
		"shares in two steps":            {350, slices.Concat(repeat(4, int64(35*m)), repeat(1, int64(7*m)), repeat(7, int64(m))), "ABC 1:35 2025-03-10", ""},
		"no cap on the day":              {300, slices.Concat(repeat(5, int64(30*m)), repeat(2, int64(0)), repeat(5, int64(m))), "ABC 1:30 2025-03-10", ""},
		"fractions are rounded up":       {300, append(repeat(5, int64(30*m)), repeat(7, int64(m+3_000))...), "ABC 1:30 2025-03-10", ""},
		"two for five":                   {25.5, append(repeat(5, int64(5*m)), repeat(7, int64(2*m))...), "ABC 2:5 2025-03-10", ""},
		"forward, two for one":           {5.1, append(repeat(5, int64(m)), repeat(7, int64(2*m))...), "ABC 2:1 2025-03-10", ""},
		"forward, three for two":         {6.5, append(repeat(5, int64(2*m)), repeat(7, int64(3*m))...), "ABC 3:2 2025-03-10", ""},
		"forward, five for four":         {8.1, append(repeat(5, int64(4*m)), repeat(7, int64(5*m))...), "ABC 5:4 2025-03-10", ""},
		"forward, twenty for one":        {0.49, append(repeat(5, int64(m)), repeat(7, int64(20*m))...), "ABC 20:1 2025-03-10", ""},

		"a takeover at double the price": {20, repeat(12, int64(m)), "", ""},
		"a failed trial at half":         {5, repeat(12, int64(m)), "", ""},
		"ten times the price":            {100, repeat(12, int64(m)), "", "10 to 100 on 2025-03-10 and its shares show no split"},
		"ten times, nothing known":       {100, repeat(12, int64(0)), "", "its shares show no split"},
		"a fall, and new shares":         {5, append(repeat(5, int64(m)), repeat(7, int64(1_870_000))...), "", "no clear ratio"},
		"a small fall, many new shares":  {8, append(repeat(5, int64(m)), repeat(7, int64(2*m))...), "", ""},
		"shares corrected, price as was": {10, append(repeat(5, int64(30*m)), repeat(7, int64(m))...), "", ""},
		"no ratio that companies choose": {130, append(repeat(5, int64(12_920_000)), repeat(7, int64(m))...), "", "no clear ratio"},
		"shares move the other way":      {300, append(repeat(5, int64(m)), repeat(7, int64(30*m))...), "", "its shares show no split"},
	} {
		t.Run(name, func(t *testing.T) {
			text := written(t, course{"ABC", append(five(10), repeat(7, c.after)...), c.shares})
			batch, report := closes(t, text, importer.Mapping{MarketCap: "Cap", Calendar: nyse})
			if got := strings.Join(splitsOf(batch), ", "); got != c.want {
				t.Errorf("found %q, want %q\n%s", got, c.want, report)
			}
			if named := mentions(report.Notes, 7, "ABC split"); named != (c.want != "") {
				t.Errorf("named: %t\n%s", named, report)
			}
			if c.warns == "" && len(report.Warnings) > 0 || c.warns != "" && !mentions(report.Warnings, 7, c.warns) {
				t.Errorf("want the warning %q\n%s", c.warns, report)
			}
		})
	}
}

// Without caps there is nothing to confirm a split with.
func TestNoSplitWithoutCaps(t *testing.T) {
	batch, report := closes(t, written(t, course{"ABC", []float64{10, 10, 300, 300}, repeat(4, int64(1_000))}), importer.Mapping{})
	if len(batch.Actions) > 0 || len(batch.Shares) > 0 || !mentions(report.Warnings, 4, "ABC", "kept as a return") {
		t.Errorf("actions %v, shares %v\n%s", batch.Actions, batch.Shares, report)
	}
}

// Any usual split is found on its day with its ratio, whatever the stock does
// meanwhile and however far the vendor's shares are behind or ahead; and the
// shares it comes with are never on the wrong side of the split.
func TestUsualSplitsAreFound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ratio := rapid.SampledFrom([][2]int64{
			{1, 2},
			{1, 3},
			{1, 4},
			{1, 5},
			{1, 7},
			{1, 8},
			{1, 10},
			{1, 12},
			{1, 15},
			{1, 20},
			{1, 25},
			{1, 30},
			{1, 50},
			{1, 100},
			{2, 5},
			{2, 3},
			{2, 1},
			{3, 1},
			{3, 2},
			{4, 1},
			{5, 4},
			{10, 1},
			{20, 1},
		}).Draw(r, "ratio")
		ex := rapid.IntRange(12, 18).Draw(r, "ex")
		lag := rapid.IntRange(-5, 5).Draw(r, "lag")
		shares := rapid.Int64Range(1_000_003, 400_000_000).Draw(r, "shares")
		price, fold := 20.0, float64(ratio[1])/float64(ratio[0])
		c := course{symbol: "ABC"}
		for i := range 30 {
			price *= 1 + rapid.Float64Range(-0.06, 0.06).Draw(r, "return")
			shown, count := price, shares
			if i >= ex {
				shown *= fold
			}
			if i >= ex+lag {
				count = shares * ratio[0] / ratio[1]
			}
			c.prices, c.shares = append(c.prices, shown), append(c.shares, count)
		}
		batch, report := closes(t, written(t, c), importer.Mapping{MarketCap: "Cap", Calendar: nyse})
		want := fmt.Sprintf("ABC %d:%d %s", ratio[0], ratio[1], sessions(t, 30)[ex].Date)
		if got := splitsOf(batch); !slices.Equal(got, []string{want}) {
			r.Fatalf("found %q, want %q\n%s", got, want, report)
		}
		for _, s := range batch.Shares {
			want := shares
			if !s.KnownAt.Before(sessions(t, 30)[ex].Opens) {
				want = shares * ratio[0] / ratio[1]
			}
			if off := math.Abs(float64(s.Shares)/float64(want) - 1); off > 0.001 {
				r.Fatalf("%d shares are known at %s, want %d", s.Shares, s.KnownAt, want)
			}
		}
	})
}

// Whatever a price does, it makes no split of shares that stay what they are.
func TestNoSplitOfConstantShares(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		prices := rapid.SliceOfN(rapid.Float64Range(0.01, 1_000), 2, 30).Draw(r, "prices")
		batch, _ := closes(t, written(t, course{"ABC", prices, repeat(len(prices), int64(12_345_678))}), importer.Mapping{MarketCap: "Cap", Calendar: nyse})
		if len(batch.Actions) > 0 {
			r.Fatalf("found %+v in %v", batch.Actions, prices)
		}
	})
}

func TestSharesAreToldWhenTheyChange(t *testing.T) {
	c := course{"ABC", []float64{10.17, 10.33, 9.87, 10.01, 10.5}, []int64{12_345_678, 12_345_678, 0, 12_345_678, 12_400_000}}
	batch, _ := closes(t, written(t, c), importer.Mapping{MarketCap: "Cap", Calendar: nyse})
	days := sessions(t, 5)
	if len(batch.Shares) != 2 {
		t.Fatalf("got %+v, want two", batch.Shares)
	}
	for i, want := range []store.Shares{{KnownAt: days[0].Closes, Shares: 12_345_678}, {KnownAt: days[4].Closes, Shares: 12_400_000}} {
		got := batch.Shares[i]
		if got.Symbol != "ABC" || !got.KnownAt.Equal(want.KnownAt) || max(got.Shares-want.Shares, want.Shares-got.Shares) > 1 {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestSharesFromTheLargestCaps(t *testing.T) {
	batch, _ := closes(t, "Date,Symbol,Close,Cap\n2025-03-28,BIG,213.32,\"$3,186,070,402,320.00\"\n2025-03-28,TINY,0.0061,16086\n2025-03-28,NONE,1,0.00\n",
		importer.Mapping{MarketCap: "Cap", Decorated: true})
	got := map[string]int64{}
	for _, s := range batch.Shares {
		got[s.Symbol] = s.Shares
	}
	if len(got) != 2 || got["BIG"] != 14_935_638_488 || got["TINY"] != 2_637_049 {
		t.Errorf("got %v; 3,186,070,402,320/213.32 is 14,935,638,488.3 and 16,086/0.0061 is 2,637,049.2", got)
	}
}

func TestChangesOfSymbols(t *testing.T) {
	const shares = 34_182_947
	alive := course{"LIVE", repeat(10, 5.0), repeat(10, int64(777_777))}
	old := func(symbol string, price float64, count int64) course {
		return course{symbol, slices.Concat(repeat(5, price), repeat(5, 0.0)), repeat(10, count)}
	}
	young := func(symbol string, gap int, price float64, count int64) course {
		return course{symbol, slices.Concat(repeat(5+gap, 0.0), repeat(5-gap, price)), repeat(10, count)}
	}
	for name, c := range map[string]struct {
		courses []course
		want    string
	}{
		"the next session":           {[]course{alive, old("OLD", 55.2, shares), young("NEW", 0, 55.1, shares)}, "OLD NEW 2025-03-10"},
		"a session is missing":       {[]course{alive, old("OLD", 55.2, shares), young("NEW", 1, 55.1, shares)}, "OLD NEW 2025-03-11"},
		"it fell by a tenth":         {[]course{alive, old("OLD", 55.2, shares), young("NEW", 1, 49.9, shares)}, "OLD NEW 2025-03-11"},
		"a week later":               {[]course{alive, old("OLD", 55.2, shares), young("NEW", 4, 55.1, shares)}, ""},
		"other shares":               {[]course{alive, old("OLD", 55.2, shares), young("NEW", 0, 55.1, shares+10_000)}, ""},
		"another price":              {[]course{alive, old("OLD", 55.2, shares), young("NEW", 0, 11, shares)}, ""},
		"shares that many have":      {[]course{alive, old("OLD", 10.1, 25_000_000), young("NEW", 0, 10.1, 25_000_000)}, ""},
		"two that could be it":       {[]course{alive, old("OLD", 55.2, shares), young("NEW", 0, 55.1, shares), young("TOO", 0, 55, shares)}, ""},
		"two that could have been":   {[]course{alive, old("OLD", 55.2, shares), old("OLDER", 55, shares), young("NEW", 0, 55.1, shares)}, ""},
		"the stock and its warrants": {[]course{alive, old("OLD", 2, shares), old("OLDW", 0.23, shares), young("NEW", 0, 1.9, shares), young("NEWW", 0, 0.2, shares)}, "OLD NEW 2025-03-10, OLDW NEWW 2025-03-10"},
		"no shares known":            {[]course{alive, old("OLD", 55.2, 0), young("NEW", 0, 55.1, 0)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report := closes(t, written(t, c.courses...), importer.Mapping{MarketCap: "Cap", Calendar: nyse})
			var got []string
			for _, a := range batch.Actions {
				if a.Kind == model.ActionRename && a.Inferred {
					got = append(got, fmt.Sprintf("%s %s %s", a.Symbol, a.NewSymbol, a.ExDate))
				}
			}
			if strings.Join(got, ", ") != c.want || len(report.Notes) != len(got) {
				t.Errorf("found %q, want %q, each named\n%s", got, c.want, report)
			}
		})
	}
}
