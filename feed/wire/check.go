package wire

import (
	"errors"
	"fmt"

	"gyre/feed/clean"
	"gyre/model"
)

// maxRatio bounds either side of a split's ratio.
const maxRatio = 1_000_000

// maxImportance is that of an event that moves everything.
const maxImportance = 3

// check tells whether a record says what its type has to say. The bits of there
// are the fields that it has.
func (l *layout) check(r *Record, there uint64) error {
	for i := range l.required {
		if there&(1<<i) == 0 {
			return fmt.Errorf("%s is missing; a record of type %c has it", l.fields[i].name, r.Type)
		}
	}
	switch r.Type {
	case Quote:
		if (r.PreviousClose == 0) != (r.PreviousDate == 0) {
			return errors.New("pc and pcd go together: which session closed at that price")
		}
	case Index:
		if r.Price == 0 && r.OfficialClose == 0 {
			return errors.New("p is missing; a record of type i has p, or oc, the official close")
		}
	case Action:
		return r.checkAction()
	case Reference:
		if r.Debt.Dollars < 0 || r.Cash.Dollars < 0 || r.Preferred.Dollars < 0 {
			return errors.New("debt, preferred and cash are not below zero")
		}
	case Event:
		if r.Title == "" {
			return errors.New("title is empty")
		}
		if r.Importance > maxImportance {
			return fmt.Errorf("importance %d is %w; it goes from 1 to 3", r.Importance, clean.ErrRange)
		}
	case FedFunds:
		_, _, err := Contract(r.Symbol, r.At)
		return err
	default: // nothing beyond the fields
	}
	return nil
}

// checkAction tells whether a corporate action has what its kind needs.
func (r *Record) checkAction() error {
	switch r.Kind {
	case 0, model.ActionSplit:
		if r.Old < 1 || r.New < 1 || r.Old > maxRatio || r.New > maxRatio || r.Old == r.New {
			return fmt.Errorf("a split needs old and new, from 1 to %d: old 10 and new 1 for a reverse split", maxRatio)
		}
	case model.ActionCashMerger, model.ActionSpecial, model.ActionSpinOff:
		if r.Amount == 0 {
			return errors.New("an action of this kind needs amount, the money per share")
		}
	case model.ActionRename:
		if r.NewSymbol == "" {
			return errors.New("a rename needs new_symbol")
		}
	default: // a delisting says it all
	}
	return nil
}
