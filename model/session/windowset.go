package session

// WindowSet is a set of windows, which can be compared and be part of a key.
// The zero WindowSet is empty.
type WindowSet uint8

// WindowSetOf is the set of the given windows. Those that are none are left out.
func WindowSetOf(windows ...Window) WindowSet {
	var s WindowSet
	for _, w := range windows {
		if w < WindowCount {
			s |= 1 << w
		}
	}
	return s
}

// Has tells whether w is in the set.
func (s WindowSet) Has(w Window) bool { return w < WindowCount && s&(1<<w) != 0 }
