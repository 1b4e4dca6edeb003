package studio

import (
	"sync"

	"gyre/ui"
)

// stage is a ui.Stage that many goroutines draw on, one after the other.
type stage struct {
	mu sync.Mutex
	*ui.Stage

	cost int // bytes, more or less
}

// cellCost is what a stage takes for a cell, in bytes, as measured.
const cellCost = 3

func newStage(props *ui.Props, size ui.Size) *stage {
	return &stage{Stage: props.Stage(), cost: cellCost * size.W * size.H}
}

func (s *stage) draw(scene ui.Scene) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Draw(scene)
}
