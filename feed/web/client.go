package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"gyre/feed/clean"
)

// The limits of an answer.
const (
	MaxBody  = 16 << 20 // bytes, after decompression
	MaxDepth = 16       // of JSON
)

// Options say which host a client asks, and how.
type Options struct {
	Base string // scheme and host, perhaps a path: https://data.alpaca.markets
	// Credentials are the headers that name the account. They are sent to the
	// host of Base only, and never in the clear over a network.
	Credentials map[string]Secret
	UserAgent   string
	// Rate is how often the host may be asked; nil: as often as one likes.
	// Clients of one host share one.
	Rate      *rate.Limiter
	MaxBody   int64             // at most MaxBody, which is what 0 means
	Proxy     *url.URL          // nil for none: the environment is not asked
	Transport http.RoundTripper // nil for that of the network; a test's own
}

// Client asks one host. It may be used by several goroutines at once.
type Client struct {
	base    *url.URL
	opts    Options
	secrets []Secret
	http    *http.Client
}

// New makes a client. It fails where Base is no address of a host, or where
// credentials would cross a network in the clear.
func New(opts Options) (*Client, error) {
	base, err := url.Parse(opts.Base)
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Scheme != "https" && base.Scheme != "http" {
		return nil, errors.New("the vendor's address must be like https://host, without a user, a key or a query in it")
	}
	if base.Scheme == "http" && len(opts.Credentials) > 0 && !local(base.Hostname()) {
		return nil, fmt.Errorf("%s is asked with a key, which must not travel in the clear: use https", base.Hostname())
	}
	if opts.MaxBody <= 0 || opts.MaxBody > MaxBody {
		opts.MaxBody = MaxBody
	}
	c := &Client{base: base, opts: opts}
	for _, s := range opts.Credentials {
		c.secrets = append(c.secrets, s)
	}
	transport := opts.Transport
	if transport == nil {
		transport = NewTransport(opts.Proxy)
	}
	c.http = &http.Client{Transport: transport, CheckRedirect: c.redirect}
	return c, nil
}

// NewTransport is what a client has where none is handed in: the standard
// library's, without its look at the environment for a proxy.
func NewTransport(proxy *url.URL) *http.Transport {
	t := &http.Transport{
		DialContext:           (&net.Dialer{Timeout: dialWithin}).DialContext,
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   shakeWithin,
		ResponseHeaderTimeout: headerWithin,
		IdleConnTimeout:       idle,
		MaxIdleConnsPerHost:   2,
	}
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
	}
	return t
}

// How long the parts of a request may take; the context bounds the whole. A host
// that nothing comes back from is dialled anew after a short while: by then the
// network repeats itself so seldom that it would not see the host return.
const (
	dialWithin   = 5 * time.Second
	shakeWithin  = 10 * time.Second
	headerWithin = 10 * time.Second
	moreWithin   = 10 * time.Second // from one piece of the body to the next
	idle         = 90 * time.Second
)

// local tells whether a host is this machine.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Close lets go of connections that nobody uses. An adapter does so when it
// ends, as each of them is served by goroutines; the client stays usable.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Host is the host that is asked, as errors name it.
func (c *Client) Host() string { return c.base.Hostname() }

// Get asks for a path below the base and gives the whole body of the answer,
// which may be JSON no deeper than MaxDepth, or anything else. Credentials that
// the host repeats in it are taken out: an error may quote what cannot be read.
// The error is an *Error, or wraps the cause of ctx's end.
func (c *Client) Get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	if c.opts.Rate != nil {
		if err := c.opts.Rate.Wait(ctx); err != nil {
			return nil, fmt.Errorf("%s was not asked: %w", c.Host(), ended(ctx, err))
		}
	}
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	request, err := c.request(ctx, path, query)
	if err != nil {
		return nil, err
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, c.failure(ctx, err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read, or given up on
	stalled := time.AfterFunc(moreWithin, func() { giveUp(errStalled) })
	defer stalled.Stop()
	answer.Body = alive{answer.Body, stalled}
	if answer.StatusCode != http.StatusOK {
		return nil, statusError(c.Host(), answer, c.message(answer.Body), time.Now())
	}
	return c.read(ctx, answer)
}

// errStalled is what a request ends with whose answer stops coming.
var errStalled = errors.New("nothing more came for " + moreWithin.String())

// alive is a body that puts off the end of its request while it comes.
type alive struct {
	io.ReadCloser

	stalled *time.Timer
}

func (a alive) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	if n > 0 {
		a.stalled.Reset(moreWithin)
	}
	return n, err
}

