package main

import (
	"slices"
	"testing"
	"time"
)

// after is times so many milliseconds after the beginning.
func after(ms ...int) []time.Time {
	var all []time.Time
	for _, each := range ms {
		all = append(all, time.UnixMilli(int64(each)))
	}
	return all
}

func TestDelays(t *testing.T) {
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		came [][]time.Time
		want []time.Duration
	}{
		"nobody":                                 {nil, nil},
		"one viewer waits for nobody":            {[][]time.Time{after(0, 500, 1000)}, []time.Duration{0, 0, 0}},
		"each frame counts from its first":       {[][]time.Time{after(0, 507), after(3, 500)}, []time.Duration{0, 0, 3 * ms, 7 * ms}},
		"a frame in pieces counts by its last":   {[][]time.Time{after(0), after(2, 40)}, []time.Duration{0, 40 * ms}},
		"who misses a frame counts for no delay": {[][]time.Time{after(0, 500), after(5)}, []time.Duration{0, 0, 5 * ms}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := delays(c.came, 150*ms); !slices.Equal(got, c.want) {
				t.Errorf("the delays are %v, want %v", got, c.want)
			}
		})
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for part, want := range map[float64]time.Duration{0: 1, 0.5: 51, 0.99: 100, 1: 100} {
		if got := percentile(hundred, part); got != want {
			t.Errorf("%v of them lie below %d, want %d", part, got, want)
		}
	}
	if percentile(nil, 0.5) != 0 {
		t.Error("nothing has a median")
	}
}

func TestFlags(t *testing.T) {
	p, err := parse([]string{"-viewers", "1,20", "-frozen", "1", "-serve", "--speed 60"}, t.Output())
	if err != nil || !slices.Equal(p.viewers, []int{1, 20}) || p.frozen != 1 || !slices.Equal(p.serve, []string{"--speed", "60"}) {
		t.Errorf("the plan is %+v (%v)", p, err)
	}
	for _, bad := range [][]string{{"-viewers", "0"}, {"-viewers", "many"}, {"-viewers", "5", "-frozen", "6"}, {"-frozen", "-1"}} {
		if _, err := parse(bad, t.Output()); err == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}
