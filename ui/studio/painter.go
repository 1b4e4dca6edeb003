package studio

import (
	"bytes"
	"maps"
	"slices"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// painter knows what one terminal shows, and what to send it next. It stands
// for every terminal of that kind that shows the same.
type painter struct {
	out  bytes.Buffer
	term *uv.TerminalRenderer
	used time.Time
}

func newPainter(t Terminal) *painter {
	p := new(painter)
	p.term = uv.NewTerminalRenderer(&p.out, []string{"TERM=" + t.Type})
	p.term.SetColorProfile(t.Profile)
	p.term.SetFullscreen(true)
	p.term.SetRelativeCursor(false)
	p.term.Erase() // a terminal that is new may show anything
	return p
}

// paint is what brings the terminal to show a frame. from is what it shows, or
// nil where that may be anything. Painters share canvases, since each keeps what
// its own terminal shows.
func (p *painter) paint(from, to *Frame, on *canvas) []byte {
	p.out.Reset()
	on.fit(to.Size)
	few := false
	if from != nil {
		var changed int
		if changed, few = on.changes(from, to); few && changed == 0 {
			return nil
		}
	}
	if !few {
		on.whole(to)
	}
	p.term.SetScrollOptim(!few) // it would look at all rows
	p.term.Render(on.screen.RenderBuffer)
	p.term.MoveTo(0, 0)
	_ = p.term.Flush() // into a buffer, which takes everything
	update := bytes.Clone(p.out.Bytes())
	if p.out.Cap() > largeUpdate {
		p.out = bytes.Buffer{}
	}
	return update
}

// largeUpdate is more than the updates that follow a first one have.
const largeUpdate = 4 << 10

// painters keeps the painters by what their terminals show, one for each place.
type painters struct {
	budget int       // cells
	spare  sync.Pool // of *canvas

	mu    sync.Mutex
	idle  map[place]*painter
	cells int // of those that are idle
	swept time.Time
}

// place is where a painter stands.
type place struct {
	frame *Frame
	term  Terminal
}

// keepPainters is how long a painter waits for the next frame: a market that
// is closed has few.
const keepPainters = time.Minute

func newPainters(budget int) *painters {
	return &painters{budget: budget, idle: make(map[place]*painter)}
}

// update is what brings a terminal from one frame to the next. The painter that
// worked it out stays with those who have taken it.
func (s *painters) update(from, to *Frame, t Terminal) []byte {
	p := s.take(place{from, t})
	on, ok := s.spare.Get().(*canvas)
	if !ok {
		on = new(canvas)
	}
	if p == nil {
		p = newPainter(t)
		if from != nil {
			p.paint(nil, from, on)
		}
	}
	update := p.paint(from, to, on)
	s.put(place{to, t}, p)
	s.spare.Put(on)
	return update
}

// take is the painter that stands there; nil where there is none.
func (s *painters) take(at place) *painter {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.idle[at]
	if p != nil {
		s.remove(at)
	}
	return p
}

// put keeps a painter. Where there are too many, those go that have waited
// longest; they can be made again.
func (s *painters) put(at place, p *painter) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.idle[at] == nil {
		s.cells += at.frame.Size.W * at.frame.Size.H
	}
	p.used = now
	s.idle[at] = p
	if now.Sub(s.swept) > keepPainters/4 || s.cells > s.budget {
		s.swept = now
		s.sweep(now)
	}
}

func (s *painters) sweep(now time.Time) {
	byAge := slices.SortedFunc(maps.Keys(s.idle), func(a, b place) int { return s.idle[a].used.Compare(s.idle[b].used) })
	for _, at := range byAge {
		if s.cells <= s.budget && now.Sub(s.idle[at].used) < keepPainters {
			return
		}
		s.remove(at)
	}
}

func (s *painters) remove(at place) {
	s.cells -= at.frame.Size.W * at.frame.Size.H
	delete(s.idle, at)
}

func (s *painters) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.idle)
	s.cells = 0
}

func (s *painters) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.idle)
}
