package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"gyre/feed"
	"gyre/feed/alpaca"
	"gyre/feed/dataset"
	"gyre/feed/halts"
	"gyre/feed/hub"
	"gyre/feed/live"
	"gyre/feed/massive"
	"gyre/feed/ndjson"
	"gyre/feed/web"
	"gyre/model"
	"gyre/ui/config"
)

// firstMoment is how long a command waits for a live feed's first moment.
const firstMoment = 30 * time.Second

// The names of the vendors' keys, as the vendors call them.
const (
	alpacaKey    = "APCA_API_KEY_ID"
	alpacaSecret = "APCA_API_SECRET_KEY" //nolint:gosec // the name of a secret is none
	massiveKey   = "MASSIVE_API_KEY"
)

// reference is whom a live feed watches: the dataset of --data, or the store.
func (s *shell) reference(ctx context.Context) (*dataset.Dataset, error) {
	name := s.flags.data
	if name == "" {
		name = storeName
		if path, err := s.storePath(); err != nil || !exists(path) {
			return nil, usagef("a live feed must know whom to watch; fill the store with gyre import or gyre sync, or name a dataset with --data")
		}
	}
	return s.load(ctx, name)
}

// keeps tells whether a live feed watches the members of a store.
func (s *shell) keeps() bool {
	return s.flags.data == "" || s.flags.data == storeName || isStore(s.flags.data)
}

// openLive opens a feed that is not a replay.
func (s *shell) openLive(ctx context.Context, source func(ref *model.Reference) (feed.Source, error)) (*connection, error) {
	for name, asked := range map[string]bool{
		"at": s.flags.at.given(), "from": s.flags.from.given(), "to": s.flags.to.given(), "speed": s.flags.speed != nil,
	} {
		if asked {
			return nil, usagef("--%s steers a replay, and %s is live", name, s.flags.feed)
		}
	}
	data, err := s.reference(ctx)
	if err != nil {
		return nil, err
	}
	names := s.rename(data.Reference.Indices)
	src, err := source(data.Reference)
	if err != nil {
		return nil, err
	}
	if s.keeps() && s.flags.feed != fromInput { // standard input cannot be begun again
		src = &reloading{
			reference: data.Reference, open: source, now: s.program.clock(), log: s.log,
			load: func(ctx context.Context) (*model.Reference, error) {
				newer, err := s.reference(ctx)
				if err != nil {
					return nil, err
				}
				s.rename(newer.Reference.Indices)
				return newer.Reference, nil
			},
		}
	}
	ended := make(chan struct{})
	return &connection{source: finite{src, ended}, ended: ended, data: data, names: names}, nil
}

// finite is a source that tells when it has ended.
type finite struct {
	feed.Source

	ended chan<- struct{}
}

// Run runs the source, once.
func (f finite) Run(ctx context.Context, out chan<- []model.Update) error {
	defer close(f.ended)
	return f.Source.Run(ctx, out)
}

// over tells whether a snapshot is the last word of a live feed, which has
// ended or failed for good.
func (c *connection) over(snap *model.Snapshot) bool {
	if snap.Feed.Phase != model.FeedEnded && snap.Feed.Phase != model.FeedFailing {
		return false
	}
	select {
	case <-c.ended:
		return true
	default:
		return false
	}
}

// keyFile is where secrets may be that are not in the environment.
func (s *shell) keyFile() string { return filepath.Join(filepath.Dir(config.Path(s.env)), "keys") }

