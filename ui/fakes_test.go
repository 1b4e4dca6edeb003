package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
)

var errSource = errors.New("the source broke")

// source hands out the snapshots that a test puts into it.
type source struct {
	snaps chan *model.Snapshot // closed: the source breaks
	mu    sync.Mutex
	asked []model.Query
}

func newSource(snaps ...*model.Snapshot) *source {
	s := &source{snaps: make(chan *model.Snapshot, 64)}
	for _, snap := range snaps {
		s.snaps <- snap
	}
	return s
}

func (s *source) Next(ctx context.Context) (*model.Snapshot, error) {
	select {
	case snap, ok := <-s.snaps:
		if !ok {
			return nil, errSource
		}
		return snap, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *source) Ask(q model.Query) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
}

func (s *source) queries() []model.Query {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// player notes what it is told, and does it.
type player struct {
	mu     sync.Mutex
	told   []string
	status replay.Status
}

func newPlayer() *player {
	monday, friday := session.NewDate(2025, time.March, 24), session.NewDate(2025, time.March, 28)
	return &player{status: replay.Status{
		From: monday.At(9, 0), To: friday.At(16, 0), Now: friday.At(12, 0), Playing: true, Speed: 60,
	}}
}

func (p *player) note(text string, do func(*replay.Status)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, text)
	do(&p.status)
}

func (p *player) Pause() { p.note("pause", func(s *replay.Status) { s.Playing = false }) }
func (p *player) Play()  { p.note("play", func(s *replay.Status) { s.Playing = true }) }

func (p *player) SetSpeed(speed replay.Speed) {
	p.note(fmt.Sprint("speed ", int(speed)), func(s *replay.Status) { s.Speed = speed })
}

func (p *player) StepMinutes(n int) {
	p.note(fmt.Sprint("minutes ", n), func(s *replay.Status) { s.Playing = false })
}

func (p *player) StepSessions(n int) {
	p.note(fmt.Sprint("sessions ", n), func(s *replay.Status) { s.Playing = false })
}

func (p *player) Seek(t time.Time) {
	p.note("seek "+t.In(session.Zone()).Format("2006-01-02 15:04"), func(s *replay.Status) { s.Now = t })
}

func (p *player) Status() replay.Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

func (p *player) orders() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.told)
}

// press is the message of a key by its name in the key map.
func press(name string) tea.KeyPressMsg {
	special := map[string]tea.KeyPressMsg{
		"tab":         {Code: tea.KeyTab},
		"shift+tab":   {Code: tea.KeyTab, Mod: tea.ModShift},
		"left":        {Code: tea.KeyLeft},
		"right":       {Code: tea.KeyRight},
		"shift+left":  {Code: tea.KeyLeft, Mod: tea.ModShift},
		"shift+right": {Code: tea.KeyRight, Mod: tea.ModShift},
		"up":          {Code: tea.KeyUp},
		"down":        {Code: tea.KeyDown},
		"pgup":        {Code: tea.KeyPgUp},
		"pgdown":      {Code: tea.KeyPgDown},
		"ctrl+home":   {Code: tea.KeyHome, Mod: tea.ModCtrl},
		"ctrl+end":    {Code: tea.KeyEnd, Mod: tea.ModCtrl},
		"home":        {Code: tea.KeyHome},
		"end":         {Code: tea.KeyEnd},
		"esc":         {Code: tea.KeyEscape},
		"enter":       {Code: tea.KeyEnter},
		"backspace":   {Code: tea.KeyBackspace},
		"space":       {Code: tea.KeySpace, Text: " "},
		"f1":          {Code: tea.KeyF1},
		"f2":          {Code: tea.KeyF2},
		"ctrl+c":      {Code: 'c', Mod: tea.ModCtrl},
		"ctrl+z":      {Code: 'z', Mod: tea.ModCtrl},
		"alt+q":       {Code: 'q', Mod: tea.ModAlt},
	}
	if msg, ok := special[name]; ok {
		return msg
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// send gives the app a message and carries out what it wants done until it
// wants nothing more. The wait for a snapshot is left alone: it would not end.
func send(a *App, msg tea.Msg) (quit bool) {
	_, cmd := a.Update(msg)
	if cmd == nil {
		return false
	}
	switch msg.(type) {
	case snapshotMsg, unmarkMsg:
		return false
	}
	switch next := cmd().(type) {
	case nil:
		return false
	case tea.QuitMsg:
		return true
	default:
		return send(a, next)
	}
}

// typed sends keys one after the other.
func typed(a *App, names ...string) {
	for _, name := range names {
		send(a, press(name))
	}
}

// replayed is an app that steers a replay, on a screen of 120 by 40.
func replayed(snap *model.Snapshot) (*App, *source, *player) {
	src, play := newSource(), newPlayer()
	a := New(context.Background(), Options{
		Source: src, Player: play, Window: session.Week, Calendar: session.New(), Notice: "Welcome.",
	})
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40})
	if snap != nil {
		send(a, snapshotMsg{snap: snap})
	}
	return a, src, play
}

// playing is a state as it is in the middle of a replay.
func playing() panel.State {
	p := newPlayer()
	return panel.State{Window: session.Week, Playback: playbackOf(p, session.New())}
}
