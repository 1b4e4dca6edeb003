package studio

import (
	"bytes"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"gyre/ui"
)

// painter works out what to send to terminals of one kind where a whole screen
// matters: first of all, and where rows have moved. It remembers nothing of them,
// but learns what a terminal shows before each update: to keep that for every
// terminal would take half a megabyte each.
type painter struct {
	kind   Terminal
	out    bytes.Buffer
	term   *uv.TerminalRenderer
	canvas canvas
	cells  int // of the largest screen so far
	used   time.Time
}

func newPainter(t Terminal) *painter {
	p := &painter{kind: t}
	p.term = uv.NewTerminalRenderer(&p.out, []string{"TERM=" + t.Type})
	p.term.SetColorProfile(t.Profile)
	p.term.SetFullscreen(true)
	p.term.SetRelativeCursor(false)
	return p
}

// paint is what brings the terminal to show a frame. from is what it shows, or
// nil where that may be anything.
func (p *painter) paint(from, to *Frame) []byte {
	p.canvas.fit(to.Size)
	p.cells = max(p.cells, to.Size.W*to.Size.H)
	if from == nil {
		p.term.Erase()
	} else {
		p.canvas.whole(from)
		_ = p.render(false) // the terminal shows it already
	}
	p.canvas.whole(to)
	return p.render(from != nil)
}

// render is what brings the terminal from what was on the canvas to what is, by
// way of scrolling where that is shorter.
func (p *painter) render(scroll bool) []byte {
	p.out.Reset()
	p.term.SetScrollOptim(scroll)
	p.term.Render(p.canvas.screen.RenderBuffer)
	p.term.MoveTo(0, 0)
	_ = p.term.Flush() // into a buffer, which takes everything
	return p.out.Bytes()
}

// painters keeps those painters that nobody needs at the moment. There are never
// more at work than processors that they could work on, and so never many.
type painters struct {
	budget  int           // cells
	places  chan struct{} // holds a token for each that is at work
	menders sync.Pool

	mu    sync.Mutex
	idle  []*painter // the one that was used last at the end
	cells int        // of those that are idle
}

// mostPlaces is how many painters work at a time at most, on large machines.
const mostPlaces = 8

// keepPainters is how long a painter waits for work: a market that is closed
// has little.
const keepPainters = time.Minute

func newPainters(budget int) *painters {
	return &painters{budget: budget, places: make(chan struct{}, min(runtime.GOMAXPROCS(0), mostPlaces))}
}

// update is what brings a terminal from one frame to the next.
func (s *painters) update(from, to *Frame, t Terminal) []byte {
	if from != nil {
		if changed, ok := changes(from, to); ok {
			return s.mend(changed, to.Size, t.Profile)
		}
	}
	return s.paint(from, to, t)
}

func (s *painters) mend(changed []change, size ui.Size, profile colorprofile.Profile) []byte {
	m, ok := s.menders.Get().(*mender)
	if !ok {
		m = new(mender)
	}
	update := m.mend(changed, size, profile)
	s.menders.Put(m)
	return update
}

func (s *painters) paint(from, to *Frame, t Terminal) []byte {
	s.places <- struct{}{}
	defer func() { <-s.places }()
	p := s.take(t)
	update := bytes.Clone(p.paint(from, to))
	s.put(p)
	return update
}

// take is a painter for such a terminal.
func (s *painters) take(t Terminal) *painter {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, p := range slices.Backward(s.idle) {
		if p.kind == t {
			s.idle = slices.Delete(s.idle, i, i+1)
			s.cells -= p.cells
			return p
		}
	}
	return newPainter(t)
}

// put keeps a painter. Those go that have waited too long, and where there are too
// many those that have waited longest; they can be made again.
func (s *painters) put(p *painter) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	p.used = now
	s.idle = append(s.idle, p)
	s.cells += p.cells
	for len(s.idle) > 0 && (s.cells > s.budget || now.Sub(s.idle[0].used) > keepPainters) {
		s.cells -= s.idle[0].cells
		s.idle = slices.Delete(s.idle, 0, 1)
	}
}

func (s *painters) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle, s.cells = nil, 0
}

func (s *painters) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.idle)
}
