package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
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
	t := table{columns: append([]column{{head: "When", left: true}, {head: "Event", left: true, flex: true, title: true}, {head: "Imp", left: true}},
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

// released is the newest figures that are out. Where the session shown has had
// time to react to one of them, there is what its size spread did.
func (a author) released() section {
	s := section{title: "Released"}
	var out []model.CalendarEntry
	for _, e := range a.Calendar {
		if e.Released {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		return s
	}
	out = newest(out, lastReleases)
	t := table{columns: append([]column{{head: "When", left: true}, {head: "Event", left: true, flex: true, title: true}, {head: "Imp", left: true}},
		numbers("Cons", "Prev", "Actual", "Surprise")...)}
	reacted := slices.ContainsFunc(out, func(e model.CalendarEntry) bool { return !e.Reaction.From.IsZero() })
	if reacted {
		t.columns = append(t.columns, numbers("After")...)
		s.notes = append(s.notes, a.reactionNote(out))
	}
	revised := false
	for i := range out {
		e := &out[i]
		previous := a.printed(e.Previous)
		if e.Revised != "" {
			previous, revised = "r"+a.quoted(e.Revised), true
		}
		row := []string{
			a.when(e.At), e.Title, stars(e.Importance), a.printed(e.Consensus), previous, a.printed(e.Actual), a.surprise(e),
		}
		if reacted {
			row = append(row, a.reaction(e))
		}
		t.rows = append(t.rows, row)
	}
	if revised {
		s.notes = append(s.notes, "r: the previous figure as it was revised.")
	}
	s.tables = []table{t}
	return s
}

// newest is the n releases that are worth most, in their order: those with three
// stars of the last day that had a release, then whatever came last.
func newest(out []model.CalendarEntry, n int) []model.CalendarEntry {
	const important = 3
	day := session.DateOf(out[len(out)-1].At)
	var kept []int
	for _, stars := range []bool{true, false} {
		for i, e := range slices.Backward(out) {
			if stars == (e.Importance >= important && session.DateOf(e.At) == day) && len(kept) < n {
				kept = append(kept, i)
			}
		}
	}
	slices.Sort(kept)
	all := make([]model.CalendarEntry, len(kept))
	for k, i := range kept {
		all[k] = out[i]
	}
	return all
}

// surprise is how far a figure was from the consensus, and how unusual that is.
func (a author) surprise(e *model.CalendarEntry) string {
	text := a.signed(e.Surprise)
	if e.Surprise.Known() {
		text += e.Unit
	}
	if e.Sigmas.Known() {
		text += " (" + a.level(num.NewFigure(e.Sigmas.Decimal().Abs(), 1)) + "σ)"
	}
	return text
}

// reaction is what the spread did after an event, with a letter where that is
// not the half hour after it; nothing while it runs.
func (a author) reaction(e *model.CalendarEntry) string {
	if e.Reaction.From.IsZero() || !e.Reaction.Change.Known() && a.AsOf.Before(e.Reaction.To) {
		return ""
	}
	return a.signed(e.Reaction.Change) + " " + reactionLetter(e.Reaction)
}

// reactionLetter is o for a reaction from the open on, c for one that the close
// has cut short.
func reactionLetter(r model.Reaction) string {
	const whole = 30 * time.Minute
	switch {
	case r.AtOpen:
		return "o"
	case r.To.Sub(r.From) < whole:
		return "c"
	}
	return " "
}

// reactionNote says what the column of reactions is.
func (a author) reactionNote(out []model.CalendarEntry) string {
	parts := []string{"After: " + a.spreadName() + " of 1D in the 30 minutes after, in pp"}
	for _, letter := range []struct{ sign, means string }{{"o", "from the open"}, {"c", "to the close"}} {
		if slices.ContainsFunc(out, func(e model.CalendarEntry) bool {
			return !e.Reaction.From.IsZero() && reactionLetter(e.Reaction) == letter.sign
		}) {
			parts = append(parts, letter.sign+": "+letter.means)
		}
	}
	return strings.Join(parts, "; ") + "."
}

// spreadName is "Q4 − Q1", or "H2 − H1" with halves.
func (a author) spreadName() string {
	last := len(a.Size.Buckets) - 1
	if last < 1 {
		return "the size spread"
	}
	return a.Size.Buckets[last].ID + " − " + a.Size.Buckets[0].ID
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
		line += ", delayed " + draw.Delay(a.Feed.Delay)
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
	if i.Count > 0 {
		parts = append(parts, a.plural(i.Count, "name"))
	}
	parts = append(parts, say.Incident(i.Kind))
	switch {
	case i.Detail == "", i.Count > 0: // it would only say the number again
	case i.Kind == model.IncidentHalt:
		parts = append(parts, "("+say.HaltReason(i.Detail)+")")
	default:
		parts = append(parts, a.quoted(i.Detail))
	}
	return strings.Join(parts, " ")
}

// printed is a figure as its source printed it, with a true minus sign.
func (a author) printed(s string) string { return a.quoted(orUnknown(s)) }

func stars(importance int) string { return strings.Repeat("★", min(max(importance, 0), 3)) }
