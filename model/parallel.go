package model

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls work for every i below n on as many processors as there are,
// and returns when all calls have. The calls share nothing that changes, so the
// result does not depend on who makes them or when. A call that panics is made
// again by the caller, who may recover: in a goroutine of ours nobody could.
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
	broken := make(chan int, workers)
	for range workers {
		group.Go(func() {
			at := 0
			defer func() {
				if recover() != nil {
					broken <- at
				}
			}()
			for at = int(next.Add(1)) - 1; at < n; at = int(next.Add(1)) - 1 {
				work(at)
			}
		})
	}
	group.Wait()
	if len(broken) > 0 {
		work(<-broken) // again, where the caller can recover
	}
}
