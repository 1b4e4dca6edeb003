// Package report writes a snapshot for readers without a screen: a page of
// text, Markdown tables, JSON, CSV, and one line for a status bar.
//
// Everything here is a pure function of a snapshot and Options: equal inputs
// give equal bytes. No output holds a control byte other than the newline,
// whatever the strings in the snapshot.
package report

import (
	"fmt"
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel/say"
)

// Options choose what a report dwells on.
type Options struct {
	Window    session.Window  // of what is shown for one window only
	Statistic model.Statistic // of the groups' returns
	ASCII     bool            // text and status line without anything outside ASCII
	Note      *Note           // the check of a note, written where it is given
}

// checked is o with the week and the mean where it names what there is not, and
// a note that is printable.
func (o Options) checked() Options {
	o.Window, o.Statistic, o.Note = say.Chosen(o.Window), say.ChosenStat(o.Statistic), cleanedNote(o.Note)
	return o
}

// Format is a way to write a snapshot.
type Format uint8

// The formats.
const (
	Text     Format = iota // a page of at most 80 columns
	Markdown               // tables
	JSON                   // the schema gyre.snapshot/1
	CSV                    // long form: one figure a row
)

// FormatNames is every name that ParseFormat reads, in the order of the formats.
func FormatNames() []string { return []string{"text", "markdown", "json", "csv"} }

// ParseFormat finds a format by its name.
func ParseFormat(name string) (Format, error) {
	i := slices.Index(FormatNames(), strings.ToLower(name))
	if i < 0 {
		return Text, fmt.Errorf("there is no format %q; choose one of %s", name, strings.Join(FormatNames(), ", "))
	}
	return Format(i), nil
}

// String is the name that ParseFormat reads.
func (f Format) String() string { return word(FormatNames(), f) }

// Render writes s in the given format, with one newline at its end. A nil s
// is an empty snapshot.
func Render(f Format, s *model.Snapshot, o Options) ([]byte, error) {
	s, o = cleaned(s), o.checked()
	switch f {
	case Text:
		return renderText(s, o), nil
	case Markdown:
		return renderMarkdown(s, o), nil
	case JSON:
		return renderJSON(s, o)
	case CSV:
		return renderCSV(s, o)
	}
	return nil, fmt.Errorf("there is no format number %d", f)
}
