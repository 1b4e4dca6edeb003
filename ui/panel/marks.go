package panel

import (
	"gyre/model"
	"gyre/model/session"
)

// Marks are the figures that have just changed, a bit each: the levels of the
// first indices, then the size spread of the chosen window.
type Marks uint16

// markedIndices is how many indices can be marked.
const markedIndices = 8

const spreadMark Marks = 1 << markedIndices

// Changed are the marked figures that two snapshots of one market have in
// common and that differ. What was not known before is new and not changed.
func Changed(before, after *model.Snapshot, w session.Window, stat model.Statistic) Marks {
	var m Marks
	if before == nil || after == nil {
		return m
	}
	for i := range min(len(before.Indices), len(after.Indices), markedIndices) {
		was, is := &before.Indices[i], &after.Indices[i]
		if was.Symbol == is.Symbol && was.Level.Known() && is.Level.Known() && was.Level.String() != is.Level.String() {
			m |= 1 << i
		}
	}
	was, is := before.Size.Spread[w].Return[stat], after.Size.Spread[w].Return[stat]
	if was.Known() && is.Known() && was.String() != is.String() {
		m |= spreadMark
	}
	return m
}

// Index tells whether the level of an index, counted from 0, is marked.
func (m Marks) Index(i int) bool { return i < markedIndices && m&(1<<i) != 0 }

// Spread tells whether the size spread is marked.
func (m Marks) Spread() bool { return m&spreadMark != 0 }
