package sync

import (
	"context"
	"fmt"
	"io"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model/num"
	"gyre/model/session"
)

// fund is an exchange-traded fund that holds the members of an index.
type fund struct{ symbol, path string }

// indices are those of which a list is published.
func indices() []string { return []string{"RUT", "RMICRO", "SPX"} }

// fundOf is the fund that follows an index.
func fundOf(index string) (fund, bool) {
	switch index {
	case "RUT":
		return fund{"IWM", "239710/ishares-russell-2000-etf"}, true
	case "RMICRO":
		return fund{"IWC", "239716/ishares-microcap-etf"}, true
	case "SPX":
		return fund{"IVV", "239726/ishares-core-sp-500-etf"}, true
	default:
		return fund{}, false
	}
}

// holdings plans a list for each index.
func (p *planner) holdings(ctx context.Context) error {
	for _, index := range p.Indices {
		f, _ := fundOf(index)
		q := question{
			what: "holdings " + index, name: f.symbol + " latest-holdings.csv", client: p.desk.ishares,
			path: "/us/products/" + f.path + "/latest-holdings.csv",
		}
		q.read = func(ctx context.Context, text io.ReadSeeker) (store.Batch, *importer.Report, error) {
			return p.readHoldings(ctx, index, q.name, text)
		}
		if err := p.daily(ctx, Holdings, fmt.Sprintf("the members of %s, by the fund %s", index, f.symbol), p.Hosts.IShares, &q); err != nil {
			return err
		}
	}
	return nil
}

// readHoldings reads a list twice: only then is its day known, and with it the
// closes that tell wrong symbols.
func (p *planner) readHoldings(ctx context.Context, index, name string, text io.ReadSeeker) (store.Batch, *importer.Report, error) {
	options := importer.Options{Index: index}
	batch, report, err := importer.Holdings(text, name, options)
	if err != nil {
		return batch, report, err
	}
	options.Known, err = p.known(ctx, batch.Lists[0].AsOf)
	if err != nil || options.Known == nil {
		return batch, report, err
	}
	if _, err := text.Seek(0, io.SeekStart); err != nil {
		return store.Batch{}, report, err
	}
	return importer.Holdings(text, name, options)
}

// recent is how many sessions back a symbol with a close is one that trades.
const recent = 5

// known tells which symbols had a close in the sessions up to a day, and the
// close of that day itself; nil where there are no closes at all.
func (p *planner) known(ctx context.Context, on session.Date) (func(symbol string) (num.Price, bool), error) {
	last, ok := p.Calendar.OnOrBefore(on)
	if !ok {
		return nil, nil //nolint:nilnil // without closes there is no such function
	}
	prices := map[string]num.Price{}
	for i := range recent {
		day, ok := p.Calendar.Offset(last.Date, -i)
		if !ok {
			break
		}
		closes, err := p.store.Closes(ctx, day.Date)
		if err != nil {
			return nil, err
		}
		for symbol, price := range closes {
			if _, there := prices[symbol]; price > 0 && !there {
				if day.Date != on {
					price = 0
				}
				prices[symbol] = price
			}
		}
	}
	if len(prices) == 0 {
		return nil, nil //nolint:nilnil // likewise
	}
	return func(symbol string) (num.Price, bool) {
		price, ok := prices[symbol]
		return price, ok
	}, nil
}
