package alpacatest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/coder/websocket"
)

// freeSymbols is how many symbols' trades the free plan streams.
const freeSymbols = 30

// Subscription is what a client of the stream asked for.
type Subscription struct {
	Trades, Quotes, Bars, UpdatedBars, Statuses []string
}

// Visit lets the next connections to the stream do what the functions do, one
// each, in place of speaking Alpaca's language.
func (s *Server) Visit(visits ...func(ctx context.Context, socket *websocket.Conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.visits = append(s.visits, visits...)
}

// Greet lets the stream greet with another message, such as an error.
func (s *Server) Greet(message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.greeting = message
}

// Subscriptions are those of all connections so far.
func (s *Server) Subscriptions() []Subscription {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.subs)
}

// Push sends a message to every subscribed client of the stream.
func (s *Server) Push(message string) {
	for _, socket := range s.open() {
		_ = socket.Write(s.ctx, websocket.MessageText, []byte(message)) // to whom has left nothing can be sent
	}
}

// Hang closes every subscribed connection: with a code, or with none where it is 0.
func (s *Server) Hang(code websocket.StatusCode) {
	for _, socket := range s.open() {
		if code == 0 {
			_ = socket.CloseNow()
			continue
		}
		_ = socket.Close(code, "")
	}
}

// open is every subscribed connection.
func (s *Server) open() []*websocket.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*websocket.Conn
	for socket := range s.sockets {
		open = append(open, socket)
	}
	return open
}

// stream is one connection.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	socket, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = socket.CloseNow() }()
	s.mu.Lock()
	var visit func(context.Context, *websocket.Conn)
	if len(s.visits) > 0 {
		visit, s.visits = s.visits[0], s.visits[1:]
	}
	greeting, busy, plan := s.greeting, len(s.sockets) > 0, s.Plan
	s.mu.Unlock()
	switch {
	case visit != nil:
		visit(s.ctx, socket)
	case greeting != "":
		s.say(socket, greeting)
		s.listen(socket)
	case busy:
		s.say(socket, `[{"T":"error","code":406,"msg":"connection limit exceeded"}]`)
	default:
		s.converse(socket, plan, strings.TrimPrefix(r.URL.Path, "/v2/"))
	}
}

// converse speaks as Alpaca does.
func (s *Server) converse(socket *websocket.Conn, plan Plan, feed string) {
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.sockets, socket)
	}()
	s.say(socket, `[{"T":"success","msg":"connected"}]`)
	var asked struct {
		Action, Key, Secret string
		Subscription
	}
	if !s.hear(socket, &asked) {
		return
	}
	switch {
	case asked.Action != "auth":
		s.say(socket, `[{"T":"error","code":401,"msg":"not authenticated"}]`)
		return
	case asked.Key != KeyID || asked.Secret != Secret:
		s.say(socket, `[{"T":"error","code":402,"msg":"auth failed"}]`)
		return
	case !plan.allows(feed):
		s.say(socket, `[{"T":"error","code":409,"msg":"insufficient subscription"}]`)
		return
	}
	s.say(socket, `[{"T":"success","msg":"authenticated"}]`)
	if !s.hear(socket, &asked) {
		return
	}
	if plan != Plus && len(asked.Trades)+len(asked.Quotes) > freeSymbols {
		s.say(socket, `[{"T":"error","code":405,"msg":"symbol limit exceeded"}]`)
		s.listen(socket)
		return
	}
	echo, _ := json.Marshal([]map[string]any{{
		"T": "subscription", "trades": asked.Trades, "quotes": asked.Quotes, "bars": asked.Bars,
		"updatedBars": asked.UpdatedBars, "statuses": asked.Statuses, "cancelErrors": asked.Trades, "corrections": asked.Trades,
	}}) // strings always become JSON
	s.mu.Lock()
	s.sockets[socket] = struct{}{}
	s.subs = append(s.subs, asked.Subscription)
	s.mu.Unlock()
	s.say(socket, string(echo))
	s.listen(socket)
}

func (s *Server) say(socket *websocket.Conn, message string) {
	_ = socket.Write(s.ctx, websocket.MessageText, []byte(message))
}

func (s *Server) hear(socket *websocket.Conn, v any) bool {
	_, message, err := socket.Read(s.ctx)
	return err == nil && json.Unmarshal(message, v) == nil
}

// listen answers pings until the client leaves.
func (s *Server) listen(socket *websocket.Conn) {
	for {
		if _, _, err := socket.Read(s.ctx); err != nil {
			return
		}
	}
}
