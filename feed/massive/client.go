package massive

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"gyre/model/session"
)

// The pages of an answer.
const maxPages = 100

// errPages is what an answer without end gives.
var errPages = errors.New("the answer has no last page")

// fetcher asks Massive's host with the account's key.
type fetcher interface {
	Get(ctx context.Context, path string, query url.Values) ([]byte, error)
}

// Client asks Massive.
type Client struct{ host fetcher }

// Snapshots is the snapshot of the whole market. Refused counts the tickers
// whose figures are of another shape.
func (c *Client) Snapshots(ctx context.Context) (found []Snapshot, refused int, err error) {
	body, err := c.host.Get(ctx, "/v2/snapshot/locale/us/markets/stocks/tickers", nil)
	if err != nil {
		return nil, 0, err
	}
	return decodeSnapshots(body)
}

// Closes are the daily bars of every symbol in one session, not adjusted for
// splits. A date that is no session has none.
func (c *Client) Closes(ctx context.Context, date session.Date) ([]DailyBar, error) {
	body, err := c.host.Get(ctx, "/v2/aggs/grouped/locale/us/market/stocks/"+date.String(), url.Values{"adjusted": {"false"}})
	if err != nil {
		return nil, err
	}
	bars, err := decodeGrouped(body)
	if err != nil {
		return nil, err
	}
	for _, bar := range bars {
		if d := session.DateOf(bar.At); d != date {
			return nil, fmt.Errorf("the daily closes of %s were asked for and those of %s came", date, d)
		}
	}
	return bars, nil
}

// Indices are the levels of indices, named without Massive's "I:". An index
// that the plan does not have comes with a Problem.
func (c *Client) Indices(ctx context.Context, symbols []string) ([]Index, error) {
	body, err := c.host.Get(ctx, "/v3/snapshot/indices", url.Values{"ticker.any_of": {"I:" + strings.Join(symbols, ",I:")}, "limit": {"250"}})
	if err != nil {
		return nil, err
	}
	return decodeIndices(body)
}

// Splits are the splits from one date to another, both included, and how many
// of them made no sense.
func (c *Client) Splits(ctx context.Context, from, to session.Date) (all []Split, refused int, err error) {
	query := url.Values{"execution_date.gte": {from.String()}, "execution_date.lte": {to.String()}, "limit": {"1000"}}
	for range maxPages {
		body, err := c.host.Get(ctx, "/v3/reference/splits", query)
		if err != nil {
			return nil, 0, err
		}
		splits, odd, next, err := decodeSplits(body)
		if err != nil {
			return nil, 0, err
		}
		all, refused = append(all, splits...), refused+odd
		if next == "" {
			return all, refused, nil
		}
		cursor := cursorOf(next)
		if cursor == "" || cursor == query.Get("cursor") {
			break
		}
		query = url.Values{"cursor": {cursor}}
	}
	return nil, 0, fmt.Errorf("the splits: %w", errPages)
}

// cursorOf is the place at which an answer goes on. Only that is taken from the
// address in the answer: the key must not go to another host.
func cursorOf(next string) string {
	address, err := url.Parse(next)
	if err != nil {
		return ""
	}
	return address.Query().Get("cursor")
}

// Holidays are the coming days on which the exchange is closed or closes early.
func (c *Client) Holidays(ctx context.Context) ([]Holiday, error) {
	body, err := c.host.Get(ctx, "/v1/marketstatus/upcoming", nil)
	if err != nil {
		return nil, err
	}
	return decodeHolidays(body)
}

// Status is what the market does now.
func (c *Client) Status(ctx context.Context) (Status, error) {
	body, err := c.host.Get(ctx, "/v1/marketstatus/now", nil)
	if err != nil {
		return Status{}, err
	}
	return decodeStatus(body)
}
