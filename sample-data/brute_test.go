package sampledata_test

import (
	"cmp"
	"encoding/csv"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/shopspring/decimal"

	sampledata "gyre/sample-data"
)

// What follows reads the files and computes their figures in plain decimals,
// by the definitions in README.md and without any of gyre's own code.

// table is a file of the sample: one map from column to field for each row.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := sampledata.FS().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var r io.Reader = f
	if strings.HasSuffix(name, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r = z
	}
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	rows := make([]map[string]string, 0, len(records))
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// number reads a decimal.
func number(t *testing.T, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// key is a name on a day.
type key struct{ id, date string }

// filing is one row of facts.csv with the shares that were filed beside it.
type filing struct {
	known                            time.Time
	shares                           decimal.Decimal
	debtKnown                        bool
	debt, preferred, minority, other decimal.Decimal // other: cash
}

// sample is the sample, read.
type sample struct {
	close   map[key]decimal.Decimal
	volume  map[key]float64
	dates   []string
	sector  map[string]string
	members map[string][]string // by index
	filings map[string][]filing // ascending
	index   map[key]decimal.Decimal
	merger  map[string]decimal.Decimal // deal cash
	merged  map[string]string          // since when
	split   map[string]string          // 1:10, since when
	closes  map[string]time.Time       // by date
}

// shared is the sample for all tests, which only look at it.
var shared struct {
	once sync.Once
	*sample
}

func read(t *testing.T) *sample {
	t.Helper()
	shared.once.Do(func() { shared.sample = load(t) })
	if shared.sample == nil {
		t.Fatal("the sample could not be read")
	}
	return shared.sample
}

func load(t *testing.T) *sample {
	t.Helper()
	s := &sample{
		close: map[key]decimal.Decimal{}, volume: map[key]float64{}, sector: map[string]string{}, members: map[string][]string{},
		filings: map[string][]filing{}, index: map[key]decimal.Decimal{},
		merger: map[string]decimal.Decimal{}, merged: map[string]string{}, split: map[string]string{}, closes: map[string]time.Time{},
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table(t, "closes.csv.zst") {
		s.close[key{r["id"], r["date"]}] = number(t, r["close"])
		if r["date"] == friday {
			s.volume[key{r["id"], r["date"]}] = number(t, r["volume"]).InexactFloat64()
		}
	}
	for _, r := range table(t, "indices.csv") {
		s.index[key{r["symbol"], r["date"]}] = number(t, r["close"])
		if r["symbol"] != "RUT" {
			continue
		}
		s.dates = append(s.dates, r["date"])
		clock := "16:00"
		if r["date"] == "2024-12-24" {
			clock = "13:00"
		}
		if s.closes[r["date"]], err = time.ParseInLocation("2006-01-02 15:04", r["date"]+" "+clock, zone); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range table(t, "instruments.csv") {
		s.sector[r["id"]] = r["sector"]
	}
	for _, r := range table(t, "members.csv") {
		s.members[r["index"]] = append(s.members[r["index"]], r["id"])
	}
	counts := map[key]decimal.Decimal{}
	for _, r := range table(t, "shares.csv.zst") {
		counts[key{r["id"], r["known_at"]}] = number(t, r["shares"])
	}
	for _, r := range table(t, "facts.csv.zst") {
		known, err := time.Parse(time.RFC3339, r["known_at"])
		if err != nil {
			t.Fatal(err)
		}
		f := filing{
			known: known, shares: counts[key{r["id"], r["known_at"]}], debtKnown: r["debt"] != "",
			preferred: number(t, r["preferred"]), minority: number(t, r["minority"]), other: number(t, r["cash"]),
		}
		if f.debtKnown {
			f.debt = number(t, r["debt"])
		}
		s.filings[r["id"]] = append(s.filings[r["id"]], f)
	}
	for _, r := range table(t, "actions.csv") {
		switch r["kind"] {
		case "cash_merger":
			s.merger[r["id"]], s.merged[r["id"]] = number(t, r["amount"]), r["ex_date"]
		case "split":
			if r["ratio"] != "1:10" {
				t.Fatalf("the split is %s", r["ratio"])
			}
			s.split[r["id"]] = r["ex_date"]
		}
	}
	return s
}

// filed is the newest filing known at the close of a date.
func (s *sample) filed(id, date string) (filing, bool) {
	var newest filing
	found := false
	for _, f := range s.filings[id] {
		if !f.known.After(s.closes[date]) {
			newest, found = f, true
		}
	}
	return newest, found
}

// capital is the market cap at the close of a date, in whole dollars; zero
// where there is none.
func (s *sample) capital(id, date string) decimal.Decimal {
	price, ok := s.close[key{id, date}]
	f, filed := s.filed(id, date)
	if !ok || !filed {
		return decimal.Zero
	}
	if since, ok := s.split[id]; ok && date >= since {
		price = price.Div(decimal.NewFromInt(10)) // for the shares as they were filed
	}
	return price.Mul(f.shares).Round(0)
}

// change is the return from the close of one date to that of another.
func (s *sample) change(id, from, to string) (decimal.Decimal, bool) {
	before, ok := s.close[key{id, from}]
	if !ok {
		return decimal.Zero, false
	}
	after, ok := s.close[key{id, to}]
	if since, merged := s.merged[id]; merged && to >= since {
		after, ok = s.merger[id], true
	}
	if !ok {
		return decimal.Zero, false
	}
	if since, split := s.split[id]; split && from < since && to >= since {
		before = before.Mul(decimal.NewFromInt(10))
	}
	return after.Div(before).Sub(decimal.NewFromInt(1)), true
}

// mean is the mean return in percent of the ids that have one.
func (s *sample) mean(ids []string, from, to string) decimal.Decimal {
	var sum decimal.Decimal
	var n int64
	for _, id := range ids {
		if r, ok := s.change(id, from, to); ok {
			sum = sum.Add(r)
			n++
		}
	}
	return sum.Shift(2).Div(decimal.NewFromInt(n))
}

// quartiles are the Russell 2000's names by size at the close of a date.
func (s *sample) quartiles(date string) [4][]string {
	type sized struct {
		id  string
		cap decimal.Decimal
	}
	var ranked []sized
	for _, id := range s.members["RUT"] {
		if c := s.capital(id, date); c.IsPositive() {
			ranked = append(ranked, sized{id, c})
		}
	}
	slices.SortFunc(ranked, func(a, b sized) int { return cmp.Or(b.cap.Cmp(a.cap), cmp.Compare(a.id, b.id)) })
	var quartile [4][]string
	for place, r := range ranked {
		q := 4 * place / len(ranked)
		quartile[q] = append(quartile[q], r.id)
	}
	return quartile
}

// indebted are the names of an index with low and with high debt/EV at the
// close of a date.
func (s *sample) indebted(index, date string) (low, high []string) {
	type levered struct {
		id    string
		ratio decimal.Decimal
	}
	var ranked []levered
	for _, id := range s.members[index] {
		f, ok := s.filed(id, date)
		capital := s.capital(id, date)
		if sector := s.sector[id]; sector == "FIN" || sector == "RE" || !ok || !f.debtKnown || capital.IsZero() {
			continue
		}
		ev := capital.Add(f.debt).Add(f.preferred).Add(f.minority).Sub(f.other)
		switch {
		case !ev.IsPositive():
		case f.debt.IsZero():
			low = append(low, id)
		default:
			ranked = append(ranked, levered{id, f.debt.DivRound(ev, 10)})
		}
	}
	slices.SortFunc(ranked, func(a, b levered) int { return cmp.Or(a.ratio.Cmp(b.ratio), cmp.Compare(a.id, b.id)) })
	for place, r := range ranked {
		switch 3 * place / len(ranked) {
		case 0:
			low = append(low, r.id)
		case 2:
			high = append(high, r.id)
		}
	}
	return low, high
}

// implied is the cap-weighted return in percent of the Russell 2000's members.
func (s *sample) implied(from, to string) decimal.Decimal {
	var moved, total decimal.Decimal
	for _, id := range s.members["RUT"] {
		if r, ok := s.change(id, from, to); ok {
			c := s.capital(id, from)
			moved, total = moved.Add(c.Mul(r)), total.Add(c)
		}
	}
	return moved.Shift(2).Div(total)
}

// The bases of the windows of 28 March 2025.
const (
	friday  = "2025-03-28"
	week    = "2025-03-21"
	month   = "2025-02-28"
	quarter = "2024-12-27"
	year    = "2024-12-31"
)

func TestFiguresOfTheNote(t *testing.T) {
	s := read(t)
	for _, c := range []struct {
		name, base, q1, q4, spread string
	}{
		{"1W", week, "0.35", "-2.09", "-2.44"},
		{"3M", quarter, "-3.19", "-19.08", "-15.89"},
	} {
		t.Run(c.name, func(t *testing.T) {
			quartile := s.quartiles(c.base)
			q1, q4 := s.mean(quartile[0], c.base, friday), s.mean(quartile[3], c.base, friday)
			if got := q1.StringFixed(2); got != c.q1 {
				t.Errorf("Q1 is %s, want %s", got, c.q1)
			}
			if got := q4.StringFixed(2); got != c.q4 {
				t.Errorf("Q4 is %s, want %s", got, c.q4)
			}
			if got := q4.Sub(q1).StringFixed(2); got != c.spread {
				t.Errorf("the spread is %s, want %s", got, c.spread)
			}
		})
	}
}

func TestMiddleQuartilesLieBelowTheSmallest(t *testing.T) {
	s := read(t)
	quartile := s.quartiles(week)
	if q2, q3 := s.mean(quartile[1], week, friday), s.mean(quartile[2], week, friday); q2.StringFixed(2) != "-2.40" || q3.StringFixed(2) != "-2.60" {
		t.Errorf("Q2 and Q3 are %s and %s", q2, q3)
	}
}

func TestLeverageSpreads(t *testing.T) {
	s := read(t)
	for _, c := range []struct{ index, base, want string }{
		{"RUT", week, "0.90"},
		{"RMICRO", week, "2.30"},
		{"RUT", quarter, "1.40"},
		{"RMICRO", quarter, "3.90"},
	} {
		low, high := s.indebted(c.index, c.base)
		if got := s.mean(high, c.base, friday).Sub(s.mean(low, c.base, friday)).StringFixed(2); got != c.want {
			t.Errorf("%s since %s: %s, want %s", c.index, c.base, got, c.want)
		}
	}
}

// Members and index agree: every day, and over every window of the last one.
func TestMembersReturnIsTheIndexs(t *testing.T) {
	s := read(t)
	within := decimal.RequireFromString("0.01")
	type span struct{ from, to string }
	spans := []span{{week, friday}, {month, friday}, {quarter, friday}, {year, friday}}
	for d := 1; d < len(s.dates); d++ {
		spans = append(spans, span{s.dates[d-1], s.dates[d]})
	}
	if len(spans) != 4+69 {
		t.Fatalf("%d spans", len(spans))
	}
	for _, p := range spans {
		got := s.implied(p.from, p.to)
		want := s.index[key{"RUT", p.to}].Div(s.index[key{"RUT", p.from}]).Sub(decimal.NewFromInt(1)).Shift(2)
		if gap := got.Sub(want); gap.Abs().GreaterThan(within) {
			t.Errorf("from %s to %s the members did %s, the index %s", p.from, p.to, got.StringFixed(4), want.StringFixed(4))
		}
	}
}

// Ranked by what companies are worth at the end, losers count as small, and
// the week's spread looks half as large again.
func TestRankingAtTheEndFlatters(t *testing.T) {
	s := read(t)
	quartile := s.quartiles(friday)
	spread := s.mean(quartile[3], week, friday).Sub(s.mean(quartile[0], week, friday))
	if spread.GreaterThan(decimal.RequireFromString("-3.4")) || spread.LessThan(decimal.RequireFromString("-4")) {
		t.Errorf("ranked at the end the spread is %s", spread.StringFixed(2))
	}
}

func TestCoverageOfTheLastDay(t *testing.T) {
	s := read(t)
	for index, want := range map[string][2]int{"RUT": {1960, 1902}, "RMICRO": {1500, 1442}} {
		members, valid := 0, 0
		for _, id := range s.members[index] {
			if _, gone := s.merged[id]; gone {
				continue
			}
			members++
			if _, ok := s.close[key{id, friday}]; ok {
				valid++
			}
		}
		if got := [2]int{members, valid}; got != want {
			t.Errorf("%s has %d members and closes of %d, want %d and %d", index, got[0], got[1], want[0], want[1])
		}
	}
	quartile := s.quartiles(week)
	for q, want := range [4]int{12, 13, 15, 18} {
		silent := 0
		for _, id := range quartile[q] {
			if _, ok := s.change(id, week, friday); !ok {
				silent++
			}
		}
		if silent != want {
			t.Errorf("Q%d has %d names without data, want %d", q+1, silent, want)
		}
	}
}

func TestEmbeddedFilesAreSmall(t *testing.T) {
	var total int64
	err := fs.WalkDir(sampledata.FS(), ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		total += info.Size()
		return err
	})
	if err != nil || total > 3<<20 {
		t.Errorf("%d bytes, %v", total, err)
	}
}
