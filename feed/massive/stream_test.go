package massive_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"gyre/feed/massive/massivetest"
	"gyre/model"
)

func TestTheStreamsTell(t *testing.T) {
	bubble(t, live, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(2 * time.Second)
		subs := s.Subscriptions()
		slices.Sort(subs)
		if !slices.Equal(subs, []string{"/indices V.I:RUT", "/stocks A.*,LULD.*"}) {
			t.Fatalf("subscribed to %q", subs)
		}
		second := func(ticker, price string) string {
			return fmt.Sprintf(`{"ev":"A","sym":%q,"v":100,"av":7000,"c":%s,"s":%d,"e":%d}`, ticker, price, at(11, 0, 1).UnixMilli(), at(11, 0, 2).UnixMilli())
		}
		s.Push("/indices", fmt.Sprintf(`[{"ev":"V","val":2025.5,"T":"I:RUT","t":%d}]`, at(11, 0, 2).UnixMilli()))
		s.Push("/stocks", "["+second("KIMpL", "41.5")+","+second("NOTOURS", "9")+`,{"ev":5},7]`)
		s.Push("/stocks", fmt.Sprintf(`[{"ev":"LULD","T":"BBB","h":2,"l":1,"i":[17],"z":3,"t":%d}]`, at(11, 0, 2).UnixMicro()))
		pass(time.Second)
		s.Push("/stocks", "["+second("AAA", "11.25")+"]")
		pass(time.Second)
		if v.price("KIM.PRL") != 41_500_000 || v.price("AAA") != 11_250_000 {
			t.Errorf("KIM.PRL is at %d and AAA at %d before the next sweep; want the streamed 41.50 and 11.25", v.price("KIM.PRL"), v.price("AAA"))
		}
		if halts := v.of(model.KindHalt); len(halts) != 1 || halts[0].ID != 1 || halts[0].Text != "LUDP" {
			t.Errorf("halts %+v, want that of BBB", halts)
		}
		levels := v.of(model.KindIndexLevel)
		if len(levels) == 0 || levels[len(levels)-1].Price != 2_025_500_000 {
			t.Errorf("index levels %+v, want 2025.50 at last", levels)
		}
	})
}

func TestAnIndexSaysNothingOfTheStocks(t *testing.T) {
	bubble(t, live, at(11, 0, 0), func(t *scene) {
		pass(6 * time.Second) // the first two sweeps
		beats := len(t.viewer.of(model.KindHeartbeat))
		for i := range 3 {
			t.server.Push("/indices", fmt.Sprintf(`[{"ev":"V","val":2024.5,"T":"I:RUT","t":%d}]`, at(11, 0, 6+i).UnixMilli()))
			pass(time.Second)
		}
		if now := len(t.viewer.of(model.KindHeartbeat)); now != beats {
			t.Errorf("%d moments are complete by the word of an index", now-beats)
		}
	})
}

func TestTheStreamComesBack(t *testing.T) {
	for name, hang := range map[string]func(s *massivetest.Server){
		"closed normally": func(s *massivetest.Server) { s.Hang(websocket.StatusNormalClosure) },
		"cut":             func(s *massivetest.Server) { s.Hang(0) },
		"out of order":    func(s *massivetest.Server) { s.Hang(websocket.StatusInternalError) },
		"garbage":         func(s *massivetest.Server) { s.Push("/stocks", "\x00 garbage") },
		"in use elsewhere": func(s *massivetest.Server) {
			s.Push("/stocks", `[{"ev":"status","status":"max_connections","message":"Maximum number of connections exceeded."}]`)
		},
		"a message too large": func(s *massivetest.Server) { s.Push("/stocks", strings.Repeat("x", 5<<20)) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, live, at(11, 0, 0), func(t *scene) {
				pass(time.Second)
				hang(t.server)
				pass(10 * time.Second)
				stocks := slices.DeleteFunc(t.server.Subscriptions(), func(sub string) bool { return !strings.HasPrefix(sub, "/stocks") })
				if len(stocks) != 2 || stocks[0] != stocks[1] {
					t.Errorf("subscriptions %q; want the same again", stocks)
				}
				if !t.viewer.told("stream: ") || t.viewer.last().Problem != "" {
					t.Errorf("problems %q; want one about the stream, and none at last", t.viewer.problems())
				}
			})
		})
	}
}

func TestARefusedStreamLeavesTheSweeps(t *testing.T) {
	greet := func(messages ...string) func(context.Context, *websocket.Conn) {
		return func(ctx context.Context, socket *websocket.Conn) {
			for i, message := range messages {
				if i > 0 {
					if _, _, err := socket.Read(ctx); err != nil {
						return
					}
				}
				if socket.Write(ctx, websocket.MessageText, []byte(message)) != nil {
					return
				}
			}
			for {
				if _, _, err := socket.Read(ctx); err != nil {
					return
				}
			}
		}
	}
	status := func(status, message string) string {
		return fmt.Sprintf(`[{"ev":"status","status":%q,"message":%q}]`, status, message)
	}
	connected, welcome := status("connected", "Connected Successfully"), status("auth_success", "authenticated")
	for name, c := range map[string]struct {
		messages []string
		want     string
	}{
		"a plan without streams":    {[]string{connected, status("auth_failed", "Your plan doesn't include websocket access.")}, "plan does not include"},
		"a key refused":             {[]string{connected, status("auth_failed", "authentication failed")}, "refuses the key"},
		"a channel not in the plan": {[]string{connected, welcome, status("error", "not entitled to LULD")}, "not entitled to LULD"},
	} {
		t.Run(name, func(t *testing.T) {
			server := func(t *testing.T) *massivetest.Server {
				t.Helper()
				s := live(t)
				s.Visit(greet(c.messages...), greet(c.messages...))
				return s
			}
			bubble(t, server, at(11, 0, 0), func(t *scene) {
				pass(6 * time.Second)
				t.server.Set("AAA", at(11, 0, 5), "11.5", 6000)
				pass(7 * time.Second)
				if got := t.viewer.price("AAA"); got != 11_500_000 {
					t.Errorf("AAA is at %d, want what the sweep says, 11.50", got)
				}
				if h := t.viewer.last(); h.State != model.FeedOK || !strings.Contains(h.Problem, c.want) {
					t.Errorf("the health is %+v; want all well but for the stream, which %q", h, c.want)
				}
			})
		})
	}
}
