package importer_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gyre/feed/importer"
	"gyre/feed/store"
)

// acted are actions in short.
func acted(actions []store.Action) []string {
	var all []string
	for _, a := range actions {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s kind %d %d:%d %s %s", a.ExDate, a.Symbol, a.Kind, a.New, a.Old, a.Amount.Decimal(), a.NewSymbol)))
	}
	return all
}

func TestActionsOfADataset(t *testing.T) {
	text := `id,ex_date,kind,ratio,amount,new_symbol
ABC,2025-03-28,split,1:10,,
BRK/B,2025-03-27,cash_merger,,21.50,
DEF,2025-03-28,delisting,,,
GHI,2025-03-28,special_dividend,,$2,
JKL,2025-03-28,spin_off,,3.25,
MNO,2025-03-28,rename,,,MNQ
ABC,2025-03-28,split,1:10,,
ABC,2025-03-29,split,1:10,,
ABC,2025-03-31,dividend,,0.25,
ABC,2025-03-31,split,10,,
ABC,2025-03-31,split,0:10,,
ABC,2025-03-31,split,5:5,,
ABC,2025-03-31,split,2000001:1,,
ABC,2025-03-31,cash_merger,,,
ABC,2025-03-31,rename,,,MNQ^A
ABC,31.3.2025,delisting,,,
ABC^A,2025-03-31,delisting,,,
`
	batch, report, err := importer.Actions(strings.NewReader(text), "actions.csv", importer.ActionMapping{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "actions", acted(batch.Actions), []string{
		"2025-03-27 BRK.B kind 2 0:0 21.5", "2025-03-28 ABC kind 1 1:10 0", "2025-03-28 DEF kind 3 0:0 0",
		"2025-03-28 GHI kind 4 0:0 2", "2025-03-28 JKL kind 5 0:0 3.25", "2025-03-28 MNO kind 6 0:0 0 MNQ",
	})
	same(t, "reasons", reasons(report), []string{
		"1 the same row stands above", "1 the exchange was closed on that day", "1 its kind is none that changes a price or a name",
		"3 it has no ratio new:old", "1 its ratio changes nothing", "1 it has no amount per share", "1 it has no new symbol of a stock",
		"1 the date is not a date", "1 the symbol is that of a preferred share",
	})
	if report.Read != 17 || report.Kept != 6 {
		t.Errorf("the report:\n%s", report)
	}
}

// Vendors give rates in two columns, and a dividend of shares as a split of a
// decimal rate: 21 shares for 20 are a rate of 1.05.
func TestActionsOfAVendor(t *testing.T) {
	text := `symbol,type,new_rate,old_rate,ex_date
ABC,forward_split,3,2,2025-03-28
DEF,reverse_splits,1,20,2025-03-28
GHI,forward_split,1.05,1,2025-03-28
JKL,reverse_split,20,1,2025-03-28
MNO,forward_split,1,20,2025-03-28
`
	batch, report, err := importer.Actions(strings.NewReader(text), "splits.csv", importer.ActionMapping{Kind: "type"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "actions", acted(batch.Actions), []string{
		"2025-03-28 ABC kind 1 3:2 0", "2025-03-28 DEF kind 1 1:20 0", "2025-03-28 GHI kind 1 21:20 0",
	})
	same(t, "reasons", reasons(report), []string{"2 its ratio runs against its kind: old and new may be exchanged"})
	batch, _, err = importer.Actions(strings.NewReader("Paper,Effective,To,From\nABC,2025-03-28,2,1\n"), "splits.csv",
		importer.ActionMapping{Symbol: "Paper", ExDate: "Effective", NewRate: "To", OldRate: "From"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "actions without kinds", acted(batch.Actions), []string{"2025-03-28 ABC kind 1 2:1 0"})
}

func TestActionsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		err  error
	}{
		"a web page":         {"<html>", importer.ErrWebPage},
		"closes":             {"Date,Symbol,Close\n2025-03-28,ABC,5\n", importer.ErrColumns},
		"no ratio, no kind":  {"symbol,ex_date\nABC,2025-03-28\n", importer.ErrColumns},
		"nothing to be used": {"symbol,ex_date,kind\nABC,2025-03-28,dividend\n", importer.ErrNoData},
	} {
		t.Run(name, func(t *testing.T) {
			batch, report, err := importer.Actions(strings.NewReader(c.text), "actions.csv", importer.ActionMapping{})
			if !errors.Is(err, c.err) || report == nil || len(batch.Actions) != 0 {
				t.Errorf("%d actions, the error %v", len(batch.Actions), err)
			}
		})
	}
}
