package alpaca_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"gyre/feed/alpaca"
	"gyre/feed/alpaca/alpacatest"
	"gyre/model"
)

func TestTheStreamTellsOfWhatIsWatched(t *testing.T) {
	bubble(t, paid, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(time.Second)
		subs := s.Subscriptions()
		if len(subs) != 1 || !slices.Equal(subs[0].Trades, []string{"AAA", "BBB"}) || !slices.Equal(subs[0].Bars, []string{"*"}) || !slices.Equal(subs[0].Statuses, []string{"*"}) {
			t.Fatalf("subscribed to %+v", subs)
		}
		const when = `"t":"2025-03-28T15:00:01.5Z"`
		pass(time.Second)
		s.Push(`[{"T":"t","i":1,"S":"AAA","x":"V","p":11.75,"s":100,"c":["@"],"z":"C",` + when + `},
			{"T":"t","i":2,"S":"ZZZ","x":"V","p":1,"s":100,"c":["@"],"z":"C",` + when + `},{"T":"?"},7]`)
		pass(2 * time.Second)
		s.Push(`[{"T":"s","S":"BBB","sc":"H","rc":"T1","z":"C","t":"2025-03-28T15:00:03Z"},
			{"T":"x","S":"AAA","i":1,"x":"V","p":11.75,"s":100,"a":"C","z":"C","t":"2025-03-28T15:00:03.5Z"}]`)
		pass(17 * time.Second)
		quotes := v.all(func(u *model.Update) bool { return u.Kind == model.KindQuote && u.Price == 11_750_000 })
		if len(quotes) != 1 || quotes[0].ID != 0 {
			t.Errorf("the trade of AAA became %+v", quotes)
		}
		halts, cancels := v.of(model.KindHalt), v.of(model.KindCancel)
		if len(halts) != 1 || halts[0].ID != 1 || halts[0].Text != "T1" {
			t.Errorf("the halt of BBB became %+v", halts)
		}
		if len(cancels) != 1 || cancels[0].ID != 0 || cancels[0].Price != 11_750_000 {
			t.Errorf("the cancel of AAA became %+v", cancels)
		}
	})
}

func TestAStreamDoesNotMakeTheRestLookFresh(t *testing.T) {
	trade := func(second int) string {
		when := at(11, 0, second).UTC().Format(time.RFC3339)
		return fmt.Sprintf(`[{"T":"t","S":"AAA","p":11.%02d,"s":100,"c":["@"],"z":"C","t":%q}]`, second%100, when)
	}
	bubble(t, paid, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(3 * time.Second)
		beats := len(v.of(model.KindHeartbeat))
		for second := 3; second < 8; second++ {
			s.Push(trade(second))
			pass(time.Second)
		}
		if more := len(v.of(model.KindHeartbeat)) - beats; more < 4 || more > 6 {
			t.Errorf("%d moments in five seconds of streaming, want one a second", more)
		}
		beats = len(v.of(model.KindHeartbeat))
		for range 20 {
			s.Push(trade(8))
			pass(10 * time.Millisecond)
		}
		if more := len(v.of(model.KindHeartbeat)) - beats; more > 1 {
			t.Errorf("%d moments in a fifth of a second, want one a second", more)
		}
		if got := v.price("AAA"); got != 11_070_000 && got != 11_080_000 {
			t.Errorf("AAA is at %d before the next sweep, want the streamed 11.07 or 11.08", got)
		}
		var faults []http.HandlerFunc
		for range 100 {
			faults = append(faults, alpacatest.Status(503, ""))
		}
		s.Fail("/v2/stocks/snapshots", faults...)
		pass(45 * time.Second)
		beats = len(v.of(model.KindHeartbeat))
		for second := 54; second < 59; second++ {
			s.Push(trade(second))
			pass(time.Second)
		}
		if now := len(v.of(model.KindHeartbeat)); now != beats {
			t.Errorf("%d moments are complete although no sweep has gone well for 45 s", now-beats)
		}
	})
}

