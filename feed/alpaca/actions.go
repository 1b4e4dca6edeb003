package alpaca

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Action is a corporate action of one symbol.
type Action struct {
	Symbol    string
	ExDate    session.Date
	Kind      model.ActionKind
	New, Old  int64     // of a split, and of a spin-off the children per parents
	Amount    num.Price // of a merger for cash or a special dividend, per share
	NewSymbol string    // of a rename, and of a spin-off the child's
}

// wireAction has the fields of all kinds of action that gyre knows.
type wireAction struct {
	Symbol   string `json:"symbol"`
	Old      string `json:"old_symbol"`
	New      string `json:"new_symbol"`
	Source   string `json:"source_symbol"`
	Acquiree string `json:"acquiree_symbol"`

	ExDate    string `json:"ex_date"`
	Effective string `json:"effective_date"`
	Process   string `json:"process_date"`

	OldRate    json.Number `json:"old_rate"`
	NewRate    json.Number `json:"new_rate"`
	SourceRate json.Number `json:"source_rate"`
	Rate       json.Number `json:"rate"`
	Special    bool        `json:"special"`
}

// decodeActions reads one page of corporate actions. What does not change what
// a price means (ordinary dividends) or says nothing of it (rights) is left
// out. Refused counts the actions that make no sense.
//
// A stock merger has no price of its own: the name is held at its last one, as
// after a delisting. Every special dividend is told, however small.
func decodeActions(body []byte) (actions []Action, refused int, next string, err error) {
	var wire struct {
		page
		Actions map[string][]wireAction `json:"corporate_actions"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, 0, "", fmt.Errorf("the corporate actions are not what Alpaca documents: %w", err)
	}
	for kind, sent := range wire.Actions {
		for i := range sent {
			switch action, told, ok := sent[i].action(kind); {
			case !told:
			case !ok:
				refused++
			default:
				actions = append(actions, action)
			}
		}
	}
	return actions, refused, wire.token(), nil
}

// action is what was sent under the name of a kind. Told is false for a kind
// that is of no interest, ok is false where a field makes no sense.
func (w *wireAction) action(kind string) (a Action, told, ok bool) {
	a = Action{Symbol: w.Symbol, ExDate: firstDate(w.ExDate, w.Effective, w.Process)}
	ok = true
	switch kind {
	case "forward_splits", "reverse_splits":
		a.Kind = model.ActionSplit
		a.New, a.Old, ok = ratio(w.NewRate, w.OldRate)
	case "stock_dividends": // rate new shares for each old one
		a.Kind = model.ActionSplit
		a.New, a.Old, ok = ratio(w.Rate, "1")
		a.New += a.Old
	case "cash_mergers":
		a.Kind, a.Symbol, a.Amount = model.ActionCashMerger, w.Acquiree, price(w.Rate)
		ok = a.Amount > 0
	case "redemptions":
		a.Kind, a.Amount = model.ActionCashMerger, price(w.Rate)
		ok = a.Amount > 0
	case "stock_mergers", "stock_and_cash_mergers":
		a.Kind, a.Symbol = model.ActionDelisting, w.Acquiree
	case "worthless_removals":
		a.Kind = model.ActionDelisting
	case "cash_dividends":
		if !w.Special {
			return Action{}, false, true
		}
		a.Kind, a.Amount = model.ActionSpecial, price(w.Rate)
		ok = a.Amount > 0
	case "spin_offs":
		a.Kind, a.Symbol, a.NewSymbol = model.ActionSpinOff, w.Source, w.New
		a.New, a.Old, ok = ratio(w.NewRate, w.SourceRate)
	case "name_changes":
		a.Kind, a.Symbol, a.NewSymbol = model.ActionRename, w.Old, w.New
		ok = w.New != ""
	default:
		return Action{}, false, true
	}
	return a, true, ok && a.Symbol != "" && a.ExDate != 0
}

// firstDate is the first of the dates that is given.
func firstDate(dates ...string) session.Date {
	for _, s := range dates {
		if d, err := session.ParseDate(s); err == nil {
			return d
		}
	}
	return 0
}

// maxRatio bounds both sides of a ratio; nobody splits further.
const maxRatio = 1_000_000

// ratio is above to below in whole numbers, as small as they get: 1.5 to 1 is 3:2.
func ratio(above, below json.Number) (a, b int64, ok bool) {
	x, err := clean.Decimal(above.String(), maxRatio)
	if err != nil || !x.IsPositive() {
		return 0, 0, false
	}
	y, err := clean.Decimal(below.String(), maxRatio)
	if err != nil || !y.IsPositive() {
		return 0, 0, false
	}
	places := max(-x.Exponent(), -y.Exponent(), 0)
	const most = 6 // decimals that leave a whole number of usual size
	if places > most {
		x, y, places = x.Round(most), y.Round(most), most
	}
	ten := decimal.New(1, places)
	a, b = x.Mul(ten).IntPart(), y.Mul(ten).IntPart()
	if a == 0 || b == 0 {
		return 0, 0, false
	}
	d := divisor(a, b)
	return a / d, b / d, true
}

// divisor is the greatest that a and b have in common.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