// GetJSON asks as Get does and decodes the answer into v.
func (c *Client) GetJSON(ctx context.Context, path string, query url.Values, v any) error {
	body, err := c.Get(ctx, path, query)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, v); err != nil {
		return &Error{Kind: Malformed, Host: c.Host(), Status: http.StatusOK, text: "sent an answer that is not what it documents", err: err}
	}
	return nil
}

// request builds a request that has the credentials in its headers.
func (c *Client) request(ctx context.Context, path string, query url.Values) (*http.Request, error) {
	address := c.base.JoinPath(path)
	address.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), http.NoBody)
	if err != nil {
		return nil, &Error{Kind: Malformed, Host: c.Host(), text: "cannot be asked for such an address"}
	}
	for name, secret := range c.opts.Credentials {
		request.Header.Set(name, secret.Reveal())
	}
	if c.opts.UserAgent != "" {
		request.Header.Set("User-Agent", c.opts.UserAgent)
	}
	return request, nil
}

// Reasons why a redirect is not followed.
var (
	errElsewhere = errors.New("sends us to another address, which is not followed")
	errCircle    = errors.New("sends us from one address to the next without end")
)

// maxRedirects is how often a host may send a request on to itself.
const maxRedirects = 3

// redirect follows the host to itself only: the credentials' headers would go
// along to anybody else.
func (c *Client) redirect(next *http.Request, before []*http.Request) error {
	switch {
	case next.URL.Scheme != c.base.Scheme || !strings.EqualFold(next.URL.Host, c.base.Host):
		return errElsewhere
	case len(before) > maxRedirects:
		return errCircle
	default:
		return nil
	}
}

// failure is what became of a request without an answer. The address, which may
// say more than a reader should see, stays out of it.
func (c *Client) failure(ctx context.Context, err error) error {
	if asked := new(url.Error); errors.As(err, &asked) {
		err = asked.Err
	}
	switch {
	case ctx.Err() != nil:
		return &Error{Kind: Network, Host: c.Host(), text: "did not answer: " + context.Cause(ctx).Error(), err: context.Cause(ctx)}
	case errors.Is(err, errElsewhere), errors.Is(err, errCircle):
		return &Error{Kind: Other, Host: c.Host(), text: err.Error()}
	}
	if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() {
		return &Error{Kind: Network, Host: c.Host(), text: "did not answer in time"}
	}
	text, _ := clean.Text(scrub(err.Error(), c.secrets))
	return &Error{Kind: Network, Host: c.Host(), text: "cannot be reached: " + text}
}

// read is the body of a good answer.
func (c *Client) read(ctx context.Context, answer *http.Response) ([]byte, error) {
	tooLarge := &Error{
		Kind: TooLarge, Host: c.Host(), Status: answer.StatusCode,
		text: fmt.Sprintf("sent an answer of more than %d bytes", c.opts.MaxBody),
	}
	if answer.ContentLength > c.opts.MaxBody {
		return nil, tooLarge
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, c.opts.MaxBody+1))
	switch {
	case err != nil:
		return nil, &Error{
			Kind: Network, Host: c.Host(), Status: answer.StatusCode,
			text: "broke off its answer: " + ended(ctx, errors.New("the connection was cut")).Error(), err: ended(ctx, nil),
		}
	case int64(len(body)) > c.opts.MaxBody:
		return nil, tooLarge
	case deep(body):
		return nil, &Error{
			Kind: Malformed, Host: c.Host(), Status: answer.StatusCode,
			text: fmt.Sprintf("sent JSON that nests more than %d deep", MaxDepth),
		}
	}
	return scrubBody(body, c.secrets), nil
}

// ended is the cause of ctx's end, or else err.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// maxMessage is how much of a refusal's body is read.
const maxMessage = 4 << 10

// message is what a refusal says of its reason, "" where it says nothing that
// can be shown.
func (c *Client) message(body io.Reader) string {
	start, _ := io.ReadAll(io.LimitReader(body, maxMessage)) // half a message is one too
	var told struct {
		Message string `json:"message"`
		Error   string `json:"error"`
	}
	if json.Unmarshal(start, &told) != nil {
		return ""
	}
	if told.Message == "" {
		told.Message = told.Error
	}
	text, _ := clean.Text(scrub(told.Message, c.secrets))
	return text
}