func TestTheStreamComesBack(t *testing.T) {
	for name, hang := range map[string]func(s *alpacatest.Server){
		"closed normally": func(s *alpacatest.Server) { s.Hang(websocket.StatusNormalClosure) },
		"cut":             func(s *alpacatest.Server) { s.Hang(0) },
		"out of order":    func(s *alpacatest.Server) { s.Hang(websocket.StatusInternalError) },
		"read too slowly": func(s *alpacatest.Server) { s.Push(`[{"T":"error","code":407,"msg":"slow client"}]`) },
		"garbage":         func(s *alpacatest.Server) { s.Push("\x00 garbage") },
		"too large":       func(s *alpacatest.Server) { s.Push(strings.Repeat("x", 5<<20)) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, paid, at(11, 0, 0), func(t *scene) {
				s, v := t.server, t.viewer
				pass(time.Second)
				hang(s)
				pass(10 * time.Second)
				subs := s.Subscriptions()
				if len(subs) < 2 || !slices.Equal(subs[len(subs)-1].Trades, subs[0].Trades) {
					t.Fatalf("subscriptions %+v; want the same again", subs)
				}
				if v.last().Problem != "" || v.last().State != model.FeedOK {
					t.Errorf("after it came back the health is %+v", v.last())
				}
				if !slices.ContainsFunc(problemsOf(v), func(p string) bool { return strings.Contains(p, "stream") }) {
					t.Errorf("problems %q; want one about the stream", problemsOf(v))
				}
			})
		})
	}
}

func TestARefusedStreamLeavesTheSweeps(t *testing.T) {
	for code, want := range map[int]string{
		402: "refuses the key", 405: "more symbols", 406: "in use elsewhere", 409: "does not include", 500: "failure of its own", 499: "something else (499)",
	} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			server := func(t *testing.T) *alpacatest.Server {
				t.Helper()
				s := paid(t)
				s.Greet(fmt.Sprintf(`[{"T":"error","code":%d,"msg":"something else"}]`, code))
				return s
			}
			bubble(t, server, at(11, 0, 0), func(t *scene) {
				s, v := t.server, t.viewer
				pass(20 * time.Second)
				s.Set("AAA", alpacatest.Figures{At: at(11, 0, 20), Price: "11.50", Volume: 6000, Day: friday.Time()})
				pass(20 * time.Second)
				if got := v.price("AAA"); got != 11_500_000 {
					t.Errorf("AAA is at %d, want what the sweep says, 11.50", got)
				}
				if h := v.last(); h.State != model.FeedOK || !strings.Contains(h.Problem, want) {
					t.Errorf("the health is %+v; want all well but for the stream, which %q", h, want)
				}
			})
		})
	}
}

func TestHalfOpenStreamIsFound(t *testing.T) {
	server := func(t *testing.T) *alpacatest.Server {
		t.Helper()
		s := paid(t)
		s.Visit(func(ctx context.Context, socket *websocket.Conn) {
			for i, message := range []string{`[{"T":"success","msg":"connected"}]`, `[{"T":"success","msg":"authenticated"}]`, `[{"T":"subscription","trades":["AAA"]}]`} {
				if i > 0 {
					if _, _, err := socket.Read(ctx); err != nil {
						return
					}
				}
				if socket.Write(ctx, websocket.MessageText, []byte(message)) != nil {
					return
				}
			}
			<-ctx.Done() // reads no ping
		})
		return s
	}
	bubble(t, server, at(11, 0, 0), func(t *scene) {
		s := t.server
		pass(16 * time.Second)
		if subs := s.Subscriptions(); len(subs) != 1 {
			t.Errorf("after 16 s there are %d subscriptions on a server that answers, want one", len(subs))
		}
	})
}

func TestTheFreePlanStreamsThirtySymbols(t *testing.T) {
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("S%03d", i))
	}
	bubble(t, late, at(11, 0, 0), func(t *scene) {
		s, v := t.server, t.viewer
		pass(2 * time.Second)
		subs := s.Subscriptions()
		if len(subs) != 1 || !slices.Equal(subs[0].Trades, many[:30]) || len(subs[0].Bars) != 0 {
			t.Errorf("subscribed to %+v, want the first 30; problems %q", subs, problemsOf(v))
		}
	}, func(o *alpaca.Options) { o.Watch = many })
}
