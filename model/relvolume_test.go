package model

import (
	"math/big"
	"testing"

	"gyre/model/session"
)

// Three times its usual shares at the last price, for every name, against the
// mean of twenty days worked out day by day.
func TestRelativeVolume(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	past := ref.Closes[len(ref.Closes)-21 : len(ref.Closes)-1]
	past[3].Price[65] = 0 // a name of Q4 that lacks a close is left out on both sides
	m := start(ref)
	f := floor{Market: m, t: t, ref: ref}
	for id := range ID(80) {
		m.Apply(&Update{Kind: KindQuote, Flags: FlagBar, ID: id, At: f.at("15:50:00"), Price: f.off(id, 20), Volume: 3 * past[19].Volume[id]})
	}
	if g := f.see("15:59:59").Size.Buckets[3].Groups[session.Day]; g.Volume.Known() || !g.Turnover.Known() {
		t.Errorf("while the session runs the relative volume is %s", g.Volume)
	}
	size := f.see("16:00:00").Size
	for q, ids := range [][]ID{ids(0, 19), ids(20, 39), ids(40, 59), ids(60, 79)} {
		today, usual := new(big.Rat), new(big.Rat)
		for _, id := range ids {
			if id == 65 {
				continue
			}
			today.Add(today, dollars(3*past[19].Volume[id], int64(f.off(id, 20))))
			for _, c := range past {
				usual.Add(usual, dollars(c.Volume[id], int64(c.Price[id])))
			}
		}
		want := today.Mul(today, big.NewRat(20, 1)).Quo(today, usual).FloatString(2)
		for _, w := range []session.Window{session.Day, session.Quarter} {
			if got := size.Buckets[q].Groups[w].Volume.String(); got != want {
				t.Errorf("Q%d over %s: %s usual volumes, want %s", q+1, w, got, want)
			}
		}
	}
}

// dollars is shares at a price, in whole dollars.
func dollars(shares, price int64) *big.Rat {
	r := new(big.Rat).SetFrac64(shares, 1_000_000)
	whole, _ := new(big.Int).SetString(r.Mul(r, big.NewRat(price, 1)).FloatString(0), 10)
	return new(big.Rat).SetInt(whole)
}

// A dataset without volumes, or with fewer than twenty sessions, says nothing,
// and neither does a day of which no volume is told.
func TestNoRelativeVolume(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Reference)
		volume int64
		known  bool
	}{
		"twenty sessions":     {func(r *Reference) { r.Closes = r.Closes[len(r.Closes)-21:] }, 500, true},
		"nineteen":            {func(r *Reference) { r.Closes = r.Closes[len(r.Closes)-20:] }, 500, false},
		"no volume today":     {func(*Reference) {}, 0, false},
		"no volumes before":   {func(r *Reference) { r.Closes = stripped(r.Closes) }, 500, false},
		"everything is there": {func(*Reference) {}, 500, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ref := fridayWorld().reference(t)
			c.change(ref)
			m := start(ref)
			f := floor{Market: m, t: t, ref: ref}
			for id := range ID(80) {
				m.Apply(&Update{Kind: KindQuote, Flags: FlagBar, ID: id, At: f.at("10:00:00"), Price: f.off(id, 1), Volume: c.volume})
			}
			if got := f.see("16:00:00").Size.Buckets[0].Groups[session.Day].Volume; got.Known() != c.known {
				t.Errorf("%q", got)
			}
		})
	}
}

func stripped(columns []CloseColumn) []CloseColumn {
	for i := range columns {
		columns[i].Volume = nil
	}
	return columns
}
