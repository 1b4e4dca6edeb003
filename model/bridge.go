package model

import (
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// EVBridge leads from market cap to enterprise value at the close of Base.
type EVBridge struct {
	Base                            session.Date
	Cap                             num.Dollars // 0: not known
	Debt, Preferred, Minority, Cash Amount
	EV                              num.Dollars
	DebtEV                          num.Figure // two decimals; nothing without a cap, with debt unknown, or with EV not above zero
	Filed                           time.Time  // zero: no filing
	Age                             time.Duration
}

// bridge is the way from a company's cap to its enterprise value at a base, by
// the newest filing known at its close.
func (b *book) bridge(id ID, base session.Session, worth num.Dollars) EVBridge {
	bridge := EVBridge{Base: base.Date, Cap: worth}
	f := b.factsAt(id, base.Closes)
	if f == nil {
		return bridge
	}
	bridge.Debt, bridge.Preferred, bridge.Minority, bridge.Cash = f.Debt, f.Preferred, f.Minority, f.Cash
	bridge.Filed, bridge.Age = f.KnownAt, base.Closes.Sub(f.KnownAt)
	if worth <= 0 {
		return bridge
	}
	ev, positive := enterpriseValue(&LeverageInput{Cap: worth, Facts: f})
	bridge.EV = ev
	if positive && f.Debt.Known && bridge.Age <= missingAge {
		bridge.DebtEV = num.NewFigure(num.Return(num.Fraction(f.Debt.Dollars, ev)).Decimal(), 2)
	}
	return bridge
}

// flags is what the filing and the value say to the reader of a row.
func (e *EVBridge) flags() MemberFlags {
	var flags MemberFlags
	switch {
	case e.Filed.IsZero() || !e.Debt.Known || e.Age > missingAge:
		return MemberNoDebtData
	case e.Age > flaggedAge:
		flags |= MemberOldFiling
	}
	if e.Cap > 0 && e.EV <= 0 {
		flags |= MemberNegativeEV
	}
	return flags
}
