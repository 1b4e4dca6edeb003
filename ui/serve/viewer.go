package serve

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"gyre/ui"
	"gyre/ui/serve/gate"
	"gyre/ui/studio"
)

// viewer is the Bubble Tea model of one session. A panic in it ends the session
// and nothing else.
type viewer struct {
	*studio.Desk

	session *session
	env     []string
	still   func() // stops the program's clock, once it has begun

	// Of the program's goroutine.
	options ui.Options // in force
	cast    cast
}

// dear is how many times as long as a frame took a viewer waits for the next
// one: none keeps more than a fraction of a core busy, whatever they do.
const dear = 4

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
	v := &viewer{session: s, options: o, env: env, cast: cast{steers, profile <= colorprofile.ASCII, now.number}}
	v.Desk = &studio.Desk{
		App: app, Props: func() *ui.Props { return s.conn.server.propsOf(v.cast, app) }, Broke: s.broke,
		Pen: studio.NewPen(s.conn.server.studio, counting{s}, studio.Terminal{Profile: profile, Type: s.env.term}, studio.Pace{Rate: s.limits.Frames, Dear: dear}),
	}
	s.play(waiting, v, env, profile)
	stop()
	_ = v.Pen.GiveBack()
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
	program := tea.NewProgram(v, append(v.Settings(),
		tea.WithContext(ctx), tea.WithInput(nil), tea.WithEnvironment(env), tea.WithColorProfile(profile),
		tea.WithWindowSize(size.W, size.H), tea.WithoutSignalHandler(), tea.WithFilter(v.filter))...)
	v.still = func() { s.conn.server.work.Go(func() { _ = program.ReleaseTerminal() }) }
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
		if err := v.Pen.Run(drawing); err != nil {
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

// filter keeps from the program what would reach beyond its session.
func (v *viewer) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if msg == tea.Suspend() {
		return nil // it would stop the whole server
	}
	return v.Filter(msg)
}

// Init starts the dashboard, and stops the clock by which the program would look
// for something to write: the pen does. Of hundreds of viewers it would wake the
// machine hundreds of times a second for nothing.
func (v *viewer) Init() tea.Cmd {
	v.still()
	return v.Desk.Init()
}

// Update handles a message.
func (v *viewer) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if e, ok := msg.(edition); ok {
		if e.number <= v.cast.edition {
			return v, nil
		}
		msg = ui.Changed(v.adopt(e))
	}
	return v, v.Handle(msg)
}

// counting writes updates to a session, and counts them.
type counting struct{ *session }

func (c counting) Write(b []byte) (int, error) {
	n, err := c.out.Write(b)
	m := c.conn.server.metrics
	m.frames.Inc()
	m.bytes.Add(float64(n))
	return n, err //nolint:wrapcheck // a writer around a writer
}
