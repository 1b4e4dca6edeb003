package members

import (
	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
)

// extremes is how many names are said to have moved the mean most at either end.
const extremes = 5

// View is what a snapshot has to show of a group: which companies in which
// order, and what is said of them together. It depends on everything in the
// state but the cursor, the row at the top, and whether the search is being
// typed. The zero View is that of no snapshot.
type View struct {
	Rows         []int32 // places in the snapshot's Members, as Select gives them
	Names        int     // in the group, found by the search or not
	Contributors model.Contributors

	snap   *model.Snapshot
	window session.Window
	flags  model.MemberFlags // of any company of the group
	micro  bool              // one is also in the micro caps, where that is news
	widest widest
}

// widest is what takes most room in each column, of all companies of the
// group: a search that is typed moves nothing sideways.
type widest struct {
	numbers             [][2]int32 // of each of columns: the places of the least and the greatest; -1 for none
	symbol, name        int        // cells
	mover               int        // the longest symbol of the contributors
	flagWords, flagSign int
}

// NewView works out the view of a group. It looks at all members and sorts
// those it shows; a Memo does it only when it must.
func NewView(snap *model.Snapshot, s panel.MembersState, w session.Window) View {
	if snap == nil {
		return View{}
	}
	w = say.Chosen(w)
	v := View{
		Rows: Select(snap.Members, s, w), snap: snap, window: w,
		Contributors: model.ContributorsOf(snap.Members, s.Group, w, extremes),
	}
	group := make([]int32, 0, len(snap.Members))
	for i := range snap.Members {
		if s.Group.Has(&snap.Members[i], w) {
			group = append(group, int32(i))
		}
	}
	v.Names = len(group)
	v.measure(group, s.Group.Universe != micro)
	v.measureFlags(group)
	for _, names := range [...][]model.Contributor{v.Contributors.Best, v.Contributors.Worst} {
		for i := range names {
			v.widest.mover = max(v.widest.mover, draw.Width(names[i].Member.Symbol))
		}
	}
	return v
}

// measure finds what needs the most room in a group.
func (v *View) measure(group []int32, tellMicro bool) {
	all := columns(v.window)
	numbers := make([][2]int32, len(all))
	least, greatest := make([]float64, len(all)), make([]float64, len(all))
	for c := range numbers {
		numbers[c] = [2]int32{-1, -1}
	}
	for _, place := range group {
		m := &v.snap.Members[place]
		for c := range all {
			if all[c].left {
				continue // words
			}
			value, known := valueOf(m, all[c].is, all[c].window)
			if !known {
				continue
			}
			if value < least[c] || numbers[c][0] < 0 {
				numbers[c][0], least[c] = place, value
			}
			if value > greatest[c] || numbers[c][1] < 0 {
				numbers[c][1], greatest[c] = place, value
			}
		}
		v.flags |= m.Flags
		v.micro = v.micro || m.InMicro && tellMicro
		v.widest.symbol = max(v.widest.symbol, draw.Width(m.Symbol))
		v.widest.name = max(v.widest.name, draw.Width(m.Name))
	}
	v.widest.numbers = numbers
}

// measureFlags finds what the flags need. Few companies have flags that no
// other has.
func (v *View) measureFlags(group []int32) {
	type flags struct {
		is    model.MemberFlags
		micro bool
	}
	seen := make(map[flags]bool)
	for _, place := range group {
		m := &v.snap.Members[place]
		if these := (flags{m.Flags, m.InMicro}); !seen[these] {
			seen[these] = true
			v.widest.flagSign = max(v.widest.flagSign, len(v.letters(m)))
			v.widest.flagWords = max(v.widest.flagWords, draw.Width(v.words(m)))
		}
	}
}

// Extent is what movements have to know of the table in a panel of h rows that
// are shown; see Height.
func (v *View) Extent(height int) panel.Extent {
	return panel.Extent{Rows: len(v.Rows), Height: height}
}

// Member is the company in a row; nil where there is no such row.
func (v *View) Member(row int) *model.Member {
	if row < 0 || row >= len(v.Rows) {
		return nil
	}
	return &v.snap.Members[v.Rows[row]]
}

// Follow keeps the cursor on its company when a new snapshot has put the rows
// in another order. was is the company under the cursor before, nil for none.
// A cursor on the first row stays there: who looks at the top wants to see who
// is at the top. A company that has gone leaves the cursor where it is.
func (v *View) Follow(s panel.MembersState, was *model.Member, height int) panel.MembersState {
	e := v.Extent(height)
	if s.Cursor == 0 || was == nil {
		return s.Within(e)
	}
	for row, place := range v.Rows {
		if v.snap.Members[place].ID == was.ID {
			s.Cursor = row
			break
		}
	}
	return s.Within(e)
}

// Memo keeps the view drawn last, because it is dear and most frames show it
// again. It serves one screen and is not safe for concurrent use.
type Memo struct {
	view  View
	state panel.MembersState
	known bool
}

// View is NewView of the same, worked out anew only where it must be. It is
// valid until the next call.
func (m *Memo) View(snap *model.Snapshot, s panel.MembersState, w session.Window) *View {
	s.Cursor, s.Offset, s.Searching = 0, 0, false
	if !m.known || m.view.snap != snap || m.view.window != say.Chosen(w) || m.state != s {
		m.view, m.state, m.known = NewView(snap, s, w), s, true
	}
	return &m.view
}
