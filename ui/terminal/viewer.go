package terminal

import (
	"cmp"
	"context"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"gyre/ui"
	"gyre/ui/studio"
)

// viewer is the Bubble Tea model of the dashboard.
type viewer struct {
	*studio.Desk

	tty *tty
	end context.CancelCauseFunc // of the program and all beside it
}

// Frames a second, unless somebody wishes otherwise.
const usualRate = 60

// cells is how many the painters of one viewer keep: two of a large screen.
const cells = 100_000

// patience is how long a terminal has to take what is sent to it last: one that
// is stopped takes nothing.
const patience = time.Second

// show shows the dashboard until the program has ended.
func show(ctx context.Context, end context.CancelCauseFunc, o ui.Options, t Terminal, on *tty) (*ui.App, error) {
	profile := colorprofile.Detect(t.Out, t.Env)
	kind := studio.Terminal{Profile: profile, Type: on.env("TERM")}
	v := &viewer{tty: on, end: end}
	v.Desk = &studio.Desk{
		App: ui.New(ctx, o), Broke: v.broke,
		Pen: studio.NewPen(studio.New(cells), t.Out, kind, studio.Pace{Rate: cmp.Or(o.FrameRate, usualRate)}),
	}
	size := on.size()
	program := tea.NewProgram(v, append(v.Settings(),
		tea.WithInput(t.In), tea.WithEnvironment(t.Env), tea.WithColorProfile(profile),
		tea.WithWindowSize(size.W, size.H), tea.WithFilter(v.filter))...)
	defer context.AfterFunc(ctx, program.Quit)() // a program that is killed leaves its reader of keys behind
	defer followSize(func() { program.Send(v.resized()) })()
	drawing, still := context.WithCancel(ctx)
	drawn := make(chan struct{})
	go func() {
		defer close(drawn)
		v.draw(drawing)
	}()
	_, err := program.Run()
	still()
	gone := time.NewTimer(patience)
	defer gone.Stop()
	select {
	case <-drawn:
	case <-gone.C:
	}
	return v.App, err //nolint:wrapcheck // where it is told what failed
}

// draw lets the pen draw until ctx ends, and give the terminal back.
func (v *viewer) draw(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			v.broke(r)
		}
		_ = v.Pen.GiveBack() // to a terminal that is gone nothing can be given
	}()
	if err := v.Pen.Run(ctx); err != nil {
		v.end(err)
	}
}

// broke notes a panic and ends the program.
func (v *viewer) broke(what any) { v.end(&BreakdownError{What: what, Stack: debug.Stack()}) }

// resized tells the size as it is now.
func (v *viewer) resized() tea.Msg {
	size := v.tty.size()
	return tea.WindowSizeMsg{Width: size.W, Height: size.H}
}

// filter gives the terminal back before the program is suspended. A signal to
// interrupt it ends it as a key does.
func (v *viewer) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.InterruptMsg); ok {
		return tea.Quit()
	}
	if msg == tea.Suspend() {
		if !suspends {
			return nil
		}
		v.Pen.Lay()
		v.tty.cooked()
	}
	return v.Filter(msg)
}

// Update handles a message. A program that is resumed has the terminal again,
// which may be of another size.
func (v *viewer) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.ResumeMsg); ok {
		if err := v.tty.raw(); err != nil {
			v.end(err)
			return v, nil
		}
		v.Pen.Take()
		msg = v.resized()
	}
	return v, v.Handle(msg)
}
