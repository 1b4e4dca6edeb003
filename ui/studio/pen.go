package studio

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
)

// Pen draws a viewer's newest scene on their terminal. A program leaves the
// scenes and never waits; scenes that come faster than the pen may draw, or the
// terminal takes, are left out. It is safe for concurrent use.
type Pen struct {
	studio *Studio
	out    io.Writer
	pace   Pace

	wake chan struct{} // holds one token: there is something to do
	turn chan struct{} // holds one token: nobody writes
	away bool          // laid aside; of whoever has the turn

	mu    sync.Mutex
	scene ui.Scene
	props *ui.Props
	term  Terminal
	mouse bool
	aside []byte // to be sent as it is
	anew  bool   // the terminal may show anything
	sync  bool   // it can be told to show a whole update at once
}

// Pace is how often a pen draws.
type Pace struct {
	Rate int // frames a second at most, 1 or more
	// Of many pens none may keep the machine busy: it rests for so many times the
	// time that a frame took, but not longer than a second.
	Dear int
}

// rest is how long a pen rests after a frame that took so long.
func (p Pace) rest(took time.Duration) time.Duration {
	return max(time.Second/time.Duration(p.Rate), min(time.Duration(p.Dear)*took, time.Second))
}

// NewPen makes a pen for a terminal.
func NewPen(s *Studio, out io.Writer, t Terminal, pace Pace) *Pen {
	p := &Pen{
		studio: s, out: out, pace: pace, term: t,
		wake: make(chan struct{}, 1), turn: make(chan struct{}, 1),
	}
	p.turn <- struct{}{}
	return p
}

// What is sent around the frames: to take the terminal over, and to give it back
// as it was.
const (
	takeOver = ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		ansi.EraseEntireScreen + ansi.CursorHomePosition
	mouseOn  = ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	mouseOff = ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseExtSgr
	giveBack = ansi.ResetModeSynchronizedOutput + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
		ansi.ResetModeBracketedPaste + ansi.ResetStyle + ansi.EraseEntireScreen + ansi.SetModeTextCursorEnable + ansi.ResetModeAltScreenSaveCursor
)

// Leave leaves the newest scene, to be drawn with props, and tells whether the
// viewer's mouse does something.
func (p *Pen) Leave(props *ui.Props, scene ui.Scene, mouse bool) {
	p.mu.Lock()
	same := p.scene == scene && p.props == props && p.mouse == mouse
	p.scene, p.props = scene, props
	if p.mouse != mouse {
		p.mouse = mouse
		p.aside = append(p.aside, mouseMode(mouse)...)
	}
	p.mu.Unlock()
	if !same {
		p.rouse()
	}
}

func mouseMode(on bool) string {
	if on {
		return mouseOn
	}
	return mouseOff
}

// Hear takes over what a program is told about the terminal.
func (p *Pen) Hear(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.change(func() { p.anew = true })
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeSynchronizedOutput && msg.Value == ansi.ModeReset {
			p.change(func() { p.sync = true })
		}
	case tea.CapabilityMsg:
		if name, _, _ := strings.Cut(msg.Content, "="); name == "RGB" || name == "Tc" {
			p.change(func() { p.term.Profile, p.anew = colorprofile.TrueColor, true })
		}
	}
}

// change changes something about the terminal.
func (p *Pen) change(how func()) {
	p.mu.Lock()
	how()
	p.mu.Unlock()
	p.rouse()
}

// Write sends what a program writes by itself: the bell, a question to the
// terminal. It never blocks; what is too much is left out.
func (p *Pen) Write(b []byte) (int, error) {
	const most = 4 << 10
	p.change(func() {
		if len(p.aside)+len(b) <= most {
			p.aside = append(p.aside, b...)
		}
	})
	return len(b), nil
}

func (p *Pen) rouse() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Run takes the terminal over, asks it what it can do, and draws until ctx ends
// or the terminal is gone. Whatever does not know the questions ignores them.
func (p *Pen) Run(ctx context.Context) error {
	p.mu.Lock()
	begin := takeOver + questions(p.term)
	p.mu.Unlock()
	if err := p.send([]byte(begin)); err != nil {
		return err
	}
	var shown *Frame
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
		select {
		case <-p.turn:
		case <-ctx.Done():
			return nil
		}
		began := time.Now()
		update, frame := p.next(shown)
		rest.Reset(p.pace.rest(time.Since(began)))
		err := p.send(update)
		p.turn <- struct{}{}
		if err != nil {
			return err
		}
		shown = frame
	}
}

// questions ask a terminal what it can do.
func questions(t Terminal) string {
	ask := ansi.RequestModeSynchronizedOutput
	switch {
	case t.Type == "linux":
		return "" // its console would print the answers' envelopes
	case t.Profile == colorprofile.ANSI256:
		ask += ansi.RequestTermcap("RGB", "Tc")
	}
	return ask
}

// GiveBack gives the terminal back as it was, after Run has ended.
func (p *Pen) GiveBack() error {
	if p.away {
		return nil
	}
	return p.send([]byte(giveBack))
}

// Lay lays the pen aside while Run goes on: the terminal is as it was, and
// nothing is drawn until Take. It waits for an update that is being sent.
func (p *Pen) Lay() {
	<-p.turn
	_ = p.GiveBack() // Run finds out, too
	p.away = true
}

// Take takes the pen up again where it was laid aside, and the terminal over.
func (p *Pen) Take() {
	if !p.away {
		return
	}
	p.away = false
	p.mu.Lock()
	p.anew = true
	begin := takeOver
	if p.mouse {
		begin += mouseOn
	}
	p.mu.Unlock()
	_ = p.send([]byte(begin))
	p.turn <- struct{}{}
	p.rouse()
}

// next is what there is to send to a terminal that shows a frame, and the frame
// that it shows then.
func (p *Pen) next(shown *Frame) ([]byte, *Frame) {
	p.mu.Lock()
	scene, props, term, together, aside := p.scene, p.props, p.term, p.sync, p.aside
	p.aside = nil
	if p.anew {
		p.anew, shown = false, nil
	}
	p.mu.Unlock()
	if scene.Size.W <= 0 || scene.Size.H <= 0 {
		return aside, shown
	}
	frame := p.studio.Frame(props, scene)
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

func (p *Pen) send(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := p.out.Write(b)
	return err //nolint:wrapcheck // who made the pen knows what it writes to
}
