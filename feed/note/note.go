// Package note reads note.toml: what somebody has published about the market,
// as claims that can be checked.
package note

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"gyre/feed/clean"
	"gyre/model/claim"
	"gyre/model/session"
)

// Note is one published note. All its text is clean.
type Note struct {
	Title     string
	Publisher string
	Report    string // whose figures the note quotes, "" where they are its own
	Published session.Date
	Claims    []claim.Claim // in the order of the file
}

// Problem is something wrong at one place of a note. A claim with a problem is
// left out; text that had to be cleaned is a problem too, and stays.
type Problem struct {
	File         string
	Line, Column int // counted from 1
	Message      string
}

// String is the place and the sentence: "note.toml:12:1: window is missing; …".
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// maxClaims is how many claims a note may have.
const maxClaims = 500

// document is a note as the file has it.
type document struct {
	Title     string  `toml:"title"`
	Publisher string  `toml:"publisher"`
	Report    string  `toml:"report"`
	Published any     `toml:"published"`
	KnownAt   any     `toml:"known_at"`
	Claims    []entry `toml:"claim"`
}

// entry is a claim as the file has it.
type entry struct {
	ID        string `toml:"id"`
	Text      string `toml:"text"`
	Subject   string `toml:"subject"`
	Universe  string `toml:"universe"`
	Metric    string `toml:"metric"`
	Window    string `toml:"window"`
	Value     figure `toml:"value"`
	High      figure `toml:"high"`
	Precision string `toml:"precision"`
	Source    string `toml:"source"`
	AsOf      any    `toml:"as_of"`
	KnownAt   any    `toml:"known_at"`
}

// figure is a number as it is written, in quotes or not: digits count, so it
// must not go through a float.
type figure string

// UnmarshalText keeps a number without quotes as it stands.
func (f *figure) UnmarshalText(text []byte) error {
	*f = figure(text)
	return nil
}

// Parse reads a note; name is what problems call its file. What is wrong is
// left out and told, the rest is used. A file that is no TOML gives an empty
// note and one problem.
func Parse(data []byte, name string) (Note, []Problem) {
	r := &reader{file: name, data: data, calendar: session.New()}
	var doc document
	decoder := toml.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&doc); err != nil && !r.unknownKeys(err) {
		return Note{}, r.problems
	}
	r.places = locate(data)
	return r.note(&doc), r.problems
}

// reader carries a note while it is read.
type reader struct {
	file     string
	data     []byte
	calendar *session.Calendar
	places   places
	problems []Problem
}

// unknownKeys reports why a file cannot be decoded and tells whether that is
// only because of keys that a note does not have.
func (r *reader) unknownKeys(err error) bool {
	if strict := (*toml.StrictMissingError)(nil); errors.As(err, &strict) {
		for i := range strict.Errors {
			line, column := strict.Errors[i].Position()
			key := strings.Join(strict.Errors[i].Key(), ".")
			r.report(line, column, "there is no key "+quote(key)+" in a note")
		}
		return true
	}
	line, column := 1, 1
	if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
		line, column = at.Position()
	}
	r.report(line, column, r.undecoded(err))
	return false
}

// undecoded is why a file cannot be decoded: it is no TOML, or it is and has a
// value of another kind than is wanted.
func (r *reader) undecoded(err error) string {
	var anything map[string]any
	if broken := toml.Unmarshal(r.data, &anything); broken != nil {
		message, _ := clean.Text(strings.TrimPrefix(broken.Error(), "toml: "))
		return "this is not TOML: " + message
	}
	at := (*toml.DecodeError)(nil)
	if !errors.As(err, &at) || len(at.Key()) == 0 {
		return "a value is of another kind than a note has"
	}
	switch key := at.Key()[len(at.Key())-1]; key {
	case "claim":
		return "claims are tables; begin each with a line [[claim]]"
	case "value", "high":
		return key + ": write a number"
	default:
		return key + ": write text in quotes"
	}
}

func (r *reader) report(line, column int, message string) {
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Column: column, Message: message})
}

// reportAt reports a problem with a key of claim i, or of the note itself where
// i is top.
func (r *reader) reportAt(i int, key, message string) {
	line, column := position(r.data, r.places.of(i, key))
	r.report(line, column, message)
}

// note turns the file's contents into a note.
func (r *reader) note(doc *document) Note {
	n := Note{
		Title:     r.word(top, "title", doc.Title),
		Publisher: r.word(top, "publisher", doc.Publisher),
		Report:    r.word(top, "report", doc.Report),
	}
	n.Published = r.date(top, "published", doc.Published)
	known, readable := r.instant(top, "known_at", doc.KnownAt)
	seen := make(map[string]bool)
	for i := range doc.Claims {
		if i == maxClaims {
			r.reportAt(i, "", fmt.Sprintf("a note has at most %d claims; the rest is left out", maxClaims))
			break
		}
		c, ok := r.claim(i, &doc.Claims[i])
		if !ok {
			continue
		}
		if seen[c.ID] {
			r.reportAt(i, "id", "there is another claim "+quote(c.ID)+" above; give each a name of its own")
			continue
		}
		seen[c.ID] = true
		if c.KnownAt.IsZero() {
			if !readable {
				continue // shown at once it might be shown before it was known
			}
			c.KnownAt = known
		}
		if c.Source == "" {
			c.Source = n.Report
		}
		n.Claims = append(n.Claims, c)
	}
	return n
}
