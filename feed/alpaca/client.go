package alpaca

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gyre/model/session"
)

// chunk is how many symbols one request asks for: their names and commas stay
// well below what servers take as an address.
const chunk = 500

// The pages of an answer.
const (
	pageLimit = 10_000 // rows a page, the most that Alpaca gives
	maxPages  = 1_000
)

// errPages is what an answer without end gives.
var errPages = errors.New("the answer has no last page")

// fetcher asks one host with the account's keys.
type fetcher interface {
	Get(ctx context.Context, path string, query url.Values) ([]byte, error)
}

// Client asks Alpaca's two hosts: that of the market data and that of the
// account, which knows the trading days.
type Client struct{ data, trading fetcher }

// Snapshots sweeps over the symbols. An error means that there is no sweep:
// part of one would look like the market. Refused counts symbols whose figures
// are of another shape.
func (c *Client) Snapshots(ctx context.Context, feed Feed, symbols []string) (found []Snapshot, refused int, err error) {
	return (&sweep{client: c}).run(ctx, feed, symbols)
}

// sweep asks for the snapshots of many symbols, chunk by chunk. It begins with
// the chunk that failed the last time: a host that fails is asked for one, and
// not for those before it again and again.
type sweep struct {
	client *Client
	failed int // the chunk to begin with
}

// run is one sweep, as Snapshots is.
func (s *sweep) run(ctx context.Context, feed Feed, symbols []string) (found []Snapshot, refused int, err error) {
	found = make([]Snapshot, 0, len(symbols))
	chunks := slices.Collect(slices.Chunk(symbols, chunk))
	for i := range chunks {
		at := (s.failed + i) % len(chunks)
		some, odd, err := s.client.snapshots(ctx, feed, chunks[at])
		if err != nil {
			s.failed = at
			return nil, 0, err
		}
		found, refused = append(found, some...), refused+odd
	}
	s.failed = 0
	return found, refused, nil
}

// snapshots asks for those of one chunk.
func (c *Client) snapshots(ctx context.Context, feed Feed, symbols []string) (found []Snapshot, refused int, err error) {
	body, err := c.data.Get(ctx, "/v2/stocks/snapshots", url.Values{
		"symbols": {strings.Join(symbols, ",")}, "feed": {string(feed)},
	})
	if err != nil {
		return nil, 0, err
	}
	return decodeSnapshots(body)
}

// DailyBars are the sessions from one date to another, both included, not
// adjusted for splits. A free account may ask for what is over for 15 minutes.
func (c *Client) DailyBars(ctx context.Context, symbols []string, from, to session.Date) ([]DailyBar, error) {
	var all []DailyBar
	for len(symbols) > 0 {
		n := min(chunk, len(symbols))
		query := url.Values{
			"symbols": {strings.Join(symbols[:n], ",")}, "timeframe": {"1Day"}, "adjustment": {"raw"},
			"start": {from.String()}, "end": {to.String()}, "limit": {strconv.Itoa(pageLimit)},
		}
		err := c.pages(ctx, "/v2/stocks/bars", query, func(body []byte) (string, error) {
			bars, next, err := decodeBars(body)
			all = append(all, bars...)
			return next, err
		})
		if err != nil {
			return nil, err
		}
		symbols = symbols[n:]
	}
	return all, nil
}

// OfficialCloses are the closing auctions of one session. A free account may
// ask for them a quarter of an hour after the last of them.
func (c *Client) OfficialCloses(ctx context.Context, symbols []string, day session.Session) ([]OfficialClose, error) {
	var all []OfficialClose
	for len(symbols) > 0 {
		n := min(chunk, len(symbols))
		query := url.Values{
			"symbols": {strings.Join(symbols[:n], ",")}, "limit": {strconv.Itoa(pageLimit)},
			"start": {day.Closes.UTC().Format(time.RFC3339)}, "end": {day.Closes.Add(auctionsLast).UTC().Format(time.RFC3339)},
		}
		err := c.pages(ctx, "/v2/stocks/auctions", query, func(body []byte) (string, error) {
			closes, next, err := decodeAuctions(body)
			for _, o := range closes {
				if o.Date == day.Date {
					all = append(all, o)
				}
			}
			return next, err
		})
		if err != nil {
			return nil, err
		}
		symbols = symbols[n:]
	}
	return all, nil
}

// auctionsLast is how long after the close the last closing auction is told.
const auctionsLast = 10 * time.Minute

// Actions are the corporate actions from one date to another, both included,
// of all symbols, and how many of them made no sense.
func (c *Client) Actions(ctx context.Context, from, to session.Date) (all []Action, refused int, err error) {
	query := url.Values{"start": {from.String()}, "end": {to.String()}, "limit": {"1000"}}
	err = c.pages(ctx, "/v1/corporate-actions", query, func(body []byte) (string, error) {
		actions, odd, next, err := decodeActions(body)
		all, refused = append(all, actions...), refused+odd
		return next, err
	})
	if err != nil {
		return nil, 0, err
	}
	return all, refused, nil
}

// Days are the sessions from one date to another, both included.
func (c *Client) Days(ctx context.Context, from, to session.Date) ([]session.Session, error) {
	body, err := c.trading.Get(ctx, "/v2/calendar", url.Values{"start": {from.String()}, "end": {to.String()}})
	if err != nil {
		return nil, err
	}
	return decodeCalendar(body)
}

// Clock is the trading host's clock.
func (c *Client) Clock(ctx context.Context) (Clock, error) {
	body, err := c.trading.Get(ctx, "/v2/clock", nil)
	if err != nil {
		return Clock{}, err
	}
	return decodeClock(body)
}

// pages asks for page after page.
func (c *Client) pages(ctx context.Context, path string, query url.Values, read func(body []byte) (next string, err error)) error {
	for range maxPages {
		body, err := c.data.Get(ctx, path, query)
		if err != nil {
			return err
		}
		next, err := read(body)
		if err != nil || next == "" {
			return err
		}
		if next == query.Get("page_token") {
			return fmt.Errorf("%s: %w: its next page is itself", path, errPages)
		}
		query.Set("page_token", next)
	}
	return fmt.Errorf("%s: %w: %d were read", path, errPages, maxPages)
}
