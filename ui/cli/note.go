package cli

import (
	"errors"
	"fmt"

	"gyre/feed/dataset"
	"gyre/feed/note"
	"gyre/model"
	"gyre/model/claim"
	"gyre/ui/report"
)

const noteFile = "note.toml"

// readNote is the dataset's note and what is wrong with it, which goes into the
// log; the rest is used.
func (s *shell) readNote(data *dataset.Dataset) (note.Note, []note.Problem) {
	n, problems := note.Parse(data.Note, noteFile)
	for _, p := range problems {
		s.log.Warn("note", "file", p.File, "line", p.Line, "column", p.Column, "problem", p.Message)
	}
	return n, problems
}

// checkNote is the check of the dataset's note against a snapshot. The first
// few things that are wrong with the note go to stderr.
func (s *shell) checkNote(data *dataset.Dataset, snap *model.Snapshot) (*report.Note, error) {
	if data.Note == nil {
		return nil, fmt.Errorf("the dataset has no %s to check; write one, or leave out --note", noteFile)
	}
	n, problems := s.readNote(data)
	if len(n.Claims) == 0 && len(problems) > 0 {
		return nil, fmt.Errorf("the note has no claim that can be checked: %s", problems[0])
	}
	const shown = 5
	for _, p := range problems[:min(len(problems), shown)] {
		_, _ = fmt.Fprintln(s.err, "gyre: "+sentence(errors.New(p.String())))
	}
	if len(problems) > shown {
		_, _ = fmt.Fprintf(s.err, "gyre: the note has %d problems in all; --log FILE keeps them\n", len(problems))
	}
	return &report.Note{
		Title: n.Title, Publisher: n.Publisher, Published: n.Published, Results: claim.Check(n.Claims, snap),
	}, nil
}
