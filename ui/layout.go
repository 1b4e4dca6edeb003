package ui

import "gyre/ui/panel"

// Size is a screen in cells.
type Size struct{ W, H int }

// rect is a part of the screen.
type rect struct{ x, y, w, h int }

// part names what is drawn in a rect.
type part uint8

// The parts of the screen.
const (
	partHeader part = iota
	partVerdict
	partIndex
	partSize
	partLeverage
	partCalendar
	partQuality
	partView // what a view shows in place of the panels
	partHelp
	partScrubber
	partFooter
	partCount = iota
)

// placed is a part in its place.
type placed struct {
	part   part
	rect   rect
	framed bool
}

// The sizes at which the arrangement changes.
const (
	twoColumns    = 100 // cells wide, from here two panels stand side by side
	threeBelow    = 170 // from here three of them do in the lower row
	framedColumns = 24  // rows, from here panels in two columns have frames
	framedColumn  = 52  // the same for one column
	roomy         = 34  // rows, from here there is air around the verdict
	oneVerdict    = 110 // cells wide, from here the verdict is one line
	ownScrubber   = 26  // rows, from here the scrubber has a line of its own
)

// layout places the parts of the screen in w by h cells. The rects lie within
// the screen and never overlap; what no rect covers is blank. It is smooth:
// a cell more never takes a part away that matters more than what it brings.
func layout(w, h int, state panel.State) []placed {
	switch {
	case w <= 0 || h <= 0:
		return nil
	case state.View != panel.ViewDashboard && !state.Help:
		return view(w, h, state)
	case w >= twoColumns && h >= 16:
		return columns(w, h, state)
	}
	return column(w, h, state)
}

// rows hands out the rows of a screen from both ends.
type rows struct {
	w, top, bottom int // free rows: top included, bottom excluded
	all            []placed
}

// take places a part of h rows at the top.
func (r *rows) take(p part, h int, framed bool) {
	if h <= 0 {
		return
	}
	r.all = append(r.all, placed{p, rect{0, r.top, r.w, h}, framed})
	r.top += h
}

// frameless places the lines around the panels: header and verdict above,
// scrubber and keys below, with air where there is enough of it.
func (r *rows) surround(state panel.State, verdict int, air bool) {
	gap := 0
	if air {
		gap = 1
	}
	r.take(partHeader, 1, false)
	r.top += gap
	r.take(partVerdict, verdict, false)
	r.top += gap
	r.foot(state)
	r.bottom -= gap
}

// foot places the keys on the last row and the scrubber on the row above, or
// at the left of the keys where rows are dear.
func (r *rows) foot(state panel.State) {
	r.bottom--
	busy := state.Prompt.Open || state.Notice != "" || state.View != panel.ViewDashboard || state.Help
	switch {
	case !state.Playback.Known || (busy && r.bottom < ownScrubber):
		r.all = append(r.all, placed{partFooter, rect{0, r.bottom, r.w, 1}, false})
	case r.bottom >= ownScrubber:
		r.all = append(r.all, placed{partFooter, rect{0, r.bottom, r.w, 1}, false})
		r.bottom--
		r.all = append(r.all, placed{partScrubber, rect{0, r.bottom, r.w, 1}, false})
	case r.w < 50:
		r.all = append(r.all, placed{partFooter, rect{0, r.bottom, r.w, 1}, false})
	default:
		left := r.w * 2 / 5
		r.all = append(r.all,
			placed{partScrubber, rect{0, r.bottom, left, 1}, false},
			placed{partFooter, rect{left, r.bottom, r.w - left, 1}, false})
	}
}

// columns is the wide arrangement: the first two panels above, the others below
// them, and the data, where it comes last, as a line or two at the bottom; on
// very wide screens it joins the lower row.
func columns(w, h int, state panel.State) []placed {
	r := &rows{w: w, bottom: h}
	verdict := 2
	if w >= oneVerdict {
		verdict = 1
	}
	r.surround(state, verdict, h >= roomy)
	if state.Help {
		r.take(partHelp, r.bottom-r.top, false)
		return r.all
	}
	framed := h >= framedColumns
	above, below, last := wide(state.Panels, w)
	body := r.bottom - r.top
	data := 0
	if last {
		data = 1
		if framed {
			data = min(max(body/8, 3), 6)
		}
	}
	lower := 0
	if len(below) > 0 {
		lower = min(max((body-data)*5/12, 5), 17)
	}
	r.side(body-data-lower, framed, above...)
	r.side(lower, framed, below...)
	r.take(partQuality, data, framed)
	return r.all
}

// wide sorts the panels into the two rows of the wide arrangement, and tells
// whether the data has the lines below them.
func wide(panels panel.Panels, w int) (above, below []part, last bool) {
	const beside = 2
	all := parts(panels)
	if n := len(all) - 1; n > 0 && all[n] == partQuality && (w < threeBelow || n <= beside) {
		all, last = all[:n], true
	}
	above = all[:min(len(all), beside)]
	return above, all[len(above):], last
}

// parts is the panels as parts of the screen.
func parts(panels panel.Panels) []part {
	chosen := panels.All()
	all := make([]part, len(chosen))
	for i, f := range chosen {
		all[i] = partIndex + part(f)
	}
	return all
}

// The heights from which a view has more around it and in it.
const (
	viewHeader  = 3
	viewFooter  = 4
	viewVerdict = 24 // a second line of the verdict
	viewFrame   = 12
	viewData    = 14 // the data below the alerts
)

// view is the screen of one view: the lines around the panels stay, and the
// view has the rest.
func view(w, h int, state panel.State) []placed {
	r := &rows{w: w, bottom: h}
	if h >= viewHeader {
		r.take(partHeader, 1, false)
	}
	air := h >= roomy
	if air {
		r.top++
	}
	verdict := 1
	if w < oneVerdict && h >= viewVerdict {
		verdict = 2
	}
	if state.Prompt.Open && h == 1 {
		verdict = 0
	}
	r.take(partVerdict, verdict, false)
	if air {
		r.top++
	}
	if h >= viewFooter || state.Prompt.Open {
		r.foot(state)
	}
	if air {
		r.bottom--
	}
	body := r.bottom - r.top
	data := 0
	if state.View == panel.ViewAlerts && body >= viewData {
		data = min(max(body/4, 5), 9)
	}
	framed := body-data >= viewFrame || data > 0
	r.take(partView, body-data, framed)
	r.take(partQuality, data, framed)
	return r.all
}

// side places parts side by side on the next h rows, each as wide as the
// others. Without frames a blank column or two keep them apart.
func (r *rows) side(h int, framed bool, parts ...part) {
	if h <= 0 {
		return
	}
	gutter := 2
	if framed {
		gutter = 0
	}
	x := 0
	for i, p := range parts {
		end := (i + 1) * r.w / len(parts)
		w := end - x
		if i < len(parts)-1 {
			w -= gutter
		}
		r.all = append(r.all, placed{p, rect{x, r.top, w, h}, framed})
		x = end
	}
	r.top += h
}
