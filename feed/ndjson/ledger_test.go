package ndjson

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long anything may take before a test gives up.
const patience = 20 * time.Second

// ledger is an intake that keeps the numbers of the records which come in.
type ledger struct {
	*intake
	mu      sync.Mutex
	got     []int64
	changed chan struct{} // holds one token
}

func newLedger() *ledger {
	l := &ledger{changed: make(chan struct{}, 1)}
	l.intake = &intake{name: "test", codec: wire.New(), now: time.Now, began: func() {}, log: newLimited(slog.New(slog.DiscardHandler)), put: func(r *wire.Record) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.got = append(l.got, r.Sequence)
		raise(l.changed)
	}}
	return l
}

func raise(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

// until waits until the records are as wanted.
func (l *ledger) until(t *testing.T, wanted func(got []int64) bool) {
	t.Helper()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	for {
		l.mu.Lock()
		ok := wanted(l.got)
		l.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-l.changed:
		case <-timeout.C:
			l.mu.Lock()
			defer l.mu.Unlock()
			t.Fatalf("after %s there are %d records: %v", patience, len(l.got), clip(l.got))
		}
	}
}

func clip(list []int64) []int64 {
	return list[max(0, len(list)-100):]
}

// count waits for n records, whatever they are.
func (l *ledger) count(t *testing.T, n int) {
	t.Helper()
	l.until(t, func(got []int64) bool { return len(got) >= n })
}

// untilTrouble waits until the transport is in trouble that is described so.
func (l *ledger) untilTrouble(t *testing.T, want string) {
	t.Helper()
	for began := time.Now(); ; runtime.Gosched() {
		l.intake.mu.Lock()
		trouble := l.trouble
		l.intake.mu.Unlock()
		if trouble != nil && strings.Contains(trouble.Error(), want) {
			return
		}
		if time.Since(began) > patience {
			t.Fatalf("after %s the trouble is %v, want %q", patience, trouble, want)
		}
	}
}

// line is record number n.
func line(n int) string {
	return fmt.Sprintf(`{"v":1,"t":"k","ts":1743191999900000000,"seq":%d}`+"\n", n)
}

// run runs a transport until the test ends, or stop is called.
func run(t *testing.T, by transport, in *intake) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = by.run(ctx, in)
	}()
	stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	return stop
}

// quick are pauses for tests, which have no half minute.
func quick() pauses {
	return pauses{first: time.Millisecond, most: 5 * time.Millisecond, healthy: time.Minute}
}

// logbook is a log that can be read while it is written.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
