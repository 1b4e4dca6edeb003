package massive

import "slices"

// lasting tells whether a trade may be the last price of the regular session,
// by the consolidated tapes' tables of sale conditions in Massive's numbers. A
// number that no table has does not speak against a trade.
func (t *Trade) lasting() bool {
	return !slices.ContainsFunc(t.Conditions, func(code int) bool {
		switch code {
		case 2, // average price
			5,      // bunched, sold
			7,      // cash sale
			10,     // derivatively priced
			12, 13, // extended hours, and out of sequence
			15, 16, // an exchange's official close and open
			20,     // next day
			21,     // price variation
			22,     // prior reference price
			29,     // seller
			32, 33, // sold, out of sequence
			37,                     // odd lot
			44, 46, 47, 48, 49, 54, // cancelled, corrected, as of, errored
			52, 53: // contingent, qualified contingent
			return true
		default:
			return false
		}
	})
}
