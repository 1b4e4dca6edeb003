package ndjson

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"gyre/feed/clean"
	"gyre/feed/live"
	"gyre/feed/wire"
	"gyre/model"
)

// Options set a feed up.
type Options struct {
	// Reference is the market that the records are about; what a company is
	// known to owe stays where a record does not say it.
	Reference *model.Reference
	// Identity is what the screen says of the feed until its records say it
	// themselves, in src and dly. Interval is 1 second where it is 0.
	Identity live.Identity
	// Input is what ndjson:- reads, mostly os.Stdin.
	Input *os.File
	// Dir and Env are the folder and the environment that exec: runs its command
	// in. Without them they are gyre's own.
	Dir string
	Env []string
	// Log takes what a command says on its standard error, and the bad lines in
	// full length. It may be nil.
	Log *slog.Logger
	Now func() time.Time // the wall clock; nil: time.Now
}

// Feed is a live.Adapter of one address.
type Feed struct {
	name      string // in messages: stdin, quotes.ndjson
	transport transport
	options   Options
}

var _ live.Adapter = (*Feed)(nil)

// transport brings lines in until ctx ends, and then returns its error, or until
// there are no more, and then returns io.EOF.
type transport interface {
	run(ctx context.Context, in *intake) error
}

// New is the feed of an address as --feed takes it: ndjson:- is the input,
// ndjson:PATH a file, ndjson:unix:PATH a socket at which a program listens, and
// exec:COMMAND a command line for the shell.
func New(address string, opts Options) (*Feed, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Identity.Interval == 0 {
		opts.Identity.Interval = time.Second
	}
	scheme, rest, _ := strings.Cut(address, ":")
	path, isSocket := strings.CutPrefix(rest, "unix:")
	switch {
	case scheme != "exec" && scheme != "ndjson":
		return nil, fmt.Errorf("%q is no feed of this kind; write ndjson:- or ndjson:PATH or ndjson:unix:PATH or exec:COMMAND", scheme)
	case scheme == "exec" && strings.TrimSpace(rest) == "":
		return nil, errors.New("exec: needs a command, as in exec:./feed.sh")
	case scheme == "exec":
		return opts.feed(commandName(rest), child{
			command: rest, dir: opts.Dir, env: opts.Env, log: opts.Log, pauses: childPauses(), grace: childGrace,
		}), nil
	case rest == "" || isSocket && path == "":
		return nil, errors.New("ndjson: needs a path, or - for standard input")
	case rest == "-" && opts.Input == nil:
		return nil, errors.New("ndjson:- has no standard input to read")
	case rest == "-":
		return opts.feed("stdin", stdin{opts.Input}), nil
	case isSocket:
		return opts.feed(filepath.Base(path), socket{path, socketPauses()}), nil
	default:
		return opts.feed(filepath.Base(rest), tail{path: rest, poll: tailPoll, linger: tailLinger}), nil
	}
}

// NewSource is New as a feed.Source, with adapters beside it that add to what
// the records tell.
func NewSource(address string, opts Options, beside ...live.Adapter) (*live.Source, error) {
	f, err := New(address, opts)
	if err != nil {
		return nil, err
	}
	identity := f.options.Identity
	if identity.Feed == "" {
		identity.Feed = f.name
	}
	return live.NewSource(live.Options{Reference: opts.Reference, Identity: identity, Now: f.options.Now}, f, beside...)
}

func (opts Options) feed(name string, by transport) *Feed {
	return &Feed{name: sentence(name, maxName), transport: by, options: opts}
}

// maxName is how long the name of a feed may be in messages, which have little
// room.
const maxName = 24

// commandName is the program of a command line.
func commandName(command string) string {
	return filepath.Base(strings.Fields(command)[0])
}

// flushEvery is how often what came in is looked after.
const flushEvery = 100 * time.Millisecond

// Observe tells the board what the records say.
func (f *Feed) Observe(ctx context.Context, board *live.Board) error {
	t := newTeller(f.options, f.name, board)
	in := &intake{name: f.name, codec: wire.New(), put: t.tell, began: t.begin, now: f.options.Now, log: newLimited(f.options.Log)}
	ctx, stop := context.WithCancel(ctx)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer stop()
	ended := make(chan error, 1)
	reading.Go(func() { ended <- read(ctx, f.transport, in) })
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			t.flush(in)
		case err := <-ended:
			t.finish(in)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if !errors.Is(err, io.EOF) {
				err = fmt.Errorf("%s: %w", f.name, err)
			}
			return err
		}
	}
}

// read reads to the end. What panics over a record ends the feed with an error.
func read(ctx context.Context, by transport, in *intake) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = clean.Broken("the feed", r)
		}
	}()
	return by.run(ctx, in)
}
