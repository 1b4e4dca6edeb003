//go:build unix

package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// handTurned is a clock that the test turns.
type handTurned struct{ ahead atomic.Int64 }

func (h *handTurned) now() time.Time { return monday.At(11, 0).Add(time.Duration(h.ahead.Load())) }

func (h *handTurned) turn(d time.Duration) { h.ahead.Add(int64(d)) }

// desk is a feed of one's own behind a socket.
type desk struct {
	t     *testing.T
	clock *handTurned
	path  string
	calls chan net.Conn // those who connect
	door  net.Listener
	line  net.Conn
}

// opens lets the feed start.
func (d *desk) opens() {
	d.t.Helper()
	var err error
	if d.door, err = (&net.ListenConfig{}).Listen(d.t.Context(), "unix", d.path); err != nil {
		d.t.Fatal(err)
	}
	d.calls = make(chan net.Conn)
	go func(door net.Listener, calls chan<- net.Conn) {
		defer close(calls)
		for {
			line, err := door.Accept()
			if err != nil {
				return
			}
			calls <- line
		}
	}(d.door, d.calls)
	d.line = <-d.calls
}

// closes lets it break down.
func (d *desk) closes() {
	_ = d.door.Close()
	_ = d.line.Close()
	for line := range d.calls {
		_ = line.Close()
	}
}

// tells sends the level of the index and a price, both so long ago.
func (d *desk) tells(level string, ago time.Duration) {
	d.t.Helper()
	delay := ""
	if ago > 0 {
		delay = fmt.Sprintf(`,"dly":%d`, int(ago.Seconds()))
	}
	at := d.clock.now().Add(-ago).UnixNano()
	_, err := fmt.Fprintf(d.line, `{"v":1,"t":"i","s":"RUT","ts":%[1]d,"p":%[2]s%[3]s}
{"v":1,"t":"q","s":"N00","ts":%[1]d,"p":10.50,"vol":500}
{"v":1,"t":"k","ts":%[1]d}
`, at, level, delay)
	if err != nil {
		d.t.Fatal(err)
	}
}

// ownFeed runs the dashboard on a feed of one's own, by a clock that is turned
// instead of waited for.
func ownFeed(t *testing.T, look func(t *testing.T, d *desk, g *glass)) {
	t.Helper()
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	d := &desk{t: t, clock: new(handTurned), path: filepath.Join(t.TempDir(), "feed")}
	g := newGlass()
	p := Program{Sample: eightyNames(), Version: "1.2.3", now: d.clock.now, show: g.show}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		args := []string{"--feed", "ndjson:unix:" + d.path, "--data", "sample", "--window", "1D"}
		ended <- p.Run(ctx, args, strings.NewReader(""), io.Discard, new(bytes.Buffer), []string{"TERM=xterm-256color"})
	}()
	d.opens()
	look(t, d, g)
	d.closes()
	stop()
	if code := <-ended; code != ExitDone {
		t.Errorf("it ends with %d", code)
	}
}

// soon is long for a feed behind a socket.
const soon = 5 * time.Second

// A feed of one's own that goes quiet or breaks down: the same promises.
func TestTheScreenWhileAFeedOfOnesOwnFails(t *testing.T) {
	for name, ago := range map[string]time.Duration{"LIVE": 0, "DELAYED 15m": 15 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			ownFeed(t, func(t *testing.T, d *desk, g *glass) {
				t.Helper()
				late := strings.TrimSuffix(name, "LIVE") // which is said at all times
				d.tells("2043.50", ago)
				g.await(t, "fresh", soon, says(name+"  ", "2,043.50", "+1.00"))

				d.clock.turn(10*time.Second + time.Millisecond)
				g.await(t, "stale", soon, says(late, "STALE 00:10  ", "2,043.50", "+1.00", "~ as of"))
				d.clock.turn(time.Hour)
				g.await(t, "old and still there", soon, says(late, "STALE 60:10  ", "2,043.50", "+1.00"))
				d.tells("2063.73", ago)
				g.await(t, "fresh again", soon, says(name+"  ", "2,063.73", "+2.00"))

				d.closes()
				g.await(t, "failing", soon, says(late, "FAILING 00:00  ", "2,063.73", "+2.00", "the feed closed the connection"))
				d.clock.turn(2 * time.Minute)
				g.await(t, "failing for longer", soon, says(late, "FAILING 02:00  ", "2,063.73", "+2.00"))
				d.opens()
				d.tells("2023.27", ago)
				g.await(t, "fresh after it broke down", soon, says(name+"  ", "2,023.27", "0.00"))
			})
		})
	}
}

// A burst is shown by its newest prices, and what they have overtaken is counted
// on the screen: nothing of it is called lost.
func TestTheScreenInABurst(t *testing.T) {
	ownFeed(t, func(t *testing.T, d *desk, g *glass) {
		t.Helper()
		const rounds = 250
		d.tells("2043.50", 0) // so that the feed is known to send heartbeats
		g.await(t, "fresh", soon, says("LIVE  ", "2,043.50"))
		d.clock.turn(time.Second)
		var burst bytes.Buffer
		at := d.clock.now()
		for round := range rounds {
			for i := range eighty {
				fmt.Fprintf(&burst, `{"v":1,"t":"q","s":"N%02d","ts":%d,"p":%.3f}`+"\n", i, at.UnixNano()-rounds+int64(round), 10+float64(round+1)/rounds)
			}
		}
		fmt.Fprintf(&burst, `{"v":1,"t":"k","ts":%d}`+"\n", at.UnixNano())
		if _, err := d.line.Write(burst.Bytes()); err != nil {
			t.Fatal(err)
		}
		g.await(t, "up to date", soon, says("+10.00", "19,920 overtaken by newer ones", "coverage 100.0%"))
		if picture, _ := g.picture(); strings.Contains(picture, "lost") {
			t.Errorf("something is called lost:\n%s", picture)
		}
	})
}

// A gyre that runs over night begins a new day by itself: yesterday's last level
// is what today's change counts from, and yesterday's prices are no longer today's.
func TestTheScreenOverNight(t *testing.T) {
	ownFeed(t, func(t *testing.T, d *desk, g *glass) {
		t.Helper()
		d.tells("2043.50", 0)
		g.await(t, "Monday", soon, says("Mon 31 Mar 2025 11:00:00", "LIVE  ", "2,043.50", "+1.00", "since 28 Mar"))
		d.clock.turn(20 * time.Hour) // Tuesday 07:00
		g.await(t, "old in the morning", soon, says("Tue 1 Apr 2025 07:00:00", "STALE ", "2,043.50"))
		d.clock.turn(3 * time.Hour)
		d.tells("2063.94", 0)
		g.await(t, "Tuesday", soon, says("Tue 1 Apr 2025 10:00:00", "LIVE  ", "2,063.94", "+1.00", "+2.01", "since 31 Mar"))
	})
}
