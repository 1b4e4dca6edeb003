package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/coder/websocket"

	"gyre/feed/clean"
	"gyre/feed/web"
)

// Reasons why a stream is lost, beside those of the network.
var (
	ErrSilent = errors.New("the stream's server does not answer any more")
	ErrHalf   = errors.New("the stream's server sent half a message and no more")
	ErrLogin  = errors.New("the stream's server did not answer the login in time")
	ErrTooBig = errors.New("the stream's server sent a message of more than 4 MiB")
)

// Conn is an open connection.
type Conn struct{ socket *websocket.Conn }

// Send sends v as JSON.
func (c *Conn) Send(ctx context.Context, v any) error {
	message, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("the message to the stream's server: %w", err)
	}
	if err := c.socket.Write(ctx, websocket.MessageText, message); err != nil {
		return fmt.Errorf("writing to the stream: %w", err)
	}
	return nil
}

// Next waits for the next message.
func (c *Conn) Next(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	_, reader, err := c.socket.Reader(ctx)
	if err != nil {
		return nil, lost(ctx, err)
	}
	timer := time.AfterFunc(messageWithin, func() { cancel(ErrHalf) })
	defer timer.Stop()
	message, err := io.ReadAll(reader)
	if err != nil {
		return nil, lost(ctx, err)
	}
	return message, nil
}

// session is one connection, from dialling it to its end. What panics over a
// message ends it like any other error.
func session(ctx context.Context, client *http.Client, opts *Options) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = clean.Broken("the stream", r)
		}
	}()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	conn, err := open(ctx, client, opts)
	if err != nil {
		return err
	}
	var pings sync.WaitGroup
	defer pings.Wait()
	defer cancel(nil)
	defer func() { _ = conn.socket.CloseNow() }() // it is lost already, or nobody wants it any more
	pings.Go(func() { ping(ctx, conn.socket, cancel) })
	opts.State(nil)
	for {
		message, err := conn.Next(ctx)
		if err != nil {
			return err
		}
		if err := opts.Message(ctx, message); err != nil {
			return err
		}
	}
}

// open dials and logs in.
func open(ctx context.Context, client *http.Client, opts *Options) (*Conn, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, openWithin, ErrLogin)
	defer cancel()
	socket, response, err := websocket.Dial(ctx, opts.URL, &websocket.DialOptions{HTTPClient: client}) //nolint:bodyclose // "You never need to close resp.Body yourself."
	if err != nil {
		return nil, dialError(ctx, response, err)
	}
	socket.SetReadLimit(MaxMessage)
	conn := &Conn{socket: socket}
	if err := opts.Open(ctx, conn); err != nil {
		_ = socket.CloseNow() // the login's error says more
		return nil, err
	}
	return conn, nil
}

// newClient is an HTTP client without redirects: a key must not be sent to
// where another server points.
func newClient(opts *Options) *http.Client {
	transport := opts.Transport
	if transport == nil {
		network := &http.Transport{TLSHandshakeTimeout: openWithin}
		if opts.Proxy != nil {
			network.Proxy = http.ProxyURL(opts.Proxy)
		}
		transport = network
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ping finds out whether the other side is still there, until ctx ends.
func ping(ctx context.Context, socket *websocket.Conn, lose context.CancelCauseFunc) {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		late := time.AfterFunc(pongWithin, func() { lose(ErrSilent) })
		err := socket.Ping(ctx)
		late.Stop()
		if err != nil {
			return // whoever reads learns why
		}
	}
}

// lost says why a connection ended: the cause of ctx's end where there is one,
// else what the server said when it closed, else the network's own error.
func lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if errors.Is(err, websocket.ErrMessageTooBig) {
		return Refused(ErrTooBig)
	}
	var closed websocket.CloseError
	if errors.As(err, &closed) {
		reason, _ := clean.Text(closed.Reason)
		if reason == "" {
			reason = closed.Code.String()
		}
		err = fmt.Errorf("the stream's server closed it (%d, %s)", closed.Code, reason)
		if closed.Code == websocket.StatusPolicyViolation {
			return Refused(err)
		}
		return err
	}
	return fmt.Errorf("the stream was cut: %w", err)
}

// dialError says why there is no connection, and how long the server asks not
// to be dialled.
func dialError(ctx context.Context, response *http.Response, err error) error {
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case response == nil:
		if asked := new(url.Error); errors.As(err, &asked) {
			err = asked.Err // without the address, which says no more to a reader
		}
		return fmt.Errorf("the stream's server cannot be reached: %w", err)
	}
	err = fmt.Errorf("the stream's server answered %d instead of opening the stream", response.StatusCode)
	if wait := web.RetryAfter(response.Header.Get("Retry-After"), time.Now()); wait > 0 {
		return &pauseError{error: err, after: backoff.RetryAfterError{Duration: min(wait, maxWait)}}
	}
	if response.StatusCode < http.StatusInternalServerError {
		return Refused(err)
	}
	return err
}

// maxWait is the longest that a server may ask to be left alone.
const maxWait = 5 * time.Minute

// pauseError is an error after which the server asks for a pause.
type pauseError struct {
	error
	after backoff.RetryAfterError
}

// Unwrap gives the pause to what makes the pauses.
func (e *pauseError) Unwrap() []error { return []error{e.error, &e.after} }
