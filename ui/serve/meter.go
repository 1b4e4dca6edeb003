package serve

import (
	"net"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// Of an encrypted connection this much is read at once, and then as much as its
// meter lets through: four of the smallest packets. The SSH library reads on
// while it handles one. Once it has given a connection up for one that was wrong,
// with more than sixteen waiting, it would keep them, and three goroutines, for
// ever; so there are never that many.
const readAtOnce = 128

// newMeter lets so many bytes through a second.
func newMeter(bytes int) *rate.Limiter { return rate.NewLimiter(rate.Limit(bytes), readAtOnce) }

// metered is a connection of which only so much is read a second: what a client
// makes the server do, it has to send something for.
type metered struct {
	net.Conn

	gone chan struct{} // closed with the connection
	once sync.Once

	since time.Time
	heard atomic.Int64 // when something was read last, in nanoseconds after since

	mu     sync.Mutex
	meter  *rate.Limiter
	writes int // so far
}

func newMetered(conn net.Conn, meter *rate.Limiter) *metered {
	return &metered{Conn: conn, meter: meter, gone: make(chan struct{}), since: time.Now()}
}

// inTheClear is how many times a server writes before packets are encrypted: its
// version, its algorithms, its part of the key. Until then the SSH library reads
// nothing ahead.
const inTheClear = 3

// Read waits until the meter lets something through, and reads that. One
// goroutine at a time may.
func (m *metered) Read(b []byte) (int, error) {
	m.mu.Lock()
	meter, early := m.meter, m.writes < inTheClear
	m.mu.Unlock()
	if early {
		return m.Conn.Read(b) //nolint:wrapcheck // a net.Conn's error is that of the one below
	}
	n, err := m.Conn.Read(b[:min(len(b), readAtOnce)])
	if n > 0 {
		m.heard.Store(int64(time.Since(m.since)))
	}
	if delay := meter.ReserveN(time.Now(), n).Delay(); delay > 0 {
		m.wait(delay)
	}
	return n, err //nolint:wrapcheck // as above
}

// silence is for how long nothing has been read.
func (m *metered) silence() time.Duration {
	return time.Since(m.since) - time.Duration(m.heard.Load())
}

// turns is in how many parts a wait is cut: on a machine that is too busy it lasts
// until whoever handles packets has had as many chances to go on.
const turns = 4

// wait waits, unless the connection is closed.
func (m *metered) wait(delay time.Duration) {
	wait := time.NewTimer(delay / turns)
	defer wait.Stop()
	for range turns {
		select {
		case <-wait.C:
			wait.Reset(delay / turns)
		case <-m.gone:
			return
		}
	}
}

// Write writes. Of an encrypted connection only Read tells that it has ended:
// the SSH library gives up with packets waiting, as above, where an answer to one
// cannot be written, and handles all of them where nothing more can be read.
func (m *metered) Write(b []byte) (int, error) {
	m.mu.Lock()
	m.writes++
	early := m.writes <= inTheClear
	m.mu.Unlock()
	n, err := m.Conn.Write(b)
	if err == nil || early {
		return n, err //nolint:wrapcheck // as above
	}
	_ = m.Close()
	return len(b), nil
}

// use lets another meter count from now on.
func (m *metered) use(meter *rate.Limiter) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.meter = meter
}

// Close closes it.
func (m *metered) Close() error {
	m.once.Do(func() { close(m.gone) })
	return m.Conn.Close() //nolint:wrapcheck // as above
}
