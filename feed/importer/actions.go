package importer

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"gyre/feed/clean"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/session"
)

// ActionMapping tells how to read a file of corporate actions: which column is
// what. The zero mapping reads the columns of a dataset's actions.csv (id,
// ex_date, kind, ratio, amount, new_symbol), whose ids must then be symbols.
// Column names are compared without regard to case, blanks and signs.
type ActionMapping struct {
	Symbol string // "" is Symbol, or Id where there is none
	ExDate string // "" is Ex_date
	Kind   string // "" is Kind, or a file of splits where there is none

	// Columns that may be missing; "" is Ratio, Amount and New_symbol. A ratio
	// is written new:old.
	Ratio, Amount, NewSymbol string

	// NewRate and OldRate are a ratio in two columns; "" is New_rate, Old_rate.
	NewRate, OldRate string

	// Calendar tells which days are sessions; nil: that of the New York Stock
	// Exchange.
	Calendar *session.Calendar
}

// maxRatio bounds both sides of a split's ratio.
const maxRatio = 1_000_000

// Actions reads corporate actions. Kinds are those of datasets and the names
// that vendors have for them; others, ordinary dividends above all, are left out.
//
// The error wraps ErrWebPage, ErrFormat, ErrColumns, ErrNoData or ErrTooLarge,
// and then the batch is empty. The report is never nil.
func Actions(r io.Reader, name string, m ActionMapping) (store.Batch, *Report, error) {
	report := NewReport(name)
	batch := store.Batch{Source: report.File}
	err := readActions(r, report, &m, &batch)
	if err == nil && report.Kept == 0 {
		err = fmt.Errorf("%w: none of its %d rows is an action that can be used", ErrNoData, report.Read)
	}
	if err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be imported: %w", report.File, err)
	}
	slices.SortStableFunc(batch.Actions, func(a, b store.Action) int {
		return cmp.Or(cmp.Compare(a.ExDate, b.ExDate), cmp.Compare(a.Symbol, b.Symbol))
	})
	return batch, report, nil
}

// actionColumns are the places of a file's columns, -1 where there is none.
type actionColumns struct{ symbol, date, kind, ratio, amount, renamed, newRate, oldRate int }

// columnsIn finds the columns.
func (m *ActionMapping) columnsIn(t *table) (actionColumns, error) {
	f := finder{table: t}
	may := func(name, usual string) int {
		if name == "" {
			return t.column(fold(usual))
		}
		return f.find(name)
	}
	c := actionColumns{
		symbol: f.find(m.Symbol, "Symbol", "Id"), date: f.find(m.ExDate, "Ex_date"), kind: may(m.Kind, "Kind"),
		ratio: may(m.Ratio, "Ratio"), amount: may(m.Amount, "Amount"), renamed: may(m.NewSymbol, "New_symbol"),
		newRate: may(m.NewRate, "New_rate"), oldRate: may(m.OldRate, "Old_rate"),
	}
	if c.kind < 0 && c.ratio < 0 && (c.newRate < 0 || c.oldRate < 0) && len(f.missing) == 0 {
		return c, fmt.Errorf("%w: it has no column of kinds, and none of ratios, that would make it a file of splits; the file has %s", ErrColumns, t.named())
	}
	return c, f.err()
}

// readActions reads all rows of a file.
func readActions(r io.Reader, report *Report, m *ActionMapping, batch *store.Batch) error {
	text, err := whole(r)
	if err != nil {
		return err
	}
	t, err := tableOf(text)
	if err != nil {
		return err
	}
	c, err := m.columnsIn(t)
	if err != nil {
		return err
	}
	calendar := m.Calendar
	if calendar == nil {
		calendar = session.New()
	}
	type key struct {
		symbol string
		date   session.Date
		kind   model.ActionKind
	}
	seen := map[key]bool{}
	return eachRow(t, report, func(fields []string) error {
		a, reason := c.action(fields, calendar)
		k := key{a.Symbol, a.ExDate, a.Kind}
		if reason == "" && seen[k] {
			reason = reasonDuplicate
		}
		if reason != "" {
			report.Omit(t.line, reason, field(fields, c.symbol)+" "+field(fields, c.date)+" "+field(fields, c.kind))
			return nil
		}
		seen[k] = true
		report.Kept++
		batch.Actions = append(batch.Actions, a)
		return nil
	})
}

