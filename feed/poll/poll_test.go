package poll_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/goleak"

	"gyre/feed/poll"
	"gyre/feed/web"
	"gyre/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// errDown is a vendor that fails.
var errDown = errors.New("the vendor is down")

// run is what a loop did while it ran.
type run struct {
	asked  []time.Duration // since the start
	states []string
	err    error
}

// watch runs a loop for a while of the bubble's time. fetch is told how often
// it was called before.
func watch(t *testing.T, while time.Duration, opts poll.Options, fetch func(ctx context.Context, n int) error) run {
	t.Helper()
	var r run
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		opts.Fetch = func(ctx context.Context) error {
			r.asked = append(r.asked, time.Since(began))
			return fetch(ctx, len(r.asked)-1)
		}
		opts.Report = func(state model.FeedPhase, problem string) {
			r.states = append(r.states, fmt.Sprintf("%d %s", state, problem))
		}
		ctx, cancel := context.WithTimeout(t.Context(), while)
		defer cancel()
		r.err = poll.Run(ctx, opts)
	})
	return r
}

// gaps are the times from one call to the next.
func (r *run) gaps() []time.Duration {
	var all []time.Duration
	for i := 1; i < len(r.asked); i++ {
		all = append(all, r.asked[i]-r.asked[i-1])
	}
	return all
}

func TestTheFirstFetchIsAtOnceAndTheOthersNearTheInterval(t *testing.T) {
	const interval = 15 * time.Second
	r := watch(t, time.Hour, poll.Options{Interval: interval}, func(ctx context.Context, _ int) error {
		return wait(ctx, 2*time.Second) // a sweep takes its time, which counts as part of the interval
	})
	if r.asked[0] != 0 {
		t.Errorf("the first fetch came after %s", r.asked[0])
	}
	var low, high time.Duration = time.Hour, 0
	for i, gap := range r.gaps() {
		if gap < interval*9/10 || gap > interval*11/10 {
			t.Errorf("fetch %d came %s after the one before, want 15 s within a tenth", i+1, gap)
		}
		low, high = min(low, gap), max(high, gap)
	}
	if high-low < interval/10 {
		t.Errorf("the gaps lie between %s and %s: many clients would ask in step", low, high)
	}
	if !errors.Is(r.err, context.DeadlineExceeded) {
		t.Errorf("Run ended with %v", r.err)
	}
	if len(r.states) != 1 || r.states[0] != fmt.Sprintf("%d ", model.FeedOK) {
		t.Errorf("told %q, want once that all is well", r.states)
	}
}

// wait lets time pass.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestPausesAfterFailures(t *testing.T) {
	const failures = 12
	down := refusal(t)
	r := watch(t, 20*time.Minute, poll.Options{Interval: time.Minute}, func(_ context.Context, n int) error {
		if n < failures || n == failures+1 {
			return down
		}
		return nil
	})
	gaps := r.gaps()
	for i := range failures {
		want := min(250*time.Millisecond<<i, 30*time.Second)
		if gaps[i] < want*3/4 || gaps[i] > want*5/4+1 {
			t.Errorf("pause %d is %s, want %s within a quarter", i, gaps[i], want)
		}
	}
	if gaps[failures] < 54*time.Second {
		t.Errorf("after a success the next fetch came after %s, want the interval", gaps[failures])
	}
	if again := gaps[failures+1]; again > 400*time.Millisecond {
		t.Errorf("the first pause after a success is %s, want it short again", again)
	}
	bad, good := fmt.Sprintf("%d %s", model.FeedFailing, down), fmt.Sprintf("%d ", model.FeedOK)
	if want := []string{bad, good, bad, good}; fmt.Sprint(r.states) != fmt.Sprint(want) {
		t.Errorf("told %q, want %q: each change once", r.states, want)
	}
}

