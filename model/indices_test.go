package model

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/model/session"
)

func TestPublishedIndexFigures(t *testing.T) {
	t.Parallel()
	rut, spx := publishedIndices(t)
	cases := map[string]struct {
		series  *IndexSeries
		level   string
		change  string
		returns PerWindow[string] // 1D 1W MTD 1M 3M YTD
		rank    int
	}{
		"Russell 2000": {rut, "2023.27", "-42.43", PerWindow[string]{"-2.05", "-1.64", "-6.46", "-6.46", "-9.86", "-9.28"}, 3},
		"S&P 500":      {spx, "5580.94", "-112.37", PerWindow[string]{"-1.97", "-1.53", "-6.27", "-6.27", "-6.53", "-5.11"}, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := buildIndex(atClose(t, c.series, friday()))
			if got := figures(x.Returns); got != c.returns {
				t.Errorf("returns %v, want %v", got, c.returns)
			}
			if x.Level.String() != c.level || x.Change.String() != c.change {
				t.Errorf("level %s change %s, want %s %s", x.Level, x.Change, c.level, c.change)
			}
			if x.MonthDays != 20 {
				t.Errorf("%d sessions of March, want 20", x.MonthDays)
			}
			if x.MonthRank != c.rank {
				t.Errorf("28 March is day %d from the worst, want %d", x.MonthRank, c.rank)
			}
		})
	}
}

func TestIndexAgainstItsAverages(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	x := buildIndex(atClose(t, rut, friday()))
	if got := x.VsSMA50.String(); got != "-7.32" {
		t.Errorf("against the 50-session mean %s %%, want -7.32", got)
	}
	if got := x.VsSMA20.String(); got != "-1.84" {
		t.Errorf("against the 20-session mean %s %%, want -1.84", got)
	}
	if got := x.WeekSigma.String(); got != "2.91" {
		t.Errorf("a weekly sigma of %s %%, want 2.91", got)
	}
}

func TestIndexReadsNothingLater(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	wednesday := session.NewDate(2025, time.March, 26)
	whole := atClose(t, rut, wednesday)
	cut := atClose(t, &IndexSeries{Symbol: "RUT", Name: "Russell 2000", Days: rut.Days[:len(rut.Days)-2]}, wednesday)
	a, b := buildIndex(whole), buildIndex(cut)
	a.Curves, b.Curves = PerWindow[*Curve]{}, PerWindow[*Curve]{}
	if a != b {
		t.Errorf("closes after the session shown change it:\n%+v\n%+v", a, b)
	}
}

func TestIndexWithoutALevel(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	in.level, in.official = 0, false
	x := buildIndex(in)
	if x.Level.Known() || x.Change.Known() || x.MonthRank != 0 || x.Returns[session.Day].Known() {
		t.Errorf("a figure without a level: %+v", x)
	}
	if x.PrevClose.String() != "2065.70" {
		t.Errorf("previous close %q", x.PrevClose)
	}
}

func TestIndexPrelimUntilTheOfficialClose(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	in.level, in.official = price(t, "2023.24"), false
	if x := buildIndex(in); !x.Prelim || x.Official {
		t.Error("a last print after the close is not marked as preliminary")
	}
	in.now = in.shown.Closes.Add(-time.Second)
	if x := buildIndex(in); x.Prelim {
		t.Error("preliminary before the close")
	}
	in.now, in.official = in.shown.Closes, true
	if x := buildIndex(in); x.Prelim || !x.Official {
		t.Error("the official close is not taken as final")
	}
}

