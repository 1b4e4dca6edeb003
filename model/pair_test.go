package model

import (
	"math/big"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

func pairAtClose(t *testing.T, date session.Date) pairInput {
	t.Helper()
	rut, spx := publishedIndices(t)
	cal := session.New()
	in := pairInput{
		a: rut, b: spx, aLevel: closeOn(rut.Days, date), bLevel: closeOn(spx.Days, date),
		shown: date, bases: basesOn(cal, date), elapsed: 1, closed: true,
	}
	for w, base := range in.bases {
		in.sessions[w] = cal.Between(base, date)
	}
	return in
}

func TestPublishedPair(t *testing.T) {
	t.Parallel()
	p, _ := buildPair(pairAtClose(t, friday()))
	if p.Spread[session.Week].String() != "-0.11" || p.Spread[session.YearToDate].String() != "-4.16" {
		t.Errorf("spreads %v, want -0.11 over the week and -4.16 year to date", figures(p.Spread))
	}
	if p.Relative[session.Week].String() != "-0.11" || p.Relative[session.YearToDate].String() != "-4.39" {
		t.Errorf("relative %v, want -0.11 over the week and -4.39 year to date", figures(p.Relative))
	}
	if p.Ratio.String() != "0.3625" {
		t.Errorf("ratio %s, want 0.3625", p.Ratio)
	}
	if p.Z0[session.Week].String() != "-0.1" || p.State[session.Week] != StateNone {
		t.Errorf("z0 %s state %d, want -0.1 and no rotation", p.Z0[session.Week], p.State[session.Week])
	}
}

func TestPairClaimsNothingWithoutHistory(t *testing.T) {
	t.Parallel()
	p, _ := buildPair(pairAtClose(t, friday()))
	for _, w := range []session.Window{session.Quarter, session.YearToDate} {
		if p.Z0[w].Known() || p.State[w] != StateNA {
			t.Errorf("%s: z0 %s state %d out of fewer than 40 earlier spreads", w, p.Z0[w], p.State[w])
		}
	}
}

func TestPairNeedsBothIndices(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*pairInput){
		"no first series":  func(in *pairInput) { in.a = nil },
		"no second series": func(in *pairInput) { in.b = nil },
		"no first level":   func(in *pairInput) { in.aLevel = 0 },
		"no second level":  func(in *pairInput) { in.bLevel = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := pairAtClose(t, friday())
			change(&in)
			if p, _ := buildPair(in); p.Known || p.Ratio.Known() || p.Spread[session.Week].Known() {
				t.Errorf("a pair of one: %+v", p)
			}
		})
	}
}

func TestPairSkipsDaysThatOneSeriesLacks(t *testing.T) {
	t.Parallel()
	day := func(d int, p num.Price) IndexDay {
		return IndexDay{Date: session.NewDate(2025, time.March, d), Close: p * num.PriceScale}
	}
	as, bs := commonDays(
		[]IndexDay{day(3, 1), day(4, 2), day(6, 3)},
		[]IndexDay{day(4, 20), day(5, 21), day(6, 30), day(7, 31)},
	)
	if len(as) != 2 || len(bs) != 2 || as[0].Date != bs[0].Date || as[1].Date != bs[1].Date || bs[1].Close != 30*num.PriceScale {
		t.Errorf("%v\n%v", as, bs)
	}
}

// The week's z0 by hand: the 60 five-session spreads before 28 March have a
// median of -0.2233 pp and a sigma of 1.3118 pp; the spread is -0.1105 pp.
func TestPublishedPairAgainstItsHistory(t *testing.T) {
	t.Parallel()
	in := pairAtClose(t, friday())
	p, _ := buildPair(in)
	cases := map[session.Window]struct{ z0, z string }{
		session.Day:   {"-0.1", "-0.1"},
		session.Week:  {"-0.1", "0.1"},
		session.Month: {"-0.1", "0.6"}, // 20 sessions, 49 earlier spreads
	}
	for w, c := range cases {
		if p.Z0[w].String() != c.z0 || p.Z[w].String() != c.z {
			t.Errorf("%s: z0 %s z %s, want %s %s", w, p.Z0[w], p.Z[w], c.z0, c.z)
		}
	}
	spreads := pairSpreads(in.a.Days[:69], in.b.Days[:69], 5)
	if len(spreads) != 60 {
		t.Fatalf("%d earlier weeks, want 60", len(spreads))
	}
	newest := exactDifference(t, in, 68, 63)
	if got := num.Percent(spreads[59]).String(); got != newest {
		t.Errorf("the newest, 20 to 27 March, is %s, want %s", got, newest)
	}
}

