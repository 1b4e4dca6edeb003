package stream_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"gyre/feed/stream"
	"gyre/feed/stream/streamtest"
)

// visit is what the server does with the n-th connection, counted from 1.
type visit func(ctx context.Context, n int, socket *websocket.Conn)

// log is what a client saw.
type log struct {
	mu       sync.Mutex
	messages []string
	states   []string
	dialled  []time.Time
	opened   int
}

func (l *log) options(client *http.Client) stream.Options {
	return stream.Options{
		URL:       "ws://vendor.example/v2",
		Transport: client.Transport,
		Open: func(ctx context.Context, c *stream.Conn) error {
			l.mu.Lock()
			l.opened++
			l.mu.Unlock()
			if err := c.Send(ctx, map[string]string{"action": "hello"}); err != nil {
				return err
			}
			_, err := c.Next(ctx)
			return err
		},
		Message: func(_ context.Context, message []byte) error {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.messages = append(l.messages, string(message))
			return nil
		},
		State: func(err error) {
			l.mu.Lock()
			defer l.mu.Unlock()
			if err == nil {
				l.states = append(l.states, "open")
				return
			}
			l.states = append(l.states, err.Error())
		},
	}
}

// run runs a stream against a server for a while of the bubble's time.
func run(t *testing.T, while time.Duration, visit visit) *log {
	t.Helper()
	l := &log{}
	ctx, stop := context.WithTimeout(t.Context(), while)
	defer stop()
	client := streamtest.Serve(t, l.server(t, visit))
	err := stream.Run(ctx, l.options(client))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Run ended with %v, want the context's error", err)
	}
	return l
}

// server answers the hello of each connection and then does what visit does.
func (l *log) server(t *testing.T, visit visit) http.Handler {
	t.Helper()
	ctx := t.Context() // that of a request does not end with a hijacked connection
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		l.dialled = append(l.dialled, time.Now())
		n := len(l.dialled)
		l.mu.Unlock()
		socket, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = socket.CloseNow() }()
		if _, _, err := socket.Read(ctx); err != nil {
			return
		}
		say(ctx, socket, "hello")
		visit(ctx, n, socket)
	})
}

func say(ctx context.Context, socket *websocket.Conn, text string) {
	_ = socket.Write(ctx, websocket.MessageText, []byte(text)) // a client that has left is what some tests are about
}

// stay keeps a connection until the client leaves.
func stay(ctx context.Context, socket *websocket.Conn) {
	for {
		if _, _, err := socket.Read(ctx); err != nil {
			return
		}
	}
}

func TestWhatWasLostIsOpenedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		first func(ctx context.Context, socket *websocket.Conn)
		want  string
	}{
		"closed normally": {
			func(_ context.Context, s *websocket.Conn) { _ = s.Close(websocket.StatusNormalClosure, "") },
			"closed it (1000, StatusNormalClosure)",
		},
		"closed without a word": {
			func(_ context.Context, s *websocket.Conn) { _ = s.CloseNow() },
			"the stream was cut",
		},
		"the server fails": {
			func(_ context.Context, s *websocket.Conn) {
				_ = s.Close(websocket.StatusInternalError, "out\x1b]0;of order")
			},
			"closed it (1011, out]0;of order)",
		},
		"a message without end": {
			func(ctx context.Context, s *websocket.Conn) {
				w, err := s.Writer(ctx, websocket.MessageText)
				if err == nil {
					_, err = w.Write([]byte(strings.Repeat("x", 10_000)))
				}
				if err == nil {
					stay(ctx, s)
				}
			},
			"half a message",
		},
		"a message too large": {
			func(ctx context.Context, s *websocket.Conn) {
				say(ctx, s, strings.Repeat("x", stream.MaxMessage+1))
				stay(ctx, s)
			},
			"more than 4 MiB",
		},
		"a peer that is gone": {
			func(ctx context.Context, _ *websocket.Conn) { <-ctx.Done() }, // reads nothing, so it answers no ping
			"does not answer any more",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := run(t, 30*time.Second, func(ctx context.Context, n int, s *websocket.Conn) {
					if n == 1 {
						c.first(ctx, s)
						return
					}
					say(ctx, s, "again")
					stay(ctx, s)
				})
				if len(l.states) != 3 || l.states[0] != "open" || l.states[2] != "open" || !strings.Contains(l.states[1], c.want) {
					t.Errorf("states %q, want open, %q, open", l.states, c.want)
				}
				if len(l.messages) != 1 || l.messages[0] != "again" {
					t.Errorf("messages %q, want the one of the second connection", l.messages)
				}
				if took := l.dialled[1].Sub(l.dialled[0]); took > 15*time.Second {
					t.Errorf("the second connection came %s after the first", took)
				}
				if l.opened != 2 {
					t.Errorf("logged in %d times, want 2", l.opened)
				}
			})
		})
	}
}

func TestALivePeerIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := run(t, time.Hour, func(ctx context.Context, _ int, s *websocket.Conn) { stay(ctx, s) })
		if len(l.dialled) != 1 {
			t.Errorf("a peer that answers pings was dialled %d times in an hour, want once", len(l.dialled))
		}
	})
}

func TestALargeMessageIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		large := strings.Repeat("x", stream.MaxMessage)
		l := run(t, time.Second, func(ctx context.Context, _ int, s *websocket.Conn) {
			say(ctx, s, large)
			stay(ctx, s)
		})
		if len(l.messages) != 1 || l.messages[0] != large {
			t.Errorf("%d messages, states %q, want one of %d bytes", len(l.messages), l.states, len(large))
		}
	})
}

// A server that hangs up at once is looked after every few seconds, one that
// refuses ever less often.
func TestPausesGrowAndBeginAnew(t *testing.T) {
	for name, c := range map[string]struct {
		code websocket.StatusCode
		most time.Duration
	}{
		"gone":    {websocket.StatusInternalError, 3200 * time.Millisecond},
		"refuses": {websocket.StatusPolicyViolation, 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) { pausesGrow(t, c.code, c.most) })
	}
}

func pausesGrow(t *testing.T, code websocket.StatusCode, most time.Duration) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		const quick = 10
		l := run(t, 20*time.Minute, func(ctx context.Context, n int, s *websocket.Conn) {
			if n <= quick {
				_ = s.Close(code, "") // hangs up at once
				return
			}
			if n == quick+1 {
				timer := time.AfterFunc(2*time.Minute, func() { _ = s.CloseNow() })
				defer timer.Stop()
			}
			stay(ctx, s)
		})
		if len(l.dialled) != quick+2 {
			t.Fatalf("dialled %d times, want %d", len(l.dialled), quick+2)
		}
		for i := 1; i <= quick; i++ {
			pause := l.dialled[i].Sub(l.dialled[i-1])
			base := min(250*time.Millisecond<<(i-1), most)
			if pause < base*3/4 || pause > base*5/4+time.Millisecond {
				t.Errorf("pause %d is %s, want %s give or take a quarter", i, pause, base)
			}
		}
		if pause := l.dialled[quick+1].Sub(l.dialled[quick]) - 2*time.Minute; pause > time.Second {
			t.Errorf("after a healthy connection the pause is %s, want it short again", pause)
		}
	})
}

func TestRefusedHandshakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &log{}
		moved := 0
		handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			l.dialled = append(l.dialled, time.Now())
			switch {
			case r.Host != "vendor.example":
				moved++
			case len(l.dialled) == 1:
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(http.StatusTooManyRequests)
			case len(l.dialled) == 2:
				http.Redirect(w, r, "ws://elsewhere.example/", http.StatusTemporaryRedirect)
			default:
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		})
		ctx, stop := context.WithTimeout(t.Context(), 9*time.Second)
		defer stop()
		_ = stream.Run(ctx, l.options(streamtest.Serve(t, handler)))
		if len(l.dialled) < 3 || moved != 0 {
			t.Fatalf("dialled %d times, %d of them elsewhere; want at least 3 and none elsewhere", len(l.dialled), moved)
		}
		if pause := l.dialled[1].Sub(l.dialled[0]); pause != 7*time.Second {
			t.Errorf("after a Retry-After of 7 s the pause is %s", pause)
		}
		for i, status := range []string{"429", "307", "503"} {
			if !strings.Contains(l.states[i], status) {
				t.Errorf("state %d is %q, want it to name %s", i, l.states[i], status)
			}
		}
	})
}

