//go:build realdata

package importer_test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// realFile opens a file of the folder of real data.
func realFile(tb testing.TB, path ...string) *os.File {
	tb.Helper()
	folder := os.Getenv("GYRE_REAL_DATA")
	if folder == "" {
		tb.Fatal("set GYRE_REAL_DATA to the folder of real files that these tests are about")
	}
	f, err := os.Open(filepath.Join(append([]string{folder}, path...)...))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	return f
}

// realCloses are the closes of all US symbols from 7 April to 19 May 2025.
func realCloses(tb testing.TB) (store.Batch, *importer.Report) {
	tb.Helper()
	batch, report, err := importer.Closes(realFile(tb, "prices", "us_close_raw_2025-04-07_05-19.csv.gz"), "prices.csv.gz",
		importer.Mapping{Date: "trade_date", MarketCap: "marketCap", Volume: "volume"})
	if err != nil {
		tb.Fatal(err)
	}
	return batch, report
}

// knownOn answers what a list's importer asks about closes.
func knownOn(batch store.Batch, day session.Date) func(string) (num.Price, bool) {
	known := map[string]num.Price{}
	for _, c := range batch.Closes {
		if c.Date == day {
			known[c.Symbol] = c.Close
		} else if _, ok := known[c.Symbol]; !ok {
			known[c.Symbol] = 0
		}
	}
	return func(symbol string) (num.Price, bool) {
		p, ok := known[symbol]
		return p, ok
	}
}

func on(year int, month time.Month, day int) session.Date { return session.NewDate(year, month, day) }

// The counts were worked out by hand from the files: the rows of the class of
// equities, less claims, unlisted and worthless lines and those without a
// ticker; swaps are of stocks that are there. The first file has 1,939 such
// rows and 13 of those lines.
func TestRealHoldings(t *testing.T) {
	closes, _ := realCloses(t)
	march := on(2021, time.March, 12)
	for _, c := range []struct {
		file  string
		opts  importer.Options
		asOf  session.Date
		count int
	}{
		{"IWM_2025-05-13", importer.Options{Index: "RUT", Known: knownOn(closes, on(2025, time.May, 13))}, on(2025, time.May, 13), 1926},
		{"IWM_2026-01-21", importer.Options{Index: "RUT"}, on(2026, time.January, 21), 1941},
		{"IVV_2023-04-06", importer.Options{Index: "SPX"}, on(2023, time.April, 6), 503},
		{"IJR_2021_with_CUSIP_ISIN_SEDOL", importer.Options{Index: "SML", AsOf: march}, march, 601},
		{"IWV_2021_partly_requoted", importer.Options{Index: "RUA", AsOf: march}, march, 2583},
		{"EWGS_2021_german_locale", importer.Options{Index: "DE", AsOf: march}, march, 107},
	} {
		t.Run(c.file, func(t *testing.T) {
			batch, report, err := importer.Holdings(realFile(t, "holdings", c.file+".csv"), c.file+".csv", c.opts)
			t.Log("\n" + report.String())
			if err != nil {
				t.Fatal(err)
			}
			list := batch.Lists[0]
			if list.AsOf != c.asOf || len(list.Members) != c.count {
				t.Errorf("%d members as of %s, want %d as of %s", len(list.Members), list.AsOf, c.count, c.asOf)
			}
			checkMembers(t, list.Members)
		})
	}
}

// checkMembers holds a list against what must not be in one.
func checkMembers(t *testing.T, members []store.Member) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range members {
		upper := " " + strings.ToUpper(m.Name) + " "
		for _, word := range []string{" CASH ", " CVR ", " RIGHTS ", " WARRANTS ", " ESCROW ", " EMINI ", " PRVT ", "BLACKROCK, INC", " TREASURY SL "} {
			if strings.Contains(upper, word) && m.Symbol != "CVI" && m.Symbol != "CASH" {
				t.Errorf("%s %q is a member", m.Symbol, m.Name)
			}
		}
		switch {
		case seen[m.Symbol]:
			t.Errorf("%s is a member twice", m.Symbol)
		case m.Quantity <= 0:
			t.Errorf("%s has the quantity %d", m.Symbol, m.Quantity)
		case len(m.Symbol) > 6 || strings.ContainsAny(m.Symbol, " -/^"):
			t.Errorf("%q is no canonical symbol", m.Symbol)
		case slices.Contains([]string{"XTSLA", "USD", "CAD", "EUR", "MSFUT", "RTYM5", "RTYH6", "ESM3", "P5N994", "CLSKW", "METCV", "MOGA", "BRKB"}, m.Symbol):
			t.Errorf("%s is a member", m.Symbol)
		}
		seen[m.Symbol] = true
	}
}

