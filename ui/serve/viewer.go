package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
	"gyre/ui/serve/gate"
	"gyre/ui/serve/studio"
)

// viewer is the Bubble Tea model of one session: the dashboard, whose scenes go
// to the pen. A panic in it ends the session and nothing else.
type viewer struct {
	session *session
	app     *ui.App
	pen     *pen
	env     []string

	// Of the program's goroutine.
	options ui.Options // in force
	variant studio.Variant
}

// ticks is how often Bubble Tea looks for something to write by itself, a
// second. The frames do not wait for it.
const ticks = 1

// shell is the dashboard, for a client with a terminal that can be drawn on.
func (s *session) shell() task {
	if !s.window.isOpen || s.env.term == "dumb" {
		return func() (uint32, string) {
			return 1, "the dashboard needs a terminal; connect with ssh -t, or ask for status or snapshot --format json"
		}
	}
	env := s.env.list()
	return func() (uint32, string) { return s.watch(env) }
}

// watch shows the dashboard until the viewer leaves.
func (s *session) watch(env []string) (status uint32, says string) {
	show, err := s.conn.server.Open(s.ctx, s.conn.who)
	if err != nil {
		s.conn.log.Error("opening", "error", cleaned(err.Error()))
		return 1, "the dashboard cannot be shown; the server's log tells why"
	}
	if show.Close != nil {
		defer show.Close()
	}
	now := s.conn.server.audience.newest()
	show.Options = now.of(show.Options)
	o, steers := s.conn.server.allow(show, s.conn.who)
	o, env = o.InTerminal(env)
	profile := colorprofile.Env(env)
	waiting, stop := context.WithCancel(s.ctx)
	defer stop()
	app := ui.New(waiting, o)
	variant := studio.Variant{Steers: steers, Plain: profile <= colorprofile.ASCII, Edition: now.number}
	v := &viewer{session: s, app: app, options: o, env: env, variant: variant, pen: &pen{
		studio: s.conn.server.studio, session: s, wake: make(chan struct{}, 1),
		pause: time.Second / time.Duration(s.limits.Frames),
		model: s.conn.server.model(variant, o), variant: variant,
		term: studio.Terminal{Profile: profile, Type: s.env.term},
	}}
	_, _ = v.pen.Write([]byte(v.greeting(profile)))
	s.play(waiting, v, env, profile)
	stop()
	_, _ = io.WriteString(s.out, giveBack)
	why := s.why(app)
	s.conn.server.metrics.ends.WithLabelValues(why.label).Inc()
	if why != errQuit {
		s.conn.log.Info("session ended", "reason", why.label)
		return 1, why.says
	}
	return 0, ""
}

// why is why the dashboard has ended. Where the whole server stops its feed may
// have done so first.
func (s *session) why(app *ui.App) *cause {
	switch {
	case s.conn.server.asked.Err() != nil:
		return errStopping
	case s.ctx.Err() != nil:
		return causeOf(s.ctx)
	case app.Err() != nil:
		s.conn.log.Error("feed", "error", cleaned(app.Err().Error()))
		return errSource
	}
	return errQuit
}

// play runs the program and the pen until both have ended.
func (s *session) play(ctx context.Context, v *viewer, env []string, profile colorprofile.Profile) {
	size := s.window.now()
	program := tea.NewProgram(v,
		tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(v.pen), tea.WithEnvironment(env), tea.WithColorProfile(profile),
		tea.WithWindowSize(size.W, size.H), tea.WithoutSignalHandler(), tea.WithoutRenderer(), tea.WithFPS(ticks), tea.WithFilter(v.filter))
	s.window.start(size, func(size ui.Size) {
		defer s.rescue()
		program.Send(tea.WindowSizeMsg{Width: size.W, Height: size.H})
	})
	newer, quit := s.conn.server.audience.join(program)
	defer quit()
	go program.Send(newer) // it has come while the dashboard was opened, or is the same
	keys := newKeyboard(func(event uv.Event) { program.Send(event) }, s.broke)
	defer keys.stop()
	s.work.Go(func() { s.pump(keys) })
	drawing, still := context.WithCancel(ctx)
	drawn := make(chan struct{})
	s.work.Go(func() {
		defer close(drawn)
		defer s.rescue()
		if err := v.pen.run(drawing); err != nil {
			s.end(errLeft)
		}
	})
	_, err := program.Run()
	s.window.stop()
	if err != nil && s.ctx.Err() == nil && !errors.Is(err, tea.ErrInterrupted) {
		s.conn.log.Error("program", "error", cleaned(err.Error()))
		s.end(errPanic)
	}
	still()
	<-drawn
}

