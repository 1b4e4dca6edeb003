// Package halts watches the exchange's public list of trading halts. It has
// those of every US exchange, and is worth watching whatever the price source
// tells of halts itself.
package halts

import (
	"context"
	"net/url"
	"time"

	"gyre/feed/live"
	"gyre/feed/poll"
	"gyre/feed/web"
	"gyre/model"
)

// The public list: no key is asked for, and no more than one look a minute is
// promised to show anything new.
const (
	Base = "https://www.nasdaqtrader.com"
	Path = "/rss.aspx"
)

// interval is how often the list is read where nothing else is said.
const interval = 30 * time.Second

// timeout is how long one look may take.
const timeout = 15 * time.Second

// Options say where the list is and how often it is read.
type Options struct {
	Client   *web.Client   // of Base, or of a test's own server
	Interval time.Duration // 0: 30 seconds
}

// New is the adapter that stands beside a price source in live.NewSource.
func New(opts Options) live.Adapter {
	if opts.Interval <= 0 {
		opts.Interval = interval
	}
	return live.AdapterFunc(func(ctx context.Context, board *live.Board) error {
		defer opts.Client.Close()
		return poll.Run(ctx, poll.Options{
			Interval: opts.Interval,
			Timeout:  timeout,
			Patient:  true,
			Fetch:    func(ctx context.Context) error { return look(ctx, opts.Client, board) },
			Report: func(_ model.FeedPhase, problem string) {
				if problem != "" {
					problem = "no halts: " + problem
				}
				board.Aside("halts", problem)
			},
		})
	})
}

// Query is what the public list is asked for.
func Query() url.Values { return url.Values{"feed": {"tradehalts"}} }

// look reads the list once and tells the board what is in it.
func look(ctx context.Context, client *web.Client, board *live.Board) error {
	body, err := client.Get(ctx, Path, Query())
	if err != nil {
		return err
	}
	halts, _, err := decode(body)
	if err != nil {
		return err
	}
	for _, h := range halts {
		board.Halt(h)
	}
	return nil
}
