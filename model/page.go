package model

import (
	"math"
	"slices"
	"sort"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// MemberPage is everything about one company.
type MemberPage struct {
	Member

	PrevClose num.Figure        // in the shares of the session shown
	Curves    PerWindow[*Curve] // one line: the price in the shares of the session shown
	Bridge    PerWindow[EVBridge]
	Actions   []Action   // those that have taken effect, newest last
	Incidents []Incident // of the session
}

// page is the page of the company with a permanent id; nil where there is none.
func (b *builder) page(key string) *MemberPage {
	rows := b.m.groupings.rows(b.m, b.query, b.size, b.lever)
	i := slices.IndexFunc(rows, func(m Member) bool { return m.Key == key })
	if i < 0 {
		return nil
	}
	p := &MemberPage{Member: rows[i]}
	b.quoteMember(&p.Member)
	n := &b.m.names[p.ID]
	p.PrevClose = level(n.bases[session.Day])
	for w := range p.Curves {
		if win := &b.m.frame.windows[w]; win.known() {
			p.Curves[w] = b.priceCurve(session.Window(w), p.ID)
			p.Bridge[w] = b.m.book.bridge(p.ID, win.base, win.caps[p.ID])
		}
	}
	for _, a := range b.m.book.actions[p.ID] {
		if a.ExDate <= b.m.frame.session.Date {
			p.Actions = append(p.Actions, a)
		}
	}
	for _, incident := range b.m.today.incidents {
		if incident.Symbol == p.Symbol {
			p.Incidents = append(p.Incidents, incident)
		}
	}
	return p
}

// priceCurve is a company's price since the base of a window: a point at each
// close, then the session's own path, then now.
func (b *builder) priceCurve(w session.Window, id ID) *Curve {
	f := b.m.frame
	var at []time.Time
	var line []float64
	add := func(t time.Time, p num.Price) {
		if p > 0 {
			at, line = append(at, t), append(line, p.Float())
		}
	}
	from := f.windows[w].base.Date
	for i := sort.Search(len(f.columns), func(i int) bool { return f.columns[i].Date >= from }); i < len(f.columns); i++ {
		s, ok := b.m.book.cal.On(f.columns[i].Date)
		if !ok {
			continue
		}
		t := s.Closes
		if w == session.Day {
			t = f.session.Opens
		}
		add(t, b.m.book.carry(id, b.m.book.closeAt(f.columns, i, id), s.Date, f.session.Date))
	}
	if missed, ok := b.missed(); ok && len(at) > 0 {
		at, line = append(at, missed), append(line, math.NaN())
	}
	for _, s := range b.m.today.samples {
		add(s.at, s.prices[id])
	}
	if n := &b.m.names[id]; n.at != 0 && (len(at) == 0 || time.Unix(0, n.at).After(at[len(at)-1])) {
		add(time.Unix(0, n.at).In(session.Zone()), n.last)
	}
	return &Curve{At: at, Lines: [][]float64{line}}
}
