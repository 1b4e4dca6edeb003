package replay_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed"
	"gyre/feed/feedtest"
	"gyre/feed/replay"
	"gyre/model"
)

func TestReplayKeepsTheContract(t *testing.T) {
	for name, options := range map[string]replay.Options{
		"at full speed":       {Speed: replay.Max},
		"until the end":       {Speed: replay.Max, At: ny(t, "31 15:50"), Once: true},
		"paused":              {Speed: 60, Paused: true, At: ny(t, "28 12:00")},
		"without any minutes": {Speed: replay.Max, At: ny(t, "26 09:25"), To: ny(t, "28 09:00")},
	} {
		t.Run(name, func(t *testing.T) {
			feedtest.Run(t, func(t *testing.T) feed.Source {
				t.Helper()
				source, _ := replay.New(market(t), options)
				return source
			})
		})
	}
}

// run runs a replay in a bubble, in which time passes at once. The test's body
// reads what it sends, and may wait until everything is quiet.
func run(t *testing.T, options replay.Options, body func(control *replay.Controller, out <-chan []model.Update)) {
	t.Helper()
	ds := market(t)
	synctest.Test(t, func(t *testing.T) {
		source, control := replay.New(ds, options)
		ctx, stop := context.WithCancel(t.Context())
		out, end := make(chan []model.Update, 1000), make(chan error, 1)
		go func() { end <- source.Run(ctx, out) }()
		body(control, out)
		stop()
		if err := <-end; !errors.Is(err, context.Canceled) && !errors.Is(err, io.EOF) {
			t.Errorf("it ended with %v", err)
		}
	})
}

// beat is a heartbeat and the wall time at which it came.
type beat struct {
	market time.Time
	wall   time.Duration
}

// listen collects the heartbeats of a while.
func listen(out <-chan []model.Update, while time.Duration) []beat {
	var all []beat
	start, end := time.Now(), time.After(while)
	for {
		select {
		case batch := <-out:
			if last := batch[len(batch)-1]; last.Kind == model.KindHeartbeat {
				all = append(all, beat{last.At, time.Since(start)})
			}
		case <-end:
			return all
		}
	}
}

func TestPace(t *testing.T) {
	for name, c := range map[string]struct {
		at    string
		speed replay.Speed
		while time.Duration
		want  string // where it stands then
		beats int    // after those of the seek, 31 for 10:00
	}{
		"1x, a beat a second":           {"28 10:00", 1, 30 * time.Second, "28 10:00:30", 30},
		"10x, ten beats a second":       {"28 10:00", 10, 30 * time.Second, "28 10:05", 300},
		"60x, ten beats a second":       {"28 10:00", 60, 30 * time.Second, "28 10:30", 300},
		"300x, minutes only":            {"28 10:00", 300, 6 * time.Second, "28 10:30", 30},
		"3600x, minutes only":           {"28 10:00", 3600, 500 * time.Millisecond, "28 10:30", 30},
		"1x, half a minute in":          {"28 10:00:30", 1, 10 * time.Second, "28 10:00:40", 10},
		"before the open it plays too":  {"28 09:25", 60, 5 * time.Second, "28 09:30", 50},
		"in a session without minutes":  {"27 10:00", 60, 2 * time.Second, "27 16:00", 1},
		"slowly in one without minutes": {"27 10:00", 1, 2 * time.Second, "27 16:00", 1},
	} {
		t.Run(name, func(t *testing.T) {
			source, _ := replay.New(market(t), replay.Options{})
			seek := len(beats(source, ny(t, c.at)))
			run(t, replay.Options{At: ny(t, c.at), Speed: c.speed}, func(control *replay.Controller, out <-chan []model.Update) {
				got := listen(out, c.while+time.Millisecond)
				if now := control.Status().Now; !now.Equal(ny(t, c.want)) || len(got) != seek+c.beats {
					t.Errorf("after %s it stands at %s with %d beats, want %s with %d", c.while, now, len(got)-seek, c.want, c.beats)
				}
			})
		})
	}
}

func TestNightsAreSkipped(t *testing.T) {
	source, _ := replay.New(market(t), replay.Options{})
	seek := len(beats(source, ny(t, "27 16:00")))
	run(t, replay.Options{At: ny(t, "27 16:00"), Speed: 60}, func(_ *replay.Controller, out <-chan []model.Update) {
		got := listen(out, 6*time.Second)[seek:]
		want := []beat{
			{ny(t, "28 08:30"), 2 * time.Second}, // a release
			{ny(t, "28 09:25"), 4 * time.Second},
			{ny(t, "28 09:25:06"), 4100 * time.Millisecond},
		}
		for i := range want {
			if !got[i].market.Equal(want[i].market) || got[i].wall != want[i].wall {
				t.Errorf("moment %d: got %s after %s, want %s after %s", i, got[i].market, got[i].wall, want[i].market, want[i].wall)
			}
		}
	})
}

func TestWeekendsAreSkippedFaster(t *testing.T) {
	run(t, replay.Options{At: ny(t, "28 16:00"), Speed: 3600}, func(control *replay.Controller, out <-chan []model.Update) {
		listen(out, 501*time.Millisecond) // the headline of Saturday, and then
		if now := control.Status().Now; !now.Equal(ny(t, "31 09:25")) {
			t.Errorf("it stands at %s", now)
		}
	})
}

