package serve

import (
	"bytes"
	"sync"
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// keyboard makes events of what a client sends: keys, clicks, pasted text, and
// the answers of its terminal. It takes the place of Bubble Tea's own reader,
// which has no bounds and takes 150 kB for each viewer.
type keyboard struct {
	send  func(uv.Event)
	broke func(any) // told of a panic: what is typed is anybody's

	mu      sync.Mutex
	decoder uv.EventDecoder
	buf     []byte // the beginning of a sequence
	paste   []byte
	pasting bool
	late    *time.Timer // the rest of buf does not come
}

const (
	// patience is how long the rest of a sequence may take: the escape key sends
	// the beginning of one.
	patience = 50 * time.Millisecond
	// No sequence of a terminal is longer than maxSequence, and nobody pastes
	// more than maxPaste where a time or a name is asked for.
	maxSequence = 512
	maxPaste    = 256
)

func newKeyboard(send func(uv.Event), broke func(any)) *keyboard {
	k := &keyboard{send: send, broke: broke}
	k.late = time.AfterFunc(time.Hour, func() { k.take(nil, true) })
	k.late.Stop()
	return k
}

func (k *keyboard) stop() { k.late.Stop() }

// Write takes in what was typed.
func (k *keyboard) Write(b []byte) (int, error) {
	k.take(b, false)
	return len(b), nil
}

// take takes in what was typed; late tells that no more of it has come for a
// while.
func (k *keyboard) take(b []byte, late bool) {
	defer func() {
		if r := recover(); r != nil {
			k.broke(r)
		}
	}()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.late.Stop()
	k.buf = append(k.buf, b...)
	for len(k.buf) > 0 {
		n, event := k.decoder.Decode(k.buf)
		if !late && k.begun(n, event) {
			break
		}
		k.pass(event, k.buf[:max(n, 1)])
		k.buf = k.buf[max(n, 1):]
	}
	switch {
	case len(k.buf) == 0 || len(k.buf) > maxSequence:
		k.buf = nil
	default:
		k.buf = bytes.Clone(k.buf)
		k.late.Reset(patience)
	}
}

// begun tells whether an event may be the beginning of a longer one.
func (k *keyboard) begun(n int, event uv.Event) bool {
	if n < len(k.buf) {
		return false
	}
	_, unknown := event.(uv.UnknownEvent)
	return unknown || k.buf[0] == ansi.ESC && n <= 2 || !utf8.FullRune(k.buf)
}

// pass hands an event on, if it is one of those that a viewer may send: a
// terminal can also report a size, which has its own way to come and is bounded
// there.
func (k *keyboard) pass(event uv.Event, from []byte) {
	if k.pasting {
		k.collect(event, from)
		return
	}
	switch event := event.(type) {
	case uv.PasteStartEvent:
		k.pasting, k.paste = true, nil
	case uv.MultiEvent:
		for _, each := range event {
			k.pass(each, nil)
		}
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseWheelEvent, uv.BackgroundColorEvent, uv.ModeReportEvent, uv.CapabilityEvent:
		k.send(event)
	}
}

// collect collects what is pasted.
func (k *keyboard) collect(event uv.Event, from []byte) {
	if _, ended := event.(uv.PasteEndEvent); ended {
		k.pasting = false
		k.send(uv.PasteEvent{Content: string(bytes.ToValidUTF8(k.paste, nil))})
		return
	}
	if len(k.paste)+len(from) <= maxPaste {
		k.paste = append(k.paste, from...)
	}
}
