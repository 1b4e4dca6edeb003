package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strconv"
	"time"
)

// feed tells quotes to a gyre that connects to its socket.
type feed struct {
	market *market
	path   string
	door   net.Listener
	line   net.Conn
	calls  chan net.Conn
	random *rand.Rand

	sent  int // quotes
	next  int // the name that is told next
	moved []int64
	spent []int64 // volumes
	buf   []byte
}

// listen opens the socket.
func listen(ctx context.Context, folder string, m *market) (*feed, error) {
	f := &feed{
		market: m, path: filepath.Join(folder, "feed"), calls: make(chan net.Conn, 1),
		random: rand.New(rand.NewPCG(2, 3)), //nolint:gosec // invented prices are no secret
		moved:  make([]int64, m.names), spent: make([]int64, m.names),
	}
	copy(f.moved, m.cents)
	var err error
	if f.door, err = (&net.ListenConfig{}).Listen(ctx, "unix", f.path); err != nil {
		return nil, err
	}
	go func() {
		if line, err := f.door.Accept(); err == nil {
			f.calls <- line
		}
	}()
	return f, nil
}

func (f *feed) address() string { return "ndjson:unix:" + f.path }

// connected waits for gyre, unless it ends.
func (f *feed) connected(ctx context.Context, ended <-chan struct{}) error {
	const within = 30 * time.Second
	select {
	case f.line = <-f.calls:
		return nil
	case <-ended:
		return errors.New("gyre has ended")
	case <-time.After(within):
		return errors.New("gyre does not connect to the feed")
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *feed) close() {
	_ = f.door.Close()
	if f.line != nil {
		_ = f.line.Close()
	}
}

// step is how long a piece of the quotes is.
const step = 10 * time.Millisecond

// run tells so many quotes a second until ctx ends, and each second a heartbeat.
// Who does not keep up is waited for.
func (f *feed) run(ctx context.Context, rate int) error {
	ticker := time.NewTicker(step)
	defer ticker.Stop()
	began, sent, beat := time.Now(), 0, time.Now()
	for {
		now := time.Now()
		f.buf = f.buf[:0]
		due := int(now.Sub(began).Seconds() * float64(rate))
		due = min(due, sent+rate/10) // what is late is told in pieces
		for ; sent < due; sent++ {
			f.quote(now)
		}
		if now.Sub(beat) >= time.Second {
			beat = now
			f.index(now)
		}
		if _, err := f.line.Write(f.buf); err != nil {
			return fmt.Errorf("gyre hung up: %w", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// quote appends one.
func (f *feed) quote(now time.Time) {
	i := f.next
	f.next = (f.next + 1) % f.market.names
	f.moved[i] = max(f.moved[i]+int64(f.random.IntN(3))-1, 50)
	f.spent[i] += 100
	f.sent++
	b := append(f.buf, `{"v":1,"t":"q","s":"`...)
	b = append(b, symbol(i)...)
	b = append(b, `","ts":`...)
	b = strconv.AppendInt(b, now.Add(-f.market.delay).UnixNano(), 10)
	b = append(b, `,"p":`...)
	b = strconv.AppendInt(b, f.moved[i]/100, 10)
	b = append(b, '.', byte('0'+f.moved[i]/10%10), byte('0'+f.moved[i]%10))
	b = append(b, `,"vol":`...)
	b = strconv.AppendInt(b, f.spent[i], 10)
	f.buf = append(b, "}\n"...)
}

// index appends the levels of the indices and a heartbeat.
func (f *feed) index(now time.Time) {
	at, late := now.Add(-f.market.delay).UnixNano(), int(f.market.delay.Seconds())
	level := f.market.level + f.random.Float64()
	f.buf = fmt.Appendf(f.buf, `{"v":1,"t":"i","s":"RUT","ts":%[1]d,"p":%.2[2]f,"dly":%[3]d}
{"v":1,"t":"i","s":"SPX","ts":%[1]d,"p":%.2[4]f,"dly":%[3]d}
{"v":1,"t":"k","ts":%[1]d,"dly":%[3]d,"src":"load"}
`, at, level, late, 2.7*level)
}
