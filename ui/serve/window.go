package serve

import (
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/ui"
)

// window is the client's terminal: its size as it is followed, which is never
// larger than the limits however large the client says that it is, and never
// changes faster.
type window struct {
	limits Limits
	isOpen bool // there is a terminal

	mu     sync.Mutex
	size   ui.Size
	told   time.Time // when follow was told last
	due    *time.Timer
	follow func(ui.Size)
}

// ptyRequest is the payload of pty-req (RFC 4254, 6.2).
type ptyRequest struct {
	Term                         string
	Columns, Rows, Width, Height uint32
	Modes                        string
}

// windowChange is the payload of window-change (RFC 4254, 6.7).
type windowChange struct{ Columns, Rows, Width, Height uint32 }

// open takes over a terminal that the client has.
func (w *window) open(payload []byte, env *environment) bool {
	var asked ptyRequest
	if w.isOpen || ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	w.isOpen = true
	env.term = termType(asked.Term)
	w.resize(asked.Columns, asked.Rows)
	return true
}

// change takes over another size.
func (w *window) change(payload []byte) bool {
	var asked windowChange
	if !w.isOpen || ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	w.resize(asked.Columns, asked.Rows)
	return true
}

// resize clamps a size. One without cells, as of a client that does not know,
// changes nothing.
func (w *window) resize(columns, rows uint32) {
	if columns == 0 || rows == 0 {
		return
	}
	size := ui.Size{
		W: int(min(columns, uint32(w.limits.Columns))), //nolint:gosec // limits are small and positive
		H: int(min(rows, uint32(w.limits.Rows))),       //nolint:gosec // as above
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.size = size
	if w.follow != nil && w.due == nil {
		w.due = time.AfterFunc(time.Until(w.told.Add(time.Second/time.Duration(w.limits.Resizes))), w.tell)
	}
}

// tell tells the newest size.
func (w *window) tell() {
	w.mu.Lock()
	w.due, w.told = nil, time.Now()
	size, follow := w.size, w.follow
	w.mu.Unlock()
	if follow != nil {
		follow(size)
	}
}

// now is the size as it is followed.
func (w *window) now() ui.Size {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.size
}

// start tells follow about every size from now on that is not shown already.
func (w *window) start(shown ui.Size, follow func(ui.Size)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.follow, w.told = follow, time.Now()
	if w.size != shown {
		w.due = time.AfterFunc(0, w.tell)
	}
}

// stop tells nobody any more.
func (w *window) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.follow = nil
	if w.due != nil {
		w.due.Stop()
	}
}
