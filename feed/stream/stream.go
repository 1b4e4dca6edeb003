package stream

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// MaxMessage is the largest message taken, in bytes. A vendor that gathers what
// thousands of symbols did in a second sends a few hundred thousand.
const MaxMessage = 4 << 20

// How long the other side may take. A peer that is gone is found out after
// pingEvery and pongWithin at the latest.
const (
	openWithin    = 10 * time.Second // from the first byte dialled to the subscription
	messageWithin = 10 * time.Second // from a message's first byte to its last
	pingEvery     = 5 * time.Second
	pongWithin    = 4 * time.Second
)

// The pauses between two attempts, each up to a quarter shorter or longer. After
// a connection that lasted for healthy they begin anew. A server that is gone or
// has a failure of its own is looked after every probe at least, so that what it
// streams is there again within five seconds; one that refuses what it is asked
// for has its peace.
const (
	firstPause = 250 * time.Millisecond
	probe      = 3200 * time.Millisecond
	maxPause   = 30 * time.Second
	scatter    = 0.25
	healthy    = time.Minute
)

// Options say what to connect to and what to do there.
type Options struct {
	URL string // ws:// or wss://
	// Transport dials; nil for that of the network. Redirects are refused in any case.
	Transport http.RoundTripper
	Proxy     *url.URL // of the network's transport; nil for none: the environment is not asked
	// Open logs in and subscribes, after every dial. What it receives it has to
	// read with Conn.Next.
	Open func(ctx context.Context, c *Conn) error
	// Message takes in one message. It must not wait for long: while it does,
	// the connection cannot be seen to be alive. Its error ends the connection.
	Message func(ctx context.Context, message []byte) error
	// State is told nil when the stream is open, and why it is not when it was
	// lost or could not be opened.
	State func(err error)
}

// Final marks an error after which dialling again makes no sense: a key that
// was refused, a plan that has no stream.
func Final(err error) error { return backoff.Permanent(err) }

// Run keeps the stream open until ctx ends, and then returns ctx's error, or
// until Open or Message give a Final error, and then returns that one.
func Run(ctx context.Context, opts Options) error {
	client := newClient(&opts)
	defer client.CloseIdleConnections()
	pauses := newPauses()
	attempt := func() (struct{}, error) {
		began := time.Now()
		err := session(ctx, client, &opts)
		if time.Since(began) >= healthy {
			pauses.Reset()
		}
		pauses.refused = refused(err)
		if final := new(backoff.PermanentError); ctx.Err() == nil && !errors.As(err, &final) {
			opts.State(err)
		}
		return struct{}{}, err
	}
	_, err := backoff.Retry(ctx, attempt, backoff.WithBackOff(pauses), backoff.WithMaxElapsedTime(0))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
