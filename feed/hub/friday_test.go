package hub_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/alert"
	"gyre/model/session"
	sampledata "gyre/sample-data"
)

func friday() session.Date { return session.NewDate(2025, time.March, 28) }

// load reads the embedded dataset.
func load(t *testing.T) *dataset.Dataset {
	t.Helper()
	data, err := dataset.Load(t.Context(), sampledata.FS(), "sample")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// list is alerts as lines, those since a moment.
func list(alerts []model.Alert, since time.Time) string {
	var b strings.Builder
	for _, a := range alerts {
		if !a.At.Before(since) {
			fmt.Fprintf(&b, "%s %s %s: %s\n", a.At.Format("02 15:04:05"), a.Severity, a.Kind, a.Text)
		}
	}
	return b.String()
}

// TestFridayOfTheSample replays 28 March 2025 and expects its alerts to the letter.
func TestFridayOfTheSample(t *testing.T) {
	source, _ := replay.New(load(t), replay.Options{})
	snap := hub.AtWithAlerts(source.StateAt(friday().At(16, 0)), model.Query{}, alert.Defaults())
	got := list(snap.Alerts, time.Time{})
	if want := "range-close: R2000 closed below the range low 2,025 (2,023.27)"; !strings.Contains(got, want) {
		t.Errorf("there is no %q", want)
	}
	golden.RequireEqual(t, got)
}

// TestAlertsDoNotDependOnTheWay comes to Friday, ten past ten, in several ways: the alerts
// of the session are the same.
func TestAlertsDoNotDependOnTheWay(t *testing.T) {
	data := load(t)
	then := friday().At(10, 10)
	source, _ := replay.New(data, replay.Options{})
	want := list(hub.AtWithAlerts(source.StateAt(then), model.Query{}, alert.Defaults()).Alerts, friday().At(9, 30))
	if strings.Count(want, "\n") < 9 {
		t.Fatalf("there is little to compare: %s", want)
	}
	for name, way := range map[string]struct {
		options replay.Options
		steer   func(control *replay.Controller)
	}{
		"played at 60":        {options: replay.Options{At: friday().At(9, 28), To: then, Speed: 60}},
		"played at 10 to 300": {options: replay.Options{At: friday().At(9, 30), To: then, Speed: 10}, steer: func(c *replay.Controller) { <-time.After(time.Minute); c.SetSpeed(300) }},
		"as fast as it goes":  {options: replay.Options{At: friday().At(9, 25), To: then, Speed: replay.Max}},
		"from Thursday":       {options: replay.Options{At: (friday() - 1).At(15, 58), To: then, Speed: replay.Max}},
		"by a jump":           {options: replay.Options{At: then, Paused: true}},
		"by a jump back": {options: replay.Options{At: friday().At(11, 0), Paused: true}, steer: func(c *replay.Controller) {
			c.Seek(then)
		}},
		"by jumps that are not finished": {options: replay.Options{Paused: true}, steer: func(c *replay.Controller) {
			for _, hour := range []int{10, 15, 11, 14, 10} {
				c.Seek(friday().At(hour, 10))
			}
		}},
		"by steps": {options: replay.Options{At: friday().At(10, 0), Paused: true}, steer: func(c *replay.Controller) {
			for range 10 {
				c.StepMinutes(1)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				source, control := replay.New(data, way.options)
				h := hub.New(hub.Options{Source: source})
				ctx, stop := context.WithCancel(t.Context())
				done := make(chan error, 1)
				go func() { done <- h.Run(ctx) }()
				if way.steer != nil {
					way.steer(control)
				}
				<-time.After(4 * time.Hour)
				sub := h.Subscribe(model.Query{})
				defer sub.Close()
				snap := within(t, sub, time.Second)
				if got := list(snap.Alerts, friday().At(9, 30)); !snap.AsOf.Equal(then) || got != want {
					t.Errorf("at %s got\n%s, want\n%s", snap.AsOf, got, want)
				}
				stop()
				if err := <-done; !errors.Is(err, context.Canceled) {
					t.Errorf("it ended with %v", err)
				}
			})
		})
	}
}
