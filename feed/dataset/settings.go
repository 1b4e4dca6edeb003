package dataset

import (
	"fmt"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"gyre/feed/clean"
	"gyre/model/session"
)

// maxSpeed is the fastest replay.
const maxSpeed = 3600

// preOpen is how long before the open a session's replay begins.
const preOpen = 5 * time.Minute

// afterLast is how long after the last close a replay may end: until then there
// may be headlines.
const afterLast = 7 * 24 * time.Hour

// settings reads dataset.toml.
func (l *loader) settings() error {
	const name = "dataset.toml"
	text, err := readSmall(l.fsys, name)
	if err != nil {
		return err
	}
	if l.sheet, err = newSheet(name, text); err != nil {
		return err
	}
	const texts, whole = "write text in quotes", "write a whole number, such as 60"
	seed, speed := read[int64](l.sheet, "seed", whole), read[int64](l.sheet, "speed", whole)
	intraday := read[string](l.sheet, "intraday", texts)
	s := Settings{
		Sample: read[bool](l.sheet, "sample", "write true or false, without quotes"), Seed: uint64(max(seed, 0)), //nolint:gosec // not negative
		Synthetic: intraday != "", Speed: int(speed),
	}
	s.Name, _ = clean.Text(read[string](l.sheet, "name", texts))
	switch {
	case intraday != "" && intraday != "synthetic":
		l.sheet.refuse("intraday", "it must be \"synthetic\" or left out")
	case seed < 0:
		l.sheet.refuse("seed", "it is negative; give a whole number from 0 on")
	case speed < 0 || speed > maxSpeed:
		l.sheet.refuse("speed", "give market seconds per second, 1 to %d, such as 60", maxSpeed)
	}
	s.From, s.To, s.Start = l.bound("from", true), l.bound("to", false), l.bound("start", true)
	if !s.From.IsZero() && !s.To.IsZero() && !s.From.Before(s.To) {
		l.sheet.refuse("from", "it does not lie before to")
	}
	l.data.Settings = s
	l.ref.Sample = s.Sample
	return l.sheet.err
}

// bound is a moment of dataset.toml, zero where it has none.
func (l *loader) bound(key string, begin bool) time.Time {
	raw := l.sheet.values[key]
	if raw == nil {
		return time.Time{}
	}
	t, err := l.moment(raw, begin)
	if err != nil {
		l.sheet.refuse(key, "%w", err)
	}
	return t
}

// bounds refuses a replay that would show nothing, once the closes are read.
func (l *loader) bounds() error {
	s := &l.data.Settings
	first, _ := l.calendar.On(l.ref.Closes[0].Date)
	last, _ := l.calendar.On(l.ref.Closes[len(l.ref.Closes)-1].Date)
	from, to := s.From, s.To
	if from.IsZero() {
		from = first.Closes
	}
	if to.IsZero() {
		to = last.Closes
	}
	switch {
	case from.After(last.Closes):
		l.sheet.refuse("from", "it lies after the last close, that of %s; give an earlier day", last.Date)
	case !s.To.IsZero() && to.Before(first.Opens):
		l.sheet.refuse("to", "it lies before the first session, %s; give a later day", first.Date)
	case to.After(last.Closes.Add(afterLast)):
		l.sheet.refuse("to", "it lies more than a week after the last close, that of %s; give an earlier day", last.Date)
	case !s.Start.IsZero() && (s.Start.Before(from) || s.Start.After(to)):
		const form = "2006-01-02 15:04"
		l.sheet.refuse("start", "it lies outside of the replay, which goes from %s to %s", from.Format(form), to.Format(form))
	}
	return l.sheet.err
}

// moment reads a moment of a TOML file, written as text or as TOML's own date
// or time. A date alone is shortly before the session's open where something
// begins, and its close elsewhere.
func (l *loader) moment(v any, begin bool) (time.Time, error) {
	if at, ok := v.(time.Time); ok {
		return at.In(session.Zone()), nil
	}
	text, _ := clean.Text(fmt.Sprint(v))
	t, dateOnly, err := parseInstant(text, l.calendar)
	if err != nil || !dateOnly || !begin {
		return t, err
	}
	d := session.DateOf(t)
	if on, ok := l.calendar.On(d); ok {
		return on.Opens.Add(-preOpen), nil
	}
	return d.At(0, 0), nil
}

// note keeps note.toml as it stands. A note that is broken costs the note and
// nothing else: whoever reads it tells what is wrong, and leaves out claims of
// which nobody can say since when they are known.
func (l *loader) note() {
	const name = "note.toml"
	text, err := readSmall(l.fsys, name)
	switch {
	case err != nil: // its sentence begins with the name of the file
		l.problem(Problem{File: name, Message: strings.TrimPrefix(err.Error(), name+" ")})
		return
	case text == nil:
		l.findings.missing = append(l.findings.missing, name)
		return
	}
	l.data.Note = text
	var raw struct {
		KnownAt any `toml:"known_at"`
	}
	if toml.Unmarshal(text, &raw) != nil || raw.KnownAt == nil {
		return
	}
	if t, err := l.moment(raw.KnownAt, false); err == nil {
		l.data.NoteKnownAt = t
	}
}
