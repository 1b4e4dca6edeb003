package store_test

import (
	"strings"
	"testing"

	"gyre/feed/store"
	"gyre/model"
)

// A payout of all that there was is left out and named, as one of a dataset's
// file would be.
func TestAPayoutAboveThePrice(t *testing.T) {
	for name, c := range map[string]struct {
		action store.Action
		split  bool
		want   string
	}{
		"less than the close":              {store.Action{Kind: model.ActionSpecial, Amount: dollars(20) - 1}, false, ""},
		"all of it":                        {store.Action{Kind: model.ActionSpecial, Amount: dollars(20)}, false, "store: BBB, 2025-04-02: amount 20 is not less than the close before it, 20; nothing would be left of the price"},
		"a spin-off of more":               {store.Action{Kind: model.ActionSpinOff, Amount: dollars(1000)}, false, "store: BBB, 2025-04-02: amount 1000 is not less than the close before it, 20; nothing would be left of the price"},
		"with a split, of who knows which": {store.Action{Kind: model.ActionSpecial, Amount: dollars(50)}, true, ""},
		"a merger at more than the close":  {store.Action{Kind: model.ActionCashMerger, Amount: dollars(50)}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := opened(t)
			c.action.Symbol, c.action.ExDate = "BBB", april(2)
			b := store.Batch{
				Source: "actions", Lists: []store.List{list(april(1), "AAA", "BBB")}, Actions: []store.Action{c.action},
				Closes: append(closes(april(1), "AAA", "BBB"), closes(april(2), "AAA", "BBB")...),
			}
			if c.split {
				b.Actions = append(b.Actions, store.Action{Symbol: "BBB", ExDate: april(2), Kind: model.ActionSplit, New: 1, Old: 10})
			}
			put(t, s, b)
			data, err := s.Dataset(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, p := range data.Problems {
				found = append(found, p.String())
			}
			kept := len(b.Actions)
			if c.want != "" {
				kept--
			}
			if got := strings.Join(found, "; "); got != c.want || data.ProblemCount != len(found) || len(data.Reference.Actions) != kept || data.Reference.Skipped != len(b.Actions)-kept {
				t.Errorf("it says %q, keeps %+v and skips %d", got, data.Reference.Actions, data.Reference.Skipped)
			}
		})
	}
}