func TestMaxTakesNoTime(t *testing.T) {
	ds := market(t)
	synctest.Test(t, func(t *testing.T) {
		source, _ := replay.New(ds, replay.Options{Speed: replay.Max, Once: true})
		out, end := make(chan []model.Update), make(chan error, 1)
		start := time.Now()
		go func() { end <- source.Run(t.Context(), out) }()
		var last time.Time
		for {
			select {
			case batch := <-out:
				last = batch[len(batch)-1].At
				continue
			case err := <-end:
				if !errors.Is(err, io.EOF) {
					t.Errorf("it ended with %v, want io.EOF", err)
				}
			}
			break
		}
		if !last.Equal(ny(t, "31 16:00")) || time.Since(start) > 0 {
			t.Errorf("it ended at %s after %s", last, time.Since(start))
		}
	})
}

func TestPauseAndPlay(t *testing.T) {
	run(t, replay.Options{At: ny(t, "28 10:00"), Speed: 60, Paused: true}, func(control *replay.Controller, out <-chan []model.Update) {
		if got := listen(out, time.Hour); !got[len(got)-1].market.Equal(ny(t, "28 10:00")) {
			t.Fatalf("it played to %s although it was paused", got[len(got)-1].market)
		}
		control.Play()
		listen(out, 10*time.Second+time.Millisecond)
		control.Pause()
		synctest.Wait()
		if got := control.Status(); got.Playing || !got.Now.Equal(ny(t, "28 10:10")) {
			t.Errorf("after ten seconds it stands at %s, playing %t", got.Now, got.Playing)
		}
		if got := listen(out, time.Hour); len(got) > 0 {
			t.Errorf("it goes on to %s while it is paused", got[0].market)
		}
	})
}

func TestSpeedChangesAtOnce(t *testing.T) {
	run(t, replay.Options{At: ny(t, "28 10:00"), Speed: 1}, func(control *replay.Controller, out <-chan []model.Update) {
		listen(out, 10*time.Second+time.Millisecond)
		control.SetSpeed(60)
		got := listen(out, time.Second)
		if want := ny(t, "28 10:01"); got[len(got)-1].market.Before(want) {
			t.Errorf("a second later it stands at %s, want %s", got[len(got)-1].market, want)
		}
		control.SetSpeed(-5)
		synctest.Wait()
		if speed := control.Status().Speed; speed != replay.Max {
			t.Errorf("a negative speed counts as %d", speed)
		}
	})
}

func TestAtTheEndItStaysAndCanGoBack(t *testing.T) {
	run(t, replay.Options{At: ny(t, "31 15:59"), Speed: 60}, func(control *replay.Controller, out <-chan []model.Update) {
		listen(out, time.Hour)
		if got := control.Status(); !got.Ended || got.Playing || !got.Now.Equal(got.To) {
			t.Fatalf("at the end it says %+v", got)
		}
		control.Play()
		if got := listen(out, time.Hour); len(got) > 0 || control.Status().Playing {
			t.Errorf("there is nothing to play after the end, but got %v", got)
		}
		control.Seek(ny(t, "28 12:00"))
		control.Play()
		synctest.Wait()
		listen(out, time.Second+time.Millisecond)
		if got := control.Status(); got.Ended || !got.Now.Equal(ny(t, "28 12:01")) {
			t.Errorf("back from the end it says %+v", got)
		}
	})
}

func TestSeekBeginsAnEpochAndAStepDoesNot(t *testing.T) {
	run(t, replay.Options{At: ny(t, "28 10:00"), Paused: true}, func(control *replay.Controller, out <-chan []model.Update) {
		epochs := func() (all []uint64) {
			for {
				synctest.Wait()
				if len(out) == 0 {
					return all
				}
				for range len(out) {
					for _, u := range <-out {
						if reset, ok := u.Payload.(*model.Reset); ok {
							all = append(all, reset.Epoch)
						}
					}
				}
			}
		}
		steps := []struct {
			name string
			do   func()
			want []uint64
		}{
			{"start", func() {}, []uint64{1}},
			{"seek on", func() { control.Seek(ny(t, "28 11:00")) }, []uint64{2}},
			{"seek back", func() { control.Seek(ny(t, "28 10:00")) }, []uint64{3}},
			{"step on", func() { control.StepMinutes(3) }, nil},
			{"step back", func() { control.StepMinutes(-1) }, []uint64{4}},
			{"step a session", func() { control.StepSessions(1) }, []uint64{5}},
			{"pause", control.Pause, nil},
			{"seek and step on at once", func() { control.Seek(ny(t, "31 12:00")); control.StepMinutes(1) }, []uint64{6}},
		}
		for _, s := range steps {
			s.do()
			if got := epochs(); len(got) != len(s.want) || len(got) > 0 && got[0] != s.want[0] {
				t.Errorf("%s: got the epochs %v, want %v", s.name, got, s.want)
			}
		}
	})
}

// TestSlowReader lets nobody read for an hour. The play does not try to catch
// up with the wall clock in one rush.
func TestSlowReader(t *testing.T) {
	ds := market(t)
	synctest.Test(t, func(t *testing.T) {
		source, control := replay.New(ds, replay.Options{At: ny(t, "28 10:00"), Speed: 60})
		ctx, stop := context.WithCancel(t.Context())
		out, end := make(chan []model.Update), make(chan error, 1)
		go func() { end <- source.Run(ctx, out) }()
		listen(out, time.Second+time.Millisecond)
		<-time.After(time.Hour)
		listen(out, 10*time.Second)
		if now := control.Status().Now; now.Before(ny(t, "28 10:10")) || now.After(ny(t, "28 10:13")) {
			t.Errorf("ten seconds after an hour's sleep it stands at %s, want ten minutes on", now)
		}
		stop()
		if err := <-end; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	})
}
