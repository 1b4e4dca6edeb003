package sync

import (
	"context"
	"fmt"
	"time"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model/session"
)

// askHistory is how long a symbol of which the vendor has no closes is let be.
const askHistory = 30 * 24 * time.Hour

// newcomers plans the past of members that joined a list after the closes of
// the store were asked for. Massive has told everybody's.
func (p *planner) newcomers(ctx context.Context, last session.Date) error {
	if p.Vendor != Alpaca {
		return nil
	}
	symbols, err := p.without(ctx, last)
	if err != nil || len(symbols) == 0 {
		return err
	}
	first := p.Calendar.Range(1, last)
	first = first[max(0, len(first)-p.Sessions):]
	if len(first) == 0 {
		return nil
	}
	from := first[0].Date
	// A page holds 500 symbols for 20 sessions.
	pages := (len(symbols)*len(first) + symbolsAtOnce*spanLength - 1) / (symbolsAtOnce * spanLength)
	p.add(Step{
		Kind: Closes, What: fmt.Sprintf("the past of %d new members, %s to %s", len(symbols), from, last),
		Host: hostOf(p.Hosts.Alpaca), Requests: pages, About: true, Every: p.Every,
		run: func(ctx context.Context, b *bringing) error {
			b.total(1)
			report := importer.NewReport("alpaca daily closes of new members")
			b.result.Report = report
			closes, err := p.history(ctx, b, symbols, from, last)
			if err != nil {
				return err
			}
			report.Read, report.Kept = len(closes), len(closes)
			if err := b.put(ctx, p.store, store.Batch{Source: report.File, Closes: closes}); err != nil {
				return err
			}
			for _, symbol := range symbols {
				if err := p.store.Ask(ctx, historyOf(symbol), p.Now()); err != nil {
					return err
				}
			}
			b.done()
			return nil
		},
	})
	return nil
}

// historyOf is the question for a symbol's past.
func historyOf(symbol string) string { return "history " + symbol }

// without are the members that have no close on a day, and whose past was not
// asked for lately.
func (p *planner) without(ctx context.Context, on session.Date) ([]string, error) {
	members, err := p.store.Symbols(ctx)
	if err != nil {
		return nil, err
	}
	closes, err := p.store.Closes(ctx, on)
	if err != nil {
		return nil, err
	}
	var symbols []string
	for _, symbol := range members {
		if closes[symbol] > 0 {
			continue
		}
		asked, err := p.store.Asked(ctx, historyOf(symbol))
		if err != nil {
			return nil, err
		}
		if asked.IsZero() || p.now.Sub(asked) >= askHistory {
			symbols = append(symbols, symbol)
		}
	}
	return symbols, nil
}