// allow is the options of a show without what a viewer may not do.
func (s *server) allow(show *Show, who gate.Identity) (o ui.Options, steers bool) {
	o = show.Options
	o.Export, o.Changes = nil, nil
	steers = o.Player != nil && (show.Private || who.Role == gate.Operator)
	o.Keys = allowed(o.Keys, o.Player != nil, steers)
	switch {
	case o.Player == nil:
	case !steers:
		o.Player = spectator{o.Player}
	case !show.Private:
		o.Player = &steering{Player: o.Player, tell: s.audience.steered}
	}
	return o, steers
}

// allowed is keys, nil for the default, without those that would do what a
// viewer may not.
func allowed(keys *ui.KeyMap, plays, steers bool) *ui.KeyMap {
	mine := ui.DefaultKeyMap(plays)
	if keys != nil {
		mine = *keys
	}
	mine.Suspend.SetEnabled(false)
	if plays && !steers {
		mine = mine.Watching()
	}
	return &mine
}

// greeting asks the terminal what it can do. Whatever does not know the
// questions ignores them.
func (v *viewer) greeting(profile colorprofile.Profile) string {
	var ask strings.Builder
	if v.app.Mouse() {
		ask.WriteString(mouseOn)
	}
	if v.pen.term.Type == "linux" {
		return ask.String() // its console would print the answers' envelopes
	}
	ask.WriteString(ansi.RequestModeSynchronizedOutput)
	if profile == colorprofile.ANSI256 {
		ask.WriteString(ansi.RequestTermcap("RGB", "Tc"))
	}
	return ask.String()
}

// filter keeps from the program what would reach beyond its session.
func (v *viewer) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if raw, ok := msg.(tea.RawMsg); ok {
		_, _ = v.pen.Write(fmt.Append(nil, raw.Msg)) // the bell
		return nil
	}
	switch msg {
	case tea.RequestBackgroundColor():
		_, _ = v.pen.Write([]byte(ansi.RequestBackgroundColor))
		return nil
	case tea.Suspend():
		return nil // it would stop the whole server
	}
	return msg
}

// Init starts the dashboard.
func (v *viewer) Init() tea.Cmd { return v.guard(v.app.Init()) }

// Update lets the dashboard handle a message, and leaves what is to be seen
// then with the pen.
func (v *viewer) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			v.session.broke(r)
			next, cmd = v, tea.Quit
		}
	}()
	switch msg := msg.(type) {
	case edition:
		if msg.number <= v.variant.Edition {
			return v, nil
		}
		return v, v.guard(v.reconfigure(msg))
	case tea.WindowSizeMsg:
		v.pen.change(func(p *pen) { p.anew = true })
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeSynchronizedOutput && msg.Value == ansi.ModeReset {
			v.pen.change(func(p *pen) { p.sync = true })
		}
	case tea.CapabilityMsg:
		if name, _, _ := strings.Cut(msg.Content, "="); name == "RGB" || name == "Tc" {
			v.pen.change(func(p *pen) { p.term.Profile, p.anew = colorprofile.TrueColor, true })
		}
	}
	_, cmd = v.app.Update(msg)
	v.pen.leave(v.app.Scene())
	return v, v.guard(cmd)
}

// reconfigure lets the dashboard take an edition over, and its screens come from
// that one from now on.
func (v *viewer) reconfigure(e edition) tea.Cmd {
	mouse := v.app.Mouse()
	_, cmd := v.app.Update(ui.Changed(v.adopt(e)))
	model := v.session.conn.server.model(v.variant, v.options)
	v.pen.change(func(p *pen) { p.scene, p.model, p.variant = v.app.Scene(), model, v.variant })
	switch {
	case v.app.Mouse() && !mouse:
		_, _ = v.pen.Write([]byte(mouseOn))
	case mouse && !v.app.Mouse():
		_, _ = v.pen.Write([]byte(mouseOff))
	}
	return cmd
}

// View is empty: the pen draws.
func (v *viewer) View() tea.View { return tea.View{} }

// guard keeps a command's panic to the session.
func (v *viewer) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				v.session.broke(r)
				msg = tea.Quit()
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = v.guard(batch[i])
			}
		}
		return msg
	}
}
