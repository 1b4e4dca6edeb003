package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Kind is a kind of failure. What it says decides what a caller does.
type Kind uint8

// The kinds of failure.
const (
	Other     Kind = iota // a refusal that no other kind covers
	Denied                // 401, 403: the key, or what it is entitled to
	NotFound              // 404
	TooMany               // 429: wait as long as the error says
	Server                // 5xx
	Network               // no answer, or half of one
	Malformed             // an answer that is not what it should be
	TooLarge              // an answer above the limit
)

// String is the kind in plain words.
func (k Kind) String() string {
	switch k {
	case Denied:
		return "denied"
	case NotFound:
		return "not found"
	case TooMany:
		return "too many requests"
	case Server:
		return "server failure"
	case Network:
		return "network failure"
	case Malformed:
		return "malformed answer"
	case TooLarge:
		return "answer too large"
	case Other:
		return "refused"
	default:
		return "?"
	}
}

// Error is a request that failed. Its text has the host and never the query,
// nor anything secret.
type Error struct {
	Kind   Kind
	Host   string
	Status int           // of the answer; 0 without one
	Wait   time.Duration // how long the host asks not to be asked again; 0 where it does not

	text string
	err  error
}

// Error is one sentence.
func (e *Error) Error() string { return e.Host + " " + e.text }

// Unwrap is the cause where there is one, and the wait in the form in which
// loops understand it.
func (e *Error) Unwrap() []error {
	var all []error
	if e.err != nil {
		all = append(all, e.err)
	}
	if e.Wait > 0 {
		all = append(all, &backoff.RetryAfterError{Duration: e.Wait})
	}
	return all
}

// KindOf is the kind of a failed request, Other for any other error.
func KindOf(err error) Kind {
	if e := new(Error); errors.As(err, &e) {
		return e.Kind
	}
	return Other
}

// MaxWait is the longest that a host may ask not to be asked.
const MaxWait = time.Hour

// statusError says what an answer's status means; message is what the host
// said about it, clean and without secrets.
func statusError(host string, answer *http.Response, message string, now time.Time) *Error {
	e := &Error{Kind: Other, Host: host, Status: answer.StatusCode}
	switch code := answer.StatusCode; {
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		e.Kind, e.text = Denied, "refuses the key or what it asks for"
	case code == http.StatusNotFound:
		e.Kind, e.text = NotFound, "does not know "+answer.Request.URL.Path
	case code == http.StatusTooManyRequests:
		e.Kind, e.text = TooMany, "asks for fewer requests"
	case code >= http.StatusInternalServerError:
		e.Kind, e.text = Server, "has a failure of its own"
	default:
		e.text = "refuses the request"
	}
	e.text += fmt.Sprintf(" (%d)", answer.StatusCode)
	if message != "" {
		e.text += ": " + message
	}
	if e.Kind == TooMany || e.Kind == Server {
		e.Wait = RetryAfter(answer.Header.Get("Retry-After"), now)
	}
	return e
}

// RetryAfter reads a pause as RFC 9110 writes it, in seconds or as a date. It is
// 0 where there is none, and at most MaxWait.
func RetryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 63); err == nil {
		if seconds > uint64(MaxWait/time.Second) {
			return MaxWait
		}
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(at.Sub(now), 0), MaxWait)
	}
	return 0
}
