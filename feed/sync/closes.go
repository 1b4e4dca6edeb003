package sync

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gyre/feed/alpaca"
	"gyre/feed/importer"
	"gyre/feed/massive"
	"gyre/feed/store"
	"gyre/model/session"
)

// settled is how long after the close a vendor's daily bars are final and may
// be had with any plan: the evening's trading is over.
const settled = 4 * time.Hour

// spanLength is how many sessions one question to Alpaca is for: with 500
// symbols they fill one page.
const spanLength = 20

// symbolsAtOnce is how many symbols one request to Alpaca names.
const symbolsAtOnce = 500

// usualMembers is how many symbols the lists have together, for the plan of a
// store that has none of them yet.
const usualMembers = 3600

// closes plans the sessions that the store does not have.
func (p *planner) closes(ctx context.Context) error {
	step := Step{Kind: Closes, What: "daily closes", Every: p.Every}
	if p.lacking(&step) {
		p.add(step)
		return nil
	}
	last, err := p.newest(ctx, "closes")
	if err != nil {
		return err
	}
	days := p.missing(last)
	if len(days) == 0 {
		step.Skipped = fmt.Sprintf("the store has those of %s", last)
		p.add(step)
		return p.newcomers(ctx, last)
	}
	step.What = fmt.Sprintf("daily closes of %d sessions, %s to %s", len(days), days[0].Date, days[len(days)-1].Date)
	switch p.Vendor {
	case Massive:
		step.Requests = len(days)
		step.run = func(ctx context.Context, b *bringing) error { return p.bring(ctx, b, days, 1, p.massiveBars) }
	default:
		symbols, err := p.store.Symbols(ctx)
		if err != nil {
			return err
		}
		n := cmp.Or(len(symbols), usualMembers)
		step.Requests, step.About = (len(days)+spanLength-1)/spanLength*((n+symbolsAtOnce-1)/symbolsAtOnce), true
		step.run = func(ctx context.Context, b *bringing) error { return p.bring(ctx, b, days, spanLength, p.alpacaBars) }
	}
	p.add(step)
	if last == 0 {
		return nil
	}
	return p.newcomers(ctx, last)
}

// lacking completes a step of the vendor's, and tells whether there is no vendor
// or no key for it.
func (p *planner) lacking(step *Step) bool {
	switch p.Vendor {
	case Alpaca:
		step.Host = hostOf(p.Hosts.Alpaca)
		if p.desk.alpaca == nil {
			step.Skipped = "there is no key for alpaca; set APCA_API_KEY_ID and APCA_API_SECRET_KEY"
		}
	case Massive:
		step.Host = hostOf(p.Hosts.Massive)
		if p.desk.massive == nil {
			step.Skipped = "there is no key for massive; set MASSIVE_API_KEY"
		}
	default:
		step.Skipped = "no vendor is configured; name alpaca or massive, or bring them with gyre import"
	}
	step.Lacking = step.Skipped != ""
	return step.Lacking
}

// newest is the last day of a table, the zero Date of an empty one.
func (p *planner) newest(ctx context.Context, table string) (session.Date, error) {
	info, err := p.store.Info(ctx)
	if err != nil {
		return 0, err
	}
	for _, t := range info.Tables {
		if t.Name == table && t.Rows > 0 {
			return t.Last, nil
		}
	}
	return 0, nil
}

// missing are the sessions after a day that are over, the last Sessions of them.
func (p *planner) missing(last session.Date) []session.Session {
	days := p.Calendar.Range(last+1, session.DateOf(p.now))
	for len(days) > 0 && p.now.Before(days[len(days)-1].Closes.Add(settled)) {
		days = days[:len(days)-1]
	}
	return days[max(0, len(days)-p.Sessions):]
}

// errThin is a session of which the vendor has not everything yet.
var errThin = errors.New("the vendor has only some of the closes yet; sync again later")

// asker asks a vendor for the closes of some sessions.
type asker func(ctx context.Context, b *bringing, days []session.Session) ([]store.Close, error)

// bring takes in the sessions in order, some of them at a time: what is in the
// store is whole up to its last session, wherever a run is broken off.
func (p *planner) bring(ctx context.Context, b *bringing, days []session.Session, atOnce int, ask asker) error {
	report := importer.NewReport(string(p.Vendor) + " daily closes")
	b.result.Report = report
	b.total((len(days) + atOnce - 1) / atOnce)
	i, err := p.newIntake(ctx, report, days[0].Date)
	if err != nil {
		return err
	}
	for span := range slices.Chunk(days, atOnce) {
		closes, err := ask(ctx, b, span)
		if err != nil {
			return err
		}
		kept, thin := i.take(closes, span)
		if len(kept) > 0 {
			if err := b.put(ctx, p.store, store.Batch{Source: report.File, Closes: kept}); err != nil {
				return err
			}
		}
		if thin != nil {
			return thin
		}
		b.done()
	}
	for _, hole := range i.holes {
		report.Warn(0, "there are no closes of %v yet; sync again later", hole)
	}
	return nil
}

