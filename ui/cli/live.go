package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	return &connection{source: src, data: data, names: names}, nil
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

func openAlpaca(ctx context.Context, s *shell, choice string, _ bool) (*connection, error) {
	keys, err := s.secrets("APCA_API_KEY_ID", "APCA_API_SECRET_KEY")
	if err != nil {
		return nil, err
	}
	return s.openLive(ctx, func(ref *model.Reference) (feed.Source, error) {
		stops, err := halted()
		if err != nil {
			return nil, err
		}
		return alpaca.New(alpaca.Options{
			KeyID: keys[0], Secret: keys[1], Feed: alpaca.Feed(choice), Reference: ref, UserAgent: s.agent(),
		}, stops)
	})
}

func openMassive(ctx context.Context, s *shell, _ string, _ bool) (*connection, error) {
	keys, err := s.secrets("MASSIVE_API_KEY")
	if err != nil {
		return nil, err
	}
	return s.openLive(ctx, func(ref *model.Reference) (feed.Source, error) {
		stops, err := halted()
		if err != nil {
			return nil, err
		}
		return massive.New(massive.Options{Key: keys[0], Reference: ref, UserAgent: s.agent()}, stops)
	})
}

// halted watches the exchange's public list of halts beside a vendor's prices.
func halted() (live.Adapter, error) {
	client, err := web.New(web.Options{Base: halts.Base, Rate: rate.NewLimiter(rate.Every(time.Second), 1)})
	if err != nil {
		return nil, err
	}
	return halts.New(halts.Options{Client: client}), nil
}

// openRecords opens a feed of one's own. Its address is that of --feed.
func openRecords(ctx context.Context, s *shell, _ string, _ bool) (*connection, error) {
	return s.openLive(ctx, func(ref *model.Reference) (feed.Source, error) {
		input, _ := s.in.(*os.File)
		return ndjson.NewSource(s.flags.feed, ndjson.Options{Reference: ref, Input: input, Env: s.env, Log: s.log})
	})
}

// agent is how gyre calls itself to those whom it asks.
func (s *shell) agent() string { return "gyre/" + s.program.version() }

// first waits for a live feed's first moment.
func (s *shell) first(ctx context.Context, c *connection) (*model.Snapshot, error) {
	waiting, stop := context.WithTimeoutCause(ctx, firstMoment, errors.New("nothing came"))
	defer stop()
	var snap *model.Snapshot
	err := s.watch(waiting, c, func(ctx context.Context, _ *hub.Hub, viewer *hub.Subscription) error {
		var err error
		for snap, err = viewer.Next(ctx); err == nil; snap, err = viewer.Next(ctx) {
			if snap.Feed.Phase == model.FeedOK {
				return nil
			}
		}
		return err
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	case snap == nil || snap.Feed.Phase != model.FeedOK:
		problem := ""
		if snap != nil && snap.Feed.Problem != "" {
			problem = ": " + snap.Feed.Problem
		}
		return nil, fmt.Errorf("%s has told nothing within %s%s; gyre doctor looks for the reason", s.flags.feed, firstMoment, problem)
	}
	return snap, nil
}
