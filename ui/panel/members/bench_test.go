package members_test

import (
	"fmt"
	"strconv"
	"testing"

	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
)

// BenchmarkSelect filters and sorts: once a snapshot, and once a key that
// changes what is shown.
func BenchmarkSelect(b *testing.B) {
	for _, n := range []int{3_000, 10_000} {
		all := many(n)
		for name, s := range map[string]panel.MembersState{
			"number": {Group: smallest().Group},
			"text":   {Group: smallest().Group, Sort: panel.ColumnName, Ascending: true},
			"search": {Group: smallest().Group, Search: "works"},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					members.Select(all, s, session.Week)
				}
			})
		}
	}
}

// BenchmarkView is Select and everything else that is worked out once a snapshot.
func BenchmarkView(b *testing.B) {
	for _, n := range []int{3_000, 10_000} {
		snap, s := frame(many(n)), smallest()
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				members.NewView(snap, s, session.Week)
			}
		})
	}
}

// BenchmarkRender is one frame of a view that is known.
func BenchmarkRender(b *testing.B) {
	for _, n := range []int{3_000, 10_000} {
		for _, size := range [][2]int{{60, 20}, {120, 40}, {200, 60}} {
			s := smallest()
			s.Cursor = n / 2
			in := input(frame(many(n)), s)
			v := members.NewView(in.Snap, s, session.Week)
			b.Run(fmt.Sprintf("%dx%d/%d", size[0], size[1], n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					members.Render(in, &v, size[0], size[1])
				}
			})
		}
	}
}
