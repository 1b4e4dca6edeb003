package config

import (
	"fmt"
	"strconv"
	"strings"

	"gyre/feed/clean"
)

// Problem is one thing that is wrong in a file.
type Problem struct {
	File         string // as it was named to Parse
	Line, Column int    // both from 1; columns count bytes
	Message      string // what is wrong and what is allowed
}

// String is the problem with its place: file:line:column: message.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// FileError is everything that is wrong in a file, in the order of the file.
type FileError []Problem

// Error is every problem, a line each.
func (p FileError) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// quote is a text of the file as a sentence has it.
func quote(text string) string {
	text, _ = clean.Text(text)
	return strconv.Quote(text)
}

// noSuch says that a choice has no such name.
func noSuch(kind, name string, names []string) error {
	return fmt.Errorf("there is no %s %s; choose one of %s", kind, quote(name), strings.Join(names, ", "))
}
