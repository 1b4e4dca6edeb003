package members

import (
	"gyre/model"
	"gyre/ui/panel/say"
)

// The universes of a snapshot.
const (
	russell = "RUT"
	micro   = "RMICRO"
)

// Groups are all groups of a snapshot that have a table, in the order in which
// the viewer goes through them: the size buckets, low to high debt/EV of
// either universe, the whole Russell 2000, all micro caps.
func Groups(snap *model.Snapshot) []model.GroupRef {
	buckets := 4
	if snap != nil && len(snap.Size.Buckets) > 0 {
		buckets = min(len(snap.Size.Buckets), buckets)
	}
	var all []model.GroupRef
	for i := range buckets {
		all = append(all, model.GroupRef{Axis: model.AxisSize, Universe: russell, Bucket: int8(i)})
	}
	for _, universe := range [...]string{russell, micro} {
		for i := range int8(3) {
			all = append(all, model.GroupRef{Axis: model.AxisLeverage, Universe: universe, Bucket: i})
		}
	}
	for _, universe := range [...]string{russell, micro} {
		all = append(all, model.GroupRef{Axis: model.AxisSize, Universe: universe, Bucket: model.AllBuckets})
	}
	return all
}

// GroupName is a group's name in full and where there is little room:
// "Russell 2000 · Q4 smallest" and "R2000 Q4".
func GroupName(snap *model.Snapshot, g model.GroupRef) (full, short string) {
	if g.Universe == "" {
		g.Universe = russell
	}
	full, short = say.Universe(snap, g.Universe), say.Short(g.Universe)
	at := int(g.Bucket)
	thirds := [...]string{"low", "mid", "high"}
	switch {
	case g.Bucket == model.AllBuckets && g.Axis == model.AxisLeverage:
		return full + " · with debt/EV", short + " debt/EV"
	case g.Bucket == model.AllBuckets:
		return full, short
	case g.Axis == model.AxisLeverage:
		if at < 0 || at >= len(thirds) {
			return full, short
		}
		return full + " · " + thirds[at] + " debt/EV", short + " " + thirds[at] + " debt"
	case at < 0 || at >= len(snap.Size.Buckets):
		return full, short
	}
	id := snap.Size.Buckets[at].ID
	full, short = full+" · "+id, short+" "+id
	switch at {
	case 0:
		full += " largest"
	case len(snap.Size.Buckets) - 1:
		full += " smallest"
	}
	return full, short
}
