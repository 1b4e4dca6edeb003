package massive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"gyre/feed/poll"
	"gyre/feed/web"
)

// Plan is how late the data of an account are.
type Plan string

// The plans.
const (
	PlanLive    Plan = "live"
	PlanDelayed Plan = "delayed" // 15 minutes
)

// delay is how late the data of a delayed plan are.
const delay = 15 * time.Minute

// Delay is the declared delay of a plan.
func (p Plan) Delay() time.Duration {
	if p == PlanLive {
		return 0
	}
	return delay
}

// Reasons why an account sees nothing. They are final: asking again does not
// change them.
var (
	ErrKey  = errors.New("Massive refuses the key: check MASSIVE_API_KEY") //nolint:staticcheck // the vendor's name begins with a capital
	ErrPlan = errors.New("the Massive account's plan has no snapshots of the market")
)

// probe is a symbol that every plan has.
const probe = "SPY"

// Choose finds out whether the account's data are live, from what Massive says
// of one symbol. Where it says nothing the data are taken for delayed: to call
// late data live is the worse mistake.
func (c *Client) Choose(ctx context.Context) (Plan, error) {
	body, err := c.host.Get(ctx, "/v3/snapshot", url.Values{"ticker.any_of": {probe}})
	if err != nil {
		if entitled(err) {
			return "", refusal(err)
		}
		return PlanDelayed, nil // this endpoint is not part of the plan; the sweep will tell
	}
	return decodePlan(body)
}

// decodePlan reads how late the data are from a snapshot of any kind.
func decodePlan(body []byte) (Plan, error) {
	type timed struct {
		Timeframe string `json:"timeframe"`
	}
	var wire struct {
		Results []struct {
			timed
			Trade  timed `json:"last_trade"`
			Quote  timed `json:"last_quote"`
			Minute timed `json:"last_minute"`
		} `json:"results"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return "", fmt.Errorf("the snapshot is not what Massive documents: %w", err)
	}
	plan := PlanDelayed
	for _, r := range wire.Results {
		for _, t := range []timed{r.timed, r.Trade, r.Quote, r.Minute} {
			switch t.Timeframe {
			case "DELAYED":
				return PlanDelayed, nil
			case "REAL-TIME":
				plan = PlanLive
			default: // it does not say
			}
		}
	}
	return plan, nil
}

// unauthorized is the status of an answer to a key that is none.
const unauthorized = 401

// entitled tells whether an error is another one than that the plan lacks what
// was asked for: Massive answers 401 to a wrong key and 403 to a small plan.
func entitled(err error) bool {
	refused := new(web.Error)
	return !errors.As(err, &refused) || refused.Kind != web.Denied || refused.Status == unauthorized
}

// refusal is err, or the final error where the account is not let in.
func refusal(err error) error {
	switch {
	case web.KindOf(err) != web.Denied:
		return err
	case entitled(err):
		return poll.Final(ErrKey)
	default:
		return poll.Final(ErrPlan)
	}
}
