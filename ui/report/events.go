package report

import (
	"strconv"
	"strings"

	"gyre/model"
	"gyre/ui/draw"
)

// How many of a list a page shows.
const (
	nextEvents    = 5
	lastReleases  = 5
	lastAlerts    = 8
	lastIncidents = 8
)

// upcoming is the next events, with the time to each.
func (a author) upcoming() section {
	s := section{title: "Calendar", context: "next, New York time"}
	t := table{columns: append([]column{{head: "When", left: true}, {head: "Event", left: true, flex: true}, {head: "Imp", left: true}},
		numbers("Cons", "Prev", "In")...)}
	for _, e := range a.Calendar {
		if !e.Past && len(t.rows) < nextEvents {
			t.rows = append(t.rows, []string{
				a.when(e.At), e.Title, stars(e.Importance), a.printed(e.Consensus), a.printed(e.Previous), draw.Countdown(e.At.Sub(a.AsOf)),
			})
		}
	}
	if len(t.rows) > 0 {
		s.tables = []table{t}
	}
	return s
}

// released is the newest figures that are out.
func (a author) released() section {
	s := section{title: "Released"}
	t := table{columns: append([]column{{head: "When", left: true}, {head: "Event", left: true, flex: true}, {head: "Imp", left: true}},
		numbers("Cons", "Prev", "Actual", "Surprise")...)}
	for _, e := range a.Calendar {
		if !e.Released {
			continue
		}
		previous := a.printed(e.Previous)
		if e.Revised != "" {
			previous += " r" + a.quoted(e.Revised)
		}
		surprise := a.signed(e.Surprise)
		if e.Surprise.Known() {
			surprise += e.Unit
		}
		t.rows = append(t.rows, []string{
			a.when(e.At), e.Title, stars(e.Importance), a.printed(e.Consensus), previous, a.printed(e.Actual), surprise,
		})
	}
	if len(t.rows) > 0 {
		t.rows = t.rows[max(len(t.rows)-lastReleases, 0):]
		s.tables = []table{t}
	}
	return s
}

func (a author) alerts() section {
	s := section{title: "Alerts"}
	for _, alert := range a.Alerts[max(len(a.Alerts)-lastAlerts, 0):] {
		s.notes = append(s.notes, a.when(alert.At)+" "+a.quoted(alert.Text))
	}
	return s
}

func (a author) quality() section {
	q := a.Quality
	s := section{title: "Data"}
	for _, u := range a.Universes {
		s.notes = append(s.notes, a.universe(u.Universe)+": "+a.count(u.Valid)+" of "+a.plural(u.Members, "member")+
			" priced ("+a.percent(u.Pct)+", by cap "+a.percent(u.CapPct)+").")
	}
	counts := []string{
		a.count(q.Stale) + " stale", a.count(q.Halted) + " halted", a.count(q.Rejected) + " rejected",
		a.count(q.Unprinted) + " not printed", a.count(q.Late) + " late",
	}
	s.notes = append(s.notes, "This session: "+strings.Join(counts, ", ")+".")
	if q.Skipped > 0 {
		s.notes = append(s.notes, a.plural(q.Skipped, "row")+" of the dataset skipped.")
	}
	if len(a.Missing) > 0 {
		s.notes = append(s.notes, "Not in this dataset: "+strings.Join(a.Missing, ", ")+".")
	}
	s.notes = append(s.notes, a.feed())
	for _, i := range q.Incidents[max(len(q.Incidents)-lastIncidents, 0):] {
		s.notes = append(s.notes, a.incident(i))
	}
	return s
}

func (a author) feed() string {
	line := "Feed " + orUnknown(a.Feed.Name) + ": " + feedState(a.Feed.Phase) + ", " + draw.Age(a.Feed.Age) + " old"
	if a.Feed.Delay > 0 {
		line += ", delayed " + draw.Countdown(a.Feed.Delay)
	}
	if a.Feed.Dropped > 0 {
		line += ", " + strconv.FormatUint(a.Feed.Dropped, 10) + " updates lost"
	}
	if a.Feed.Problem != "" {
		line += "; " + a.Feed.Problem
	}
	return line + "."
}

func (a author) incident(i model.Incident) string {
	parts := []string{a.when(i.At)}
	if i.Symbol != "" {
		parts = append(parts, i.Symbol)
	}
	parts = append(parts, incidentName(i.Kind))
	switch {
	case i.Detail != "":
		parts = append(parts, a.quoted(i.Detail))
	case i.Count > 0:
		parts = append(parts, a.plural(i.Count, "name"))
	}
	return strings.Join(parts, " ")
}

// printed is a figure as its source printed it, with a true minus sign.
func (a author) printed(s string) string { return a.quoted(orUnknown(s)) }

func stars(importance int) string { return strings.Repeat("★", min(max(importance, 0), 3)) }
