package store

import (
	"fmt"
	"slices"

	"gyre/feed/dataset"
	"gyre/model"
)

// payouts leaves out and names special dividends and spin-offs of which nothing
// of a price would be left, as is done with those of a dataset's files.
func (r *reader) payouts() error {
	refused := map[model.Action]bool{}
	for i := range r.ref.Actions {
		a := &r.ref.Actions[i]
		if wrong := dataset.TooMuch(r.ref, a); wrong != "" {
			refused[*a] = true
			r.problems = append(r.problems, dataset.Problem{
				File: Name, Message: fmt.Sprintf("%s, %s: %s", r.ref.Instruments[a.ID].Symbol, a.ExDate, wrong),
			})
		}
	}
	r.ref.Skipped += len(refused)
	r.ref.Actions = slices.DeleteFunc(r.ref.Actions, func(a model.Action) bool { return refused[a] })
	return nil
}
