package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/num"
)

// filed is a filing so many days before the base with so much debt and cash.
func filed(base time.Time, days int, debt, cash num.Dollars) *Facts {
	return &Facts{
		KnownAt: base.AddDate(0, 0, -days),
		Debt:    Amount{Dollars: debt, Known: true},
		Cash:    Amount{Dollars: cash, Known: true},
	}
}

// Every reason for being in no bucket, and which of several counts.
func TestWhoIsLeftOutOfLeverage(t *testing.T) {
	base := at(t, "2025-03-21 16:00:00")
	noDebt := filed(base, 10, 0, 0)
	noDebt.Debt.Known = false
	hour := filed(base, 400, 50, 0)
	hour.KnownAt = base.Add(-400*24*time.Hour - time.Second)
	for name, c := range map[string]struct {
		in         LeverageInput
		financials bool
		want       LeverageBucket
	}{
		"in order":                       {LeverageInput{Sector: "IT", Cap: 100, Facts: filed(base, 10, 0, 0)}, false, LeverageLow},
		"a bank":                         {LeverageInput{Sector: "FIN", Cap: 100, Facts: filed(base, 10, 0, 0)}, false, LeverageFinancial},
		"real estate":                    {LeverageInput{Sector: "RE", Cap: 100, Facts: filed(base, 10, 0, 0)}, false, LeverageFinancial},
		"a bank that takes part":         {LeverageInput{Sector: "FIN", Cap: 100, Facts: filed(base, 10, 0, 0)}, true, LeverageLow},
		"a utility stays":                {LeverageInput{Sector: "UTL", Cap: 100, Facts: filed(base, 10, 0, 0)}, false, LeverageLow},
		"no filing":                      {LeverageInput{Sector: "IT", Cap: 100}, false, LeverageNoDebtData},
		"no debt given is not no debt":   {LeverageInput{Sector: "IT", Cap: 100, Facts: noDebt}, false, LeverageNoDebtData},
		"a filing of 400 days":           {LeverageInput{Sector: "IT", Cap: 100, Facts: filed(base, 400, 0, 0)}, false, LeverageLow},
		"a filing of more than 400 days": {LeverageInput{Sector: "IT", Cap: 100, Facts: hour}, false, LeverageOldFiling},
		"no cap":                         {LeverageInput{Sector: "IT", Facts: filed(base, 10, 0, 0)}, false, LeverageNoCap},
		"more cash than all claims":      {LeverageInput{Sector: "HC", Cap: 100, Facts: filed(base, 10, 20, 130)}, false, LeverageEVNotPositive},
		"as much cash as all claims":     {LeverageInput{Sector: "HC", Cap: 100, Facts: filed(base, 10, 20, 120)}, false, LeverageEVNotPositive},
		"a bank without a filing":        {LeverageInput{Sector: "FIN", Cap: 100}, false, LeverageFinancial},
		"an old filing without debt":     {LeverageInput{Sector: "IT", Cap: 100, Facts: &Facts{}}, false, LeverageNoDebtData},
		"an old filing without a cap":    {LeverageInput{Sector: "IT", Facts: filed(base, 500, 10, 0)}, false, LeverageOldFiling},
	} {
		if got := LeverageBuckets([]LeverageInput{c.in}, base, c.financials); got[0] != c.want {
			t.Errorf("%s: %d, want %d", name, got[0], c.want)
		}
	}
}

// Ten companies with debt/EV of 0 (four of them), then 10 % to 60 %.
func TestLowIsNoDebtAndTheBottomThird(t *testing.T) {
	base := at(t, "2025-03-21 16:00:00")
	var in []LeverageInput
	for i, debt := range []num.Dollars{0, 600, 0, 100, 500, 0, 200, 400, 300, 0} {
		in = append(in, LeverageInput{Symbol: string(rune('A' + i)), Sector: "IND", Cap: 1000 - debt, Facts: filed(base, 30, debt, 0)})
	}
	got := LeverageBuckets(in, base, false)
	want := []LeverageBucket{LeverageLow, LeverageHigh, LeverageLow, LeverageLow, LeverageHigh, LeverageLow, LeverageLow, LeverageMid, LeverageMid, LeverageLow}
	if !slices.Equal(got, want) {
		t.Errorf("the buckets are %v, want %v", got, want)
	}
}

