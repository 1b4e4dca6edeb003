package studio

import (
	"sync"

	"gyre/ui"
)

// stage is a ui.Stage that many goroutines draw on, one after the other.
type stage struct {
	mu sync.Mutex
	*ui.Stage
}

func (s *stage) draw(scene ui.Scene) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Draw(scene)
}
