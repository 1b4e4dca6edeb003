package cli

import (
	"context"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"gyre/feed"
	"gyre/feed/dataset"
	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
)

// defaultSpeed is that of a dataset that does not say.
const defaultSpeed replay.Speed = 60

// connection is an open feed.
type connection struct {
	source feed.Source
	player *replay.Controller // nil where the feed is live
	ended  <-chan struct{}    // closed when a live feed has ended; nil in replay
	// stateAt is what a market has to be told to stand at t.
	stateAt func(t time.Time) iter.Seq[[]model.Update]
	data    *dataset.Dataset
	names   map[string]string // the dataset's own of the indices, by symbol
}

// kind is a kind of feed, chosen by the scheme before the colon of --feed.
type kind struct {
	scheme string
	forms  []string // how it is written, for help and errors
	open   func(ctx context.Context, s *shell, rest string, once bool) (*connection, error)
}

// fromInput is the feed that is read from standard input.
const fromInput = "ndjson:-"

// replays tells whether the feed is a replay.
func (s *shell) replays() bool {
	scheme, _, _ := strings.Cut(s.flags.feed, ":")
	return scheme == "replay"
}

// kinds is every kind of feed.
func kinds() []kind {
	return []kind{
		{"replay", []string{"replay", "replay:PATH"}, openReplay},
		{"alpaca", []string{"alpaca", "alpaca:sip", "alpaca:delayed_sip", "alpaca:iex"}, openAlpaca},
		{"massive", []string{"massive"}, openMassive},
		{"ndjson", []string{"ndjson:-", "ndjson:PATH", "ndjson:unix:PATH"}, openRecords},
		{"exec", []string{"exec:COMMAND"}, openRecords},
	}
}

// feedForms is every form that --feed takes.
func feedForms() []string {
	var forms []string
	for _, k := range kinds() {
		forms = append(forms, k.forms...)
	}
	return forms
}

// open opens the feed that the flags name. A feed that is opened once ends at
// its end instead of staying there.
func (s *shell) open(ctx context.Context, once bool) (*connection, error) {
	scheme, rest, more := strings.Cut(s.flags.feed, ":")
	i := slices.IndexFunc(kinds(), func(k kind) bool { return k.scheme == scheme })
	if i < 0 {
		return nil, usagef("there is no feed %q; --feed takes %s", s.flags.feed, strings.Join(feedForms(), " or "))
	}
	if more && rest == "" {
		return nil, usagef("--feed %s names nothing behind the colon; write %s", s.flags.feed, strings.Join(kinds()[i].forms, " or "))
	}
	return kinds()[i].open(ctx, s, rest, once)
}

// openReplay replays a dataset: that of rest, else that of --data, else the sample.
func openReplay(ctx context.Context, s *shell, folder string, once bool) (*connection, error) {
	if folder != "" && s.flags.data != "" {
		return nil, usagef("--feed replay:%s and --data %s name two datasets; leave one out", folder, s.flags.data)
	}
	if folder == "" {
		folder = s.flags.data
	}
	data, err := s.load(ctx, folder)
	if err != nil {
		return nil, err
	}
	names := s.rename(data.Reference.Indices)
	options, err := s.replayOptions(data)
	if err != nil {
		return nil, err
	}
	options.Once = once
	source, player := replay.New(data, options)
	return &connection{source: source, player: player, stateAt: source.StateAt, data: data, names: names}, nil
}

func (s *shell) load(ctx context.Context, folder string) (*dataset.Dataset, error) {
	switch {
	case folder == storeName:
		path, err := s.storePath()
		if err != nil {
			return nil, err
		}
		return s.loadStore(ctx, path)
	case isStore(folder):
		return s.loadStore(ctx, folder)
	case folder != "" && folder != sampleName:
		return dataset.Load(ctx, os.DirFS(folder), folder)
	case s.program.Sample == nil:
		return nil, usagef("no sample is built in; name a dataset with --data FOLDER")
	}
	return dataset.Load(ctx, s.program.Sample, sampleName)
}

// rename gives the indices the names of the configuration, and tells the names
// that they had.
func (s *shell) rename(indices []model.IndexSeries) map[string]string {
	before := make(map[string]string, len(indices))
	for i := range indices {
		before[indices[i].Symbol] = indices[i].Name
		if name, ok := s.config.Names[indices[i].Symbol]; ok {
			indices[i].Name = name
		}
	}
	return before
}

// replayOptions are the flags of a replay, checked against the dataset.
func (s *shell) replayOptions(data *dataset.Dataset) (replay.Options, error) {
	_, whole := replay.New(data, replay.Options{})
	bounds := whole.Status()
	first, last := span(data, bounds)
	calendar := data.Reference.Calendar
	options := replay.Options{
		From:   s.flags.from.resolve(calendar, true, bounds.To),
		To:     s.flags.to.resolve(calendar, false, bounds.To),
		At:     s.flags.at.resolve(calendar, false, bounds.To),
		Speed:  s.speed(data),
		Paused: s.flags.paused,
	}
	for _, f := range []struct {
		name   string
		asked  moment
		at     time.Time
		lo, hi time.Time
	}{
		{"from", s.flags.from, options.From, first, last},
		{"to", s.flags.to, options.To, first, last},
		{"at", s.flags.at, options.At, orElse(options.From, first), orElse(options.To, last)},
	} {
		if f.asked.given() && (f.at.Before(f.lo) || f.at.After(f.hi)) {
			return replay.Options{}, usagef("--%s %s is not in the replay; choose a time from %s to %s, New York time",
				f.name, f.asked.text, clock(f.lo), clock(f.hi))
		}
	}
	// A moment before the dataset's own start may be asked for.
	if options.From.IsZero() && !options.At.IsZero() && options.At.Before(bounds.From) {
		options.From = options.At
	}
	from, to := orElse(options.From, bounds.From), orElse(options.To, bounds.To)
	if !from.Before(to) && (s.flags.from.given() || s.flags.to.given()) {
		return replay.Options{}, usagef("the replay would begin at %s and end at %s; give a --from that lies before --to", clock(from), clock(to))
	}
	return options, nil
}

// span is from the first to the last moment that a dataset knows something of.
func span(data *dataset.Dataset, bounds replay.Status) (first, last time.Time) {
	first, last = bounds.From, bounds.To
	if columns := data.Reference.Closes; len(columns) > 0 {
		if on, ok := data.Reference.Calendar.On(columns[0].Date); ok && on.Closes.Before(first) {
			first = on.Closes
		}
		if on, ok := data.Reference.Calendar.On(columns[len(columns)-1].Date); ok && on.Closes.After(last) {
			last = on.Closes
		}
	}
	return first, last
}

// speed is the speed that was asked for, else the dataset's own.
func (s *shell) speed(data *dataset.Dataset) replay.Speed {
	switch {
	case s.flags.speed != nil:
		return *s.flags.speed
	case data.Settings.Speed > 0:
		return replay.Speed(data.Settings.Speed)
	}
	return defaultSpeed
}

func orElse(t, other time.Time) time.Time {
	if t.IsZero() {
		return other
	}
	return t
}

// clock is a moment as a sentence has it.
func clock(t time.Time) string { return t.In(session.Zone()).Format("2006-01-02 15:04") }
