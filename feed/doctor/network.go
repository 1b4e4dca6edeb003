package doctor

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"gyre/feed/alpaca"
	"gyre/feed/massive"
	"gyre/feed/web"
)

// How far this machine's clock may be from a vendor's, and how long an answer
// may take, before something is said about it.
const (
	skewWarn = 2 * time.Second
	skewFail = 30 * time.Second
	slow     = 2 * time.Second
)

// listener hears the time in the answers of a host.
type listener struct {
	next http.RoundTripper
	now  func() time.Time

	mu    sync.Mutex
	heard bool
	ahead time.Duration // this clock before the host's, as far as whole seconds tell
}

// RoundTrip hears an answer. The host's second is whole, and somewhere between
// asking and hearing: only what lies outside of that is a difference.
func (l *listener) RoundTrip(request *http.Request) (*http.Response, error) {
	asked := l.now()
	answer, err := l.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	heard := l.now()
	at, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		return answer, nil // without a time, and good all the same
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard, l.ahead = true, 0
	if late := asked.Sub(at.Add(time.Second)); late > 0 {
		l.ahead = late
	} else if early := heard.Sub(at); early < 0 {
		l.ahead = early
	}
	return answer, nil
}

// finding says what the clocks tell.
func (l *listener) finding(host string) Finding {
	l.mu.Lock()
	defer l.mu.Unlock()
	off, which := l.ahead, "ahead of"
	if off < 0 {
		off, which = -off, "behind"
	}
	const do = "set the clock, by NTP where you can"
	what := fmt.Sprintf("this clock is %s %s that of %s", off.Round(100*time.Millisecond), which, host)
	switch {
	case !l.heard:
		return Finding{State: Warn, What: host + " does not tell its time"}
	case off > skewFail:
		return Finding{State: Fail, What: what, Do: do + ": live data would look stale or from the future"}
	case off > skewWarn:
		return Finding{State: Warn, What: what, Do: do}
	default:
		return Finding{What: "this clock is that of " + host}
	}
}

// vendor is what is asked of one.
type vendor struct {
	name, base string
	transport  http.RoundTripper // nil for that of the network
	proxy      *url.URL
	now        func() time.Time
	choose     func(ctx context.Context, transport http.RoundTripper) (Finding, error)
	fetch      func(ctx context.Context, transport http.RoundTripper) error
}

// checks are a vendor's: what the account may see, one fetch, and the clock.
func (v *vendor) checks() []Check {
	if v.now == nil {
		v.now = time.Now
	}
	host := v.base
	if address, err := url.Parse(v.base); err == nil {
		host = address.Hostname()
	}
	return []Check{
		{Name: v.name + " entitlement", Network: true, Run: func(ctx context.Context) Finding {
			l, done := v.listen()
			defer done()
			f, err := v.choose(ctx, l)
			if err != nil {
				return failed(err, "check the key and the plan on the vendor's site")
			}
			return f
		}},
		{Name: v.name + " fetch", Network: true, Run: func(ctx context.Context) Finding {
			l, done := v.listen()
			defer done()
			began := v.now()
			err := v.fetch(ctx, l)
			return fetched(host, v.now().Sub(began), err)
		}},
		{Name: v.name + " clock", Network: true, Run: func(ctx context.Context) Finding {
			l, done := v.listen()
			defer done()
			err := v.fetch(ctx, l)
			if l.mu.Lock(); !l.heard && err != nil {
				l.mu.Unlock()
				return failed(err, "see whether this machine reaches the network")
			}
			l.mu.Unlock()
			return l.finding(host)
		}},
	}
}

// listen is a listener on connections of its own, which done lets go of.
func (v *vendor) listen() (l *listener, done func()) {
	if v.transport != nil {
		return &listener{next: v.transport, now: v.now}, func() {}
	}
	network := web.NewTransport(v.proxy)
	return &listener{next: network, now: v.now}, network.CloseIdleConnections
}

