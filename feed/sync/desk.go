package sync

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"

	"gyre/feed/alpaca"
	"gyre/feed/massive"
	"gyre/feed/web"
)

// The paces of public servers.
const (
	secEvery    = time.Second / 8 // of the 10 requests a second that the SEC allows
	publicEvery = time.Second
)

// How a request is repeated that failed for a reason that passes. The pauses
// add up to more than the minute in which vendors count requests.
const (
	firstPause = 2 * time.Second
	maxPause   = time.Minute
	scatter    = 0.25
	maxTries   = 6
	giveUp     = 15 * time.Minute // after which no more is tried, nor waited for
)

// within bounds one request, pages and all.
const within = 5 * time.Minute

// desk has a client for each host.
type desk struct {
	ishares, sec, secData, bls, bea, fed, newYork *web.Client

	alpaca  *alpaca.Client  // nil where it is not the vendor, or has no key
	massive *massive.Client // likewise
	closers []func()
}

// newDesk prepares the clients. Nobody is asked.
func newDesk(o *Options) (*desk, error) {
	d := &desk{}
	transport := o.Transport
	if transport == nil {
		network := web.NewTransport(o.Proxy)
		d.closers, transport = append(d.closers, network.CloseIdleConnections), network
	}
	sec := rate.NewLimiter(rate.Every(secEvery), 1) // of both hosts together
	for _, host := range []struct {
		base   string
		client **web.Client
		pace   *rate.Limiter
		agent  string
	}{
		{o.Hosts.IShares, &d.ishares, slow(), o.agent()},
		{o.Hosts.SEC, &d.sec, sec, "gyre " + o.Contact},
		{o.Hosts.SECData, &d.secData, sec, "gyre " + o.Contact},
		{o.Hosts.BLS, &d.bls, slow(), o.agent()},
		{o.Hosts.BEA, &d.bea, slow(), o.agent()},
		{o.Hosts.Fed, &d.fed, slow(), o.agent()},
		{o.Hosts.NewYorkFed, &d.newYork, slow(), o.agent()},
	} {
		client, err := web.New(web.Options{Base: host.base, UserAgent: host.agent, Rate: host.pace, Proxy: o.Proxy, Transport: transport})
		if err != nil {
			return nil, err
		}
		*host.client = client
	}
	return d, d.vendor(o, transport)
}

// slow is the pace of a public server.
func slow() *rate.Limiter { return rate.NewLimiter(rate.Every(publicEvery), 1) }

// vendor prepares the vendor's client, where there is a key for it.
func (d *desk) vendor(o *Options, transport http.RoundTripper) error {
	pace := rate.NewLimiter(rate.Every(o.Every), 1)
	switch {
	case o.Vendor == Alpaca && !o.AlpacaKeyID.IsZero() && !o.AlpacaSecret.IsZero():
		a, err := alpaca.NewAdapter(alpaca.Options{
			KeyID: o.AlpacaKeyID, Secret: o.AlpacaSecret, DataURL: o.Hosts.Alpaca,
			Rate: pace, UserAgent: "gyre", Proxy: o.Proxy, Transport: transport, Now: o.Now,
		})
		if err != nil {
			return err
		}
		d.alpaca = a.Client()
	case o.Vendor == Massive && !o.MassiveKey.IsZero():
		m, err := massive.NewAdapter(massive.Options{
			Key: o.MassiveKey, BaseURL: o.Hosts.Massive,
			Rate: pace, UserAgent: "gyre", Proxy: o.Proxy, Transport: transport, Now: o.Now,
		})
		if err != nil {
			return err
		}
		d.massive = m.Client()
	}
	return nil
}

// insist asks again where a request failed for a reason that passes, as late as
// the host wants it to. waits is told of every pause.
func insist[T any](ctx context.Context, waits func(error, time.Duration), ask func(context.Context) (T, error)) (T, error) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.Multiplier, pauses.MaxInterval, pauses.RandomizationFactor = firstPause, 2, maxPause, scatter
	return backoff.Retry(ctx, func() (T, error) {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		answer, err := ask(ctx)
		if err != nil && !passes(err) {
			err = backoff.Permanent(err)
		}
		return answer, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(maxTries), backoff.WithMaxElapsedTime(giveUp), backoff.WithNotify(waits))
}

// passes tells whether a failure may be gone when the host is asked again.
func passes(err error) bool {
	switch web.KindOf(err) {
	case web.TooMany, web.Server, web.Network:
		return true
	default:
		return false
	}
}

// hostOf is the host of an address, as a plan names it.
func hostOf(base string) string {
	address, err := url.Parse(base)
	if err != nil {
		return base
	}
	return address.Hostname()
}
