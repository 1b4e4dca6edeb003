// Package replay plays a dataset on a controllable clock.
//
// What a viewer knows at a moment does not depend on how the replay came
// there: to play to it, at any speed, or to seek it gives the same. Nothing is
// told before it was known.
package replay

import (
	"context"
	"iter"
	"time"

	"gyre/feed/dataset"
	"gyre/model"
)

// Options say how a dataset is played.
type Options struct {
	From, To time.Time // bounds; zero: the dataset's
	At       time.Time // where to begin; zero: the dataset's start, or else From
	Speed    Speed     // market seconds per second
	Paused   bool      // begin paused
	Once     bool      // end with io.EOF at To, instead of staying there
	Intraday Intraday  // minutes of the sessions; nil: as the dataset asks
}

// Source plays a dataset. It is a feed.Source, for one Run at a time.
type Source struct {
	data    *dataset.Dataset
	script  *script
	control *Controller
	once    bool
	epoch   uint64
}

// New prepares a replay of a dataset and the controller that steers it.
func New(data *dataset.Dataset, opts Options) (*Source, *Controller) {
	s := newScript(data, opts)
	at := opts.At
	if at.IsZero() {
		at = data.Settings.Start
	}
	if at.IsZero() {
		at = s.from
	}
	opts.Speed = max(opts.Speed, Max)
	control := newController(s, s.clamp(at), opts)
	return &Source{data: data, script: s, control: control, once: opts.Once}, control
}

// StateAt is what a viewer has to be told to see the moment t: the batches of a
// seek, each of which is good until the next one is asked for. It may be used
// while the source runs.
func (s *Source) StateAt(t time.Time) iter.Seq[[]model.Update] {
	return func(yield func([]model.Update) bool) {
		(&teller{script: s.script, data: s.data}).seek(1, s.script.clamp(t), &batcher{yield: yield, lent: true})
	}
}

// Run plays. Without Once it ends with ctx only: at To it stays, and can be
// sent back.
func (s *Source) Run(ctx context.Context, out chan<- []model.Update) error {
	p := &player{
		source: s,
		teller: teller{script: s.script, data: s.data},
		out: &batcher{yield: func(batch []model.Update) bool {
			select {
			case out <- batch:
				return true
			case <-ctx.Done():
				return false
			}
		}},
	}
	return p.run(ctx)
}
