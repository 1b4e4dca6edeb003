package model

import (
	"sync/atomic"
	"testing"
)

// A panic in one of many calls is the caller's: a goroutine that nobody can
// recover would end the process.
func TestAPanicBesideIsTheCallers(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 100} {
		var calls atomic.Int64
		got := func() (r any) {
			defer func() { r = recover() }()
			parallel(n, func(i int) {
				calls.Add(1)
				if i == n-1 {
					panic("broken")
				}
			})
			return nil
		}()
		if got != "broken" || calls.Load() < int64(n) || calls.Load() > int64(n)+1 {
			t.Errorf("of %d calls %d were made, and the caller learns %v", n, calls.Load(), got)
		}
	}
}