// intake judges the closes of one session after the other.
type intake struct {
	report  *importer.Report
	members map[string]bool // who is counted
	before  int             // how many of them had a close in the session before
	holes   []session.Date  // sessions without closes, with none after them so far
}

// newIntake is ready for the session that follows those of the store.
func (p *planner) newIntake(ctx context.Context, report *importer.Report, first session.Date) (*intake, error) {
	i := &intake{report: report, members: map[string]bool{}}
	symbols, err := p.store.Symbols(ctx)
	if err != nil {
		return nil, err
	}
	for _, symbol := range symbols {
		i.members[symbol] = true
	}
	if day, ok := p.Calendar.Before(first); ok {
		closes, err := p.store.Closes(ctx, day.Date)
		if err != nil {
			return nil, err
		}
		for symbol, price := range closes {
			if price > 0 && i.members[symbol] {
				i.before++
			}
		}
	}
	return i, nil
}

// take is what is kept of some sessions. The error wraps errThin where one of
// them is not whole; those before it are kept.
func (i *intake) take(closes []store.Close, days []session.Session) ([]store.Close, error) {
	byDay := map[session.Date][]store.Close{}
	for _, c := range closes {
		byDay[c.Date] = append(byDay[c.Date], c)
	}
	i.report.Read += len(closes)
	var kept []store.Close
	for _, day := range days {
		of := byDay[day.Date]
		n := i.count(of)
		switch {
		case len(of) == 0:
			i.holes = append(i.holes, day.Date)
			continue
		case 2*n < i.before:
			return kept, fmt.Errorf("%s: %w (of %d members, %d the session before)", day.Date, errThin, n, i.before)
		}
		for _, hole := range i.holes {
			i.report.Warn(0, "there are no closes of %v, which the calendar has as a session", hole)
		}
		i.holes, i.before = nil, n
		kept = append(kept, of...)
		i.report.Kept += len(of)
	}
	return kept, nil
}

// count counts the closes of members.
func (i *intake) count(closes []store.Close) int {
	n := 0
	for j := range closes {
		if i.members[closes[j].Symbol] {
			n++
		}
	}
	return n
}

// massiveBars are the closes of every symbol in some sessions.
func (p *planner) massiveBars(ctx context.Context, b *bringing, days []session.Session) ([]store.Close, error) {
	var found []store.Close
	for _, day := range days {
		sent, err := insist(ctx, b.waits, func(ctx context.Context) ([]massive.DailyBar, error) { return p.desk.massive.Closes(ctx, day.Date) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", day.Date, err)
		}
		for i := range sent {
			bar := &sent[i]
			found = append(found, store.Close{
				Date: day.Date, Symbol: bar.Symbol, Open: bar.Open, High: bar.High, Low: bar.Low, Close: bar.Close, Volume: bar.Volume,
			})
		}
	}
	return found, nil
}

// errNoList says that nobody knows yet whom to ask for.
var errNoList = errors.New("the store has no list of members yet, whose closes Alpaca could be asked for; sync or import holdings first")

// alpacaBars are the closes of the members of the lists in some sessions.
func (p *planner) alpacaBars(ctx context.Context, b *bringing, days []session.Session) ([]store.Close, error) {
	symbols, err := p.store.Symbols(ctx)
	if err != nil {
		return nil, err
	}
	if len(symbols) == 0 {
		return nil, errNoList
	}
	return p.history(ctx, b, symbols, days[0].Date, days[len(days)-1].Date)
}

// history are Alpaca's daily bars of symbols.
func (p *planner) history(ctx context.Context, b *bringing, symbols []string, from, to session.Date) ([]store.Close, error) {
	sent, err := insist(ctx, b.waits, func(ctx context.Context) ([]alpaca.DailyBar, error) {
		return p.desk.alpaca.DailyBars(ctx, symbols, from, to)
	})
	if err != nil {
		return nil, fmt.Errorf("%s to %s: %w", from, to, err)
	}
	found := make([]store.Close, 0, len(sent))
	for i := range sent {
		bar := &sent[i]
		found = append(found, store.Close{
			Date: bar.Date(), Symbol: bar.Symbol, Open: bar.Open, High: bar.High, Low: bar.Low, Close: bar.Close, Volume: bar.Volume,
		})
	}
	return found, nil
}
