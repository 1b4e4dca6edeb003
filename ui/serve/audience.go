package serve

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"gyre/feed/replay"
	"gyre/ui"
)

// audience is everybody who watches: they are told when somebody steers the
// replay that all of them see, and when the configuration is another one.
type audience struct {
	mu   sync.Mutex
	now  edition
	here map[*tea.Program]*seat
}

// seat is one of them.
type seat struct {
	mu      sync.Mutex
	telling bool // one word is on its way, and stands for all that come meanwhile
}

// join takes a program in, and tells which configuration is in force; leave lets
// it go.
func (a *audience) join(p *tea.Program) (now edition, leave func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.here == nil {
		a.here = make(map[*tea.Program]*seat)
	}
	a.here[p] = new(seat)
	return a.now, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.here, p)
	}
}

// steered tells everybody. It does not wait for them.
func (a *audience) steered() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for p, s := range a.here {
		s.mu.Lock()
		if !s.telling {
			s.telling = true
			go s.tell(p)
		}
		s.mu.Unlock()
	}
}

func (s *seat) tell(p *tea.Program) {
	s.mu.Lock()
	s.telling = false
	s.mu.Unlock()
	p.Send(ui.Steered{})
}

// spectator is a replay that somebody watches and cannot steer.
type spectator struct{ of ui.Player }

func (spectator) Pause()                  {}
func (spectator) Play()                   {}
func (spectator) SetSpeed(replay.Speed)   {}
func (spectator) StepMinutes(int)         {}
func (spectator) StepSessions(int)        {}
func (spectator) Seek(time.Time)          {}
func (s spectator) Status() replay.Status { return s.of.Status() }

// steering is a replay that somebody steers for all.
type steering struct {
	ui.Player
	tell func()
}

func (s *steering) Pause()                      { s.Player.Pause(); s.tell() }
func (s *steering) Play()                       { s.Player.Play(); s.tell() }
func (s *steering) SetSpeed(speed replay.Speed) { s.Player.SetSpeed(speed); s.tell() }
func (s *steering) StepMinutes(n int)           { s.Player.StepMinutes(n); s.tell() }
func (s *steering) StepSessions(n int)          { s.Player.StepSessions(n); s.tell() }
func (s *steering) Seek(t time.Time)            { s.Player.Seek(t); s.tell() }