// The last bar of a day is not its close: 2,023.24 on 28 March and 2,109.03 on
// the 24th gave way to 2,023.27 and 2,109.38.
func TestSnapsToTheOfficialClose(t *testing.T) {
	t.Parallel()
	for day, c := range map[string]struct{ bar, close, change string }{
		"2025-03-24": {"2109.03", "2109.38", "52.40"},
		"2025-03-28": {"2023.24", "2023.27", "-42.43"},
	} {
		rut, spx := publishedIndices(t)
		shown := date(t, day)
		before := func(s *IndexSeries) IndexSeries {
			return IndexSeries{Symbol: s.Symbol, Days: daysBefore(s.Days, shown)}
		}
		m := start(&Reference{Indices: []IndexSeries{before(rut), before(spx)}})
		tell := func(clock, level string, flags Flags) Index {
			m.Apply(&Update{Kind: KindIndexLevel, At: at(t, day+" "+clock), Price: price(t, level), Flags: flags})
			heartbeat(m, at(t, day+" "+clock))
			return m.Snapshot(at(t, day+" "+clock), Query{}).Indices[0]
		}
		if x := tell("15:59:59", c.bar, 0); x.Prelim || x.Level.String() != c.bar {
			t.Errorf("%s before the close: %s, preliminary %t", day, x.Level, x.Prelim)
		}
		if x := tell("16:00:00", c.bar, 0); !x.Prelim || x.Official || x.Level.String() != c.bar {
			t.Errorf("%s at the bell: %s, preliminary %t", day, x.Level, x.Prelim)
		}
		x := tell("16:05:00", c.close, FlagOfficial)
		if x.Prelim || !x.Official || x.Level.String() != c.close || x.Change.String() != c.change {
			t.Errorf("%s after the auction: %s, %s, preliminary %t", day, x.Level, x.Change, x.Prelim)
		}
		if x := tell("16:06:00", c.bar, 0); x.Level.String() != c.close {
			t.Errorf("%s after a late print: %s", day, x.Level)
		}
	}
}

func TestMonthRank(t *testing.T) {
	t.Parallel()
	day := func(d int) session.Date { return session.NewDate(2025, time.March, d) }
	days := []IndexDay{
		{Date: session.NewDate(2025, time.February, 28), Close: 100 * num.PriceScale},
		{Date: day(3), Close: 98 * num.PriceScale},
		{Date: day(4), Close: 99 * num.PriceScale},
	}
	cases := map[string]struct {
		level       num.Price
		today       session.Date
		rank, count int
	}{
		"the worst":                    {90 * num.PriceScale, day(5), 1, 3},
		"between":                      {99 * num.PriceScale, day(5), 2, 3},
		"the best":                     {110 * num.PriceScale, day(5), 3, 3},
		"the first day of a new month": {90 * num.PriceScale, session.NewDate(2025, time.April, 1), 1, 1},
		"no level":                     {0, day(5), 0, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rank, count := monthRank(days, c.today, c.level)
			if rank != c.rank || count != c.count {
				t.Errorf("rank %d of %d, want %d of %d", rank, count, c.rank, c.count)
			}
		})
	}
	gap := slices.Clone(days)
	gap[1].Close = 0 // neither this day nor the next has a return
	if rank, count := monthRank(gap, day(5), 98*num.PriceScale); rank != 1 || count != 1 {
		t.Errorf("rank %d of %d among days that are not known", rank, count)
	}
	if rank, count := monthRank(days[1:], day(5), 90*num.PriceScale); rank != 0 || count != 0 {
		t.Errorf("rank %d of %d in a month whose first days are not known", rank, count)
	}
	if rank, count := monthRank(nil, day(5), 98*num.PriceScale); rank != 0 || count != 0 {
		t.Errorf("rank %d of %d without any day before", rank, count)
	}
}

// exactPercent is 100 (p/base - 1) to two decimals in exact arithmetic, by way
// of a return of ten decimals, which is how returns are kept.
func exactPercent(p, base num.Price) string {
	roundHalfAway := func(r *big.Rat, scale int64) *big.Rat {
		n := new(big.Rat).Mul(r, big.NewRat(scale, 1))
		half := big.NewRat(int64(r.Sign()), 2)
		n.Add(n, half)
		return big.NewRat(new(big.Int).Quo(n.Num(), n.Denom()).Int64(), scale)
	}
	r := roundHalfAway(big.NewRat(int64(p-base), int64(base)), 1e10)
	text := roundHalfAway(r.Mul(r, big.NewRat(100, 1)), 100).FloatString(2)
	if text == "-0.00" {
		return "0.00"
	}
	return text
}

