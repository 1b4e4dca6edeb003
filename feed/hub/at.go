package hub

import (
	"iter"

	"gyre/model"
	"gyre/model/alert"
)

// At is the snapshot after all of the batches: what a viewer would see who
// waited for them. It needs no running hub, and raises no alerts.
func At(batches iter.Seq[[]model.Update], query model.Query) *model.Snapshot {
	market := model.NewMarket()
	for batch := range batches {
		for i := range batch {
			market.Apply(&batch[i])
		}
	}
	return market.Snapshot(market.Now(), query)
}

// AtWithAlerts is At with the alerts of a replay that a hub would have raised
// by rules on the way. To look at every minute takes longer.
func AtWithAlerts(batches iter.Seq[[]model.Update], query model.Query, rules alert.Rules) *model.Snapshot {
	l := newLookout(rules, false)
	for batch := range batches {
		l.apply(batch)
	}
	snap := l.market.Snapshot(l.market.Now(), query)
	snap.Alerts = l.alerts
	return snap
}