func TestThePauseAServerAsksFor(t *testing.T) {
	for name, c := range map[string]struct {
		header func() string
		want   time.Duration
	}{
		"in seconds":                     {func() string { return "7" }, 7 * time.Second},
		"as a date":                      {func() string { return time.Now().Add(9 * time.Second).UTC().Format(http.TimeFormat) }, 9 * time.Second},
		"a day":                          {func() string { return "86400" }, 5 * time.Minute},
		"more than a duration can count": {func() string { return "10000000000" }, 5 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &log{}
				ctx, stop := context.WithTimeout(t.Context(), c.want+time.Second)
				defer stop()
				handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					if l.dialled = append(l.dialled, time.Now()); len(l.dialled) > 2 {
						stop() // it does not wait
					}
					w.Header().Set("Retry-After", c.header())
					w.WriteHeader(http.StatusServiceUnavailable)
				})
				_ = stream.Run(ctx, l.options(streamtest.Serve(t, handler)))
				if len(l.dialled) != 2 || l.dialled[1].Sub(l.dialled[0]) != c.want {
					t.Errorf("dialled at %v, want twice, %s apart", l.dialled, c.want)
				}
			})
		})
	}
}

func TestAServerThatDoesNotAnswerTheLogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &log{}
		handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if socket, err := websocket.Accept(w, r, nil); err == nil {
				stay(t.Context(), socket)
			}
		})
		ctx, stop := context.WithTimeout(t.Context(), 11*time.Second)
		defer stop()
		_ = stream.Run(ctx, l.options(streamtest.Serve(t, handler)))
		if len(l.states) != 1 || !strings.Contains(l.states[0], "did not answer the login") {
			t.Errorf("states %q, want that the login was not answered", l.states)
		}
	})
}

func TestFinalEndsTheStream(t *testing.T) {
	refused := errors.New("the key was refused")
	for name, in := range map[string]func(*stream.Options){
		"while logging in": func(o *stream.Options) {
			o.Open = func(context.Context, *stream.Conn) error { return stream.Final(refused) }
		},
		"in a message": func(o *stream.Options) {
			o.Message = func(context.Context, []byte) error { return stream.Final(refused) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &log{}
				opts := l.options(streamtest.Serve(t, l.server(t, func(ctx context.Context, _ int, s *websocket.Conn) {
					say(ctx, s, "bad")
					stay(ctx, s)
				})))
				in(&opts)
				if err := stream.Run(t.Context(), opts); !errors.Is(err, refused) || err.Error() != refused.Error() {
					t.Errorf("Run ended with %v, want %v", err, refused)
				}
				if len(l.dialled) != 1 {
					t.Errorf("dialled %d times, want once", len(l.dialled))
				}
			})
		})
	}
}

// What breaks over a message is told as the state, and the stream dials again.
func TestAMessageThatBreaksTheReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &log{}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		opts := l.options(streamtest.Serve(t, l.server(t, func(ctx context.Context, n int, socket *websocket.Conn) {
			if n == 1 {
				say(ctx, socket, "bad")
			}
			say(ctx, socket, "good")
			stay(ctx, socket)
		})))
		take := opts.Message
		opts.Message = func(ctx context.Context, message []byte) error {
			if string(message) == "bad" {
				panic("index out of range")
			}
			return take(ctx, message)
		}
		if err := stream.Run(ctx, opts); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Run ended with %v", err)
		}
		if got := strings.Join(l.states, ", "); got != "open, the stream broke down: index out of range, open" {
			t.Errorf("the states are %s", got)
		}
		if len(l.messages) != 1 || l.messages[0] != "good" {
			t.Errorf("the messages are %q", l.messages)
		}
	})
}
