package live

import (
	"testing"
	"time"

	"gyre/model"
	"gyre/model/num"
)

// The previous close of Monday, where nobody tells an official one of Friday, is
// the last price that another bore out. Thursday closed at 10.
func TestABadLastTradeIsNoPreviousClose(t *testing.T) {
	type shown struct {
		price num.Price
		flags model.Flags
	}
	single := func(prices ...int) (all []shown) {
		for _, p := range prices {
			all = append(all, shown{usd(float64(p)), 0})
		}
		return all
	}
	for name, c := range map[string]struct {
		prints   []shown
		official num.Price
		late     num.Price // official, told on Monday
		action   *model.Action
		want     num.Price
	}{
		"ordinary trades":                      {single(10, 11), 0, 0, nil, usd(11)},
		"a bad last trade":                     {single(10, 11, 4), 0, 0, nil, usd(11)},
		"two of them that do not agree":        {single(10, 11, 4, 30), 0, 0, nil, usd(11)},
		"a fall that a second trade bears out": {single(10, 11, 4, 4), 0, 0, nil, usd(4)},
		"a bad one between":                    {single(10, 40, 11), 0, 0, nil, usd(11)},
		"an aggregate has no single bad trade": {append(single(10, 11), shown{usd(4), model.FlagBar}), 0, 0, nil, usd(4)},
		"only a bad trade":                     {single(4), 0, 0, nil, 0},
		"only a trade far from the close":      {single(6), 0, 0, nil, usd(6)},
		"after a split":                        {single(1), 0, 0, &model.Action{ExDate: friday, Kind: model.ActionSplit, New: 10, Old: 1}, usd(1)},
		"the official close stands":            {single(10, 11, 4), usd(4), 0, nil, usd(4)},
		"and may come late":                    {single(10, 11, 4), 0, usd(5), nil, usd(5)},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, friday.At(9, 0), reference(usd(10), usd(20), usd(30)), Identity{})
			if c.action != nil {
				r.Action("ALPHA", r.clock, *c.action)
			}
			r.clock = friday.At(15, 59)
			r.Quote(Quote{Symbol: "BRK-B", At: friday.At(15, 0), Price: usd(20)})
			for i, p := range c.prints {
				r.Quote(Quote{Symbol: "ALPHA", At: friday.At(15, 0).Add(time.Duration(i) * time.Minute), Price: p.price, Flags: p.flags})
			}
			r.at(friday.At(16, 30))
			if c.official > 0 {
				r.Close(Close{Symbol: "ALPHA", Date: friday, Price: c.official})
			}
			r.at(monday.At(9, 0))
			if c.late > 0 {
				r.Close(Close{Symbol: "ALPHA", Date: friday, Price: c.late})
				r.at(monday.At(9, 5))
			}
			if got := r.previousClose(alpha); got != c.want {
				t.Errorf("Friday's close is %s, want %s", got.Decimal(), c.want.Decimal())
			}
		})
	}
}

// A cancelled trade is no close either.
func TestACancelledLastTradeIsNoPreviousClose(t *testing.T) {
	r := newRig(t, friday.At(15, 59), reference(usd(10), usd(20), usd(30)), Identity{})
	for i, p := range []float64{10, 10.5, 11} {
		r.Quote(Quote{Symbol: "ALPHA", At: friday.At(15, 0).Add(time.Duration(i) * time.Minute), Price: usd(p)})
		r.at(friday.At(15, 10).Add(time.Duration(i) * time.Minute))
	}
	r.at(friday.At(15, 31))
	r.Cancel(Cancel{Symbol: "ALPHA", At: friday.At(15, 30), Price: usd(11)})
	r.at(friday.At(16, 30))
	r.at(monday.At(9, 0))
	if got := r.previousClose(alpha); got != usd(10.5) {
		t.Errorf("Friday's close is %s", got.Decimal())
	}
}
