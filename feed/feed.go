// Package feed is the contract between whatever delivers market data and the
// hub that turns it into snapshots.
package feed

import (
	"context"

	"gyre/model"
)

// Source delivers a market.
//
// Run blocks until ctx ends, and then returns ctx's error, or until the source
// has nothing more to say, and then returns io.EOF. Any other error is final:
// a source retries inside and tells how it is doing with health updates.
//
// Run sends updates in batches, in the order in which they became known. The
// first update of the first batch is a reset with the reference. A batch that
// completes a moment ends with a heartbeat: snapshots are taken at heartbeats.
// Every send selects on ctx. Run never closes out, keeps no slice that it has
// sent, and starts no goroutine that outlives it. It reads no environment and
// no files that it was not handed.
type Source interface {
	Run(ctx context.Context, out chan<- []model.Update) error
}
