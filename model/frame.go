package model

import (
	"maps"
	"slices"

	"gyre/model/num"
	"gyre/model/session"
)

// frame is what is fixed for a session at its open: the closes before it, the
// base of every window and how the companies stood there.
type frame struct {
	session   session.Session
	columns   []CloseColumn // of the sessions before, ascending
	standings *standings
	windows   PerWindow[window]
	members   [universeCount][]ID // companies on the session's own date
	anyMember []ID                // members of any universe, once each
	average   averages
	usual     []num.Dollars  // turnover of the 20 sessions before, by name
	betas     []float64      // by name; nil where there are none
	series    []IndexSeries  // of the printed indices, before the session
	trails    map[int]*trail // by number of sessions
}

// window is one window of the session shown.
type window struct {
	base     session.Session
	sessions int       // the running one included
	standing *standing // at the base's close; nil without closes there
	caps     []num.Dollars
	lines    []line // of the Russell 2000
}

// oldestStanding is how many days back a year-to-date window and the history
// of its spread may reach.
const oldestStanding = 500

// newFrame works out the frame of session s from the closes before it.
func newFrame(b *book, s session.Session, seen *seen, known map[session.Date]*standing) *frame {
	columns := b.columnsBefore(s.Date, seen.closes)
	maps.DeleteFunc(known, func(d session.Date, _ *standing) bool { return d < s.Date-oldestStanding })
	f := &frame{
		session:   s,
		columns:   columns,
		standings: &standings{book: b, columns: columns, known: known},
		average:   newAverages(b, columns, s.Date),
		usual:     usualTurnover(b, columns),
		series:    b.seriesBefore(s.Date, seen.days),
		trails:    map[int]*trail{},
	}
	f.betas = newBetas(b, columns, f.series, s.Date)
	for u := range f.members {
		f.members[u] = b.membersOn(u, s.Date)
		f.anyMember = append(f.anyMember, f.members[u]...)
	}
	slices.Sort(f.anyMember)
	f.anyMember = slices.Compact(f.anyMember)
	bases := make([]session.Session, session.WindowCount)
	for _, w := range session.Windows() {
		bases[w], _ = b.cal.Base(w, s.Date)
	}
	f.standings.prepare(bases)
	for w, base := range bases {
		if base.Date == 0 {
			continue
		}
		win := &f.windows[w]
		win.base = base
		win.sessions = b.cal.Between(base.Date, s.Date)
		if st, ok := f.standings.on(base); ok {
			win.standing = st
			win.caps = win.standing.caps
			win.lines = b.linesOn(columns, win.standing.column, base)
		}
	}
	return f
}

// known tells whether the window has a base in this dataset.
func (w *window) known() bool { return w.standing != nil }

// baseOf is a name's price at the base of w in the shares of the session
// shown, 0 where it has none.
func (f *frame) baseOf(b *book, w session.Window, id ID) num.Price {
	win := &f.windows[w]
	if !win.known() {
		return 0
	}
	return b.carry(id, b.closeAt(f.columns, win.standing.column, id), win.base.Date, f.session.Date)
}
