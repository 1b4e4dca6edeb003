package rates

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/session"
)

// lateDays is the number of days at the end of a month in which a decision is
// read from the next month instead: dividing by the few days that are left
// would blow up the noise of the price.
const lateDays = 7

// month counts the months since year 0.
type month int

func monthOf(y int, m time.Month) month { return month(12*y + int(m) - 1) }

// link is a meeting on its way to a Meeting: each side is known or not yet.
type link struct {
	date          session.Date
	month         month
	day, days     int // of the decision, and of its month
	before, after *decimal.Decimal
}

// chain is the strip and the meetings it has to explain.
type chain struct {
	averages map[month]decimal.Decimal
	links    []link
}

// NewPath computes the path that contracts imply for the given meeting days. A
// meeting that the contracts do not reach is part of the path, not Anchored. It
// fails where a contract has no valid month, a price that is not positive, or
// is given twice, and where two meetings fall into one month, whose average
// cannot tell them apart.
func NewPath(contracts []Contract, meetings []session.Date) (Path, error) {
	averages, err := impliedAverages(contracts)
	if err != nil {
		return Path{}, err
	}
	links, err := newLinks(meetings)
	if err != nil {
		return Path{}, err
	}
	c := chain{averages: averages, links: links}
	// A rate found from one side may be the missing one of a neighbour, so each
	// direction is walked until nothing new is found.
	for found := true; found; {
		found = false
		for i := range c.links {
			found = c.forward(i) || found
		}
		for i := len(c.links) - 1; i >= 0; i-- {
			found = c.backward(i) || found
		}
	}
	return c.path(), nil
}

func impliedAverages(contracts []Contract) (map[month]decimal.Decimal, error) {
	averages := make(map[month]decimal.Decimal, len(contracts))
	for _, c := range contracts {
		if c.Month < time.January || c.Month > time.December {
			return nil, fmt.Errorf("a fed-funds contract is of month %d in %d; months run from 1 to 12", int(c.Month), c.Year)
		}
		if !c.Price.IsPositive() {
			return nil, fmt.Errorf("the fed-funds contract of %s %d costs %s; a price is positive, like 96.365", c.Month, c.Year, c.Price)
		}
		key := monthOf(c.Year, c.Month)
		if _, twice := averages[key]; twice {
			return nil, fmt.Errorf("the fed-funds contract of %s %d is given twice; keep the newer price", c.Month, c.Year)
		}
		averages[key] = decimal.NewFromInt(100).Sub(c.Price)
	}
	return averages, nil
}

func newLinks(meetings []session.Date) ([]link, error) {
	days := slices.Clone(meetings)
	slices.Sort(days)
	links := make([]link, len(days))
	for i, d := range days {
		y, m, day := d.Civil()
		_, _, last := session.NewDate(y, m+1, 0).Civil()
		links[i] = link{date: d, month: monthOf(y, m), day: day, days: last}
		if i > 0 && links[i-1].month == links[i].month {
			return nil, fmt.Errorf("the meetings of %s and %s share a month, whose average rate cannot tell them apart; leave one out", days[i-1], d)
		}
	}
	return links, nil
}

// forward fills what the months up to meeting i tell about it: the rate before
// it from the month before, if that has no meeting, else from the meeting
// before; then the rate after it by solving the meeting's own month.
func (c *chain) forward(i int) bool {
	l, found := &c.links[i], false
	if l.before == nil {
		if l.before = c.quiet(i, -1); l.before == nil && i > 0 {
			l.before = c.links[i-1].after
		}
		found = l.before != nil
	}
	average, priced := c.averages[l.month]
	if l.after != nil || l.before == nil || !priced || l.days-l.day < lateDays {
		return found
	}
	l.after = solve(average, l.days, *l.before, l.day, l.days-l.day)
	return true
}

// backward fills what the months from meeting i on tell about it: the rate
// after it from the month after, if that has no meeting, else from the next
// meeting; then the rate before it by solving the meeting's own month.
func (c *chain) backward(i int) bool {
	l, found := &c.links[i], false
	if l.after == nil {
		if l.after = c.quiet(i, 1); l.after == nil && i+1 < len(c.links) {
			l.after = c.links[i+1].before
		}
		found = l.after != nil
	}
	average, priced := c.averages[l.month]
	if l.before != nil || l.after == nil || !priced || l.day < lateDays {
		return found
	}
	l.before = solve(average, l.days, *l.after, l.days-l.day, l.day)
	return true
}

// solve is the rate of the unknown days of a month, given the average of all
// its days and the rate of the known ones.
func solve(average decimal.Decimal, days int, rate decimal.Decimal, known, unknown int) *decimal.Decimal {
	rest := average.Mul(decimal.NewFromInt(int64(days))).Sub(rate.Mul(decimal.NewFromInt(int64(known))))
	solved := rest.DivRound(decimal.NewFromInt(int64(unknown)), decimals)
	return &solved
}

// quiet is the average of the month before (-1) or after (+1) that of meeting
// i, if it has a contract and no meeting.
func (c *chain) quiet(i, direction int) *decimal.Decimal {
	m := c.links[i].month + month(direction)
	if next := i + direction; next >= 0 && next < len(c.links) && c.links[next].month == m {
		return nil
	}
	average, priced := c.averages[m]
	if !priced {
		return nil
	}
	return &average
}

func (c *chain) path() Path {
	p := Path{meetings: make([]Meeting, len(c.links))}
	for i, l := range c.links {
		p.meetings[i] = Meeting{Date: l.date}
		if l.before != nil && l.after != nil {
			p.meetings[i] = Meeting{Date: l.date, Before: *l.before, After: *l.after, Anchored: true}
		}
	}
	return p
}
