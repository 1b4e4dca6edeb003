package massive

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"gyre/feed/live"
	"gyre/feed/web"
	"gyre/model"
)

// Massive's own addresses.
const (
	BaseURL          = "https://api.massive.com"
	StreamURL        = "wss://socket.massive.com"
	DelayedStreamURL = "wss://delayed.massive.com"
)

// The defaults of Options.
const (
	defaultInterval = 5 * time.Second
	perSecond       = 5 // requests; a paid account may have many more
)

// Options set an adapter up. Addresses that are empty are Massive's own.
type Options struct {
	Key       web.Secret
	BaseURL   string
	StreamURL string
	Plan      Plan          // "" to find out
	Interval  time.Duration // from one sweep to the next; 0: 5 seconds
	NoStream  bool          // sweeps only
	Rate      *rate.Limiter // of requests; nil: 5 a second
	UserAgent string
	Proxy     *url.URL          // nil for none
	Transport http.RoundTripper // nil for that of the network; a test's own

	Reference *model.Reference // whom to observe
	Now       func() time.Time // nil: time.Now
}

// Adapter observes Massive for a live.Board, for one Observe at a time.
type Adapter struct {
	opts   Options
	client Client
	host   *web.Client
}

// NewAdapter prepares an adapter. It asks nothing yet.
func NewAdapter(opts Options) (*Adapter, error) {
	if opts.Key.IsZero() {
		return nil, fmt.Errorf("the massive feed needs a key: set MASSIVE_API_KEY: %w", web.ErrNoSecret)
	}
	if opts.Plan != "" && opts.Plan != PlanLive && opts.Plan != PlanDelayed {
		return nil, fmt.Errorf("the massive feed has no plan %q: it is live, delayed or nothing", opts.Plan)
	}
	if opts.BaseURL == "" {
		opts.BaseURL = BaseURL
	}
	if opts.Interval <= 0 {
		opts.Interval = defaultInterval
	}
	if opts.Rate == nil {
		opts.Rate = rate.NewLimiter(perSecond, perSecond)
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	host, err := web.New(web.Options{
		Base: opts.BaseURL, UserAgent: opts.UserAgent, Rate: opts.Rate, Proxy: opts.Proxy, Transport: opts.Transport,
		Credentials: map[string]web.Secret{"Authorization": opts.Key.Prefixed("Bearer ")},
	})
	if err != nil {
		return nil, fmt.Errorf("the massive feed: %w", err)
	}
	return &Adapter{opts: opts, client: Client{host: host}, host: host}, nil
}

// Client asks what is not observed continuously: closes of past sessions,
// splits, the market's status.
func (a *Adapter) Client() *Client { return &a.client }

// New makes a source of an adapter and of others beside it.
func New(opts Options, beside ...live.Adapter) (*live.Source, error) {
	a, err := NewAdapter(opts)
	if err != nil {
		return nil, err
	}
	return live.NewSource(live.Options{
		Reference: opts.Reference,
		Identity:  live.Identity{Feed: "massive", Delay: opts.Plan.Delay(), Interval: a.opts.Interval},
		Now:       a.opts.Now,
	}, a, beside...)
}
