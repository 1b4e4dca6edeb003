package model

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls work for every i below n on as many processors as there are,
// and returns when all calls have. The calls share nothing that changes, so the
// result does not depend on who makes them or when.
func parallel(n int, work func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers < 2 {
		for i := range n {
			work(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	group.Wait()
}
