package say

import "gyre/model"

// Flag is what a reader should know about a company, in three lengths.
type Flag struct {
	Is     model.MemberFlags
	Letter byte
	Word   string
	Clause string
}

// PriceFlags are the flags of a price that is not what a last price usually is.
const PriceFlags = model.MemberHalted | model.MemberInvalid | model.MemberStale | model.MemberEnded

// flagCount is how many flags a company can have.
const flagCount = 9

// Flags are all flags, those that say most about the price first.
func Flags() [flagCount]Flag {
	return [...]Flag{
		{model.MemberHalted, 'H', "halted", "trading is halted, the price frozen"},
		{model.MemberInvalid, 'X', "no price", "no price yet, left out of every mean"},
		{model.MemberStale, '~', "stale", "no trade for longer than usual"},
		{model.MemberEnded, 'E', "ended", "merged or delisted, held at its last value"},
		{model.MemberAdjusted, 'A', "adjusted", "earlier prices adjusted, see the actions"},
		{model.MemberNegativeEV, 'V', "EV≤0", "enterprise value not above zero: no D/EV"},
		{model.MemberNoDebtData, 'D', "no debt data", "no debt in a filing of the last 400 days"},
		{model.MemberOldFiling, 'O', "old filing", "the newest filing is older than 200 days"},
		{model.MemberFinancial, 'F', "fin", "financial or real estate company"},
	}
}
