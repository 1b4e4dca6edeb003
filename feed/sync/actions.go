package sync

import (
	"context"
	"fmt"

	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/model"
	"gyre/model/session"
)

// overlap is how many days before the last question actions are asked for once
// more: vendors learn of some late.
const overlap = 7

// How many days of actions fill a page of a vendor, for the plan.
const (
	alpacaDays  = 5 // ordinary dividends are among them
	massiveDays = 100
)

// actions plans the corporate actions since the last question, through those of
// the next session, so that its open finds them.
func (p *planner) actions(ctx context.Context) error {
	step := Step{Kind: Actions, What: "corporate actions", Every: p.Every}
	if p.lacking(&step) {
		p.add(step)
		return nil
	}
	question := "actions " + string(p.Vendor)
	asked, err := p.store.Asked(ctx, question)
	if err != nil {
		return err
	}
	today := session.DateOf(p.now)
	from, to := today, today.AddDays(1)
	if next, ok := p.Calendar.After(today); ok {
		to = next.Date
	}
	switch {
	case !asked.IsZero() && session.DateOf(asked) == today:
		step.Skipped = already
	case !asked.IsZero():
		from = session.DateOf(asked).AddDays(-overlap)
	default:
		if days := p.Calendar.Range(1, today); len(days) > 0 {
			from = days[max(0, len(days)-p.Sessions)].Date
		}
	}
	step.What = fmt.Sprintf("corporate actions, %s to %s", from, to)
	ask, days := p.massiveSplits, massiveDays
	if p.Vendor == Alpaca {
		ask, days = p.alpacaActions, alpacaDays
	}
	step.Requests, step.About = 1+int(to-from)/days, true
	step.run = func(ctx context.Context, b *bringing) error {
		b.total(1)
		b.result.Report = importer.NewReport(string(p.Vendor) + " corporate actions")
		actions, err := ask(ctx, b, from, to)
		if err != nil {
			return err
		}
		actions, err = p.ofTheStore(ctx, b.result.Report, actions, from, today)
		if err != nil {
			return err
		}
		if err := b.put(ctx, p.store, store.Batch{Source: b.result.Report.File, Actions: actions}); err != nil {
			return err
		}
		b.done()
		return p.store.Ask(ctx, question, p.Now())
	}
	p.add(step)
	return nil
}

// ofTheStore are the actions of symbols that the store knows: those of others
// would make companies of them.
func (p *planner) ofTheStore(ctx context.Context, report *importer.Report, actions []store.Action, from, to session.Date) ([]store.Action, error) {
	known := map[string]bool{}
	for _, on := range []session.Date{from, to} {
		closes, err := p.store.Closes(ctx, on)
		if err != nil {
			return nil, err
		}
		for symbol := range closes {
			known[symbol] = true
		}
	}
	var kept []store.Action
	for _, a := range actions {
		report.Read++
		if known[a.Symbol] || a.Kind == model.ActionRename && known[a.NewSymbol] {
			report.Kept++
			kept = append(kept, a)
			continue
		}
		report.Omit(0, "the store does not know the symbol", a.Symbol)
	}
	return kept, nil
}

// senseless is why an action of a vendor is left out by its adapter.
const senseless = "its figures make no sense"

// alpacaActions are Alpaca's actions of all symbols.
func (p *planner) alpacaActions(ctx context.Context, b *bringing, from, to session.Date) ([]store.Action, error) {
	refused := 0
	sent, err := insist(ctx, b.waits, func(ctx context.Context) ([]store.Action, error) {
		all, odd, err := p.desk.alpaca.Actions(ctx, from, to)
		refused = odd
		actions := make([]store.Action, 0, len(all))
		for _, a := range all {
			actions = append(actions, store.Action{
				Symbol: a.Symbol, ExDate: a.ExDate, Kind: a.Kind, New: a.New, Old: a.Old, Amount: a.Amount, NewSymbol: a.NewSymbol,
			})
		}
		return actions, err
	})
	p.odd(b.result.Report, refused)
	return sent, err
}

// massiveSplits are Massive's splits of all symbols; it tells of no other kind.
func (p *planner) massiveSplits(ctx context.Context, b *bringing, from, to session.Date) ([]store.Action, error) {
	refused := 0
	sent, err := insist(ctx, b.waits, func(ctx context.Context) ([]store.Action, error) {
		all, odd, err := p.desk.massive.Splits(ctx, from, to)
		refused = odd
		actions := make([]store.Action, 0, len(all))
		for _, s := range all {
			actions = append(actions, store.Action{Symbol: s.Symbol, ExDate: s.ExDate, Kind: model.ActionSplit, New: s.New, Old: s.Old})
		}
		return actions, err
	})
	p.odd(b.result.Report, refused)
	return sent, err
}

// odd reports the actions that an adapter has refused.
func (p *planner) odd(report *importer.Report, refused int) {
	report.Read += refused
	for range refused {
		report.Omit(0, senseless, "")
	}
}
