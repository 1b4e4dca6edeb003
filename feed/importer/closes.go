package importer

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"gyre/feed/store"
	"gyre/model/session"
)

// Closes reads daily closes, raw as they were printed. Where a column of market
// caps is mapped, it also finds the numbers of shares outstanding behind them
// and what the shares tell of the closes: splits and changes of symbols that
// no file of actions explains, each named in the report and marked as inferred.
//
// The error wraps ErrWebPage, ErrFormat, ErrColumns, ErrNoData or ErrTooLarge,
// and then the batch is empty. The report is never nil.
func Closes(r io.Reader, name string, m Mapping) (store.Batch, *Report, error) {
	report := NewReport(name)
	all, err := readPrices(r, report, m, stockName)
	if err == nil && report.Kept == 0 {
		err = fmt.Errorf("%w: none of its %d rows has a close that can be used", ErrNoData, report.Read)
	}
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	calendar := m.Calendar
	if calendar == nil {
		calendar = session.New()
	}
	batch := store.Batch{Source: report.File}
	var lives []life
	for _, s := range all {
		for i := range s.points {
			x := &s.points[i]
			batch.Closes = append(batch.Closes, store.Close{
				Date: x.date, Symbol: s.symbol, Open: x.open, High: x.high, Low: x.low, Close: x.closes, Volume: x.volume,
			})
		}
		counts := shareCounts(s.points)
		found := findSplits(s, counts, report)
		batch.Actions = append(batch.Actions, splitActions(s, found)...)
		batch.Shares = append(batch.Shares, shares(s, counts, found, calendar)...)
		lives = append(lives, lifeOf(s, counts))
	}
	batch.Actions = append(batch.Actions, findRenames(lives, calendar, report)...)
	slices.SortFunc(batch.Closes, func(a, b store.Close) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Symbol, b.Symbol))
	})
	slices.SortStableFunc(batch.Actions, func(a, b store.Action) int {
		return cmp.Or(cmp.Compare(a.ExDate, b.ExDate), cmp.Compare(a.Symbol, b.Symbol))
	})
	return batch, report, nil
}

// stockName is the canonical symbol of a line of closes; rows of other papers
// than stocks are left out where the symbol tells.
func stockName(text string) (symbol, reason string) {
	symbol, of := canonical(text)
	if of != paperStock {
		return "", "the symbol is that of " + of.String()
	}
	return symbol, ""
}

// Levels reads daily levels of indices. Symbols of vendors (^RUT, ^GSPC, I:SPX)
// become gyre's (RUT, SPX). Errors and report are as those of Closes.
func Levels(r io.Reader, name string, m Mapping) (store.Batch, *Report, error) {
	report := NewReport(name)
	all, err := readPrices(r, report, m, indexName)
	if err == nil && report.Kept == 0 {
		err = fmt.Errorf("%w: none of its %d rows has a level that can be used", ErrNoData, report.Read)
	}
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	batch := store.Batch{Source: report.File}
	for _, s := range all {
		for i := range s.points {
			x := &s.points[i]
			batch.Levels = append(batch.Levels, store.Level{
				Index: s.symbol, Date: x.date, Open: x.open, High: x.high, Low: x.low, Close: x.closes,
			})
		}
	}
	return batch, report, nil
}

// indexName is the name of an index as gyre has it.
func indexName(text string) (symbol, reason string) {
	symbol = indexOf(text)
	if !isLetters(symbol) {
		return "", "the symbol is not that of an index"
	}
	return symbol, ""
}
