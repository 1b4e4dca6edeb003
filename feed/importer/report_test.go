package importer_test

import (
	"strings"
	"testing"

	"gyre/feed/importer"
)

func TestReportReadsWellInATerminal(t *testing.T) {
	r := importer.NewReport("list.csv")
	r.Read, r.Kept = 10, 4
	for line := range 5 {
		r.Omit(line+2, "it has no ticker", "- LINE")
	}
	r.Omit(9, "its asset class is Cash", "USD")
	r.Note(3, "%s split %d for %d", "ABC", 1, 30)
	r.Warn(0, "something about the file")
	r.Warn(7, "%s is odd", "XYZ")
	want := `list.csv: 10 rows read, 4 kept, 6 left out
left out
      5  it has no ticker
         list.csv:2: - LINE
         list.csv:3: - LINE
         list.csv:4: - LINE
         and 2 more
      1  its asset class is Cash
         list.csv:9: USD
found
         list.csv:3: ABC split 1 for 30
looks wrong
         list.csv: something about the file
         list.csv:7: XYZ is odd
`
	if got := r.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if r.Omitted() != 6 || r.OmittedFor("it has no ticker") != 5 || r.OmittedFor("no such reason") != 0 {
		t.Errorf("%d left out, %d for want of a ticker", r.Omitted(), r.OmittedFor("it has no ticker"))
	}
}

func TestReportWithNothingToTellIsOneLine(t *testing.T) {
	r := importer.NewReport("list.csv")
	r.Read, r.Kept = 2, 2
	if got, want := r.String(), "list.csv: 2 rows read, 2 kept, 0 left out\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What a file says goes to a terminal: nothing of it may act there.
func TestReportIsClean(t *testing.T) {
	r := importer.NewReport("a\x1b[2Jb.csv")
	r.Omit(1, "reason", "\x1b]52;c;x\a\nname")
	r.Note(2, "%s", "\x1b[8mhidden")
	r.Warn(3, "%s and %d", "\u202egnp", 5)
	for _, line := range r.Lines() {
		if strings.ContainsAny(line, "\x1b\a\n\u202e") {
			t.Errorf("the line %q is not clean", line)
		}
	}
}

// A file that is wrong throughout must not fill the screen or the memory.
func TestReportIsBounded(t *testing.T) {
	r := importer.NewReport("closes.csv")
	for line := range 5_000 {
		r.Warn(line, "odd")
		r.Note(line, "found")
	}
	if len(r.Warnings) > 1_000 || len(r.Notes) > 1_000 {
		t.Errorf("it keeps %d warnings and %d notes", len(r.Warnings), len(r.Notes))
	}
	lines := r.Lines()
	if len(lines) > 50 {
		t.Errorf("it has %d lines", len(lines))
	}
	if last := lines[len(lines)-1]; !strings.Contains(last, "and 4980 more") {
		t.Errorf("the last line is %q, and 20 of 5000 warnings stand above it", last)
	}
}
