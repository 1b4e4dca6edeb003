package panel

// Top is the row that stands at the top of a list that begins at row start and
// is scrolled down by scroll rows. Neither end leaves rows of the screen empty
// that the list could fill.
func (e Extent) Top(start, scroll int) int {
	last := max(e.Rows-max(e.Height, 1), 0)
	// Each is bounded by the rows first, so that no sum overflows.
	start = min(max(start, 0), last)
	return min(max(start+min(max(scroll, -e.Rows), e.Rows), 0), last)
}

// Scroll is a list's scroll after it has been moved down by rows, no further
// than there is something to see.
func (e Extent) Scroll(start, scroll, by int) int {
	begin := e.Top(start, 0)
	return e.Top(start, e.Top(start, scroll)-begin+min(max(by, -e.Rows), e.Rows)) - begin
}
