package cli

import (
	"context"
	"log/slog"
	"time"

	"gyre/feed"
	"gyre/model"
	"gyre/model/session"
)

// reloading is a live source that begins again with what the store has learned
// over night: lists, closes, filings. It does so before the open, once the
// store has the closes of the session before; until then, and where it never
// has them, the source goes on with what it knows and has seen itself.
type reloading struct {
	reference *model.Reference
	open      func(ref *model.Reference) (feed.Source, error)
	load      func(ctx context.Context) (*model.Reference, error)
	now       func() time.Time
	log       *slog.Logger
}

// When a store is looked at again: from this time in New York on until the open,
// so often.
const (
	reloadHour  = 4
	reloadEvery = 15 * time.Minute
)

// syncTakes is how long after the closes the store is read: a synchronization
// brings the splits and the rest after them, one by one.
const syncTakes = 2 * time.Minute

// pause waits, and tells whether ctx has not ended before.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// Run runs the source, each time with the newest reference.
func (r *reloading) Run(ctx context.Context, out chan<- []model.Update) error {
	epochs := uint64(0) // of the sources before
	for ref := r.reference; ; {
		source, err := r.open(ref)
		if err != nil {
			return err
		}
		running, stop := context.WithCancel(ctx)
		told, ended := make(chan []model.Update), make(chan error, 1)
		go func() { ended <- source.Run(running, told) }()
		next := make(chan *model.Reference, 1)
		watched := make(chan struct{})
		go func(old *model.Reference) {
			defer close(watched)
			r.watch(running, old, next)
		}(ref)
		count, following, err := r.pass(ctx, out, told, ended, next, epochs)
		stop()
		if following != nil {
			r.log.Debug("the feed ends to begin again", "reason", <-ended)
		}
		<-watched
		if following == nil {
			return err
		}
		r.log.Info("the store was read again", "names", len(following.Instruments), "sessions", len(following.Closes))
		ref, epochs = following, epochs+count
	}
}

// pass hands on what a source tells, with its epochs behind those before, until
// it ends or there is another reference to begin with.
func (*reloading) pass(
	ctx context.Context, out chan<- []model.Update, told <-chan []model.Update, ended <-chan error, next <-chan *model.Reference, before uint64,
) (epochs uint64, following *model.Reference, err error) {
	for {
		select {
		case batch := <-told:
			for i := range batch {
				if reset, ok := batch[i].Payload.(*model.Reset); ok && before > 0 {
					later := *reset
					later.Epoch += before
					batch[i].Payload = &later
				}
				if batch[i].Kind == model.KindReset {
					epochs++
				}
			}
			select {
			case out <- batch:
			case <-ctx.Done(): // the source ends as well
			}
		case err := <-ended:
			return epochs, nil, err
		case following := <-next:
			return epochs, following, nil
		}
	}
}

// watch looks for a reference that has the closes which the old one lacks.
func (r *reloading) watch(ctx context.Context, old *model.Reference, next chan<- *model.Reference) {
	ticker := time.NewTicker(reloadEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		now := r.now()
		today, ok := old.Calendar.On(session.DateOf(now))
		if !ok || now.Before(today.Date.At(reloadHour, 0)) || !now.Before(today.Opens) {
			continue
		}
		before, ok := old.Calendar.Before(today.Date)
		if !ok || newestClose(old) >= before.Date {
			continue
		}
		ref, err := r.load(ctx)
		if err == nil && newestClose(ref) >= before.Date && now.Add(syncTakes).Before(today.Opens) {
			if !pause(ctx, syncTakes) {
				return
			}
			ref, err = r.load(ctx)
		}
		switch {
		case err != nil:
			r.log.Warn("the store cannot be read again", "error", sentence(err))
		case newestClose(ref) >= before.Date:
			next <- ref
			return
		}
	}
}

// newestClose is the session of the newest closes, 0 where there are none.
func newestClose(ref *model.Reference) session.Date {
	if len(ref.Closes) == 0 {
		return 0
	}
	return ref.Closes[len(ref.Closes)-1].Date
}
