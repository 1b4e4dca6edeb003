package dataset_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestAPayoutAboveThePrice refuses a special dividend or a spin-off of which
// nothing of the last close would be left: the member would have no return.
func TestAPayoutAboveThePrice(t *testing.T) {
	for name, c := range map[string]struct {
		rows string
		want string // of the problem; "": there is none
		kept int    // actions beside those that were there
	}{
		"less than the close":              {"B,2025-03-28,special_dividend,,20.499999,\n", "", 1},
		"all of it":                        {"B,2025-03-28,special_dividend,,20.5,\n", "actions.csv:5:32: amount 20.5 is not less than the close before it, 20.5; nothing would be left of the price", 0},
		"a spin-off of more":               {"B,2025-03-28,spin_off,,1000,\n", "actions.csv:5:24: amount 1000 is not less than the close before it, 20.5; nothing would be left of the price", 0},
		"before the first close":           {"B,2025-03-27,special_dividend,,1000,\n", "", 1},
		"with a split, of who knows which": {"A,2025-03-28,special_dividend,,50,\n", "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			files := complete()
			before := len(load(t, folder(files)).Reference.Actions)
			files["actions.csv"] += c.rows
			ds := load(t, folder(files))
			found := strings.Trim(fmt.Sprint(ds.Problems), "[]")
			if found != c.want || len(ds.Reference.Actions) != before+c.kept || ds.Reference.Skipped != 1-c.kept {
				t.Errorf("it says %q, keeps %v and skips %d", found, ds.Reference.Actions[before:], ds.Reference.Skipped)
			}
		})
	}
}

// TestOneSymbolOfTwo names instruments that have one symbol at the same time. Both
// stay: their ids tell them apart.
func TestOneSymbolOfTwo(t *testing.T) {
	for name, c := range map[string]struct{ closes, actions, want string }{
		"at the same time":          {"2025-03-28,B,,,,20,\n2025-03-28,X,,,,1,\n", "", `instruments.csv:5:3: the symbol "BBB" is that of "B" as well, and both have a close on 2025-03-28; give each its own`},
		"one after the other":       {"2025-03-28,X,,,,1,\n", "", ""},
		"the other has none":        {"", "", ""},
		"the other changes its own": {"2025-03-27,X,,,,1,\n", "X,2025-03-28,rename,,,XXX\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			files := complete()
			files["actions.csv"] = "id,ex_date,kind,ratio,amount,new_symbol\n" + c.actions
			files["instruments.csv"] += "X,BBB,Another,IT,\n"
			files["closes.csv"] += c.closes
			ds := load(t, folder(files))
			if found := strings.Trim(fmt.Sprint(ds.Problems), "[]"); found != c.want || len(ds.Reference.Instruments) != 4 || ds.Reference.Skipped != 0 {
				t.Errorf("it says %q", found)
			}
		})
	}
}