// exactDifference is the spread between two days in percentage points.
func exactDifference(t *testing.T, in pairInput, to, from int) string {
	t.Helper()
	r := big.NewRat(int64(in.a.Days[to].Close), int64(in.a.Days[from].Close))
	r.Sub(r, big.NewRat(int64(in.b.Days[to].Close), int64(in.b.Days[from].Close)))
	return r.Mul(r, big.NewRat(100, 1)).FloatString(2)
}

func TestPairOverEveryWindow(t *testing.T) {
	t.Parallel()
	in := pairAtClose(t, friday())
	p, _ := buildPair(in)
	want := PerWindow[string]{"-0.08", "-0.11", "-0.19", "-0.19", "-3.33", "-4.16"}
	if got := figures(p.Spread); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	for w := range p.Relative {
		ratio := new(big.Rat).Quo(
			big.NewRat(int64(in.aLevel), int64(closeOn(in.a.Days, in.bases[w]))),
			big.NewRat(int64(in.bLevel), int64(closeOn(in.b.Days, in.bases[w]))),
		)
		ratio.Sub(ratio, big.NewRat(1, 1)).Mul(ratio, big.NewRat(100, 1))
		if got := p.Relative[w].String(); got != ratio.FloatString(2) {
			t.Errorf("%s: relative %s, want %s", session.Window(w), got, ratio.FloatString(2))
		}
	}
}

func TestPairReadsNothingOfTheSessionShown(t *testing.T) {
	t.Parallel()
	wednesday := session.NewDate(2025, time.March, 26)
	whole, cut := pairAtClose(t, wednesday), pairAtClose(t, wednesday)
	cut.a = &IndexSeries{Symbol: "RUT", Days: cut.a.Days[:67]}
	cut.b = &IndexSeries{Symbol: "SPX", Days: cut.b.Days[:67]}
	a, _ := buildPair(whole)
	b, _ := buildPair(cut)
	if a != b {
		t.Errorf("closes that are not known yet change it:\n%+v\n%+v", a, b)
	}
}

func TestPairStates(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		level string // of the Russell 2000
		state AxisState
	}{
		"as it closed":     {"2023.27", StateNone},
		"a point behind":   {"2004", StateTilt},
		"two points ahead": {"2070", StateRotation},
		"far behind":       {"1940", StateExtreme},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := pairAtClose(t, friday())
			in.aLevel = price(t, c.level)
			if p, _ := buildPair(in); p.State[session.Week] != c.state {
				t.Errorf("z0 %s is state %d, want %d", p.Z0[session.Week], p.State[session.Week], c.state)
			}
		})
	}
}

func TestRelativeOfATotalLoss(t *testing.T) {
	t.Parallel()
	if r := relative(0, -num.ReturnScale); r.Known() {
		t.Errorf("against an index that is worth nothing: %s", r)
	}
	if r := relative(num.ReturnScale, num.ReturnScale/4); r.String() != "60.00" {
		t.Errorf("2 over 1.25 is %s %%, want 60.00", r)
	}
}

func TestNoSpreadsOverNoSessions(t *testing.T) {
	t.Parallel()
	in := pairAtClose(t, friday())
	for _, sessions := range []int{-1, 0, 70} {
		if s := pairSpreads(in.a.Days, in.b.Days, sessions); len(s) != 0 {
			t.Errorf("%d spreads over %d sessions", len(s), sessions)
		}
	}
}
