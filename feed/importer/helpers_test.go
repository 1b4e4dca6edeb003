package importer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model/num"
	"gyre/model/session"
)

// day reads a date that the test's author wrote.
func day(tb testing.TB, text string) session.Date {
	tb.Helper()
	d, err := session.ParseDate(text)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// dollars reads a price that the test's author wrote.
func dollars(tb testing.TB, text string) num.Price {
	tb.Helper()
	p, err := num.ParsePrice(text)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// fixture is a file of testdata.
func fixture(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// anyCount says that a list may have any number of stocks.
func anyCount() importer.CountBand { return importer.CountBand{Low: 1, High: 1_000_000} }

// list reads a list that must be good.
func list(tb testing.TB, text string, opts importer.Options) (store.List, *importer.Report) {
	tb.Helper()
	if opts.CountBand == (importer.CountBand{}) {
		opts.CountBand = anyCount()
	}
	batch, report, err := importer.Holdings(strings.NewReader(text), "list.csv", opts)
	if err != nil {
		tb.Fatal(err)
	}
	if len(batch.Lists) != 1 || batch.Source != "list.csv" {
		tb.Fatalf("%d lists from %q, want one from list.csv", len(batch.Lists), batch.Source)
	}
	return batch.Lists[0], report
}

// closes reads a file of closes that must be good.
func closes(tb testing.TB, text string, m importer.Mapping) (store.Batch, *importer.Report) {
	tb.Helper()
	batch, report, err := importer.Closes(strings.NewReader(text), "closes.csv", m)
	if err != nil {
		tb.Fatal(err)
	}
	return batch, report
}

// symbols are the members of a list in short.
func symbols(l store.List) []string {
	var all []string
	for _, m := range l.Members {
		all = append(all, m.Symbol)
	}
	return all
}

// printed are closes in short: "2025-03-28 ABC 12.5".
func printed(batch store.Batch) []string {
	var all []string
	for _, c := range batch.Closes {
		all = append(all, fmt.Sprintf("%s %s %s", c.Date, c.Symbol, c.Close.Decimal()))
	}
	return all
}

// reasons are what a report left out, in short: "3 it has no ticker".
func reasons(r *importer.Report) []string {
	var all []string
	for _, o := range r.Omissions {
		all = append(all, fmt.Sprintf("%d %s", o.Count, o.Reason))
	}
	return all
}

// mentions tells whether one of the findings has all of the words.
func mentions(found []importer.Finding, line int, words ...string) bool {
	return slices.ContainsFunc(found, func(f importer.Finding) bool {
		return f.Line == line && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(f.Text, w) })
	})
}
