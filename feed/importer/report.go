package importer

import (
	"fmt"
	"slices"
	"strings"

	"gyre/feed/clean"
)

// Limits of a report.
const (
	maxPlaces   = 3     // places named of each reason for leaving rows out
	maxFindings = 1_000 // kept of each kind; all are counted
	maxLines    = 20    // findings of a kind that String writes
)

// Report is what an import made of its file: how many rows it read and kept,
// which it left out and why, what it found and did by itself, and what looks
// wrong and is for the user to judge. Texts are clean and one line long.
type Report struct {
	File       string     // as the user knows it
	Read, Kept int        // rows
	Omissions  []Omission // by reason, in the order in which they were first met
	Notes      []Finding
	Warnings   []Finding

	moreNotes, moreWarnings int // beyond maxFindings
}

// Omission is one reason for which rows were left out.
type Omission struct {
	Reason string
	Count  int
	First  []Place // the first of them
}

// Place is a line of the file and what stands there.
type Place struct {
	Line int // counted from 1
	What string
}

// Finding is something to tell about one line, or about the file where Line is 0.
type Finding struct {
	Line int
	Text string
}

// NewReport is an empty report of a file.
func NewReport(file string) *Report {
	text, _ := clean.Text(file)
	return &Report{File: text}
}

// Omit counts a row that is left out. The reason is the program's own word;
// what stands there may be the file's.
func (r *Report) Omit(line int, reason, what string) {
	text, _ := clean.Text(what)
	i := slices.IndexFunc(r.Omissions, func(s Omission) bool { return s.Reason == reason })
	if i < 0 {
		i = len(r.Omissions)
		r.Omissions = append(r.Omissions, Omission{Reason: reason})
	}
	s := &r.Omissions[i]
	if s.Count++; len(s.First) < maxPlaces {
		s.First = append(s.First, Place{Line: line, What: text})
	}
}

// Note tells what the import found out and did by itself. Text arguments are
// cleaned.
func (r *Report) Note(line int, format string, args ...any) {
	if len(r.Notes) == maxFindings {
		r.moreNotes++
		return
	}
	r.Notes = append(r.Notes, Finding{Line: line, Text: sentence(format, args)})
}

// Warn tells what looks wrong. Text arguments are cleaned.
func (r *Report) Warn(line int, format string, args ...any) {
	if len(r.Warnings) == maxFindings {
		r.moreWarnings++
		return
	}
	r.Warnings = append(r.Warnings, Finding{Line: line, Text: sentence(format, args)})
}

// Omitted counts the rows that were left out.
func (r *Report) Omitted() int {
	count := 0
	for _, s := range r.Omissions {
		count += s.Count
	}
	return count
}

// OmittedFor counts the rows that were left out for one reason.
func (r *Report) OmittedFor(reason string) int {
	for _, s := range r.Omissions {
		if s.Reason == reason {
			return s.Count
		}
	}
	return 0
}

// String is the report as it is read in a terminal, in Lines.
func (r *Report) String() string { return strings.Join(r.Lines(), "\n") + "\n" }

// Lines are the report for a terminal: a summary, and below it, where there is
// something to tell, what was left out, what was found, and what looks wrong.
func (r *Report) Lines() []string {
	lines := []string{fmt.Sprintf("%s: %d rows read, %d kept, %d left out", r.File, r.Read, r.Kept, r.Omitted())}
	if len(r.Omissions) > 0 {
		lines = append(lines, "left out")
	}
	for _, s := range r.Omissions {
		lines = append(lines, fmt.Sprintf("%7d  %s", s.Count, s.Reason))
		for _, p := range s.First {
			lines = append(lines, "         "+r.place(p.Line)+" "+p.What)
		}
		if more := s.Count - len(s.First); more > 0 {
			lines = append(lines, fmt.Sprintf("         and %d more", more))
		}
	}
	lines = r.findings(lines, "found", r.Notes, r.moreNotes)
	return r.findings(lines, "looks wrong", r.Warnings, r.moreWarnings)
}

// findings adds one kind of finding to the lines.
func (r *Report) findings(lines []string, heading string, found []Finding, more int) []string {
	if len(found) == 0 {
		return lines
	}
	lines = append(lines, heading)
	for _, f := range found[:min(len(found), maxLines)] {
		lines = append(lines, "         "+r.place(f.Line)+" "+f.Text)
	}
	if more += max(len(found)-maxLines, 0); more > 0 {
		lines = append(lines, fmt.Sprintf("         and %d more", more))
	}
	return lines
}

// place names a line as editors and compilers do.
func (r *Report) place(line int) string {
	if line == 0 {
		return r.File + ":"
	}
	return fmt.Sprintf("%s:%d:", r.File, line)
}

// sentence is a message with its text arguments cleaned.
func sentence(format string, args []any) string {
	cleaned := slices.Clone(args)
	for i, arg := range cleaned {
		if text, ok := arg.(string); ok {
			cleaned[i], _ = clean.Text(text)
		}
	}
	return fmt.Sprintf(format, cleaned...)
}
