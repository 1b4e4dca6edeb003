package ndjson

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"gyre/feed"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// noon is when the tests take place: on a Friday, in the session.
func noon() time.Time { return time.Date(2025, 3, 28, 12, 0, 0, 0, session.Zone()) }

// ts is a moment so long after noon, as it is written.
func ts(after time.Duration) string { return strconv.FormatInt(noon().Add(after).UnixNano(), 10) }

// market is a reference of three names and an index.
func market() *model.Reference {
	const unit = num.PriceScale
	thursday := session.NewDate(2025, 3, 27)
	ref := &model.Reference{
		Name: "test", Calendar: session.New(),
		Indices: []model.IndexSeries{{Symbol: "RUT", Name: "Russell 2000"}},
		Closes:  []model.CloseColumn{{Date: thursday, Price: []num.Price{10 * unit, 20 * unit, 30 * unit}, Volume: []int64{1, 1, 1}}},
		Facts:   []model.Facts{{ID: 1, KnownAt: noon().AddDate(0, -1, 0), Debt: model.Amount{Dollars: 700, Known: true}}},
		Events:  []model.Event{{At: noon().Add(time.Hour), Title: "PCE", Importance: 3, Consensus: "0.3", KnownAt: noon().Add(time.Hour)}},
	}
	for i, symbol := range []string{"AAA", "BBB", "BRK.B"} {
		ref.Instruments = append(ref.Instruments, model.Instrument{Key: symbol, Symbol: symbol, ShareClassOf: model.ID(i)})
		ref.Members = append(ref.Members, model.Membership{Index: "RUT", ID: model.ID(i)})
	}
	return ref
}

// options are those of a feed that takes place a minute after noon.
func options() Options {
	return Options{Reference: market(), Now: func() time.Time { return noon().Add(time.Minute) }}
}

// newSource is the source of an address.
func newSource(t *testing.T, address string, opts Options) feed.Source {
	t.Helper()
	source, err := NewSource(address, opts)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// input is a file that gives the text and then ends, or stays open.
func input(t *testing.T, text string, open bool) *os.File {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		_, _ = writer.WriteString(text) // the test may end before
		if !open {
			_ = writer.Close()
		}
	}()
	t.Cleanup(func() {
		_ = reader.Close()
		<-written
		_ = writer.Close()
	})
	return reader
}

// updates are all updates of a source until its end.
func updates(t *testing.T, source feed.Source) (all []model.Update, end error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	out, ended := make(chan []model.Update), make(chan error, 1)
	go func() { ended <- source.Run(ctx, out) }()
	for {
		select {
		case batch := <-out:
			all = append(all, batch...)
		case end = <-ended:
			return all, end
		}
	}
}

// told is what a source of these lines tells until they end.
func told(t *testing.T, opts Options, lines ...string) []model.Update {
	t.Helper()
	opts.Input = input(t, strings.Join(lines, "\n"), false)
	all, _ := updates(t, newSource(t, "ndjson:-", opts))
	return all
}