// Every session of the 70 is measured from the closes that a reader of a wall
// calendar would pick by hand.
func TestReturnsOfEverySession(t *testing.T) {
	t.Parallel()
	rut, spx := publishedIndices(t)
	monthBack := func(d session.Date, months int) session.Date {
		y, m, day := d.Civil()
		last := time.Date(y, m-time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
		if day > last.Day() {
			day = last.Day()
		}
		return session.NewDate(last.Year(), last.Month(), day)
	}
	for _, series := range []*IndexSeries{rut, spx} {
		for i, today := range series.Days {
			y, m, _ := today.Date.Civil()
			sunday := today.Date - session.Date((today.Date.Weekday()+6)%7) - 1
			latest := PerWindow[session.Date]{
				today.Date - 1, sunday, session.NewDate(y, m, 1) - 1,
				monthBack(today.Date, 1), monthBack(today.Date, 3), session.NewDate(y, time.January, 1) - 1,
			}
			x := buildIndex(atClose(t, series, today.Date))
			for w, limit := range latest {
				base := num.Price(0) // the last close on or before the limit
				for _, d := range series.Days[:i] {
					if d.Date <= limit {
						base = d.Close
					}
				}
				if base == 0 {
					if x.Returns[w].Known() {
						t.Errorf("%s %s: %s with no base", today.Date, session.Window(w), x.Returns[w])
					}
					continue
				}
				if got, want := x.Returns[w].String(), exactPercent(today.Close, base); got != want {
					t.Errorf("%s %s %s: %s, want %s", series.Symbol, today.Date, session.Window(w), got, want)
				}
			}
		}
	}
}

func TestDaysThatTheNewsToldOf(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	cases := map[string]struct {
		day  int
		want string
		rank int // among the days of March so far
	}{
		"tariffs on Canada and Mexico": {3, "-2.81", 1},
		"recession talk":               {10, "-2.72", 2},
		"a good Monday":                {24, "2.55", 16},
		"core inflation":               {28, "-2.05", 3},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := buildIndex(atClose(t, rut, session.NewDate(2025, time.March, c.day)))
			if got := x.Returns[session.Day].String(); got != c.want || x.MonthRank != c.rank {
				t.Errorf("%s, place %d from the worst of %d; want %s, %d", got, x.MonthRank, x.MonthDays, c.want, c.rank)
			}
		})
	}
}

// What the note says of small and large companies fits Thursday's close better
// than Friday's: by then the week, from Thursday to Thursday, was almost even.
func TestTheDayBeforeThePublishedFriday(t *testing.T) {
	t.Parallel()
	rut, spx := publishedIndices(t)
	thursday := session.NewDate(2025, time.March, 27)
	if got := buildIndex(atClose(t, rut, thursday)).Returns[session.Quarter].String(); got != "-7.97" {
		t.Errorf("three months to Thursday are %s, want -7.97", got)
	}
	week, ok := num.Change(closeOn(rut.Days, thursday), closeOn(rut.Days, session.NewDate(2025, time.March, 20)))
	if got := num.Percent(week).String(); !ok || got != "-0.14" {
		t.Errorf("from Thursday to Thursday %s, want -0.14", got)
	}
	ratio := closeOn(rut.Days, friday()).Decimal().Shift(2).DivRound(closeOn(spx.Days, friday()).Decimal(), 3)
	if ratio.String() != "36.253" {
		t.Errorf("on Friday the Russell 2000 is %s %% of the S&P 500, want 36.253", ratio)
	}
}

// On a Monday the week is one session old.
func TestMondaysWeekIsItsDay(t *testing.T) {
	t.Parallel()
	rut, spx := publishedIndices(t)
	for _, series := range []*IndexSeries{rut, spx} {
		x := buildIndex(atClose(t, series, session.NewDate(2025, time.March, 24)))
		if x.Returns[session.Week] != x.Returns[session.Day] {
			t.Errorf("%s: the week %s, the day %s", series.Symbol, x.Returns[session.Week], x.Returns[session.Day])
		}
	}
}

