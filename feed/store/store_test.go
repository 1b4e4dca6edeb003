package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"go.uber.org/goleak"

	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("GYRE_STORE_WRITER"); path != "" {
		os.Exit(writeUntilKilled(path))
	}
	goleak.VerifyTestMain(m)
}

// Tuesday 1 to Friday 4 April 2025.
func april(day int) session.Date { return session.NewDate(2025, time.April, day) }

func dollars(d int) num.Price { return num.Price(d) * num.PriceScale }

func opened(t *testing.T) *store.Store {
	t.Helper()
	return openedAt(t, filepath.Join(t.TempDir(), "data", "gyre.db"))
}

func openedAt(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t *testing.T, s *store.Store, b store.Batch) store.Result {
	t.Helper()
	result, err := s.Put(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func reference(t *testing.T, s *store.Store) *model.Reference {
	t.Helper()
	data, err := s.Dataset(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return data.Reference
}

// closes are closes of symbols on one day, a dollar and more each.
func closes(on session.Date, symbols ...string) []store.Close {
	var rows []store.Close
	for i, symbol := range symbols {
		rows = append(rows, store.Close{Date: on, Symbol: symbol, Close: dollars(10 * (i + 1)), Volume: 1000})
	}
	return rows
}

func list(asOf session.Date, symbols ...string) store.List {
	l := store.List{Index: "RUT", AsOf: asOf}
	for _, symbol := range symbols {
		l.Members = append(l.Members, store.Member{Symbol: symbol, Name: "Company " + symbol, Sector: "IND", Quantity: 100})
	}
	return l
}

// whole is a batch with a row of every kind.
func whole() store.Batch {
	known := april(1).At(16, 0)
	return store.Batch{
		Source:  "everything",
		Lists:   []store.List{list(april(1), "AAA", "BRK.B", "CCC")},
		Closes:  append(closes(april(1), "AAA", "BRK.B", "CCC"), closes(april(2), "AAA", "BRK.B")...),
		Levels:  []store.Level{{Index: "RUT", Date: april(1), Close: dollars(2000)}, {Index: "RUT", Date: april(2), Open: dollars(2001), High: dollars(2050), Low: dollars(1990), Close: dollars(2045)}},
		Shares:  []store.Shares{{Symbol: "AAA", KnownAt: known, Shares: 5_000_000}},
		Facts:   []store.Facts{{Symbol: "AAA", KnownAt: known, Debt: model.Amount{Dollars: 70, Known: true}, Cash: model.Amount{Known: true}}},
		Actions: []store.Action{{Symbol: "CCC", ExDate: april(2), Kind: model.ActionSplit, New: 1, Old: 20, Inferred: true}},
		Events: []model.Event{{
			At: april(2).At(8, 15), Title: "ADP employment", Country: "US", Importance: 2, Consensus: "120k", Actual: "155k",
			KnownAt: april(2).At(8, 15), Source: "a calendar",
		}},
		Rates: []model.RateQuote{{KnownAt: known, CutsPriced: "2", Year: 2025, Source: "a survey"}},
		EFFR:  []store.EFFR{{Date: april(4), Percent: decimal.RequireFromString("4.33")}}, // a Friday
	}
}

func TestWhatIsPutComesBack(t *testing.T) {
	s := opened(t)
	result := put(t, s, whole())
	if want := (store.Result{Rows: 3 + 5 + 2 + 1 + 1 + 1 + 1 + 1 + 1, Written: 16, Companies: 3}); result != want {
		t.Errorf("it counts %+v, want %+v", result, want)
	}
	ref := reference(t, s)
	if len(ref.Instruments) != 3 || len(ref.Members) != 3 || len(ref.Closes) != 2 || ref.Name != store.Name {
		t.Fatalf("%d instruments, %d members, %d sessions of %q", len(ref.Instruments), len(ref.Members), len(ref.Closes), ref.Name)
	}
	b := find(t, ref, "BRK.B")
	if got := ref.Instruments[b]; got.Name != "Company BRK.B" || got.Sector != "IND" || got.ShareClassOf != b {
		t.Errorf("BRK.B is %+v", got)
	}
	if got := ref.Closes[1]; got.Date != april(2) || got.Price[b] != dollars(20) || got.Volume[b] != 1000 || got.Price[find(t, ref, "CCC")] != 0 {
		t.Errorf("the second session is %+v", got)
	}
	if got := ref.Indices[0]; got.Name != "Russell 2000" || len(got.Days) != 2 || got.Days[1].High != dollars(2050) {
		t.Errorf("the index is %+v", got)
	}
	if got := ref.Shares[0]; got.ID != find(t, ref, "AAA") || got.Shares != 5_000_000 || !got.KnownAt.Equal(april(1).At(16, 0)) {
		t.Errorf("the shares are %+v", got)
	}
	facts := ref.Facts[0]
	if facts.Debt != (model.Amount{Dollars: 70, Known: true}) || facts.Cash != (model.Amount{Known: true}) || facts.Preferred.Known {
		t.Errorf("unknown is not zero, and zero not unknown: %+v", facts)
	}
	if got := ref.Actions[0]; got.ID != find(t, ref, "CCC") || got.Kind != model.ActionSplit || got.New != 1 || got.Old != 20 {
		t.Errorf("the action is %+v", got)
	}
	if got := ref.Events[0]; got.Title != "ADP employment" || got.Actual != "155k" || !got.At.Equal(april(2).At(8, 15)) || !got.Listed.IsZero() {
		t.Errorf("the event is %+v", got)
	}
	if got := ref.Rates[0]; got.CutsPriced != "2" || got.Source != "a survey" {
		t.Errorf("the rates are %+v", got)
	}
	if got := ref.Effective[0]; got.Percent.String() != "4.33" || !got.KnownAt.Equal(april(7).At(9, 0)) {
		t.Errorf("the effective rate is %+v, want it known on Monday at 09:00", got)
	}
}

func find(t *testing.T, ref *model.Reference, symbol string) model.ID {
	t.Helper()
	for id, in := range ref.Instruments {
		if in.Symbol == symbol {
			return model.ID(id)
		}
	}
	t.Fatalf("there is no %s among %+v", symbol, ref.Instruments)
	return 0
}

func TestTheSameAgainChangesNothing(t *testing.T) {
	s := opened(t)
	put(t, s, whole())
	if got := put(t, s, whole()); got.Written != 0 || got.Companies != 0 || got.Rows != 16 {
		t.Errorf("it counts %+v", got)
	}
}

func TestWhatALaterFileLeavesOutStays(t *testing.T) {
	s := opened(t)
	b := whole()
	b.Closes[0].High = dollars(11)
	put(t, s, b)
	later := store.Batch{
		Source: "later",
		Closes: []store.Close{{Date: april(1), Symbol: "AAA", Close: dollars(9)}},
		Facts:  []store.Facts{{Symbol: "AAA", KnownAt: april(1).At(16, 0), Debt: model.Amount{Dollars: 80, Known: true}}},
		Actions: []store.Action{
			{Symbol: "CCC", ExDate: april(2), Kind: model.ActionSplit, New: 1, Old: 25}, // told by somebody
		},
		Events: []model.Event{{At: april(2).At(8, 15), Title: "ADP employment", Country: "US", Importance: 2, Previous: "77k", Source: "another"}},
	}
	if got := put(t, s, later); got.Written != 4 {
		t.Errorf("it counts %+v", got)
	}
	ref := reference(t, s)
	if got := ref.Closes[0]; got.Price[find(t, ref, "AAA")] != dollars(9) || got.Volume[find(t, ref, "AAA")] != 1000 {
		t.Errorf("the close is %+v", got)
	}
	if got := ref.Facts[0]; got.Debt.Dollars != 80 || !got.Cash.Known {
		t.Errorf("the facts are %+v", got)
	}
	if got := ref.Actions[0]; got.Old != 25 {
		t.Errorf("what is told does not replace what is inferred: %+v", got)
	}
	if got := ref.Events[0]; got.Actual != "155k" || got.Previous != "77k" {
		t.Errorf("the event is %+v", got)
	}
	later.Actions[0].Old, later.Actions[0].Inferred = 30, true
	put(t, s, later)
	if got := reference(t, s).Actions[0]; got.Old != 25 {
		t.Errorf("what is inferred replaces what was told: %+v", got)
	}
}

func TestListsBecomeStays(t *testing.T) {
	s := opened(t)
	first, second := list(april(2), "AAA", "BBB"), list(april(3), "AAA", "CCC")
	b := store.Batch{
		Source: "lists", Lists: []store.List{second, first, list(april(4), "AAA", "CCC")},
		Closes: closes(april(1), "AAA", "BBB", "CCC"),
	}
	put(t, s, b)
	ref := reference(t, s)
	var stays []string
	for _, m := range ref.Members {
		to := "open"
		if m.To != 0 {
			to = m.To.String()
		}
		stays = append(stays, ref.Instruments[m.ID].Symbol+" "+m.From.String()+" "+to)
	}
	// The first list holds before its day too, and one that says the same changes nothing.
	want := "AAA 2025-04-01 open, BBB 2025-04-01 2025-04-03, CCC 2025-04-03 open"
	if got := strings.Join(sorted(stays), ", "); got != want {
		t.Errorf("the stays are\n%s, want\n%s", got, want)
	}
	data, err := s.Dataset(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if data.ProblemCount != 1 || !strings.Contains(data.Problems[0].Message, "before 2025-04-02 are those of that day") {
		t.Errorf("it says %v", data.Problems)
	}
}

func TestAListOfTheSameDayReplacesTheEarlierOne(t *testing.T) {
	s := opened(t)
	put(t, s, store.Batch{Source: "a", Lists: []store.List{list(april(1), "AAA", "BBB")}, Closes: closes(april(1), "AAA", "BBB")})
	put(t, s, store.Batch{Source: "b", Lists: []store.List{list(april(1), "AAA")}})
	if got := reference(t, s).Members; len(got) != 1 {
		t.Errorf("the members are %+v", got)
	}
}

func TestAHoldingBeforeASplitIsInTheSharesOfThatDay(t *testing.T) {
	s := opened(t)
	put(t, s, store.Batch{
		Source: "split", Lists: []store.List{list(april(3), "AAA", "BBB")}, Closes: closes(april(1), "AAA", "BBB"),
		Actions: []store.Action{
			{Symbol: "AAA", ExDate: april(2), Kind: model.ActionSplit, New: 1, Old: 20},
			{Symbol: "BBB", ExDate: april(4), Kind: model.ActionSplit, New: 2, Old: 1}, // after the list
		},
	})
	ref := reference(t, s)
	for _, m := range ref.Members {
		want := map[string]map[session.Date]int64{
			"AAA": {april(1): 2000, april(3): 100},
			"BBB": {april(1): 100},
		}[ref.Instruments[m.ID].Symbol][m.From]
		if m.Quantity != want {
			t.Errorf("%s has %d from %s on, want %d", ref.Instruments[m.ID].Symbol, m.Quantity, m.From, want)
		}
	}
}

func TestSymbols(t *testing.T) {
	rename := store.Action{Symbol: "OLD", NewSymbol: "NEW", ExDate: april(3), Kind: model.ActionRename}
	cases := map[string]struct {
		batches []store.Batch
		closes  map[session.Date]num.Price // of the one company
	}{
		"a change of symbols is one company": {
			[]store.Batch{{Closes: append(closes(april(2), "OLD"), closes(april(3), "NEW")...), Actions: []store.Action{rename}}},
			map[session.Date]num.Price{april(2): dollars(10), april(3): dollars(10)},
		},
		"though nobody said so at first": {
			[]store.Batch{{Closes: append(closes(april(2), "OLD"), closes(april(3), "NEW")...)}, {Actions: []store.Action{rename}}},
			map[session.Date]num.Price{april(2): dollars(10), april(3): dollars(10)},
		},
		"a past told under the present symbol": {
			[]store.Batch{{Closes: closes(april(3), "NEW"), Actions: []store.Action{rename}}, {Closes: closes(april(1), "NEW")}},
			map[session.Date]num.Price{april(1): dollars(10), april(3): dollars(10)},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := opened(t)
			for _, b := range c.batches {
				b.Source = name
				put(t, s, b)
			}
			put(t, s, store.Batch{Source: "list", Lists: []store.List{list(april(4), "NEW")}})
			ref := reference(t, s)
			if len(ref.Instruments) != 1 || ref.Instruments[0].Symbol != "OLD" && ref.Instruments[0].Symbol != "NEW" {
				t.Fatalf("the instruments are %+v", ref.Instruments)
			}
			if len(ref.Closes) != len(c.closes) {
				t.Fatalf("%d sessions", len(ref.Closes))
			}
			for _, column := range ref.Closes {
				if column.Price[0] != c.closes[column.Date] {
					t.Errorf("the close of %s is %v", column.Date, column.Price[0])
				}
			}
			if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
				t.Errorf("check finds %v, %v", problems, err)
			}
		})
	}
}

func TestASymbolThatAnotherCompanyTakesOver(t *testing.T) {
	s := opened(t)
	put(t, s, store.Batch{
		Source: "x", Closes: append(closes(april(1), "OLD"), closes(april(4), "NEW", "OLD")...),
		Actions: []store.Action{{Symbol: "OLD", NewSymbol: "NEW", ExDate: april(3), Kind: model.ActionRename}},
		Lists:   []store.List{list(april(4), "OLD", "NEW")},
	})
	ref := reference(t, s)
	if len(ref.Instruments) != 2 {
		t.Fatalf("the instruments are %+v", ref.Instruments)
	}
	if first := ref.Closes[0].Price; first[0] != dollars(10) || first[1] != 0 {
		t.Errorf("the first session is %v", first)
	}
}

func TestShareClasses(t *testing.T) {
	s := opened(t)
	l := list(april(1), "BRK.A", "BRK.B")
	l.Members[1].Company = "BRK.A"
	put(t, s, store.Batch{Source: "x", Lists: []store.List{l}, Closes: closes(april(1), "BRK.A", "BRK.B")})
	ref := reference(t, s)
	if a, b := find(t, ref, "BRK.A"), find(t, ref, "BRK.B"); ref.Instruments[b].ShareClassOf != a || ref.Instruments[a].ShareClassOf != a {
		t.Errorf("the instruments are %+v", ref.Instruments)
	}
}

func TestABatchGoesInWholeOrNotAtAll(t *testing.T) {
	s := opened(t)
	b := whole()
	b.Closes = append(b.Closes, store.Close{Date: april(3), Close: dollars(1)}) // of nobody
	if _, err := s.Put(t.Context(), b); err == nil || !strings.Contains(err.Error(), "nothing of everything was taken into the store: a row has no symbol") {
		t.Fatalf("it says %v", err)
	}
	if _, err := s.Dataset(t.Context()); err == nil || !strings.Contains(err.Error(), "gyre import") {
		t.Errorf("an empty store says %v", err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := s.Put(ended, whole()); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end it says %v", err)
	}
}

func TestFilesThatAreNoStore(t *testing.T) {
	cases := map[string]struct {
		prepare func(t *testing.T, path string)
		want    string
	}{
		"a text": {func(t *testing.T, path string) {
			t.Helper()
			write(t, path, strings.Repeat("date,close\n", 200))
		}, "not a gyre store"},
		"cut off": {func(t *testing.T, path string) {
			t.Helper()
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			put(t, s, whole())
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, 9000); err != nil {
				t.Fatal(err)
			}
		}, "damaged"},
		"another program's": {func(t *testing.T, path string) {
			t.Helper()
			execute(t, path, "CREATE TABLE t (x)")
		}, "not a gyre store"},
		"a newer one": {func(t *testing.T, path string) {
			t.Helper()
			openedAt(t, path)
			execute(t, path, "PRAGMA user_version = 9")
		}, "newer gyre"},
		"a version that is none": {func(t *testing.T, path string) {
			t.Helper()
			openedAt(t, path)
			execute(t, path, "PRAGMA user_version = -1")
		}, "not a gyre store"},
		"a folder": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "is a folder, not a store"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "gyre.db")
			c.prepare(t, path)
			s, err := store.Open(t.Context(), path)
			if err == nil {
				_, err = s.Dataset(t.Context())
				_ = s.Close()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "\n") {
				t.Errorf("it says %v, want %q", err, c.want)
			}
		})
	}
	if _, err := store.OpenExisting(t.Context(), filepath.Join(t.TempDir(), "none.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("where there is none it says %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestCheckFindsWhatContradicts(t *testing.T) {
	for statement, want := range map[string]string{
		"UPDATE closes SET close = 0":                                                                   "a close is not positive: AAA",
		"UPDATE closes SET date = date + 2":                                                             "no session", // Friday becomes Sunday
		"INSERT INTO symbols (instrument, symbol, first) VALUES (1, 'AAA', 20000)":                      "two companies'",
		"UPDATE instruments SET company = 1 WHERE id = 1":                                               "not a primary line",
		"DELETE FROM list_members":                                                                      "a list is empty: RUT",
		"INSERT INTO shares (instrument, known_at, shares) VALUES (1, 0, -5)":                           "a share count is not positive",
		"PRAGMA foreign_keys = OFF; INSERT INTO closes (date, instrument, close) VALUES (20000, 99, 1)": "names something that is not there",
	} {
		t.Run(statement, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "gyre.db")
			s := openedAt(t, path)
			put(t, s, store.Batch{Source: "x", Lists: []store.List{list(april(4), "AAA")}, Closes: closes(april(4), "AAA")})
			if sentences, err := s.Check(t.Context()); err != nil || len(sentences) > 0 {
				t.Fatalf("before it says %v, %v", sentences, err)
			}
			execute(t, path, statement)
			sentences, err := s.Check(t.Context())
			if err != nil || !strings.Contains(strings.Join(sentences, "\n"), want) {
				t.Errorf("it says %v, %v, want %q", sentences, err, want)
			}
		})
	}
}

func TestInfoAndLookups(t *testing.T) {
	s := opened(t)
	put(t, s, whole())
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.Bytes == 0 || len(info.Lists) != 1 || info.Lists[0] != (store.Listed{Index: "RUT", AsOf: april(1), Members: 3}) {
		t.Errorf("it tells %+v", info)
	}
	for _, table := range info.Tables {
		if want := (store.Table{Name: "closes", Rows: 5, First: april(1), Last: april(2)}); table.Name == "closes" && table != want {
			t.Errorf("it tells %+v, want %+v", table, want)
		}
	}
	prices, err := s.Closes(t.Context(), april(2))
	if err != nil || prices["AAA"] != dollars(10) || prices["CCC"] != 0 || len(prices) != 3 {
		t.Errorf("the closes are %v, %v", prices, err)
	}
	symbols, err := s.Symbols(t.Context())
	if err != nil || strings.Join(symbols, " ") != "AAA BRK.B CCC" {
		t.Errorf("the symbols are %v, %v", symbols, err)
	}
	if before, after, err := s.Vacuum(t.Context()); err != nil || after == 0 || before == 0 {
		t.Errorf("vacuum gives %d, %d, %v", before, after, err)
	}
}
