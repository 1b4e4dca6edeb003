package serve

import (
	"context"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
	"gyre/ui/serve/studio"
)

// pen draws a viewer's newest scene on their terminal. The program leaves the
// scenes and never waits; scenes that come faster than the pen may draw, or the
// terminal takes, are left out.
type pen struct {
	studio  *studio.Studio
	session *session
	pause   time.Duration // between two frames

	wake chan struct{} // holds one token: there is something to do

	mu      sync.Mutex
	scene   ui.Scene
	model   *ui.App // gives the keys of the scene, and handles no message
	variant studio.Variant
	term    studio.Terminal
	aside   []byte // to be sent as it is
	anew    bool   // the terminal may show anything
	sync    bool   // it can be told to show a whole update at once
}

// shown is what is sent around the frames: to take the terminal over, and to
// give it back as it was.
const (
	takeOver = ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		ansi.EraseEntireScreen + ansi.CursorHomePosition
	mouseOn  = ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	mouseOff = ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseExtSgr
	giveBack = ansi.ResetModeSynchronizedOutput + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
		ansi.ResetModeBracketedPaste + ansi.ResetStyle + ansi.EraseEntireScreen + ansi.SetModeTextCursorEnable + ansi.ResetModeAltScreenSaveCursor
)

// A pen rests for so many times the time that it has drawn, but not longer than
// that: one viewer never keeps more than a fraction of a core busy.
const (
	dear        = 4
	longestRest = time.Second
)

// leave leaves the newest scene.
func (p *pen) leave(scene ui.Scene) {
	p.mu.Lock()
	same := p.scene == scene
	p.scene = scene
	p.mu.Unlock()
	if !same {
		p.rouse()
	}
}

// change changes something about the terminal.
func (p *pen) change(how func(*pen)) {
	p.mu.Lock()
	how(p)
	p.mu.Unlock()
	p.rouse()
}

// Write sends what the program writes by itself: the bell, a question to the
// terminal. It never blocks; what is too much is left out.
func (p *pen) Write(b []byte) (int, error) {
	const most = 4 << 10
	p.change(func(p *pen) {
		if len(p.aside)+len(b) <= most {
			p.aside = append(p.aside, b...)
		}
	})
	return len(b), nil
}

func (p *pen) rouse() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// run draws until ctx ends or the terminal is gone. Only it writes.
func (p *pen) run(ctx context.Context) error {
	if err := p.send([]byte(takeOver)); err != nil {
		return err
	}
	var shown *studio.Frame
	rest := time.NewTimer(0)
	defer rest.Stop()
	for {
		select {
		case <-p.wake:
		case <-ctx.Done():
			return nil
		}
		select { // the last frame has stood for long enough
		case <-rest.C:
		case <-ctx.Done():
			return nil
		}
		began := time.Now()
		update, frame := p.next(shown)
		// A screen that is dear is drawn less often, whatever its viewer does.
		rest.Reset(max(p.pause, min(dear*time.Since(began), longestRest)))
		if err := p.send(update); err != nil {
			return err
		}
		shown = frame
	}
}

// next is what there is to send to a terminal that shows a frame, and the frame
// that it shows then.
func (p *pen) next(shown *studio.Frame) ([]byte, *studio.Frame) {
	p.mu.Lock()
	scene, model, variant, term, together, aside := p.scene, p.model, p.variant, p.term, p.sync, p.aside
	p.aside = nil
	if p.anew {
		p.anew, shown = false, nil
	}
	p.mu.Unlock()
	if scene.Size.W <= 0 || scene.Size.H <= 0 {
		return aside, shown
	}
	frame := p.studio.Frame(model, scene, variant)
	update := p.studio.Update(shown, frame, term)
	switch {
	case len(update) == 0:
		return aside, frame
	case together:
		aside = append(aside, ansi.SetModeSynchronizedOutput...)
		return append(append(aside, update...), ansi.ResetModeSynchronizedOutput...), frame
	case len(aside) == 0:
		return update, frame
	}
	return append(aside, update...), frame
}

func (p *pen) send(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := p.session.out.Write(b)
	m := p.session.conn.server.metrics
	m.frames.Inc()
	m.bytes.Add(float64(len(b)))
	return err
}
