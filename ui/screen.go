package ui

import (
	"gyre/model"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
	"gyre/ui/theme"
)

// frame is all that a screen is drawn from. Frames are compared with ==.
type frame struct {
	snap  *model.Snapshot
	size  Size
	theme *theme.Theme
	state panel.State
}

// screen remembers the last frame that it drew: the same frame is the same
// string, and only the parts whose own inputs have changed are drawn again.
type screen struct {
	keys    KeyMap
	last    frame
	text    string
	charts  chart.Memo
	members members.Memo
	inputs  [partCount]input
	blocks  [partCount]draw.Block
}

// input is what one part is drawn from. Inputs are compared with ==.
type input struct {
	panel.Input
	w, h int
}

func newScreen(keys KeyMap) *screen { return &screen{keys: keys} }

// render draws f.
func (s *screen) render(f frame) string {
	if f.size.W <= 0 || f.size.H <= 0 {
		return ""
	}
	if f == s.last {
		return s.text
	}
	places := layout(f.size.W, f.size.H, f.state)
	for _, p := range places {
		in := inputOf(p, f)
		in.Charts = &s.charts
		if s.blocks[p.part] == nil || in != s.inputs[p.part] {
			s.inputs[p.part], s.blocks[p.part] = in, s.draw(p.part, in)
		}
	}
	s.last, s.text = f, compose(places, &s.blocks, f.size)
	return s.text
}

// aged tells whether the prices are old: the feed has stopped telling new ones
// and may not be over.
func (f frame) aged() bool {
	if f.snap == nil || f.snap.Mode == model.ModeReplay {
		return false
	}
	return f.snap.Feed.Phase == model.FeedStale || f.snap.Feed.Phase == model.FeedFailing
}

// ofPrices tells whether a part, or the view in its place, is drawn from prices.
func ofPrices(p part, view panel.View) bool {
	switch p {
	case partVerdict, partIndex, partSize, partLeverage:
		return true
	case partView:
		return view != panel.ViewAlerts && view != panel.ViewCalendar
	default:
		return false
	}
}

// inputOf is what the part in its place is drawn from: the frame without what
// the part does not look at.
func inputOf(p placed, f frame) input {
	in := panel.Input{Snap: f.snap, State: f.state, Theme: f.theme, Bare: !p.framed}
	if f.aged() && ofPrices(p.part, f.state.View) {
		in.Theme = f.theme.Aged()
	}
	in.State.Focus, in.State.Help = 0, false
	if p.part != partView && p.part != partFooter {
		in.State.ViewState = panel.ViewState{View: f.state.View}
		in.State.Members, in.State.Zoom = panel.MembersState{}, panel.ZoomState{}
	}
	if p.part != partHelp {
		in.State.HelpRow = 0
	}
	if p.part != partFooter {
		in.State.Notice, in.State.Prompt = "", panel.Prompt{}
	}
	switch p.part {
	case partHeader:
		in.State.Playback.Now = f.state.Playback.From // the header's clock is the snapshot's
	case partScrubber:
		in.Snap = nil
	case partHelp:
		in.Snap, in.State.Playback = nil, panel.Playback{}
	case partFooter:
		in.State.Playback, in.State.Note = panel.Playback{}, nil
		if in.State.View != panel.ViewSize && in.State.View != panel.ViewLeverage {
			in.Snap = nil
		}
	case partView:
		in.State.Playback, in.Focused = panel.Playback{}, true
	case partQuality:
		in.State.Playback, in.State.Unread = panel.Playback{}, f.state.Unread
		in.Focused = f.state.View == panel.ViewDashboard && f.state.Focus == panel.FocusQuality
	default:
		in.State.Playback = panel.Playback{}
		in.Focused = p.part >= partIndex && p.part <= partQuality && panel.Focus(p.part-partIndex) == f.state.Focus
	}
	return input{in, p.rect.w, p.rect.h}
}