// keys is where secrets are read from: the environment, or the file of keys
// beside the configuration.
func (s *shell) keys() web.Keys {
	k := web.Keys{Env: s.env}
	if file := s.keyFile(); exists(file) {
		k.File = file
	}
	return k
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// secrets reads several keys.
func (s *shell) secrets(names ...string) ([]web.Secret, error) {
	found := make([]web.Secret, len(names))
	for i, name := range names {
		var err error
		if found[i], err = s.keys().Get(name); errors.Is(err, web.ErrNoSecret) {
			return nil, fmt.Errorf("%s is not set; set it in the environment, or as %s=KEY in the file %s that only you may read", name, name, s.keyFile())
		} else if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// oneOf refuses a choice that a feed does not have.
func oneOf(scheme, choice string, choices ...string) error {
	if choice == "" || slices.Contains(choices, choice) {
		return nil
	}
	forms := []string{scheme}
	for _, c := range choices {
		forms = append(forms, scheme+":"+c)
	}
	return usagef("there is no feed %s:%s; write %s", scheme, choice, strings.Join(forms, " or "))
}

func openAlpaca(ctx context.Context, s *shell, choice string, _ bool) (*connection, error) {
	if err := oneOf("alpaca", choice, "sip", "delayed_sip", "iex"); err != nil {
		return nil, err
	}
	keys, err := s.secrets(alpacaKey, alpacaSecret)
	if err != nil {
		return nil, err
	}
	return s.openLive(ctx, func(ref *model.Reference) (feed.Source, error) {
		stops, err := s.halted()
		if err != nil {
			return nil, err
		}
		return alpaca.New(alpaca.Options{
			KeyID: keys[0], Secret: keys[1], Feed: alpaca.Feed(choice), Reference: ref, UserAgent: s.agent(),
			Transport: s.program.transport, Now: s.program.now,
		}, stops)
	})
}

func openMassive(ctx context.Context, s *shell, choice string, _ bool) (*connection, error) {
	if err := oneOf("massive", choice); err != nil {
		return nil, err
	}
	keys, err := s.secrets(massiveKey)
	if err != nil {
		return nil, err
	}
	return s.openLive(ctx, func(ref *model.Reference) (feed.Source, error) {
		stops, err := s.halted()
		if err != nil {
			return nil, err
		}
		return massive.New(massive.Options{
			Key: keys[0], Reference: ref, UserAgent: s.agent(), Transport: s.program.transport, Now: s.program.now,
		}, stops)
	})
}

// halted watches the exchange's public list of halts beside a vendor's prices.
func (s *shell) halted() (live.Adapter, error) {
	client, err := web.New(web.Options{Base: halts.Base, Rate: rate.NewLimiter(rate.Every(time.Second), 1), Transport: s.program.transport})
	if err != nil {
		return nil, err
	}
	return halts.New(halts.Options{Client: client}), nil
}

// openRecords opens a feed of one's own. Its address is that of --feed.
func openRecords(ctx context.Context, s *shell, _ string, _ bool) (*connection, error) {
	return s.openLive(ctx, func(ref *model.Reference) (feed.Source, error) {
		input, _ := s.in.(*os.File)
		return ndjson.NewSource(s.flags.feed, ndjson.Options{Reference: ref, Input: input, Env: s.env, Log: s.log, Now: s.program.now})
	})
}

// agent is how gyre calls itself to those whom it asks.
func (s *shell) agent() string { return "gyre/" + s.program.version() }

// first waits for a live feed's first moment.
func (s *shell) first(ctx context.Context, c *connection) (*model.Snapshot, error) {
	var snap *model.Snapshot
	err := s.watch(ctx, c, func(ctx context.Context, _ *hub.Hub, viewer *hub.Subscription) error {
		waiting, stop := context.WithTimeout(ctx, firstMoment)
		defer stop()
		for {
			next, err := viewer.Next(waiting)
			if err != nil {
				return err
			}
			if snap = next; snap.Feed.Phase == model.FeedOK || c.over(snap) {
				return nil
			}
		}
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		problem := ""
		if snap != nil && snap.Feed.Problem != "" {
			problem = ": " + snap.Feed.Problem
		}
		return nil, fmt.Errorf("%s has told nothing within %s%s; gyre doctor looks for the reason", s.flags.feed, firstMoment, problem)
	case err != nil:
		return nil, err
	}
	return snap, nil
}