// The splits of the Russell 2000's members in the span and some of others, and
// real jumps: takeovers at double the price and more, bad news at half of it.
func TestRealSplits(t *testing.T) {
	closes, report := realCloses(t)
	t.Log("\n" + report.String())
	splits := map[string]store.Action{}
	for _, a := range closes.Actions {
		if !a.Inferred {
			t.Errorf("the action %+v does not say that it is inferred", a)
		}
		if a.Kind == model.ActionSplit {
			splits[a.Symbol] = a
		}
	}
	for symbol, want := range map[string]store.Action{
		"DEA":  {ExDate: on(2025, time.April, 28), New: 2, Old: 5},
		"FRGE": {ExDate: on(2025, time.April, 15), New: 1, Old: 15},
		"XFOR": {ExDate: on(2025, time.April, 28), New: 1, Old: 30},
		"BSLK": {ExDate: on(2025, time.April, 22), New: 1, Old: 20}, // shares two sessions late
		"QNRX": {ExDate: on(2025, time.April, 9), New: 1, Old: 35},  // shares in two steps, one of them early
		"AMRN": {ExDate: on(2025, time.April, 11), New: 1, Old: 20},
	} {
		want.Symbol, want.Kind, want.Inferred = symbol, model.ActionSplit, true
		if splits[symbol] != want {
			t.Errorf("the split of %s is %+v, want %+v", symbol, splits[symbol], want)
		}
	}
	for _, symbol := range []string{"FL", "INZY", "RGLS", "WGS", "CODI", "IOVA", "UPXI"} {
		if a, ok := splits[symbol]; ok {
			t.Errorf("the jump of %s is taken for %+v", symbol, a)
		}
	}
}

// A whole index, end to end: what the holdings of one day make of the closes
// of every week is what the printed index made.
func TestRealIndexIsImplied(t *testing.T) {
	closes, _ := realCloses(t)
	lists, _, err := importer.Holdings(realFile(t, "holdings", "IWM_2025-05-13.csv"), "IWM_2025-05-13.csv",
		importer.Options{Index: "RUT", Known: knownOn(closes, on(2025, time.May, 13))})
	if err != nil {
		t.Fatal(err)
	}
	levels, _, err := importer.Levels(realFile(t, "index", "RUT_close_2023_2025-09.csv"), "RUT.csv", importer.Mapping{Wide: true})
	if err != nil {
		t.Fatal(err)
	}
	official := map[session.Date]float64{}
	for _, l := range levels.Levels {
		official[l.Date] = l.Close.Float()
	}
	held := newHeld(lists.Lists[0], closes)
	base := on(2025, time.April, 11)
	for _, friday := range []session.Date{
		on(2025, time.April, 17), on(2025, time.April, 25), on(2025, time.May, 2), on(2025, time.May, 9), on(2025, time.May, 16),
	} {
		implied, count := held.change(base, friday)
		printed := official[friday]/official[base] - 1
		gap := 10_000 * (implied - printed)
		t.Logf("week ending %s: implied %+.4f %%, official %+.4f %%, gap %+.2f bp, %d members with both closes", friday, 100*implied, 100*printed, gap, count)
		if gap < -5 || gap > 5 {
			t.Errorf("the gap of the week ending %s is %.2f bp", friday, gap)
		}
		if count < 1900 {
			t.Errorf("only %d members have both closes in the week ending %s", count, friday)
		}
		base = friday
	}
}

// held is a list held at the closes of other days, by brute force.
type held struct {
	list    store.List
	closes  map[string]map[session.Date]float64 // by the symbol of today
	actions map[string][]store.Action           // splits
}

func newHeld(list store.List, batch store.Batch) *held {
	h := &held{list: list, closes: map[string]map[session.Date]float64{}, actions: map[string][]store.Action{}}
	now := map[string]store.Action{} // renames, by the old symbol
	for _, a := range batch.Actions {
		if a.Kind == model.ActionRename {
			now[a.Symbol] = a
		} else {
			h.actions[a.Symbol] = append(h.actions[a.Symbol], a)
		}
	}
	for _, c := range batch.Closes {
		symbol := c.Symbol
		if a, ok := now[symbol]; ok && c.Date < a.ExDate {
			symbol = a.NewSymbol
		}
		if h.closes[symbol] == nil {
			h.closes[symbol] = map[session.Date]float64{}
		}
		h.closes[symbol][c.Date] = c.Close.Float()
	}
	return h
}

// shares is how many shares of a member the list's holding was on a day.
func (h *held) shares(m store.Member, day session.Date) float64 {
	count := float64(m.Quantity)
	for _, a := range h.actions[m.Symbol] {
		switch {
		case day < a.ExDate && a.ExDate <= h.list.AsOf:
			count *= float64(a.Old) / float64(a.New)
		case h.list.AsOf < a.ExDate && a.ExDate <= day:
			count *= float64(a.New) / float64(a.Old)
		}
	}
	return count
}

// change is the return of the holdings that have both closes.
func (h *held) change(from, to session.Date) (implied float64, count int) {
	var before, after float64
	for _, m := range h.list.Members {
		x, y := h.closes[m.Symbol][from], h.closes[m.Symbol][to]
		if x > 0 && y > 0 {
			before += x * h.shares(m, from)
			after += y * h.shares(m, to)
			count++
		}
	}
	return after/before - 1, count
}

// Levels of a real file are the printed ones, without the noise of binary
// floating point.
func TestRealLevels(t *testing.T) {
	for file, want := range map[string]store.Level{
		"RUT":  {Index: "RUT", Date: on(2025, time.March, 28), Close: 2_023_270_000},
		"GSPC": {Index: "SPX", Date: on(2025, time.March, 28), Close: 5_580_940_000},
	} {
		batch, report, err := importer.Levels(realFile(t, "index", file+"_close_2023_2025-09.csv"), file, importer.Mapping{Wide: true})
		if err != nil || report.Omitted() > 0 {
			t.Fatalf("%v\n%s", err, report)
		}
		i, ok := slices.BinarySearchFunc(batch.Levels, want.Date, func(l store.Level, d session.Date) int { return cmp.Compare(l.Date, d) })
		if !ok || batch.Levels[i] != want {
			t.Errorf("%s: got %+v, want %+v", file, batch.Levels[i], want)
		}
	}
}
