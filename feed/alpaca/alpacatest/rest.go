package alpacatest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// ServeHTTP serves the data host, the trading host and the stream: their paths
// do not overlap.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/v2/") && r.Header.Get("Upgrade") == "websocket" {
		s.stream(w, r)
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, r.URL.RequestURI())
	var fault http.HandlerFunc
	if len(s.faults) > 0 && s.faulty(r) {
		fault, s.faults = s.faults[0], s.faults[1:]
	}
	s.mu.Unlock()
	switch {
	case fault != nil:
		fault(w, r)
	case r.Header.Get("APCA-API-KEY-ID") != KeyID || r.Header.Get("APCA-API-SECRET-KEY") != Secret:
		refuse(w, http.StatusForbidden, "forbidden.")
	default:
		s.answer(w, r)
	}
}

// faulty tells whether a request is of those that faults are for.
func (s *Server) faulty(r *http.Request) bool {
	return s.faultPath == "" || strings.HasPrefix(r.URL.Path, s.faultPath)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.URL.Path {
	case "/v2/stocks/snapshots":
		if !s.Plan.allows(query.Get("feed")) {
			refuse(w, http.StatusForbidden, "subscription does not permit querying recent SIP data")
			return
		}
		found := map[string]json.RawMessage{}
		for symbol := range strings.SplitSeq(query.Get("symbols"), ",") {
			if snapshot, ok := s.snapshots[symbol]; ok {
				found[symbol] = json.RawMessage(snapshot)
			}
		}
		reply(w, found)
	case "/v2/stocks/bars", "/v2/stocks/auctions", "/v1/corporate-actions":
		pages := s.pages[r.URL.Path]
		if len(pages) == 0 {
			name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
			write(w, fmt.Sprintf(`{%q:{},"next_page_token":null}`, strings.ReplaceAll(name, "-", "_")))
			return
		}
		at := max(slices.Index(s.tokens(r.URL.Path), query.Get("page_token")), 0)
		write(w, pages[at])
	case "/v2/calendar":
		write(w, s.calendar)
	case "/v2/clock":
		write(w, s.clock)
	default:
		refuse(w, http.StatusNotFound, "endpoint not found.")
	}
}

// tokens are those under which the pages of a path are asked for.
func (s *Server) tokens(path string) []string {
	tokens := []string{""}
	for _, body := range s.pages[path] {
		var page struct {
			Next string `json:"next_page_token"`
		}
		if json.Unmarshal([]byte(body), &page) == nil && page.Next != "" {
			tokens = append(tokens, page.Next)
		}
	}
	return tokens
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": message}) // a client that has left is its own affair
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func write(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(body))
}

// Status answers with a status, and a Retry-After where it is not "".
func Status(status int, retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		refuse(w, status, http.StatusText(status))
	}
}

// Body answers 200 with a body.
func Body(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(w, body) }
}

// Cut begins an answer and hangs up in the middle of it.
func Cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	write(w, `{"AAA":{"latestTrade":{"t":"2025-`)
}

// Stall answers nothing until the client leaves or the test ends.
func (s *Server) Stall(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.ctx.Done():
	}
}

// Trickle sends a body of one byte a second.
func (s *Server) Trickle(w http.ResponseWriter, r *http.Request) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		write(w, " ")
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		select {
		case <-ticker.C:
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}