// action is what a row tells, or why it is not used.
func (c actionColumns) action(fields []string, calendar *session.Calendar) (a store.Action, reason string) {
	symbol, reason := stockName(field(fields, c.symbol))
	if reason != "" {
		return a, reason
	}
	day, err := session.ParseDate(field(fields, c.date))
	if err != nil {
		return a, reasonBadDate
	}
	if _, ok := calendar.On(day); !ok {
		return a, reasonClosed
	}
	a = store.Action{Symbol: symbol, ExDate: day, Kind: model.ActionSplit}
	word := ""
	if c.kind >= 0 {
		word = fold(field(fields, c.kind))
		a.Kind = actionKind(word)
	}
	switch a.Kind {
	case model.ActionSplit:
		return a, c.split(&a, fields, word)
	case model.ActionCashMerger, model.ActionSpecial, model.ActionSpinOff:
		a.Amount, err = clean.Price(undecorated(field(fields, c.amount)))
		if err != nil {
			return a, "it has no amount per share"
		}
	case model.ActionRename:
		if a.NewSymbol, reason = stockName(field(fields, c.renamed)); reason != "" {
			return a, "it has no new symbol of a stock"
		}
	case model.ActionDelisting:
	default:
		return a, "its kind is none that changes a price or a name"
	}
	return a, ""
}

// actionKind is a kind by the names that it has; 0 where it is none.
func actionKind(folded string) model.ActionKind {
	switch strings.TrimSuffix(folded, "s") {
	case "split", "forwardsplit", "reversesplit", "stocksplit":
		return model.ActionSplit
	case "cashmerger":
		return model.ActionCashMerger
	case "delisting":
		return model.ActionDelisting
	case "specialdividend":
		return model.ActionSpecial
	case "spinoff":
		return model.ActionSpinOff
	case "rename", "namechange", "symbolchange":
		return model.ActionRename
	default:
		return 0
	}
}

// split reads the ratio of a split and checks it against the kind's name.
func (c actionColumns) split(a *store.Action, fields []string, word string) (reason string) {
	newText, oldText := field(fields, c.newRate), field(fields, c.oldRate)
	if c.ratio >= 0 {
		newText, oldText, _ = strings.Cut(field(fields, c.ratio), ":")
	}
	fresh, errNew := clean.Decimal(trim(newText), maxRatio)
	old, errOld := clean.Decimal(trim(oldText), maxRatio)
	if errNew != nil || errOld != nil || !fresh.IsPositive() || !old.IsPositive() {
		return "it has no ratio new:old"
	}
	var ok bool
	if a.New, a.Old, ok = lowestTerms(fresh, old); !ok {
		return "its ratio new:old is beyond belief"
	}
	forward, reverse := strings.HasPrefix(word, "forward"), strings.HasPrefix(word, "reverse")
	switch {
	case a.New == a.Old:
		return "its ratio changes nothing"
	case forward && a.New < a.Old, reverse && a.New > a.Old:
		return "its ratio runs against its kind: old and new may be exchanged"
	default:
		return ""
	}
}

// lowestTerms is a ratio of decimals (1.5 for 1, 0.05 for 1) in lowest terms.
func lowestTerms(a, b decimal.Decimal) (x, y int64, ok bool) {
	const places = 6
	if a.Exponent() < -places || b.Exponent() < -places {
		return 0, 0, false
	}
	x, y = a.Shift(places).IntPart(), b.Shift(places).IntPart()
	divisor := gcd(x, y)
	x, y = x/divisor, y/divisor
	return x, y, x <= maxRatio && y <= maxRatio
}

// gcd is the greatest common divisor of two numbers above zero (Euclid).
func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
