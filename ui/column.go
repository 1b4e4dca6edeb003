package ui

import "gyre/ui/panel"

// grant gives a part its height, if the rows last.
type grant struct {
	part part
	h    int
	all  bool // all of it or nothing
}

// grants is the order in which the rows of a narrow screen are given out: what
// a reader wants first comes first. A later grant raises an earlier one.
func grants() []grant {
	return []grant{
		{part: partVerdict, h: 1},
		{part: partIndex, h: 1},
		{part: partHeader, h: 1},
		{part: partIndex, h: 2},
		{part: partFooter, h: 1},
		{part: partVerdict, h: 2},
		{part: partCalendar, h: 1},
		{part: partQuality, h: 1},
		{part: partSize, h: 4, all: true},
		{part: partSize, h: 6},
		{part: partLeverage, h: 3, all: true},
		{part: partIndex, h: 3},
		{part: partIndex, h: 9, all: true}, // with a chart
		{part: partCalendar, h: 3},
		{part: partQuality, h: 2},
		{part: partSize, h: 12, all: true}, // with a chart
		{part: partCalendar, h: 8},
		{part: partIndex, h: 13},
		{part: partLeverage, h: 8},
		{part: partQuality, h: 4},
	}
}

// sequence is the narrow screen from top to bottom.
func sequence(panels panel.Panels) []part {
	return append([]part{partHeader, partVerdict}, parts(panels)...)
}

// column is the narrow arrangement: one part below the other.
func column(w, h int, state panel.State) []placed {
	heights := share(w, h, state)
	r := &rows{w: w, bottom: h}
	if heights[partFooter] > 0 {
		r.foot(state)
	}
	for _, p := range sequence(state.Panels) {
		if state.Help && p >= partIndex {
			break
		}
		r.take(p, heights[p], h >= framedColumn && p != partHeader && p != partVerdict)
	}
	if state.Help {
		r.take(partHelp, r.bottom-r.top, false)
	}
	return r.all
}

// share gives the rows out. What is left over makes the charts larger.
func share(w, h int, state panel.State) [partCount]int {
	const oneForHelp = 24 // rows, below which the help needs the verdict's second line
	var heights [partCount]int
	left := h
	if state.Prompt.Open && left > 0 {
		heights[partFooter], left = 1, left-1
	}
	frame := 0
	if h >= framedColumn {
		frame = 2
	}
	if h >= ownScrubber && state.Playback.Known {
		left--
	}
	closed := false
	for _, g := range grants() {
		more := g.rows(w, frame) - heights[g.part]
		missing := heights[g.part] == 0
		switch {
		case !g.wanted(state.Panels):
		case more <= 0 || missing && closed:
		case state.Help && g.part == partVerdict && h < oneForHelp && !missing:
		case g.all && more > left:
			// What matters less does not come in its place: it would have to
			// go again on a screen with a row more.
			closed = closed || missing
		default:
			more = min(more, left)
			heights[g.part] += more
			left -= more
		}
	}
	if first, second := growing(state.Panels, &heights); first != second {
		heights[first] += left / 2
		heights[second] += left - left/2
	} else if heights[first] > 0 {
		heights[first] += left
	}
	return heights
}

// growing is the two panels that share the rows left over: those with charts
// or, where they are not on the screen, the one that has rows.
func growing(panels panel.Panels, heights *[partCount]int) (first, second part) {
	index, size := heights[partIndex] > 0, heights[partSize] > 0
	switch {
	case index && size:
		return partIndex, partSize
	case index:
		return partIndex, partIndex
	case size:
		return partSize, partSize
	}
	for _, p := range parts(panels) {
		if heights[p] > 0 {
			return p, p
		}
	}
	return partIndex, partIndex
}

// wanted tells whether the part is on the screen at all.
func (g grant) wanted(panels panel.Panels) bool {
	return g.part < partIndex || g.part > partQuality || panels.Has(panel.Focus(g.part-partIndex))
}

// rows is the height that the grant is about, frame included.
func (g grant) rows(w, frame int) int {
	switch {
	case g.part == partVerdict && w >= oneVerdict:
		return 1
	case g.part >= partIndex && g.part <= partQuality:
		return g.h + frame
	}
	return g.h
}
