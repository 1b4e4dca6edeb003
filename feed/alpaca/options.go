package alpaca

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"gyre/feed/live"
	"gyre/feed/web"
	"gyre/model"
)

// Alpaca's own addresses.
const (
	DataURL    = "https://data.alpaca.markets"
	TradingURL = "https://api.alpaca.markets"
	PaperURL   = "https://paper-api.alpaca.markets" // for the keys of paper accounts
	StreamURL  = "wss://stream.data.alpaca.markets"
)

// paperKey is what the keys of paper accounts begin with.
const paperKey = "PK"

// The defaults of Options.
const (
	defaultInterval = 15 * time.Second
	requests        = 150 // a minute, of the 200 that a free account has
)

// Options set an adapter up. Addresses that are empty are Alpaca's own.
type Options struct {
	KeyID, Secret web.Secret
	DataURL       string
	TradingURL    string
	StreamURL     string
	Feed          Feed          // the one to have; "" for the best that the account may have
	Interval      time.Duration // from one sweep to the next; 0: 15 seconds
	// Watch are the symbols whose trades, halts, cancels and corrections are
	// streamed, the most important first: a free account may have 30.
	Watch     []string
	Rate      *rate.Limiter // of requests; nil: 150 a minute
	UserAgent string
	Proxy     *url.URL          // nil for none
	Transport http.RoundTripper // nil for that of the network; a test's own

	Reference *model.Reference // whom to observe
	Now       func() time.Time // nil: time.Now
}

// Adapter observes Alpaca for a live.Board, for one Observe at a time.
type Adapter struct {
	opts   Options
	client Client
	hosts  []*web.Client
}

// NewAdapter prepares an adapter. It asks nothing yet.
func NewAdapter(opts Options) (*Adapter, error) {
	if opts.KeyID.IsZero() || opts.Secret.IsZero() {
		return nil, fmt.Errorf("the alpaca feed needs a key: set APCA_API_KEY_ID and APCA_API_SECRET_KEY: %w", web.ErrNoSecret)
	}
	opts.fill()
	a := &Adapter{opts: opts}
	for _, host := range []struct {
		base string
		has  *fetcher
	}{{opts.DataURL, &a.client.data}, {opts.TradingURL, &a.client.trading}} {
		client, err := web.New(web.Options{
			Base: host.base, UserAgent: opts.UserAgent, Rate: opts.Rate, Proxy: opts.Proxy, Transport: opts.Transport,
			Credentials: map[string]web.Secret{"APCA-API-KEY-ID": opts.KeyID, "APCA-API-SECRET-KEY": opts.Secret},
		})
		if err != nil {
			return nil, fmt.Errorf("the alpaca feed: %w", err)
		}
		*host.has = client
		a.hosts = append(a.hosts, client)
	}
	return a, nil
}

// fill puts the defaults where nothing is said.
func (o *Options) fill() {
	if o.DataURL == "" {
		o.DataURL = DataURL
	}
	if o.TradingURL == "" {
		o.TradingURL = TradingURL
		if strings.HasPrefix(o.KeyID.Reveal(), paperKey) {
			o.TradingURL = PaperURL
		}
	}
	if o.StreamURL == "" {
		o.StreamURL = StreamURL
	}
	if o.Interval <= 0 {
		o.Interval = defaultInterval
	}
	if o.Rate == nil {
		o.Rate = rate.NewLimiter(rate.Every(time.Minute/requests), requests/10)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

// Client asks what is not observed continuously: bars, auctions, the clock.
func (a *Adapter) Client() *Client { return &a.client }

// New makes a source of an adapter and of others beside it.
func New(opts Options, beside ...live.Adapter) (*live.Source, error) {
	a, err := NewAdapter(opts)
	if err != nil {
		return nil, err
	}
	return live.NewSource(live.Options{
		Reference: opts.Reference,
		Identity:  live.Identity{Feed: "alpaca", Delay: opts.Feed.Delay(), Interval: a.opts.Interval},
		Now:       a.opts.Now,
	}, a, beside...)
}
