package sync

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"gyre/feed/clean"
	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/feed/web"
)

// Progress is how far a run is.
type Progress struct {
	Step, Steps int    // the step's place among all of the plan, from 1
	What        string // as in the Step
	Done, Total int    // of the step's parts, each of which is in the store as a whole
	Note        string // what is waited for; "" while all is well
}

// Result is what became of a step.
type Result struct {
	Step   Step
	Err    error            // why it could not be done, or not to its end
	Report *importer.Report // of all that was read; nil where nothing was
	Stored store.Result     // what it changed in the store
	Parts  int              // how many of its parts are in the store now
}

// Run does the steps of a plan one after the other and gives the result of each.
// One that fails is told and the others go on; after the end of ctx those that
// remain are not begun, and have its error. progress may be nil; it is called
// from the goroutine of Run.
func (p *Plan) Run(ctx context.Context, progress func(Progress)) []Result {
	defer func() {
		for _, done := range p.closers {
			done()
		}
	}()
	if progress == nil {
		progress = func(Progress) {}
	}
	results := make([]Result, len(p.Steps))
	for i := range p.Steps {
		results[i].Step = p.Steps[i]
		if p.Steps[i].Skipped != "" {
			continue
		}
		b := &bringing{
			result: &results[i], tell: progress,
			at: Progress{Step: i + 1, Steps: len(p.Steps), What: p.Steps[i].What},
		}
		if err := b.run(ctx); err != nil {
			results[i].Err = fmt.Errorf("%s: %w", p.Steps[i].What, err)
		}
	}
	return results
}

// bringing is one step while it runs.
type bringing struct {
	result *Result
	tell   func(Progress)
	at     Progress
}

// run runs the step. A panic in it is a failure of the step like any other: one
// bad answer must not take the others with it.
func (b *bringing) run(ctx context.Context) (err error) {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the answer cannot be read: %v", r)
		}
	}()
	return b.result.Step.run(ctx, b)
}

// total tells how many parts the step has, before the first one.
func (b *bringing) total(n int) {
	b.at.Total = n
	b.tell(b.at)
}

// done tells that a part is done.
func (b *bringing) done() {
	b.result.Parts++
	b.at.Done, b.at.Note = b.at.Done+1, ""
	b.tell(b.at)
}

// waits tells that a request is repeated.
func (b *bringing) waits(err error, pause time.Duration) {
	text, _ := clean.Text(err.Error())
	b.at.Note = fmt.Sprintf("%s; asked again in %s", text, pause.Round(time.Second))
	b.tell(b.at)
}

// put takes a batch into the store.
func (b *bringing) put(ctx context.Context, s *store.Store, batch store.Batch) error {
	stored, err := s.Put(ctx, batch)
	if err != nil {
		return err
	}
	b.result.Stored.Rows += stored.Rows
	b.result.Stored.Written += stored.Written
	b.result.Stored.Companies += stored.Companies
	return nil
}

// body asks a host for a file.
func (b *bringing) body(ctx context.Context, client *web.Client, path string) ([]byte, error) {
	return insist(ctx, b.waits, func(ctx context.Context) ([]byte, error) { return client.Get(ctx, path, url.Values{}) })
}

// question is one file of a publisher that is asked for at most once a day.
type question struct {
	what   string // by which the store remembers it
	name   string // as the report names it
	client *web.Client
	path   string
	read   func(ctx context.Context, text io.ReadSeeker) (store.Batch, *importer.Report, error)
}

// ask asks for a file and takes it into the store.
func (p *planner) ask(q *question) func(context.Context, *bringing) error {
	return func(ctx context.Context, b *bringing) error {
		b.total(1)
		text, err := b.body(ctx, q.client, q.path)
		if err != nil {
			return err
		}
		batch, report, err := q.read(ctx, bytes.NewReader(text))
		b.result.Report = report
		if err != nil {
			return err
		}
		if err := b.put(ctx, p.store, batch); err != nil {
			return err
		}
		b.done()
		return p.store.Ask(ctx, q.what, p.Now())
	}
}

// refused tells whether an error is a host's last word on one file, and not on
// those after it.
func refused(err error) bool {
	switch web.KindOf(err) {
	case web.NotFound, web.Malformed, web.TooLarge:
		return true
	default:
		return errors.Is(err, importer.ErrContent) || errors.Is(err, importer.ErrNoData) || errors.Is(err, importer.ErrTooLarge)
	}
}
