// Package alpacatest is a server that speaks as Alpaca does, with figures of
// the test's making, and that fails when it is told to.
package alpacatest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// The only keys that the server takes. No error and no log may contain them.
const (
	KeyID  = "PKCANARY0000000000KEY"
	Secret = "canarySecretThatMustNotBeSeen00000000000"
)

// Plan is what an account may see.
type Plan int

// The plans.
const (
	Basic Plan = iota // the tape 15 minutes late, IEX live
	IEXOnly
	Plus // the tape live
)

// allows tells whether the plan has a feed.
func (p Plan) allows(feed string) bool {
	switch feed {
	case "sip":
		return p == Plus
	case "delayed_sip":
		return p != IEXOnly
	default:
		return feed == "iex"
	}
}

// Server is the fake. Its fields are set before it is used; Change changes the
// plan of a running one.
type Server struct {
	Plan Plan

	ctx       context.Context //nolint:containedctx // the test's own, which ends what the server still does
	mu        sync.Mutex
	snapshots map[string]string
	pages     map[string][]string
	calendar  string
	clock     string
	faults    []http.HandlerFunc
	faultPath string
	requests  []string
	sockets   map[*websocket.Conn]struct{}
	visits    []func(ctx context.Context, socket *websocket.Conn)
	subs      []Subscription
	greeting  string
}

// New is a server without symbols, whose clock stands still.
func New(t *testing.T) *Server {
	t.Helper()
	return &Server{
		ctx:       t.Context(),
		snapshots: map[string]string{},
		pages:     map[string][]string{},
		calendar:  "[]",
		clock:     `{"timestamp":"2025-03-28T11:00:00.123456789-04:00","is_open":true,"next_open":"2025-03-31T09:30:00-04:00","next_close":"2025-03-28T16:00:00-04:00"}`,
		sockets:   map[*websocket.Conn]struct{}{},
	}
}

// Figures are a snapshot's: a trade now, and the daily bars around it.
type Figures struct {
	At          time.Time // of the trade
	Price       string
	Volume      int64
	Conditions  string // as JSON, by default ["@"]
	Day, Before time.Time
	Close       string // of the daily bar, by default the price
	Previous    string // close of the daily bar before; none where empty
}

// Change changes the account's plan.
func (s *Server) Change(plan Plan) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Plan = plan
}

// Set gives a symbol its figures.
func (s *Server) Set(symbol string, f Figures) {
	if f.Conditions == "" {
		f.Conditions = `["@"]`
	}
	if f.Close == "" {
		f.Close = f.Price
	}
	stamp := func(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
	previous := "null"
	if f.Previous != "" {
		previous = fmt.Sprintf(`{"t":%q,"o":1,"h":1,"l":1,"c":%s,"v":1000,"n":9,"vw":1}`, stamp(f.Before), f.Previous)
	}
	s.SetRaw(symbol, fmt.Sprintf(`{"latestTrade":{"t":%q,"x":"V","p":%s,"s":100,"c":%s,"i":7,"z":"C"},`+
		`"latestQuote":{"t":%q,"ax":"V","ap":0,"as":0,"bx":"V","bp":0,"bs":0,"c":["R"],"z":"C"},`+
		`"minuteBar":{"t":%q,"o":1,"h":1,"l":1,"c":%s,"v":100,"n":1,"vw":1},`+
		`"dailyBar":{"t":%q,"o":1,"h":1,"l":1,"c":%s,"v":%d,"n":9,"vw":1},"prevDailyBar":%s}`,
		stamp(f.At), f.Price, f.Conditions, stamp(f.At), stamp(f.At.Truncate(time.Minute)), f.Close,
		stamp(f.Day), f.Close, f.Volume, previous))
}

// SetRaw gives a symbol a snapshot in JSON.
func (s *Server) SetRaw(symbol, snapshot string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snapshots[symbol] = snapshot
}

// Pages are the answers of a path that answers in pages. The first is sent
// without a page_token, each other one for the token of the page before.
func (s *Server) Pages(path string, bodies ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = bodies
}

// Days is the answer of the trading calendar.
func (s *Server) Days(body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calendar = body
}

// Fail lets the next requests whose path begins with path fail, one after the
// other.
func (s *Server) Fail(path string, faults ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faultPath, s.faults = path, append(s.faults, faults...)
}

// Heal takes away what is left of the faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// Requests are those served, without their headers.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}
