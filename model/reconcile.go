package model

import (
	"gyre/model/num"
)

// The grades of the reconcile line, in units of 1e-10: a gap up to 0.10
// percentage points comes from float weights, one above 0.30 from stale quotes
// or wrong members.
const (
	reconcileOK    = num.ReturnScale / 1000
	reconcileAmber = 3 * num.ReturnScale / 1000
)

// reconcile compares the return that the members imply with that of the
// printed index. It says nothing where ok is false.
func reconcile(implied, printed num.Return, ok bool) Reconcile {
	if !ok {
		return Reconcile{}
	}
	gap := implied - printed
	r := Reconcile{
		Implied: num.Percent(implied),
		Printed: num.Percent(printed),
		Gap:     num.NewFigure(gap.Decimal().Shift(2), 3),
	}
	switch size := max(gap, -gap); {
	case size <= reconcileOK:
		r.State = ReconcileOK
	case size <= reconcileAmber:
		r.State = ReconcileAmber
	default:
		r.State = ReconcileRed
	}
	return r
}
