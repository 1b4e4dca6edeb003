package hub

import (
	"iter"

	"gyre/model"
)

// At is the snapshot after all of the batches: what a viewer would see who
// waited for them. It needs no running hub.
func At(batches iter.Seq[[]model.Update], query model.Query) *model.Snapshot {
	market := model.NewMarket()
	for batch := range batches {
		for i := range batch {
			market.Apply(&batch[i])
		}
	}
	return market.Snapshot(market.Now(), query)
}
