package hub_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/alert"
	sampledata "gyre/sample-data"
)

// BenchmarkJump is a jump to Friday's close as a viewer waits for it, and the
// time until the alerts are there too.
func BenchmarkJump(b *testing.B) {
	data, err := dataset.Load(b.Context(), sampledata.FS(), "sample")
	if err != nil {
		b.Fatal(err)
	}
	source, control := replay.New(data, replay.Options{At: friday().At(9, 40), Paused: true})
	h := hub.New(hub.Options{Source: source, MinInterval: time.Millisecond})
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	sub := h.Subscribe(model.Query{})
	until := func(at time.Time, alerts bool) {
		for {
			snap, err := sub.Next(ctx)
			if err != nil {
				b.Fatal(err)
			}
			if snap.AsOf.Equal(at) && (!alerts || len(snap.Alerts) > 0) {
				return
			}
		}
	}
	until(friday().At(9, 40), true)
	var watched time.Duration
	for b.Loop() {
		start := time.Now()
		control.Seek(friday().At(16, 0))
		until(friday().At(16, 0), false)
		b.StopTimer()
		until(friday().At(16, 0), true)
		watched += time.Since(start)
		control.Seek(friday().At(9, 40))
		until(friday().At(9, 40), true)
		b.StartTimer()
	}
	b.ReportMetric(float64(watched.Milliseconds())/float64(b.N), "alerts-ms/op")
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		b.Errorf("it ended with %v", err)
	}
}

// BenchmarkAt is a whole session for a report, with and without its alerts.
func BenchmarkAt(b *testing.B) {
	data, err := dataset.Load(b.Context(), sampledata.FS(), "sample")
	if err != nil {
		b.Fatal(err)
	}
	source, _ := replay.New(data, replay.Options{})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			hub.At(source.StateAt(friday().At(16, 0)), model.Query{})
		}
	})
	b.Run("alerts", func(b *testing.B) {
		for b.Loop() {
			hub.AtWithAlerts(source.StateAt(friday().At(16, 0)), model.Query{}, alert.Defaults())
		}
	})
}
