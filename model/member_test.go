package model

import (
	"testing"

	"gyre/model/session"
)

func TestGroupsOfNames(t *testing.T) {
	t.Parallel()
	const none = NoBucket
	names := map[string]Member{
		"large, low debt":    member(0, false, 0, none),
		"small, high debt":   member(3, true, 2, 1),
		"no bank is ranked":  member(1, false, none, none),
		"micro cap alone":    member(none, true, none, 2),
		"in no group at all": member(none, false, none, none),
	}
	for name, tt := range map[string]struct {
		group GroupRef
		want  []string
	}{
		"largest quartile":   {GroupRef{AxisSize, "RUT", 0}, []string{"large, low debt"}},
		"smallest quartile":  {GroupRef{AxisSize, "RUT", 3}, []string{"small, high debt"}},
		"high debt":          {GroupRef{AxisLeverage, "RUT", 2}, []string{"small, high debt"}},
		"high debt of micro": {GroupRef{AxisLeverage, "RMICRO", 2}, []string{"micro cap alone"}},
		"all that is ranked": {
			GroupRef{AxisSize, "RUT", AllBuckets},
			[]string{"large, low debt", "small, high debt", "no bank is ranked"},
		},
		"every micro cap":            {GroupRef{AxisSize, "RMICRO", AllBuckets}, []string{"small, high debt", "micro cap alone"}},
		"all with a debt/EV":         {GroupRef{AxisLeverage, "RUT", AllBuckets}, []string{"large, low debt", "small, high debt"}},
		"all micro with a debt/EV":   {GroupRef{AxisLeverage, "RMICRO", AllBuckets}, []string{"small, high debt", "micro cap alone"}},
		"a quartile nobody has been": {GroupRef{AxisSize, "RUT", 2}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := map[string]bool{}
			for _, who := range tt.want {
				want[who] = true
			}
			for who, m := range names {
				if got := tt.group.Has(&m, session.Week); got != want[who] {
					t.Errorf("%s: %v, want %v", who, got, want[who])
				}
			}
		})
	}
}

// member is one that is in these buckets over the week, and in none otherwise.
func member(quartile int8, micro bool, third, microThird int8) Member {
	m := Member{InMicro: micro}
	for w := range m.Quartile {
		m.Quartile[w], m.Third[w] = NoBucket, [2]int8{NoBucket, NoBucket}
	}
	m.Quartile[session.Week], m.Third[session.Week] = quartile, [2]int8{third, microThird}
	return m
}
