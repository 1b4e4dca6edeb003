package panel

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"gyre/model"
)

// MembersColumn is a column by which the table of members can be sorted.
type MembersColumn uint8

// The columns. They follow each other from left to right and start again at
// the left; the one that the table is sorted by at first is the first here.
const (
	ColumnContribution MembersColumn = iota // to the mean of the group
	ColumnDebtEV
	ColumnTurnover
	ColumnFlags
	ColumnRank
	ColumnSymbol
	ColumnName
	ColumnSector
	ColumnCap
	ColumnPrice
	ColumnDay
	ColumnWindow       // the return over the chosen window
	MembersColumnCount = iota
)

// rising tells that a reader wants a column's smallest value first.
func (c MembersColumn) rising() bool {
	switch c {
	case ColumnRank, ColumnSymbol, ColumnName, ColumnSector:
		return true
	default:
		return false
	}
}

// MembersState is what the viewer has chosen in the table of members. The zero
// state is the largest quartile, the best contribution first. Every change
// gives a new state; none changes the one it is asked of.
type MembersState struct {
	Group     model.GroupRef // an empty universe is RUT
	Sort      MembersColumn
	Ascending bool
	Cursor    int    // the chosen row, counted from 0
	Offset    int    // the row that stands at the top
	Search    string // shows only names, symbols and sectors with this in them; "" shows all
	Searching bool   // the search is being typed
}

// Extent is what a movement has to know of the table: its rows, and how many
// of them the screen shows.
type Extent struct{ Rows, Height int }

// longestSearch is how many characters of a search are kept.
const longestSearch = 32

// OpenMembers is the state that shows a group from its top.
func OpenMembers(group model.GroupRef) MembersState { return MembersState{Group: group} }

// Within is the state with its cursor on a row that there is, and that row on
// the screen.
func (s MembersState) Within(e Extent) MembersState {
	s.Cursor = max(min(s.Cursor, e.Rows-1), 0)
	height := max(e.Height, 1)
	s.Offset = min(s.Offset, s.Cursor, max(e.Rows-height, 0))
	s.Offset = max(s.Offset, s.Cursor-height+1, 0)
	return s
}

// Move moves the cursor by rows, down where by is positive, and scrolls no
// further than it must.
func (s MembersState) Move(by int, e Extent) MembersState {
	s = s.Within(e)
	// Both are bounded by the rows, so that no sum overflows.
	s.Cursor += max(min(by, e.Rows), -e.Rows)
	return s.Within(e)
}

// Page moves by screens; a row of the one before stays in sight.
func (s MembersState) Page(by int, e Extent) MembersState {
	s = s.Within(e)
	step := max(e.Height-1, 1)
	by = max(min(by, e.Rows), -e.Rows) * step
	s.Cursor = max(min(s.Cursor+by, e.Rows-1), 0)
	s.Offset += by
	return s.Within(e)
}

// Home goes to the first row.
func (s MembersState) Home(e Extent) MembersState {
	s.Cursor, s.Offset = 0, 0
	return s.Within(e)
}

// End goes to the last row.
func (s MembersState) End(e Extent) MembersState {
	s.Cursor = e.Rows - 1
	return s.Within(e)
}

// NextSort sorts by the next column to the right, and after the last one by
// the first.
func (s MembersState) NextSort() MembersState { return s.sortBy(s.Sort + 1) }

// PreviousSort sorts by the next column to the left.
func (s MembersState) PreviousSort() MembersState { return s.sortBy(s.Sort + MembersColumnCount - 1) }

func (s MembersState) sortBy(c MembersColumn) MembersState {
	s.Sort = c % MembersColumnCount
	s.Ascending = s.Sort.rising()
	return s.top()
}

// Reverse turns the order round.
func (s MembersState) Reverse() MembersState {
	s.Ascending = !s.Ascending
	return s.top()
}

// StartSearch lets what is typed narrow the table down.
func (s MembersState) StartSearch() MembersState {
	s.Searching = true
	return s
}

// EndSearch ends the typing; the table stays narrowed down.
func (s MembersState) EndSearch() MembersState {
	s.Searching = false
	return s
}

// Type adds a character to the search, unless it cannot be seen or the search
// is long enough.
func (s MembersState) Type(r rune) MembersState {
	if !unicode.IsPrint(r) || utf8.RuneCountInString(s.Search) >= longestSearch {
		return s
	}
	s.Search += string(r)
	return s.top()
}

// Backspace takes the last character of the search back.
func (s MembersState) Backspace() MembersState {
	if s.Search == "" {
		return s
	}
	_, size := utf8.DecodeLastRuneInString(s.Search)
	s.Search = s.Search[:len(s.Search)-size]
	return s.top()
}

// ClearSearch shows all names again.
func (s MembersState) ClearSearch() MembersState {
	if s.Search != "" {
		s = s.top()
	}
	s.Search, s.Searching = "", false
	return s
}

// NextGroup goes to the next of all groups there are, and after the last one
// to the first. Order and search stay.
func (s MembersState) NextGroup(all []model.GroupRef) MembersState { return s.moveGroup(all, 1) }

// PreviousGroup goes to the one before.
func (s MembersState) PreviousGroup(all []model.GroupRef) MembersState { return s.moveGroup(all, -1) }

func (s MembersState) moveGroup(all []model.GroupRef, by int) MembersState {
	if len(all) == 0 {
		return s
	}
	now := s.Group
	if now.Universe == "" {
		now.Universe = "RUT"
	}
	at := slices.Index(all, now)
	if at < 0 {
		at = min(-by, 0) // so that the next one is the first, and the one before the last
	}
	s.Group = all[(at+by+len(all))%len(all)]
	return s.top()
}

// top goes to the first row, as one does when the rows become others.
func (s MembersState) top() MembersState {
	s.Cursor, s.Offset = 0, 0
	return s
}
