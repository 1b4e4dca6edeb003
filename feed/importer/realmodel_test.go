//go:build realdata

package importer_test

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"gyre/feed/hub"
	"gyre/feed/importer"
	"gyre/feed/replay"
	"gyre/feed/store"
	"gyre/model"
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
	kept, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "gyre.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kept.Close() }()
	for _, batch := range []store.Batch{closes, levels, lists} {
		if _, err := kept.Put(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	data, err := kept.Dataset(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	source, _ := replay.New(data, replay.Options{From: on(2025, time.April, 17).At(9, 30)})
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
