package panel

import "gyre/ui/draw"

// Inner is the room for a panel's body in w by h cells.
func (in Input) Inner(w, h int) (innerWidth, innerHeight int) {
	if in.Bare {
		return max(w, 0), max(h, 0)
	}
	return draw.Inner(w, h)
}

// Box puts a panel's body into exactly w by h cells, in its frame where it has
// one.
func (in Input) Box(frame draw.Frame, body draw.Block, w, h int) draw.Block {
	if in.Bare {
		return draw.Pad(in.Theme, body, w, h)
	}
	return draw.Box(in.Theme, frame, body, w, h)
}
