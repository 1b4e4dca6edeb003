// Package massivetest is a server that speaks as Massive does, with figures of
// the test's making, and that fails when it is told to.
package massivetest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// Key is the only key that the server takes. No error and no log may contain it.
const Key = "canaryMassiveKeyThatMustNotBeSeen"

// Server is the fake. Its fields are set before it is used.
type Server struct {
	NoSnapshots bool // the free plan
	NoIndices   bool

	ctx      context.Context //nolint:containedctx // the test's own, which ends what the server still does
	mu       sync.Mutex
	tickers  map[string]string
	indices  map[string]string
	answers  map[string][]string
	faults   []http.HandlerFunc
	path     string
	requests []string
	sockets  map[*websocket.Conn]string
	visits   []func(ctx context.Context, socket *websocket.Conn)
	subs     []string
}

// New is a server without symbols.
func New(t *testing.T) *Server {
	t.Helper()
	return &Server{
		ctx: t.Context(), tickers: map[string]string{}, indices: map[string]string{},
		answers: map[string][]string{}, sockets: map[*websocket.Conn]string{},
	}
}

// Set gives a ticker a trade, and a day so far.
func (s *Server) Set(ticker string, at time.Time, price string, volume float64) {
	s.SetRaw(ticker, fmt.Sprintf(`{"ticker":%q,"day":{"c":%[3]s,"h":%[3]s,"l":%[3]s,"o":%[3]s,"v":%[4]g,"vw":1},`+
		`"lastQuote":{"P":1,"S":1,"p":1,"s":1,"t":%[2]d},"lastTrade":{"c":[14,41],"i":"7","p":%[3]s,"s":100,"t":%[2]d,"x":4},`+
		`"min":{"av":1,"c":%[3]s,"h":1,"l":1,"n":1,"o":1,"t":%[5]d,"v":1,"vw":1},"prevDay":{"c":1,"h":1,"l":1,"o":1,"v":1,"vw":1},`+
		`"todaysChange":0,"todaysChangePerc":0,"updated":%[2]d}`, ticker, at.UnixNano(), price, volume, at.Truncate(time.Minute).UnixMilli()))
}

// SetRaw gives a ticker a snapshot in JSON.
func (s *Server) SetRaw(ticker, snapshot string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tickers[ticker] = snapshot
}

// SetIndex gives an index, named with its "I:", a level.
func (s *Server) SetIndex(ticker string, at time.Time, level string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indices[ticker] = fmt.Sprintf(`{"last_updated":%d,"market_status":"open","name":"An index","session":{"change":0,"previous_close":%s},`+
		`"ticker":%q,"timeframe":"REAL-TIME","type":"indices","value":%s}`, at.UnixNano(), level, ticker, level)
}

// Answer gives a path its answers: the first without a cursor, the others for
// the cursors "1", "2" and so on.
func (s *Server) Answer(path string, bodies ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = bodies
}

// Fail lets the next requests whose path begins with path fail, one after the
// other.
func (s *Server) Fail(path string, faults ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.path, s.faults = path, append(s.faults, faults...)
}

// Requests are those served, without their headers.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// ServeHTTP serves the REST host and the stream.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") == "websocket" {
		s.stream(w, r)
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, r.URL.RequestURI())
	var fault http.HandlerFunc
	if len(s.faults) > 0 && strings.HasPrefix(r.URL.Path, s.path) {
		fault, s.faults = s.faults[0], s.faults[1:]
	}
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	switch {
	case fault != nil:
		fault(w, r)
	case r.Header.Get("Authorization") != "Bearer "+Key:
		refuse(w, http.StatusUnauthorized, "ERROR", "Unknown API Key")
	default:
		s.answer(w, r)
	}
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch path := r.URL.Path; {
	case path == "/v2/snapshot/locale/us/markets/stocks/tickers":
		if s.NoSnapshots {
			refuse(w, http.StatusForbidden, "NOT_AUTHORIZED", "You are not entitled to this data. Please upgrade your plan at https://massive.com/pricing")
			return
		}
		var all []json.RawMessage
		for _, snapshot := range s.tickers {
			all = append(all, json.RawMessage(snapshot))
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"count": len(all), "status": "OK", "tickers": all})
	case path == "/v3/snapshot/indices":
		_ = json.NewEncoder(w).Encode(map[string]any{"status": "OK", "results": s.levels(r.URL.Query().Get("ticker.any_of"))})
	case len(s.answers[path]) > 0:
		at := 0
		_, _ = fmt.Sscan(r.URL.Query().Get("cursor"), &at) // none is the first
		_, _ = w.Write([]byte(s.answers[path][min(at, len(s.answers[path])-1)]))
	case strings.HasPrefix(path, "/v1/marketstatus/upcoming"):
		_, _ = w.Write([]byte("[]"))
	default:
		_, _ = w.Write([]byte(`{"status":"OK","resultsCount":0}`))
	}
}

// levels are the index levels asked for; an index that is not there is an error
// of its own.
func (s *Server) levels(tickers string) []json.RawMessage {
	var results []json.RawMessage
	for ticker := range strings.SplitSeq(tickers, ",") {
		level, ok := s.indices[ticker]
		switch {
		case s.NoIndices:
			level = fmt.Sprintf(`{"error":"NOT_ENTITLED","message":"Not entitled to this ticker.","ticker":%q}`, ticker)
		case !ok:
			level = fmt.Sprintf(`{"error":"NOT_FOUND","message":"Ticker not found.","ticker":%q}`, ticker)
		}
		results = append(results, json.RawMessage(level))
	}
	return results
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": code, "request_id": "1", "error": message, "message": message})
}

// Status answers with a status, and a Retry-After where it is not "".
func Status(status int, retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		refuse(w, status, "ERROR", http.StatusText(status))
	}
}

// Body answers 200 with a body.
func Body(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }
}

// Cut begins an answer and hangs up in the middle of it.
func Cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"status":"OK","tickers":[{"ticker":"A`))
}

// Stall answers nothing until the client leaves or the test ends.
func (s *Server) Stall(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.ctx.Done():
	}
}