// fetched is what a fetch has shown.
func fetched(host string, took time.Duration, err error) Finding {
	what := fmt.Sprintf("%s answered in %s", host, took.Round(time.Millisecond))
	switch {
	case err != nil:
		return failed(err, "see whether this machine reaches the host, or try again later")
	case took > slow:
		return Finding{State: Warn, What: what, Do: "it is slow; data come late"}
	default:
		return Finding{What: what}
	}
}

// Alpaca looks what an account sees, and whether the vendor answers. There are
// no checks where there is no key.
func Alpaca(o alpaca.Options) []Check {
	if o.KeyID.IsZero() || o.Secret.IsZero() {
		return nil
	}
	client := func(transport http.RoundTripper) (*alpaca.Client, error) {
		with := o
		with.Transport = transport
		a, err := alpaca.NewAdapter(with)
		if err != nil {
			return nil, err
		}
		return a.Client(), nil
	}
	base := o.DataURL
	if base == "" {
		base = alpaca.DataURL
	}
	v := &vendor{name: "alpaca", base: base, transport: o.Transport, proxy: o.Proxy, now: o.Now}
	v.choose = func(ctx context.Context, transport http.RoundTripper) (Finding, error) {
		c, err := client(transport)
		if err != nil {
			return Finding{}, err
		}
		feed, err := c.Choose(ctx, o.Feed)
		if err != nil {
			return Finding{}, err
		}
		switch feed {
		case alpaca.FeedIEX:
			return Finding{State: Warn, What: "one exchange's prints, some 3 % of the volume", Do: "small companies look frozen; use the feed delayed_sip"}, nil
		case alpaca.FeedDelayed:
			return Finding{What: "the whole market, 15 minutes late"}, nil
		default:
			return Finding{What: "the whole market, live"}, nil
		}
	}
	v.fetch = func(ctx context.Context, transport http.RoundTripper) error {
		c, err := client(transport)
		if err != nil {
			return err
		}
		_, _, err = c.Snapshots(ctx, alpaca.FeedIEX, []string{"SPY"})
		return err
	}
	return v.checks()
}

// Massive looks what an account sees, and whether the vendor answers. There are
// no checks where there is no key.
func Massive(o massive.Options) []Check {
	if o.Key.IsZero() {
		return nil
	}
	client := func(transport http.RoundTripper) (*massive.Client, error) {
		with := o
		with.Transport = transport
		m, err := massive.NewAdapter(with)
		if err != nil {
			return nil, err
		}
		return m.Client(), nil
	}
	base := o.BaseURL
	if base == "" {
		base = massive.BaseURL
	}
	v := &vendor{name: "massive", base: base, transport: o.Transport, proxy: o.Proxy, now: o.Now}
	v.choose = func(ctx context.Context, transport http.RoundTripper) (Finding, error) {
		c, err := client(transport)
		if err != nil {
			return Finding{}, err
		}
		plan, err := c.Choose(ctx)
		if err != nil {
			return Finding{}, err
		}
		if plan == massive.PlanLive {
			return Finding{What: "the whole market, live"}, nil
		}
		return Finding{What: "the whole market, 15 minutes late, as far as the plan has snapshots"}, nil
	}
	v.fetch = func(ctx context.Context, transport http.RoundTripper) error {
		c, err := client(transport)
		if err != nil {
			return err
		}
		_, err = c.Status(ctx)
		return err
	}
	return v.checks()
}

// Fetch asks a host that needs no key for one file, like the exchange's list of
// halts.
func Fetch(name string, o web.Options, path string, query url.Values) Check {
	return Check{Name: name, Network: true, Run: func(ctx context.Context) Finding {
		c, err := web.New(o)
		if err != nil {
			return failed(err, "correct the address in the configuration")
		}
		defer c.Close()
		began := time.Now()
		_, err = c.Get(ctx, path, query)
		return fetched(c.Host(), time.Since(began), err)
	}}
}
