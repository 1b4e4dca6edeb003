package alpaca

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gyre/feed/poll"
	"gyre/feed/web"
)

// Feed is one of Alpaca's feeds of US stocks.
type Feed string

// The feeds.
const (
	FeedSIP     Feed = "sip"         // the consolidated tape, live
	FeedDelayed Feed = "delayed_sip" // the consolidated tape, 15 minutes late
	FeedIEX     Feed = "iex"         // one exchange's prints, live: some 3 % of the volume
)

// delay is how late the consolidated tape is without a subscription.
const delay = 15 * time.Minute

// Delay is the declared delay of a feed.
func (f Feed) Delay() time.Duration {
	if f == FeedDelayed {
		return delay
	}
	return 0
}

// Label is what the screen calls a feed.
func (f Feed) Label() string {
	if f == FeedIEX {
		return "alpaca iex only"
	}
	return "alpaca " + string(f)
}

// Reasons why an account sees nothing. They are final: asking again does not
// change them.
var (
	ErrKey  = errors.New("Alpaca refuses the key: check APCA_API_KEY_ID and its secret") //nolint:staticcheck // the vendor's name begins with a capital
	ErrPlan = errors.New("the Alpaca account's plan has not the feed that is asked for")
)

// probe is a symbol that every feed has.
const probe = "SPY"

// Choose finds out which feed the account may have: the one that is wanted, or
// the best one where none is wanted. ErrKey and ErrPlan are final.
func (c *Client) Choose(ctx context.Context, wanted Feed) (Feed, error) {
	feeds := []Feed{FeedSIP, FeedDelayed, FeedIEX}
	if wanted != "" {
		feeds = []Feed{wanted}
	}
	for _, feed := range feeds {
		_, _, err := c.Snapshots(ctx, feed, []string{probe})
		if err == nil {
			return feed, nil
		}
		if !unsubscribed(err) {
			return "", refusal(err)
		}
	}
	return "", poll.Final(fmt.Errorf("%w: %s", ErrPlan, wanted))
}

// unsubscribed tells whether an error says that the plan lacks a feed. Alpaca
// answers 403 to a wrong key as well; only its words tell the two apart.
func unsubscribed(err error) bool {
	return web.KindOf(err) == web.Denied && strings.Contains(err.Error(), "subscription")
}

// refusal is err, or ErrKey where the account is not let in at all.
func refusal(err error) error {
	if web.KindOf(err) == web.Denied && !unsubscribed(err) {
		return poll.Final(ErrKey)
	}
	return err
}
