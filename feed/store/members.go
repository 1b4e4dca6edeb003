package store

import (
	"cmp"
	"fmt"
	"slices"

	"gyre/feed/dataset"
	"gyre/model"
	"gyre/model/session"
)

// day is one list of an index.
type day struct {
	asOf     session.Date
	quantity map[model.ID]int64
}

// members makes stays of the lists: each list holds from its day to the next
// one's. Before the first nothing better is known than that one.
func (r *reader) members() error {
	lists := map[string][]day{}
	var indices []string
	err := r.each("SELECT list, as_of, instrument, quantity FROM list_members ORDER BY list, as_of, instrument",
		func(scan func(...any) error) error {
			var index string
			var asOf session.Date
			var instrument, quantity int64
			if err := scan(&index, &asOf, &instrument, &quantity); err != nil {
				return err
			}
			days := lists[index]
			if len(days) == 0 {
				indices = append(indices, index)
			}
			if len(days) == 0 || days[len(days)-1].asOf != asOf {
				days = append(days, day{asOf, map[model.ID]int64{}})
				lists[index] = days
			}
			days[len(days)-1].quantity[r.ids[instrument]] = quantity
			return nil
		})
	if err != nil {
		return err
	}
	for _, index := range indices {
		r.stays(index, lists[index])
	}
	slices.SortFunc(r.ref.Members, func(a, b model.Membership) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.ID, b.ID), cmp.Compare(a.From, b.From))
	})
	return nil
}

// stays adds the stays of one index.
func (r *reader) stays(index string, days []day) {
	if len(r.ref.Closes) > 0 {
		if first := r.ref.Closes[0].Date; first < days[0].asOf {
			r.problems = append(r.problems, dataset.Problem{
				File:    Name,
				Message: fmt.Sprintf("the members of %s before %s are those of that day, the first list there is: companies that left before are missing", index, days[0].asOf),
			})
			days = slices.Insert(days, 0, day{first, r.before(days[0], first)})
		}
	}
	open := map[model.ID]int{} // where the stay of a present member is
	for _, d := range days {
		for id, at := range open {
			if quantity, stays := d.quantity[id]; !stays || quantity != r.ref.Members[at].Quantity {
				r.ref.Members[at].To = d.asOf
				delete(open, id)
			}
		}
		for id, quantity := range d.quantity {
			if _, stays := open[id]; !stays {
				open[id] = len(r.ref.Members)
				r.ref.Members = append(r.ref.Members, model.Membership{Index: index, ID: id, From: d.asOf, Quantity: quantity})
			}
		}
	}
}

// before is a list in the shares of an earlier day: a split between the two
// changed the number of shares and not the holding.
func (r *reader) before(first day, on session.Date) map[model.ID]int64 {
	quantity := make(map[model.ID]int64, len(first.quantity))
	for id, q := range first.quantity {
		quantity[id] = q
	}
	for _, a := range r.ref.Actions {
		q, there := quantity[a.ID]
		if there && a.Kind == model.ActionSplit && a.New > 0 && on < a.ExDate && a.ExDate <= first.asOf {
			quantity[a.ID] = int64(float64(q)*float64(a.Old)/float64(a.New) + 0.5)
		}
	}
	return quantity
}
