package replay_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/replay"
	"gyre/model"
)

// TestPlayingAndSeekingShowTheSame is the promise of the package: the snapshot
// of a moment does not depend on how the replay came there.
func TestPlayingAndSeekingShowTheSame(t *testing.T) {
	ds := market(t)
	for _, at := range []string{
		"27 16:00", "28 08:31", "28 09:30", "28 09:31:30", "28 10:42:15", "28 11:07:40", "28 12:34:56",
		"28 16:00", "29 20:00", "31 09:29", "31 09:30", "31 13:00", "31 16:00",
	} {
		sought := show(ds, ny(t, at))
		for _, speed := range []replay.Speed{1, 60, 900, 3600, replay.Max} {
			t.Run(fmt.Sprintf("%s at %dx", at, speed), func(t *testing.T) {
				same(t, played(t, ds, replay.Options{At: ny(t, "26 09:25"), To: ny(t, at), Speed: speed}), sought)
			})
		}
	}
}

// TestTheSampleShowsTheSame repeats that with the last two sessions of the real
// thing, on one processor and on two.
func TestTheSampleShowsTheSame(t *testing.T) {
	ds := sample(t)
	sought := show(ds, ny(t, "28 16:00"))
	for processors, speed := range map[int]replay.Speed{1: 60, 2: replay.Max} {
		t.Run(fmt.Sprintf("at %dx on %d", speed, processors), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			options := replay.Options{At: ny(t, "27 09:25"), To: ny(t, "28 16:00"), Speed: speed}
			same(t, played(t, ds, options), sought)
		})
	}
}

// TestEveryWayThere seeks and steps to one moment from all sides.
func TestEveryWayThere(t *testing.T) {
	at := ny(t, "28 11:08")
	ds := market(t)
	want := show(ds, at)
	for name, c := range map[string]struct {
		from string
		way  func(*replay.Controller)
	}{
		"seek on":            {"27 12:00", func(c *replay.Controller) { c.Seek(at) }},
		"seek back":          {"31 12:00", func(c *replay.Controller) { c.Seek(at) }},
		"a step on":          {"28 11:07", func(c *replay.Controller) { c.StepMinutes(1) }},
		"a small step on":    {"28 11:07:12", func(c *replay.Controller) { c.StepMinutes(1) }},
		"a hundred steps on": {"28 09:28", func(c *replay.Controller) { c.StepMinutes(100) }},
		"a step back":        {"28 11:09", func(c *replay.Controller) { c.StepMinutes(-1) }},
		"there and back": {"28 11:07", func(c *replay.Controller) {
			c.StepSessions(1)
			c.StepSessions(-1)
			c.Seek(at)
		}},
		"over the night": {"27 16:00", func(c *replay.Controller) { c.StepMinutes(1 + 1 + 5 + 98) }},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, replay.Options{At: ny(t, c.from), Paused: true}, func(control *replay.Controller, out <-chan []model.Update) {
				market := model.NewMarket()
				read := func() {
					for synctest.Wait(); len(out) > 0; synctest.Wait() {
						for range len(out) {
							apply(market, <-out)
						}
					}
				}
				read()
				c.way(control)
				read()
				same(t, market.Snapshot(market.Now(), model.Query{}), want)
			})
		})
	}
}

// show is the snapshot of a moment, sought.
func show(ds *dataset.Dataset, at time.Time) *model.Snapshot {
	source, _ := replay.New(ds, replay.Options{})
	return hub.At(source.StateAt(at), model.Query{})
}

// played is the snapshot at the end of a replay that is played to it.
func played(t *testing.T, ds *dataset.Dataset, options replay.Options) *model.Snapshot {
	t.Helper()
	options.Once = true
	market := model.NewMarket()
	synctest.Test(t, func(t *testing.T) {
		source, _ := replay.New(ds, options)
		out, end := make(chan []model.Update), make(chan error, 1)
		go func() { end <- source.Run(context.WithoutCancel(t.Context()), out) }()
		for {
			select {
			case batch := <-out:
				apply(market, batch)
				continue
			case err := <-end:
				if !errors.Is(err, io.EOF) {
					t.Errorf("it ended with %v", err)
				}
			}
			break
		}
	})
	return market.Snapshot(market.Now(), model.Query{})
}

func apply(market *model.Market, batch []model.Update) {
	for i := range batch {
		market.Apply(&batch[i])
	}
}

// same compares two snapshots but for their epoch.
func same(t *testing.T, got, want *model.Snapshot) {
	t.Helper()
	copied := *got
	copied.Epoch = want.Epoch
	a, b := dump(copied), dump(*want)
	if a == b {
		return
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	t.Errorf("they differ:\ngot  …%.200s\nwant …%.200s", a[max(i-100, 0):], b[max(i-100, 0):])
}
