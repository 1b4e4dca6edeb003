package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"gyre/feed/store"
	"gyre/model/session"
)

func TestWhatWasAskedIsRemembered(t *testing.T) {
	s := opened(t)
	if at, err := s.Asked(t.Context(), "holdings RUT"); err != nil || !at.IsZero() {
		t.Errorf("before it was asked it is %v, %v", at, err)
	}
	first, second := april(1).At(18, 0), april(2).At(18, 0)
	for _, at := range []time.Time{first, second} {
		if err := s.Ask(t.Context(), "holdings RUT", at); err != nil {
			t.Fatal(err)
		}
	}
	if at, err := s.Asked(t.Context(), "holdings RUT"); err != nil || !at.Equal(second) {
		t.Errorf("it is %v, %v; want the last time, %v", at, err, second)
	}
	if at, err := s.Asked(t.Context(), "holdings SPX"); err != nil || !at.IsZero() {
		t.Errorf("another question has %v, %v", at, err)
	}
}

func TestTheFundsRateOfADay(t *testing.T) {
	s := opened(t)
	percent := func(text string) decimal.Decimal { return decimal.RequireFromString(text) }
	put(t, s, store.Batch{EFFR: []store.EFFR{{Date: april(1), Percent: percent("4.33")}, {Date: april(3), Percent: percent("4.08")}}})
	if again := put(t, s, store.Batch{EFFR: []store.EFFR{{Date: april(1), Percent: percent("4.33")}}}); again.Written != 0 {
		t.Errorf("the same rate again writes %d rows", again.Written)
	}
	for name, c := range map[string]struct {
		on, of session.Date
		want   string
	}{
		"before the first":  {april(1) - 1, 0, "0"},
		"of the day":        {april(1), april(1), "4.33"},
		"of the day before": {april(2), april(1), "4.33"},
		"the newest":        {april(30), april(3), "4.08"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := s.EFFR(t.Context(), c.on); err != nil || got.Date != c.of || got.Percent.String() != c.want {
				t.Errorf("it is %s %s, %v; want %s %s", got.Date, got.Percent, err, c.of, c.want)
			}
		})
	}
}

// TestAStoreOfTheFirstVersion is one that was made before there were questions.
func TestAStoreOfTheFirstVersion(t *testing.T) {
	schema, err := os.ReadFile(filepath.Join("schema", "1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gyre.db")
	write(t, path, "")
	execute(t, path, string(schema))
	execute(t, path, "PRAGMA user_version = 1; PRAGMA application_id = 0x67797265; INSERT INTO lists VALUES ('RUT', 20179)")
	s := openedAt(t, path)
	if err := s.Ask(t.Context(), "effr", april(1).At(9, 0)); err != nil {
		t.Errorf("it cannot be asked: %v", err)
	}
	if found, err := s.Check(t.Context()); err != nil || len(found) != 1 {
		t.Errorf("its list is lost: %q, %v", found, err)
	}
}
