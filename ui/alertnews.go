package ui

import (
	"time"

	"gyre/model"
)

// News finds the alerts that have just come in a row of snapshots. Those that
// were there when the row began, and those of the past that a jump of the
// replay brings, are none. The zero News has seen nothing.
type News struct {
	begun bool
	epoch uint64
	from  time.Time   // of the first snapshot of the epoch: what came until then was there before
	last  model.Alert // the newest one seen in the epoch
}

// See is what is new in the next snapshot, the oldest first. Alerts are found
// beside the screen, so that they may come in a later snapshot than the moment
// that they are about.
func (n *News) See(snap *model.Snapshot) []model.Alert {
	if !n.begun || snap.Epoch != n.epoch {
		*n = News{begun: true, epoch: snap.Epoch, from: snap.AsOf}
	}
	all := snap.Alerts
	first := len(all)
	for first > 0 && !same(&all[first-1], &n.last) && all[first-1].At.After(n.from) {
		first--
	}
	if len(all) > 0 {
		n.last = all[len(all)-1]
	}
	return all[first:]
}

func same(a, b *model.Alert) bool {
	return a.At.Equal(b.At) && a.Kind == b.Kind && a.Text == b.Text
}
