package studio

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
)

// ticks is how often Bubble Tea looks for something to write by itself, a
// second. What is drawn does not wait for it.
const ticks = 1

// Desk is a dashboard whose scenes go to a pen: what a Bubble Tea program's model
// does, whose renderer is switched off. A panic in it is told, and ends the
// program and nothing else.
type Desk struct {
	App   *ui.App
	Pen   *Pen
	Props func() *ui.Props // shared with other viewers; nil: the dashboard's own
	Broke func(any)        // told of a panic, in any goroutine
}

// Settings are those of a program whose model is a desk; the model's filter is
// Filter or calls it.
func (d *Desk) Settings() []tea.ProgramOption {
	return []tea.ProgramOption{tea.WithOutput(d.Pen), tea.WithoutRenderer(), tea.WithFPS(ticks)}
}

// Init starts the dashboard.
func (d *Desk) Init() tea.Cmd { return d.guard(d.App.Init()) }

// Handle lets the dashboard handle a message, and leaves what is to be seen then
// with the pen.
func (d *Desk) Handle(msg tea.Msg) (cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			d.Broke(r)
			cmd = tea.Quit
		}
	}()
	d.Pen.Hear(msg)
	_, cmd = d.App.Update(msg)
	props := d.App.Props
	if d.Props != nil {
		props = d.Props
	}
	d.Pen.Leave(props(), d.App.Scene(), d.App.Mouse())
	return d.guard(cmd)
}

// View is empty: the pen draws.
func (d *Desk) View() tea.View { return tea.View{} }

// Filter keeps from the program what the pen writes without waiting for the
// program's clock.
func (d *Desk) Filter(msg tea.Msg) tea.Msg {
	if raw, ok := msg.(tea.RawMsg); ok { // the bell, the clipboard
		_, _ = d.Pen.Write(fmt.Append(nil, raw.Msg))
		return nil
	}
	if msg == tea.RequestBackgroundColor() {
		_, _ = d.Pen.Write([]byte(ansi.RequestBackgroundColor))
		return nil
	}
	return msg
}

// guard keeps a command's panic to the program.
func (d *Desk) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				d.Broke(r)
				msg = tea.Quit()
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = d.guard(batch[i])
			}
		}
		return msg
	}
}
