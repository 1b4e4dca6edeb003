package doctor_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/doctor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is a key that must appear nowhere.
const canary = "CANARY-KEY-4711"

// look does one check.
func look(t *testing.T, c doctor.Check) doctor.Result {
	t.Helper()
	results := doctor.Run(t.Context(), []doctor.Check{c}, false)
	if len(results) != 1 {
		t.Fatalf("one check has %d results", len(results))
	}
	return results[0]
}

func TestChecksRunAtOnceAndAnswerInTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		after := func(name string, pause time.Duration, f doctor.Finding) doctor.Check {
			return doctor.Check{Name: name, Network: name == "never", Run: func(ctx context.Context) doctor.Finding {
				select {
				case <-time.After(pause):
					return f
				case <-ctx.Done():
					return doctor.Finding{State: doctor.Fail, What: context.Cause(ctx).Error()}
				}
			}}
		}
		checks := []doctor.Check{
			after("last", 3*time.Second, doctor.Finding{What: "well"}),
			after("never", time.Hour, doctor.Finding{}),
			after("first", time.Second, doctor.Finding{State: doctor.Warn, What: "so\x1b[31m so\n", Do: "look"}),
			{Name: "broken", Run: func(context.Context) doctor.Finding { panic("nobody\nhome") }},
		}
		began := time.Now()
		results := doctor.Run(t.Context(), checks, false)
		if took := time.Since(began); took != doctor.Within {
			t.Errorf("all together take %v, want that of the slowest one, %v", took, doctor.Within)
		}
		want := []string{
			"ok       last: well",
			"fails    never: there was no answer within 10 seconds",
			"warning  first: so[31m so; look",
			"fails    broken: the check itself failed: nobody home",
		}
		for i, r := range results {
			if r.String() != want[i] {
				t.Errorf("line %d is %q, want %q", i, r, want[i])
			}
		}
		if doctor.Worst(results) != doctor.Fail || doctor.Worst(results[2:3]) != doctor.Warn || doctor.Worst(nil) != doctor.OK {
			t.Error("the worst of them is another one")
		}
		began = time.Now()
		if offline := doctor.Run(t.Context(), checks, true); len(offline) != 3 || time.Since(began) != 3*time.Second {
			t.Errorf("offline it does %d checks in %v", len(offline), time.Since(began))
		}
		ended, stop := context.WithCancelCause(t.Context())
		stop(errors.New("interrupted"))
		if r := doctor.Run(ended, checks[:1], false); !strings.Contains(r[0].What, "interrupted") {
			t.Errorf("after the end it says %q", r[0])
		}
	})
}
