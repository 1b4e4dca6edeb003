package alpaca

import "slices"

// lasting tells whether a trade may be the last price of the regular session,
// by the consolidated tapes' tables of sale conditions: odd lots, average
// prices, late, out-of-sequence, derivatively priced, contingent and
// extended-hours prints count for volume only, and so do the exchanges' own
// notices of their official open and close. A letter that no table has does
// not speak against a trade.
func (t *Trade) lasting() bool {
	return !slices.ContainsFunc(t.Conditions, func(code string) bool {
		switch code {
		case "C", // cash sale
			"G",      // bunched, sold
			"H",      // price variation
			"I",      // odd lot
			"M", "Q", // an exchange's official close and open
			"N",      // next day
			"P",      // prior reference price
			"R",      // seller
			"T", "U", // extended hours, and out of sequence
			"V",      // contingent
			"W",      // average price
			"Z",      // sold, out of sequence
			"4", "7": // derivatively priced, qualified contingent
			return true
		case "B": // an average price, but on Nasdaq's tape a bunched trade
			return t.Tape != "C"
		default:
			return false
		}
	})
}
