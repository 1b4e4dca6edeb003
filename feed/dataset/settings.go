package dataset

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"gyre/feed/clean"
	"gyre/model/session"
)

// preOpen is how long before the open a session's replay begins.
const preOpen = 5 * time.Minute

// settings reads dataset.toml.
func (l *loader) settings() error {
	const name = "dataset.toml"
	text, err := readSmall(l.fsys, name)
	if err != nil {
		return err
	}
	var raw struct {
		Name     string
		Sample   bool
		Seed     uint64
		Intraday string
		From     any
		To       any
		Start    any
		Speed    int
	}
	if err := toml.Unmarshal(text, &raw); err != nil {
		return tomlError(name, err)
	}
	if raw.Intraday != "" && raw.Intraday != "synthetic" {
		return fmt.Errorf("%s: intraday must be \"synthetic\" or left out", name)
	}
	if raw.Speed < 0 {
		return fmt.Errorf("%s: speed is negative; give market seconds per second, such as 60", name)
	}
	s := Settings{Sample: raw.Sample, Seed: raw.Seed, Synthetic: raw.Intraday != "", Speed: raw.Speed}
	s.Name, _ = clean.Text(raw.Name)
	for _, moment := range []struct {
		key   string
		raw   any
		begin bool
		to    *time.Time
	}{
		{"from", raw.From, true, &s.From},
		{"to", raw.To, false, &s.To},
		{"start", raw.Start, true, &s.Start},
	} {
		if moment.raw == nil {
			continue
		}
		t, err := l.moment(moment.raw, moment.begin)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", name, moment.key, err)
		}
		*moment.to = t
	}
	if !s.From.IsZero() && !s.To.IsZero() && !s.From.Before(s.To) {
		return fmt.Errorf("%s: from does not lie before to", name)
	}
	l.data.Settings = s
	l.ref.Sample = s.Sample
	return nil
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

// tomlError says where a TOML file is wrong.
func tomlError(name string, err error) error {
	message, _ := clean.Text(err.Error())
	if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
		line, column := at.Position()
		return fmt.Errorf("%s:%d:%d: %s", name, line, column, message)
	}
	return fmt.Errorf("%s: %s", name, message)
}