// refusal is the error of a vendor that is well and refuses the key.
func refusal(t *testing.T) error {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	defer server.Close()
	client, err := web.New(web.Options{Base: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	_, err = client.Get(t.Context(), "/", nil)
	return err
}

// However long a vendor was down for, it is asked every few seconds, and not
// more often than that: what it says is there within five seconds again.
func TestAVendorThatIsBackIsSeenWithinFiveSeconds(t *testing.T) {
	for name, patient := range map[string]bool{"prices": false, "what nobody waits for": true} {
		t.Run(name, func(t *testing.T) {
			r := watch(t, time.Hour, poll.Options{Interval: time.Minute, Patient: patient}, func(context.Context, int) error { return errDown })
			for i, gap := range r.gaps()[8:] {
				if !patient && (gap < 2*time.Second || gap > 4*time.Second) || patient && gap < 20*time.Second {
					t.Errorf("pause %d is %s", i+8, gap)
				}
			}
		})
	}
}

// What a host asks for goes before the probes.
func TestAVendorThatIsDownMayAskForAPause(t *testing.T) {
	r := watch(t, 10*time.Minute, poll.Options{Interval: time.Minute}, func(context.Context, int) error {
		return fmt.Errorf("%w: %w", errDown, &backoff.RetryAfterError{Duration: time.Minute})
	})
	for i, gap := range r.gaps() {
		if gap != time.Minute {
			t.Errorf("pause %d is %s, want the minute that was asked for", i, gap)
		}
	}
}

// What hangs is given up, and asked again soon each time, so that a line that is
// back is seen to be.
func TestFailuresThatTakeLongAreFollowedByShortPauses(t *testing.T) {
	r := watch(t, 10*time.Minute, poll.Options{Interval: time.Minute, Timeout: 10 * time.Second}, func(ctx context.Context, _ int) error {
		<-ctx.Done()
		return ctx.Err()
	})
	for i, gap := range r.gaps() {
		if gap < 10*time.Second || gap > 10*time.Second+320*time.Millisecond {
			t.Errorf("after %d that hung for 10 s the next one came %s after the one before", i+1, gap)
		}
	}
	if len(r.asked) < 50 {
		t.Errorf("asked %d times", len(r.asked))
	}
}

func TestHowLongAVendorIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		asks, least, most time.Duration
	}{
		"seconds":             {90 * time.Second, 90 * time.Second, 90 * time.Second},
		"less than our pause": {time.Millisecond, 180 * time.Millisecond, 320 * time.Millisecond},
		"a day":               {24 * time.Hour, poll.MaxWait, poll.MaxWait},
	} {
		t.Run(name, func(t *testing.T) {
			r := watch(t, 2*time.Hour, poll.Options{Interval: 15 * time.Second}, func(_ context.Context, n int) error {
				if n == 0 {
					return fmt.Errorf("%w: %w", errDown, &backoff.RetryAfterError{Duration: c.asks})
				}
				return nil
			})
			if gap := r.asked[1]; gap < c.least || gap > c.most {
				t.Errorf("asked again after %s, want %s to %s", gap, c.least, c.most)
			}
		})
	}
}

func TestAFetchThatHangsIsGivenUp(t *testing.T) {
	r := watch(t, 7*time.Second, poll.Options{Interval: time.Minute, Timeout: 5 * time.Second}, func(ctx context.Context, n int) error {
		if n == 0 {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	})
	if len(r.asked) != 2 || r.asked[1] > 5500*time.Millisecond {
		t.Fatalf("asked at %v, want again soon after 5 s", r.asked)
	}
	if want := fmt.Sprintf("%d it took too long", model.FeedFailing); r.states[0] != want {
		t.Errorf("told %q, want %q", r.states[0], want)
	}
}

func TestAFetchThatBreaksIsAFailure(t *testing.T) {
	r := watch(t, time.Second, poll.Options{Interval: time.Minute}, func(_ context.Context, n int) error {
		if n == 0 {
			rows := make([]int, n)
			rows[n] = 1
		}
		return nil
	})
	if len(r.states) != 2 || !strings.Contains(r.states[0], "broke the adapter") {
		t.Errorf("told %q, want the failure and the recovery", r.states)
	}
}

func TestAFinalErrorEndsTheLoop(t *testing.T) {
	r := watch(t, time.Hour, poll.Options{Interval: time.Minute}, func(context.Context, int) error {
		return fmt.Errorf("the sweep: %w", poll.Final(errDown))
	})
	if !errors.Is(r.err, errDown) || len(r.asked) != 1 {
		t.Errorf("asked %d times and ended with %v, want once and the error", len(r.asked), r.err)
	}
}

func TestProblemsAreClean(t *testing.T) {
	r := watch(t, time.Second, poll.Options{Interval: time.Minute}, func(context.Context, int) error {
		return errors.New("\x1b]0;owned\x07\n" + strings.Repeat("long ", 50))
	})
	if got := r.states[0]; strings.ContainsAny(got, "\x1b\x07\n") || len(got) > 70 {
		t.Errorf("told %q", got)
	}
}

func TestCancelEndsAFetch(t *testing.T) {
	r := watch(t, time.Second, poll.Options{Interval: time.Minute, Timeout: time.Hour}, func(ctx context.Context, _ int) error {
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(r.err, context.DeadlineExceeded) || len(r.states) != 0 {
		t.Errorf("ended with %v after telling %q, want the context's error and no complaint", r.err, r.states)
	}
}
