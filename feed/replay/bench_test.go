package replay_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/replay"
	"gyre/model"
	sampledata "gyre/sample-data"
)

// BenchmarkSeek seeks the end of the sample, the moment before which most has
// happened in its session, and lets a Market take everything in.
func BenchmarkSeek(b *testing.B) {
	source, _ := replay.New(sample(b), replay.Options{})
	end := time.Date(2025, 3, 28, 16, 0, 0, 0, time.FixedZone("EDT", -4*60*60))
	b.ReportAllocs()
	for b.Loop() {
		market := model.NewMarket()
		for batch := range source.StateAt(end) {
			apply(market, batch)
		}
		if !market.Now().Equal(end) {
			b.Fatalf("the market is at %s", market.Now())
		}
	}
}

// BenchmarkSeekRunning does the same with a replay that runs beside the Market,
// as in the dashboard, and stays within the session.
func BenchmarkSeekRunning(b *testing.B) {
	end := time.Date(2025, 3, 28, 16, 0, 0, 0, time.FixedZone("EDT", -4*60*60))
	source, control := replay.New(sample(b), replay.Options{At: end, Paused: true})
	ctx, stop := context.WithCancel(b.Context())
	out, ended := make(chan []model.Update), make(chan error, 1)
	go func() { ended <- source.Run(ctx, out) }()
	market := model.NewMarket()
	arrive := func() {
		for {
			batch := <-out
			apply(market, batch)
			if last := batch[len(batch)-1]; last.Kind == model.KindHeartbeat && last.At.Equal(end) {
				return
			}
		}
	}
	arrive()
	b.ReportAllocs()
	for b.Loop() {
		control.Seek(end)
		arrive()
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		b.Error(err)
	}
}

// BenchmarkSeekAndShow takes a snapshot in addition.
func BenchmarkSeekAndShow(b *testing.B) {
	source, _ := replay.New(sample(b), replay.Options{})
	end := time.Date(2025, 3, 28, 16, 0, 0, 0, time.FixedZone("EDT", -4*60*60))
	b.ReportAllocs()
	for b.Loop() {
		if s := hub.At(source.StateAt(end), model.Query{}); !s.AsOf.Equal(end) {
			b.Fatalf("the snapshot is of %s", s.AsOf)
		}
	}
}

// BenchmarkTell makes the updates of the sample's last session, and drops them.
func BenchmarkTell(b *testing.B) {
	source, _ := replay.New(sample(b), replay.Options{})
	end := time.Date(2025, 3, 28, 16, 0, 0, 0, time.FixedZone("EDT", -4*60*60))
	updates := 0
	b.ReportAllocs()
	for b.Loop() {
		updates = 0
		for batch := range source.StateAt(end) {
			updates += len(batch)
		}
	}
	b.ReportMetric(float64(updates), "updates")
}

// sample is the embedded dataset.
func sample(tb testing.TB) *dataset.Dataset {
	tb.Helper()
	ds, err := dataset.Load(tb.Context(), sampledata.FS(), "sample")
	if err != nil {
		tb.Fatal(err)
	}
	if ds.ProblemCount > 0 {
		tb.Fatalf("the sample has problems: %v", ds.Problems)
	}
	return ds
}
