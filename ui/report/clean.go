package report

import (
	"strings"
	"unicode"

	"gyre/model"
)

// printable is s without anything that could act on a terminal: control bytes
// in all their encodings, direction overrides, invisible characters. Text is
// cleaned where it comes into the program; a report leaves it, goes into files
// and mails, and so does not rely on that.
func printable(s string) string {
	clean := func(r rune) rune {
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			return r
		}
		return -1
	}
	if strings.ContainsFunc(s, func(r rune) bool { return clean(r) < 0 }) {
		return strings.Map(clean, s)
	}
	return s
}

// cleaned is a shallow copy of s whose every string is printable.
func cleaned(s *model.Snapshot) *model.Snapshot {
	if s == nil {
		s = &model.Snapshot{}
	}
	c := *s
	c.Name = printable(c.Name)
	c.Feed.Name, c.Feed.Problem = printable(c.Feed.Name), printable(c.Feed.Problem)
	c.Universes = mapped(c.Universes, func(u *model.Coverage) { u.Universe = printable(u.Universe) })
	c.Indices = mapped(c.Indices, cleanIndex)
	c.Size.Universe = printable(c.Size.Universe)
	c.Size.Buckets = mapped(c.Size.Buckets, cleanBucket)
	c.Leverage = mapped(c.Leverage, func(l *model.Leverage) {
		l.Universe = printable(l.Universe)
		l.Buckets = mapped(l.Buckets, cleanBucket)
	})
	c.Pair.A, c.Pair.B = printable(c.Pair.A), printable(c.Pair.B)
	for w := range c.Verdicts {
		v := &c.Verdicts[w]
		v.Text, v.LeverageIn = printable(v.Text), printable(v.LeverageIn)
	}
	c.Rates.Cuts, c.Rates.Source = printable(c.Rates.Cuts), printable(c.Rates.Source)
	c.Calendar = mapped(c.Calendar, cleanEntry)
	c.Alerts = mapped(c.Alerts, func(a *model.Alert) {
		a.Kind, a.Text = model.AlertKind(printable(string(a.Kind))), printable(a.Text)
	})
	c.Quality.Incidents = mapped(c.Quality.Incidents, func(i *model.Incident) {
		i.Symbol, i.Detail = printable(i.Symbol), printable(i.Detail)
	})
	c.Missing = mapped(c.Missing, func(name *string) { *name = printable(*name) })
	return &c
}

func cleanIndex(i *model.Index) {
	i.Symbol, i.Name = printable(i.Symbol), printable(i.Name)
	if i.Range != nil {
		place := *i.Range
		place.Source = printable(place.Source)
		i.Range = &place
	}
}

func cleanBucket(b *model.Bucket) { b.ID = printable(b.ID) }

func cleanEntry(e *model.CalendarEntry) {
	for _, s := range []*string{
		&e.Title, &e.Country, &e.Consensus, &e.Previous, &e.Revised, &e.Actual, &e.Source, &e.Unit,
	} {
		*s = printable(*s)
	}
}

// mapped is a copy of all with change made to each; never nil, so that a list
// without entries is written as an empty list.
func mapped[T any](all []T, change func(*T)) []T {
	out := make([]T, len(all))
	copy(out, all)
	for i := range out {
		change(&out[i])
	}
	return out
}
