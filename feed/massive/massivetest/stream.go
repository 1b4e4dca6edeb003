package massivetest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/coder/websocket"
)

// Visit lets the next connections to the stream do what the functions do, one
// each, in place of speaking Massive's language.
func (s *Server) Visit(visits ...func(ctx context.Context, socket *websocket.Conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.visits = append(s.visits, visits...)
}

// Subscriptions are those of all connections so far, each with the path of its
// stream before it: "/stocks A.*,LULD.*".
func (s *Server) Subscriptions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.subs)
}

// Push sends a message to every subscribed client of the stream of a path.
func (s *Server) Push(path, message string) {
	for _, socket := range s.open(path) {
		_ = socket.Write(s.ctx, websocket.MessageText, []byte(message)) // to whom has left nothing can be sent
	}
}

// Hang closes every subscribed connection: with a code, or with none where it is 0.
func (s *Server) Hang(code websocket.StatusCode) {
	for _, socket := range s.open("") {
		if code == 0 {
			_ = socket.CloseNow()
			continue
		}
		_ = socket.Close(code, "")
	}
}

// open is every subscribed connection to a path, or to any where it is "".
func (s *Server) open(path string) []*websocket.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*websocket.Conn
	for socket, at := range s.sockets {
		if path == "" || path == at {
			open = append(open, socket)
		}
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
	s.mu.Unlock()
	if visit != nil {
		visit(s.ctx, socket)
		return
	}
	s.converse(socket, r.URL.Path)
}

// converse speaks as Massive does.
func (s *Server) converse(socket *websocket.Conn, path string) {
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.sockets, socket)
	}()
	s.say(socket, `[{"ev":"status","status":"connected","message":"Connected Successfully"}]`)
	action, params, ok := s.hear(socket)
	switch {
	case !ok:
		return
	case action != "auth" || params != Key:
		s.say(socket, `[{"ev":"status","status":"auth_failed","message":"authentication failed"}]`)
		return
	case path == "/indices" && s.NoIndices:
		s.say(socket, `[{"ev":"status","status":"auth_failed","message":"Your plan doesn't include websocket access."}]`)
		return
	}
	s.say(socket, `[{"ev":"status","status":"auth_success","message":"authenticated"}]`)
	if action, params, ok = s.hear(socket); !ok || action != "subscribe" {
		return
	}
	s.mu.Lock()
	s.sockets[socket] = path
	s.subs = append(s.subs, path+" "+params)
	s.mu.Unlock()
	for channel := range strings.SplitSeq(params, ",") {
		s.say(socket, `[{"ev":"status","status":"success","message":"subscribed to: `+channel+`"}]`)
	}
	for { // answers pings until the client leaves
		if _, _, err := socket.Read(s.ctx); err != nil {
			return
		}
	}
}

func (s *Server) say(socket *websocket.Conn, message string) {
	_ = socket.Write(s.ctx, websocket.MessageText, []byte(message))
}

func (s *Server) hear(socket *websocket.Conn) (action, params string, ok bool) {
	_, message, err := socket.Read(s.ctx)
	var asked struct{ Action, Params string }
	if err != nil || json.Unmarshal(message, &asked) != nil {
		return "", "", false
	}
	return asked.Action, asked.Params, true
}
