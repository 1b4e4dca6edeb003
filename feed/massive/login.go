package massive

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gyre/feed/clean"
	"gyre/feed/live"
	"gyre/feed/stream"
	"gyre/model"
)

// line is one of Massive's streams: each cluster of data has its own.
type line struct {
	name     string // in problems
	address  string
	channels []string
	market   bool // it tells of every stock
}

// lines are the streams to have: of all stocks, and of the universe's indices.
func (w *watch) lines(plan Plan) []line {
	base := w.opts.StreamURL
	switch {
	case base != "":
	case plan == PlanLive:
		base = StreamURL
	default:
		base = DelayedStreamURL
	}
	base = strings.TrimSuffix(base, "/")
	all := []line{{"stream", base + "/stocks", []string{"A.*", "LULD.*"}, true}}
	if indices := w.board.Universe().Indices(); len(indices) > 0 {
		var channels []string
		for _, symbol := range indices {
			channels = append(channels, "V.I:"+symbol)
		}
		all = append(all, line{"index stream", base + "/indices", channels, false})
	}
	return all
}

// stream streams until ctx ends. What goes wrong with it is told and never ends
// the sweeps.
func (w *watch) stream(ctx context.Context, l line) {
	tell := func(err error) {
		problem := ""
		if err != nil {
			problem = w.opts.Key.Hide(l.name + ": " + err.Error())
		}
		w.board.Aside(l.name, problem)
	}
	err := stream.Run(ctx, stream.Options{
		URL: l.address, Proxy: w.opts.Proxy, Transport: w.opts.Transport, State: tell,
		Open:    func(ctx context.Context, c *stream.Conn) error { return w.login(ctx, c, l.channels) },
		Message: func(_ context.Context, body []byte) error { return w.message(body, l.market) },
	})
	if ctx.Err() == nil {
		tell(err)
	}
}

// login logs in and subscribes. The server has a word for each step.
func (w *watch) login(ctx context.Context, c *stream.Conn, channels []string) error {
	if err := expect(ctx, c, "connected"); err != nil {
		return err
	}
	if err := c.Send(ctx, map[string]string{"action": "auth", "params": w.opts.Key.Reveal()}); err != nil {
		return err
	}
	if err := expect(ctx, c, "auth_success"); err != nil {
		return err
	}
	return c.Send(ctx, map[string]string{"action": "subscribe", "params": strings.Join(channels, ",")})
}

// expect waits for a status of the server.
func expect(ctx context.Context, c *stream.Conn, status string) error {
	body, err := c.Next(ctx)
	if err != nil {
		return err
	}
	messages, _, err := decodeMessages(body)
	if err != nil {
		return err
	}
	for i := range messages {
		m := &messages[i]
		if m.Event != "status" {
			continue
		}
		if m.Status == status {
			return nil
		}
		if err := m.problem(); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: another answer to the login", errShape)
}

// problem is a status message as an error, nil where it is none.
func (m *wireMessage) problem() error {
	text, _ := clean.Text(m.Message)
	switch m.Status {
	case "auth_failed":
		if strings.Contains(strings.ToLower(text), "plan") {
			return stream.Final(errors.New("Massive's plan does not include it")) //nolint:staticcheck // the vendor's name begins with a capital
		}
		return stream.Final(ErrKey)
	case "auth_timeout":
		return stream.Refused(errors.New("Massive had no login in time; trying again")) //nolint:staticcheck // the same
	case "max_connections":
		return stream.Refused(errors.New("it is in use elsewhere: one for each account"))
	case "error", "not_authorized":
		return stream.Refused(fmt.Errorf("Massive says: %s", text)) //nolint:staticcheck // the same
	default:
		return nil
	}
}

// message takes in one message of a stream, perhaps of the whole market.
func (w *watch) message(body []byte, market bool) error {
	messages, refused, err := decodeMessages(body)
	if err != nil {
		return err
	}
	w.board.Lost(uint64(refused))
	universe := w.board.Universe()
	for i := range messages {
		m := &messages[i]
		if m.Event == "status" {
			if m.Status == "max_connections" || m.Status == "auth_timeout" {
				return m.problem()
			}
			if problem := m.problem(); problem != nil {
				w.board.Aside("subscription", problem.Error()) // one channel is missing, the others go on
			}
			continue
		}
		t, ok := m.tell()
		if !ok {
			continue
		}
		if t.kind == model.KindIndexLevel {
			w.board.Level(live.Level{Symbol: t.symbol, At: t.at, Price: t.price})
			continue
		}
		if _, known := universe.Find(t.symbol); !known {
			continue // the stream is of the whole market
		}
		switch t.kind {
		case model.KindQuote:
			w.board.Quote(live.Quote{Symbol: t.symbol, At: t.at, Price: t.price, Volume: t.volume, Flags: t.flags})
		case model.KindHalt:
			w.board.Halt(live.Halt{Symbol: t.symbol, At: t.at, Reason: t.text})
		case model.KindResume:
			w.board.Resume(live.Resume{Symbol: t.symbol, At: t.at})
		default: // tell knows no other
		}
	}
	if market {
		w.complete(false)
	}
	return nil
}
