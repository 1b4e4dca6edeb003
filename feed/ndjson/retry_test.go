package ndjson

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// starts are the times from one attempt to the next, of n that each take so long.
func starts(t *testing.T, p pauses, n int, take func(attempt int) time.Duration) []time.Duration {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var gaps []time.Duration
	var ended time.Time
	told := 0
	err := p.againAndAgain(ctx, func() error {
		if !ended.IsZero() {
			gaps = append(gaps, time.Since(ended))
		}
		if len(gaps) == n {
			cancel()
			return ctx.Err()
		}
		<-time.After(take(len(gaps)))
		ended = time.Now()
		return errors.New("it ended")
	}, func(error) { told++ })
	if !errors.Is(err, context.Canceled) || told != n {
		t.Errorf("it ends with %v, and %d of %d failures were told", err, told, n)
	}
	return gaps
}

// The pauses double from a quarter of a second to half a minute, give or take
// the half of each, so that many commands do not start at the same time.
func TestPausesGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		want := 250 * time.Millisecond
		never := childPauses()
		never.worked = func() bool { return false }
		for i, gap := range starts(t, never, 12, func(int) time.Duration { return 0 }) {
			if gap < want/2 || gap > want*3/2 {
				t.Errorf("pause %d is %s, want about %s", i, gap, want)
			}
			want = min(2*want, 30*time.Second)
		}
	})
}

// A command that has worked is tried again every few seconds, however long it
// has failed since: what it reads may be back at any moment.
func TestACommandThatWorkedIsSoonThereAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := childPauses()
		p.worked = func() bool { return true }
		for i, gap := range starts(t, p, 50, func(int) time.Duration { return 0 }) {
			if gap > 4*time.Second || i > 5 && gap < time.Second {
				t.Errorf("pause %d is %s", i, gap)
			}
		}
	})
}

// A feed at a socket that is back is seen within 5 seconds, however long it was
// gone.
func TestSocketPausesStayShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for i, gap := range starts(t, socketPauses(), 50, func(int) time.Duration { return 0 }) {
			if gap > 4*time.Second {
				t.Errorf("pause %d is %s", i, gap)
			}
		}
	})
}

// A command that ran well for long is started again soon.
func TestPausesBeginAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := childPauses()
		p.worked = func() bool { return false }
		gaps := starts(t, p, 8, func(attempt int) time.Duration {
			if attempt == 6 {
				return time.Hour
			}
			return time.Second
		})
		if gaps[5] < 3*time.Second || gaps[6] > time.Second {
			t.Errorf("the pauses are %s", gaps)
		}
	})
}
