//go:build realdata

package importer_test

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/importer"
	"gyre/feed/replay"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// The same imports seen through the model: the reconcile line of every Friday
// is within five basis points, and the size quartiles, breadth and coverage are
// there.
func TestRealIndexThroughTheModel(t *testing.T) {
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
	source, _ := replay.New(&dataset.Dataset{Reference: reference(lists.Lists[0], closes, levels)}, replay.Options{})
	for _, friday := range []session.Date{
		on(2025, time.April, 17), on(2025, time.April, 25), on(2025, time.May, 2), on(2025, time.May, 9), on(2025, time.May, 16),
	} {
		snap := hub.At(source.StateAt(friday.At(16, 30)), model.Query{})
		recon := snap.Size.Recon[session.Week]
		t.Logf("%s: implied %s %%, printed %s %%, gap %s pp; valid %d of %d", snap.AsOf.Format(time.DateOnly),
			recon.Implied, recon.Printed, recon.Gap, snap.Universes[0].Valid, snap.Universes[0].Members)
		if !recon.Gap.Known() || math.Abs(recon.Gap.Float()) > 0.05 {
			t.Errorf("the gap of the week ending %s is %s pp, want at most 0.050", friday, recon.Gap)
		}
		if len(snap.Size.Buckets) != 4 {
			t.Fatalf("%d size buckets", len(snap.Size.Buckets))
		}
		for _, b := range snap.Size.Buckets {
			g := b.Groups[session.Week]
			t.Logf("  %s: n %d, mean %s %%, median %s %%, advancing %s %%", b.ID, g.N, g.Return[model.Mean], g.Return[model.Median], g.Advancing)
			if g.N < 450 || !g.Return[model.Mean].Known() || !g.Advancing.Known() {
				t.Errorf("%s of the week ending %s has %d names and the mean %s", b.ID, friday, g.N, g.Return[model.Mean])
			}
			// One split of 1 for 30 taken for a return moves the mean of a quartile by six points.
			if gap := g.Return[model.Mean].Float() - g.Return[model.Median].Float(); math.Abs(gap) > 4 {
				t.Errorf("the mean of %s of the week ending %s is %.2f points from its median", b.ID, friday, gap)
			}
		}
	}
}

// reference is the imports as a store would hand them over: a list holds for
// the days before it too, its quantities in the shares of those days, and a
// name that changed its symbol is one instrument.
func reference(list store.List, closes, levels store.Batch) *model.Reference {
	ref := &model.Reference{Name: "real", Calendar: session.New()}
	ids := map[string]model.ID{}
	add := func(symbol, name, sector string) model.ID {
		id := model.ID(len(ref.Instruments))
		ids[symbol] = id
		ref.Instruments = append(ref.Instruments, model.Instrument{Key: symbol, Symbol: symbol, Name: name, Sector: sector, ShareClassOf: id})
		return id
	}
	first := closes.Closes[0].Date
	h := newHeld(list, closes)
	for _, m := range list.Members {
		id := add(m.Symbol, m.Name, m.Sector)
		ref.Members = append(ref.Members, model.Membership{Index: list.Index, ID: id, From: first, Quantity: int64(math.Round(h.shares(m, first)))})
	}
	for _, m := range list.Members {
		if m.Company != "" {
			ref.Instruments[ids[m.Symbol]].ShareClassOf = ids[m.Company]
		}
	}
	for _, a := range closes.Actions {
		id, ok := ids[cmp.Or(a.NewSymbol, a.Symbol)]
		if !ok {
			continue
		}
		ref.Actions = append(ref.Actions, model.Action{ID: id, ExDate: a.ExDate, Kind: a.Kind, New: a.New, Old: a.Old, Symbol: a.NewSymbol})
		if a.Kind == model.ActionRename {
			ref.Instruments[id].Symbol = a.Symbol
			ids[a.Symbol] = id
		}
	}
	for _, s := range closes.Shares {
		if id, ok := ids[s.Symbol]; ok {
			ref.Shares = append(ref.Shares, model.ShareCount{ID: id, KnownAt: s.KnownAt, Shares: s.Shares})
		}
	}
	slices.SortStableFunc(ref.Shares, func(a, b model.ShareCount) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.KnownAt.Compare(b.KnownAt))
	})
	for _, c := range closes.Closes {
		if len(ref.Closes) == 0 || ref.Closes[len(ref.Closes)-1].Date != c.Date {
			ref.Closes = append(ref.Closes, model.CloseColumn{
				Date: c.Date, Price: make([]num.Price, len(ref.Instruments)), Volume: make([]int64, len(ref.Instruments)),
			})
		}
		if id, ok := ids[c.Symbol]; ok {
			column := &ref.Closes[len(ref.Closes)-1]
			column.Price[id], column.Volume[id] = c.Close, c.Volume
		}
	}
	series := model.IndexSeries{Symbol: "RUT", Name: "Russell 2000"}
	for _, l := range levels.Levels {
		series.Days = append(series.Days, model.IndexDay{Date: l.Date, Close: l.Close})
	}
	ref.Indices = []model.IndexSeries{series}
	return ref
}
