// Package sync brings a store up to date: lists of members, closes, corporate
// actions, balance sheets, scheduled releases and the federal funds rate, each
// from whoever publishes it.
//
// A plan comes first: it says what would be asked of whom, and asks nobody. To
// run it asks at a polite pace and takes every answer into the store at once,
// so that a run that is broken off goes on where it stopped.
package sync

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gyre/feed/store"
	"gyre/model/session"
)

// Step is one thing of a plan.
type Step struct {
	Kind Kind
	What string // what is brought: the members of RUT
	Host string // who is asked

	Requests int           // how many requests it takes
	About    bool          // Requests is an estimate
	Every    time.Duration // the least time from one request to the next

	// Skipped says why nothing is asked, "" where it is. Lacking tells that the
	// reason is something to configure, and not that all is there already.
	Skipped string
	Lacking bool

	run func(ctx context.Context, b *bringing) error
}

// Takes is the least time that the step takes.
func (s *Step) Takes() time.Duration {
	if s.Skipped != "" {
		return 0
	}
	return time.Duration(s.Requests) * s.Every
}

// String is the step in one line.
func (s *Step) String() string {
	if s.Skipped != "" {
		return fmt.Sprintf("%-8s  %s: %s", s.Kind, s.What, s.Skipped)
	}
	about, requests := "", "request"
	if s.About {
		about = "about "
	}
	if s.Requests != 1 {
		requests += "s"
	}
	line := fmt.Sprintf("%-8s  %s: %s%d %s to %s", s.Kind, s.What, about, s.Requests, requests, s.Host)
	if s.Requests > 1 {
		line += fmt.Sprintf(", %s, at least %s", pace(s.Every), s.Takes().Round(time.Second))
	}
	return line
}

// pace is how often is asked.
func pace(every time.Duration) string {
	if every < time.Second {
		return fmt.Sprintf("%d a second", time.Second/every)
	}
	if every == time.Second {
		return "one a second"
	}
	return "one in " + every.String()
}

// Plan is what it takes to bring a store up to date.
type Plan struct {
	Steps []Step

	closers []func()
}

// String is the plan as it is read in a terminal, a line for each step and one
// for the sum.
func (p *Plan) String() string {
	var b strings.Builder
	requests, about := 0, ""
	var takes time.Duration
	for i := range p.Steps {
		s := &p.Steps[i]
		b.WriteString(s.String() + "\n")
		if s.Skipped == "" {
			requests, takes = requests+s.Requests, takes+s.Takes()
			if s.About {
				about = "about "
			}
		}
	}
	if requests == 0 {
		b.WriteString("nobody is asked for anything\n")
	} else {
		fmt.Fprintf(&b, "%s%d requests in all, at least %s\n", about, requests, takes.Round(time.Second))
	}
	return b.String()
}

// planner makes the steps of a plan.
type planner struct {
	Options
	store *store.Store
	desk  *desk
	now   time.Time
	steps []Step
}

// NewPlan looks into the store for what is missing in it. It asks nobody.
// Errors wrap ErrKind, ErrIndex or ErrVendor, or are those of the store, of an
// address or of a key.
func NewPlan(ctx context.Context, s *store.Store, opts Options) (*Plan, error) {
	opts, err := opts.filled()
	if err != nil {
		return nil, err
	}
	d, err := newDesk(&opts)
	if err != nil {
		return nil, err
	}
	p := &planner{Options: opts, store: s, desk: d, now: opts.Now()}
	order := []struct {
		kind Kind
		plan func(context.Context) error
	}{
		{Holdings, p.holdings}, {Closes, p.closes}, {Actions, p.actions}, {Calendar, p.calendars}, {Rate, p.rate}, {Facts, p.facts},
	}
	if opts.Vendor == Massive {
		// Closes of the whole market tell wrong symbols of a list, so they come first.
		order[0], order[1] = order[1], order[0]
	}
	for _, o := range order {
		if !slices.Contains(opts.Kinds, o.kind) {
			continue
		}
		if err := o.plan(ctx); err != nil {
			return nil, fmt.Errorf("what is missing of %s cannot be told: %w", o.kind, err)
		}
	}
	return &Plan{Steps: p.steps, closers: d.closers}, nil
}

// add adds a step to the plan.
func (p *planner) add(s Step) { p.steps = append(p.steps, s) }

// today tells whether a question was answered on the present day in New York,
// so that the answer would hardly be a new one.
func (p *planner) today(ctx context.Context, what string) (bool, error) {
	at, err := p.store.Asked(ctx, what)
	return !at.IsZero() && session.DateOf(at) == session.DateOf(p.now), err
}

// already is why a step of today is skipped.
const already = "it was asked for today"