// Every item of enterprise value moves a company the way it should: B has 30 %
// debt and lies between A (25 %) and C (35 %) until an item is added.
func TestEnterpriseValue(t *testing.T) {
	base := at(t, "2025-03-21 16:00:00")
	for name, c := range map[string]struct {
		change func(f *Facts)
		want   LeverageBucket // of B
	}{
		"as it is":          {func(*Facts) {}, LeverageMid},
		"preferred":         {func(f *Facts) { f.Preferred = Amount{Dollars: 300, Known: true} }, LeverageLow},
		"minority":          {func(f *Facts) { f.Minority = Amount{Dollars: 300, Known: true} }, LeverageLow},
		"cash":              {func(f *Facts) { f.Cash = Amount{Dollars: 300, Known: true} }, LeverageHigh},
		"an item not given": {func(f *Facts) { f.Cash = Amount{} }, LeverageMid},
	} {
		b := filed(base, 5, 300, 0)
		c.change(b)
		got := LeverageBuckets([]LeverageInput{
			{Symbol: "A", Cap: 750, Facts: filed(base, 5, 250, 0)},
			{Symbol: "B", Cap: 700, Facts: b},
			{Symbol: "C", Cap: 650, Facts: filed(base, 5, 350, 0)},
		}, base, false)
		if got[1] != c.want {
			t.Errorf("%s: bucket %d, want %d", name, got[1], c.want)
		}
	}
}

func TestLeverageTiesGoBySymbol(t *testing.T) {
	base := at(t, "2025-03-21 16:00:00")
	in := []LeverageInput{
		{Symbol: "C", Cap: 50, Facts: filed(base, 5, 50, 0)},
		{Symbol: "A", Cap: 500, Facts: filed(base, 5, 500, 0)},
		{Symbol: "B", Cap: 5, Facts: filed(base, 5, 5, 0)},
	}
	if got := LeverageBuckets(in, base, false); !slices.Equal(got, []LeverageBucket{LeverageHigh, LeverageLow, LeverageMid}) {
		t.Errorf("the buckets are %v", got)
	}
}

// Nonsense in a filing is bounded and overflows nowhere.
func TestAbsurdBalanceSheets(t *testing.T) {
	base := at(t, "2025-03-21 16:00:00")
	most, least := Amount{Dollars: math.MaxInt64, Known: true}, Amount{Dollars: math.MinInt64, Known: true}
	for name, c := range map[string]struct {
		facts Facts
		want  LeverageBucket
	}{
		"all claims at their most":  {Facts{KnownAt: base, Debt: most, Preferred: most, Minority: most, Cash: least}, LeverageLow},
		"cash at its most":          {Facts{KnownAt: base, Debt: Amount{Known: true}, Cash: most}, LeverageEVNotPositive},
		"negative debt is none":     {Facts{KnownAt: base, Debt: Amount{Dollars: -5, Known: true}}, LeverageLow},
		"negative debt at its most": {Facts{KnownAt: base, Debt: least}, LeverageEVNotPositive},
	} {
		if got := LeverageBuckets([]LeverageInput{{Cap: 1_000_000, Facts: &c.facts}}, base, false); got[0] != c.want {
			t.Errorf("%s: %d, want %d", name, got[0], c.want)
		}
	}
}

// Whatever the balance sheets: thirds of those with debt differ by one at most
// and ascend, and the order of the list does not matter.
func TestLeverageProperties(t *testing.T) {
	base := at(t, "2025-03-21 16:00:00")
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		in := make([]LeverageInput, n)
		for i, symbol := range symbolsOf(n) {
			in[i] = LeverageInput{Symbol: symbol, Sector: "IT", Cap: num.Dollars(random.Int64N(50)), Facts: filed(base, random.IntN(500), num.Dollars(random.Int64N(20)), num.Dollars(random.Int64N(30)))}
		}
		buckets := LeverageBuckets(in, base, false)
		var counts [leverageBuckets]int
		var ratios [leverageBuckets][]float64
		for i, b := range buckets {
			if b <= LeverageHigh && in[i].Facts.Debt.Dollars > 0 {
				ev := in[i].Cap + in[i].Facts.Debt.Dollars - in[i].Facts.Cash.Dollars
				counts[b]++
				ratios[b] = append(ratios[b], float64(in[i].Facts.Debt.Dollars)/float64(ev))
			}
		}
		for b := 1; b < leverageBuckets && counts[b] > 0; b++ {
			if counts[b-1]-counts[b] > 1 || counts[b]-counts[b-1] > 1 || slices.Max(ratios[b-1]) > slices.Min(ratios[b]) {
				t.Fatalf("thirds of %v with ratios %v", counts, ratios)
			}
		}
		slices.Reverse(in)
		again := LeverageBuckets(in, base, false)
		slices.Reverse(again)
		if !slices.Equal(again, buckets) {
			t.Fatalf("backwards the buckets are %v, forwards %v", again, buckets)
		}
	})
}

func TestSectors(t *testing.T) {
	sectors := Sectors()
	codes := map[string]bool{}
	out := 0
	for _, s := range sectors {
		codes[s.Code] = true
		out += one(Financial(s.Code))
		if s.Name == "" {
			t.Errorf("sector %s has no name", s.Code)
		}
	}
	if len(codes) != 11 || out != 2 {
		t.Errorf("there are %d sectors, %d of them financial", len(codes), out)
	}
	if Financial("Financial Services") || Financial("") {
		t.Error("a dataset's own sector is financial")
	}
}
