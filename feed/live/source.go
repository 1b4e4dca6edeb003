package live

import (
	"context"
	"errors"
	"io"
	"strconv"
	"sync"
	"sync/atomic"

	"gyre/feed"
	"gyre/feed/clean"
	"gyre/model"
)

// Adapter observes a vendor.
type Adapter interface {
	// Observe tells the board what the vendor says, until ctx ends, and then
	// returns ctx's error, or until the vendor has nothing more to say, and then
	// returns io.EOF. Any other error is final: an adapter retries inside and
	// tells with Board.Health how it is doing, or, beside the prices, with
	// Board.Aside. It leaves no goroutine behind.
	Observe(ctx context.Context, board *Board) error
}

// AdapterFunc is a function that is an Adapter.
type AdapterFunc func(ctx context.Context, board *Board) error

// Observe calls the function.
func (f AdapterFunc) Observe(ctx context.Context, board *Board) error { return f(ctx, board) }

// Source is a feed.Source made of a price adapter and of others beside it. It
// is for one Run at a time.
type Source struct {
	options Options
	prices  Adapter
	beside  []Adapter
	board   atomic.Pointer[Board]
}

var _ feed.Source = (*Source)(nil)

// NewSource makes a source of the adapter that observes prices and of those
// that only add to it, such as the halts. What goes wrong beside the prices is
// told as a problem of the source's health and never ends it. It fails where
// the reference cannot be watched live.
func NewSource(opts Options, prices Adapter, beside ...Adapter) (*Source, error) {
	if _, err := New(opts); err != nil {
		return nil, err
	}
	return &Source{options: opts, prices: prices, beside: beside}, nil
}

// Report is what the last Run has counted so far.
func (s *Source) Report() Report {
	if board := s.board.Load(); board != nil {
		return board.Report()
	}
	return Report{}
}

// Run observes the vendor until ctx ends, or until the price adapter has
// nothing more to say (io.EOF) or gives a final error.
func (s *Source) Run(ctx context.Context, out chan<- []model.Update) error {
	board, err := New(s.options)
	if err != nil {
		return err
	}
	s.board.Store(board)
	ctx, stop := context.WithCancelCause(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop(nil)
	running.Go(func() {
		switch err := observe(ctx, s.prices, board); {
		case ctx.Err() != nil:
		case errors.Is(err, io.EOF):
			board.end()
		default:
			stop(err)
		}
	})
	for i, adapter := range s.beside {
		running.Go(func() {
			if err := observe(ctx, adapter, board); ctx.Err() == nil && !errors.Is(err, io.EOF) {
				board.Aside(strconv.Itoa(i), err.Error())
			}
		})
	}
	err = board.Run(ctx, out)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// errSilent is what an adapter gives that ends without saying why.
var errSilent = errors.New("the feed's adapter stopped without a reason")

// observe runs an adapter. Should it panic, that is an error like any other:
// one feed must not take the screens down.
func observe(ctx context.Context, a Adapter, board *Board) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = clean.Broken("the feed's adapter", r)
		}
		if err == nil {
			err = errSilent
		}
	}()
	return a.Observe(ctx, board)
}
