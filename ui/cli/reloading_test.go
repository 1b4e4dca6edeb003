package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"gyre/feed"
	"gyre/model"
	"gyre/model/session"
)

// repeater is a source that tells a moment every minute, as often as it is told
// to; 0: for ever.
type repeater struct {
	ref   *model.Reference
	times int
}

func (r repeater) Run(ctx context.Context, out chan<- []model.Update) error {
	reset := model.Update{Kind: model.KindReset, Payload: &model.Reset{Epoch: 1, Reference: r.ref}}
	for i := 0; r.times == 0 || i < r.times; i++ {
		batch := []model.Update{{Kind: model.KindHeartbeat}}
		if i == 0 {
			batch = append([]model.Update{reset}, batch...)
		}
		select {
		case out <- batch:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case <-time.After(time.Minute):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return io.EOF
}

// closed is a reference whose newest closes are of a day.
func closed(d session.Date) *model.Reference {
	return &model.Reference{Calendar: session.New(), Closes: []model.CloseColumn{{Date: d - 1}, {Date: d}}}
}

// A gyre that runs for days reads the store again once it has what is missing,
// and never in the session.
func TestTheStoreIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, start := time.Now(), monday.At(15, 0)
		now := func() time.Time { return start.Add(time.Since(began)) }
		synced := monday.At(29, 30) // on Tuesday at 05:30
		type begin struct {
			at    time.Time
			epoch uint64
			date  session.Date
		}
		var begins []begin
		looked := 0
		r := &reloading{
			reference: closed(monday - 3), now: now, log: slog.New(slog.DiscardHandler),
			open: func(ref *model.Reference) (feed.Source, error) { return repeater{ref: ref}, nil },
			load: func(context.Context) (*model.Reference, error) {
				looked++
				switch {
				case looked == 1:
					return nil, errors.New("the store is busy")
				case now().Before(synced):
					return closed(monday - 3), nil
				}
				return closed(monday), nil
			},
		}
		ctx, stop := context.WithCancel(t.Context())
		out, ended := make(chan []model.Update), make(chan error, 1)
		go func() { ended <- r.Run(ctx, out) }()
		for end := time.After(30 * time.Hour); ; { // until Tuesday 21:00
			select {
			case batch := <-out:
				if reset, ok := batch[0].Payload.(*model.Reset); ok {
					begins = append(begins, begin{now(), reset.Epoch, newestClose(reset.Reference)})
				}
				continue
			case <-end:
			}
			break
		}
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("it ends with %v", err)
		}
		if len(begins) != 2 || begins[0].epoch != 1 || begins[1].epoch != 2 || begins[1].date != monday ||
			begins[1].at.Before(synced) || begins[1].at.After(synced.Add(reloadEvery+syncTakes)) {
			t.Errorf("it begins %+v", begins)
		}
		if looked < 6 || looked > 9 {
			t.Errorf("the store is looked at %d times, want every %s from 04:00 to 05:30", looked, reloadEvery)
		}
	})
}

func TestAReloadingSourceEndsAsItsSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("no such feed")
		for name, c := range map[string]struct {
			open func(ref *model.Reference) (feed.Source, error)
			want error
		}{
			"at its end":       {func(ref *model.Reference) (feed.Source, error) { return repeater{ref, 3}, nil }, io.EOF},
			"before it begins": {func(*model.Reference) (feed.Source, error) { return nil, broken }, broken},
		} {
			r := &reloading{reference: closed(monday - 3), now: time.Now, log: slog.New(slog.DiscardHandler), open: c.open}
			out, ended := make(chan []model.Update), make(chan error, 1)
			go func() { ended <- r.Run(t.Context(), out) }()
			for open := true; open; {
				select {
				case <-out:
				case err := <-ended:
					open = false
					if !errors.Is(err, c.want) {
						t.Errorf("%s: it ends with %v", name, err)
					}
				}
			}
		}
	})
}
