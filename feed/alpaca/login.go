package alpaca

import (
	"context"
	"errors"
	"fmt"

	"gyre/feed/clean"
	"gyre/feed/stream"
	"gyre/feed/web"
)

// freeSymbols is how many symbols' trades an account without a subscription
// may stream.
const freeSymbols = 30

// ownFailure is the code of a stream that fails and does not refuse.
const ownFailure = 500

// refusals are the stream's errors in words, each at most as long as the screen
// shows, and whether dialling again makes no sense.
func refusals(code int) (sentence string, final bool) {
	switch code {
	case 400, 401, 403:
		return "Alpaca's stream does not understand the login", true
	case 402:
		return "Alpaca's stream refuses the key: check key and secret", true
	case 404:
		return "Alpaca's stream had no login in time; trying again", false
	case 405:
		return "Alpaca's stream: more symbols than the plan allows", true
	case 406:
		return "Alpaca's stream is in use elsewhere: one for each account", false
	case 407:
		return "Alpaca's stream was read too slowly; connecting again", false
	case 408, 409:
		return "Alpaca's plan does not include this stream", true
	case ownFailure:
		return "Alpaca's stream has a failure of its own; trying again", false
	default:
		return "", false
	}
}

// streamError is an error message of the stream as an error.
func (m *wireMessage) streamError() error {
	sentence, final := refusals(m.Code)
	if sentence == "" {
		note, _ := clean.Text(m.Note)
		sentence = fmt.Sprintf("Alpaca's stream: %s (%d)", note, m.Code)
	}
	if final {
		return stream.Final(errors.New(sentence))
	}
	if m.Code == ownFailure {
		return errors.New(sentence)
	}
	return stream.Refused(errors.New(sentence))
}

// login is what a connection to the stream begins with.
type login struct {
	key, secret web.Secret
	ask         subscription
}

// subscription is what is asked of the stream. Cancels and corrections come
// with the trades.
type subscription struct {
	Action   string   `json:"action"`
	Trades   []string `json:"trades,omitempty"`
	Bars     []string `json:"bars,omitempty"`
	Updated  []string `json:"updatedBars,omitempty"`
	Statuses []string `json:"statuses,omitempty"`
}

// subscribe is what to ask a feed for: the trades and halts of the symbols
// watched, and with the whole tape every minute and every halt.
func subscribe(feed Feed, watched []string) subscription {
	ask := subscription{Action: "subscribe", Trades: watched, Statuses: watched}
	if feed == FeedSIP {
		all := []string{"*"}
		ask.Bars, ask.Updated, ask.Statuses = all, all, all
		return ask
	}
	ask.Trades = watched[:min(len(watched), freeSymbols)]
	ask.Statuses = ask.Trades
	return ask
}

// open logs in and subscribes. The server has a word for each step.
func (l *login) open(ctx context.Context, c *stream.Conn) error {
	if err := expect(ctx, c, "success", "connected"); err != nil {
		return err
	}
	auth := map[string]string{"action": "auth", "key": l.key.Reveal(), "secret": l.secret.Reveal()}
	if err := c.Send(ctx, auth); err != nil {
		return err
	}
	if err := expect(ctx, c, "success", "authenticated"); err != nil {
		return err
	}
	if err := c.Send(ctx, l.ask); err != nil {
		return err
	}
	return expect(ctx, c, "subscription", "")
}

// expect waits for a word of the server; its errors come in the same way.
func expect(ctx context.Context, c *stream.Conn, kind, note string) error {
	body, err := c.Next(ctx)
	if err != nil {
		return err
	}
	messages, _, err := decodeMessages(body)
	if err != nil {
		return err
	}
	for i := range messages {
		switch m := &messages[i]; {
		case m.Type == "error":
			return m.streamError()
		case m.Type == kind && m.Note == note:
			return nil
		}
	}
	return fmt.Errorf("%w: another answer to the login", errShape)
}

// hide takes the keys out of what the server says, which might repeat them.
func (l *login) hide(text string) string {
	return l.secret.Hide(l.key.Hide(text))
}