// Three months are counted on the calendar, not as 63 sessions.
func TestThreeMonthsAreNot63Sessions(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	if n := in.cal.Between(in.bases[session.Quarter], friday()); n != 61 {
		t.Errorf("%d sessions since 27 December, want 61", n)
	}
	back, ok := in.cal.Offset(friday(), -63)
	if !ok || back.Date.String() != "2024-12-24" {
		t.Fatalf("63 sessions back is %s", back.Date)
	}
	in.bases[session.Quarter] = back.Date
	if got := buildIndex(in).Returns[session.Quarter].String(); got != "-10.47" {
		t.Errorf("over 63 sessions %s, want -10.47", got)
	}
}

func TestUnchangedIsZeroAndNotNothing(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	in.level = price(t, "2065.70")
	x := buildIndex(in)
	if x.Change.String() != "0.00" || x.Returns[session.Day].String() != "0.00" {
		t.Errorf("change %q, return %q", x.Change, x.Returns[session.Day])
	}
}

// Where the close of yesterday is missing, an older one does not stand in.
func TestNoChangeWithoutYesterdaysClose(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	in.series = &IndexSeries{Symbol: "RUT", Days: slices.DeleteFunc(slices.Clone(rut.Days), func(d IndexDay) bool {
		return d.Date == session.NewDate(2025, time.March, 27)
	})}
	x := buildIndex(in)
	if x.PrevClose.Known() || x.Change.Known() || x.MonthRank != 0 || x.Returns[session.Day].Known() {
		t.Errorf("previous close %q, change %q, place %d, return %q", x.PrevClose, x.Change, x.MonthRank, x.Returns[session.Day])
	}
	if x.Returns[session.Week].String() != "-1.64" {
		t.Errorf("the week %q, want -1.64 all the same", x.Returns[session.Week])
	}
}

func TestShortHistoryClaimsLess(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	cases := map[string]struct {
		closes                 int // before the session shown
		sma20, sma50, deviates bool
	}{
		"a new index":        {0, false, false, false},
		"a day short of 20":  {18, false, false, false},
		"twenty with today":  {19, true, false, false},
		"a day short of two": {39, true, false, false},
		"about two months":   {40, true, false, true},
		"fifty with today":   {49, true, true, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := atClose(t, rut, friday())
			in.series = &IndexSeries{Symbol: "RUT", Days: rut.Days[69-c.closes:]}
			x := buildIndex(in)
			if x.VsSMA20.Known() != c.sma20 || x.VsSMA50.Known() != c.sma50 || x.WeekSigma.Known() != c.deviates {
				t.Errorf("20 %q, 50 %q, sigma %q", x.VsSMA20, x.VsSMA50, x.WeekSigma)
			}
			if x.Level.String() != "2023.27" {
				t.Errorf("level %q", x.Level)
			}
		})
	}
}

// The level against its mean, in exact arithmetic.
func TestAboveMeanIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		closes := rapid.SliceOfN(rapid.Int64Range(1, 1e10), 19, 19).Draw(t, "closes")
		level := rapid.Int64Range(1, 1e10).Draw(t, "level")
		sum := big.NewRat(level, 20)
		days := make([]IndexDay, len(closes))
		for i, c := range closes {
			days[i] = IndexDay{Date: session.Date(i + 1), Close: num.Price(c)}
			sum.Add(sum, big.NewRat(c, 20))
		}
		want := new(big.Rat).Sub(big.NewRat(level, 1), sum)
		want.Quo(want, sum).Mul(want, big.NewRat(100, 1))
		got, ok := new(big.Rat).SetString(aboveMean(days, num.Price(level), 20).String())
		if !ok {
			t.Fatal("no figure")
		}
		if gap := got.Sub(got, want); gap.Abs(gap).Cmp(big.NewRat(1, 200)) > 0 {
			t.Fatalf("off by %s", gap.FloatString(6))
		}
	})
}
