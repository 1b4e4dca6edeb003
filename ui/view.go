package ui

import (
	"slices"
	"strings"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/alerts"
	"gyre/ui/panel/calendar"
	"gyre/ui/panel/footer"
	"gyre/ui/panel/header"
	"gyre/ui/panel/help"
	"gyre/ui/panel/history"
	"gyre/ui/panel/index"
	"gyre/ui/panel/leverage"
	"gyre/ui/panel/member"
	"gyre/ui/panel/members"
	"gyre/ui/panel/note"
	"gyre/ui/panel/quality"
	"gyre/ui/panel/rotation"
	"gyre/ui/panel/scrubber"
	sizepanel "gyre/ui/panel/size"
	"gyre/ui/panel/verdict"
	"gyre/ui/theme"
)

// Render draws a snapshot (nil: none yet) on a screen of exactly size.W by
// size.H cells. It is pure: equal arguments give equal screens.
func Render(snap *model.Snapshot, size Size, th *theme.Theme, state panel.State) string {
	return newScreen(DefaultKeyMap(state.Playback.Known)).render(frame{snap, size, th, state})
}

// draw draws one part of the screen. Panels without a frame have a margin
// where there is room for one.
func (s *screen) draw(p part, in input) draw.Block {
	if in.Bare && in.w >= insetFrom && p >= partIndex && p <= partView {
		return inset(in.Input, s.panel(p, in.Input, in.w-2, in.h))
	}
	return s.panel(p, in.Input, in.w, in.h)
}

// insetFrom is the width from which panels without a frame have a margin.
const insetFrom = 58

// inset puts a margin of a cell around a panel that has no frame; where it has
// the focus, the left one is marked.
func inset(in panel.Input, body draw.Block) draw.Block {
	left := " "
	if in.Focused {
		left = in.Theme.Paint(theme.Accent, in.Theme.Glyph.Vertical)
	}
	for i := range body {
		body[i] = left + body[i] + " "
	}
	return body
}

// panel draws the part p in w by h cells.
func (s *screen) panel(p part, in panel.Input, w, h int) draw.Block {
	switch p {
	case partHeader:
		return header.Render(in, w, h)
	case partVerdict:
		return verdict.Render(in, w, h)
	case partIndex:
		return index.Render(in, w, h)
	case partSize:
		return sizepanel.Render(in, w, h)
	case partLeverage:
		return leverage.Render(in, w, h)
	case partCalendar:
		return calendar.Render(in, w, h)
	case partQuality:
		return quality.Render(in, w, h)
	case partView:
		return s.view(in, w, h)
	case partHelp:
		return help.Render(in, s.keys, w, h)
	case partScrubber:
		return scrubber.Render(in, w, h)
	default:
		return footer.Render(in, footerKeys{s.keys, in}, w, h)
	}
}

// view draws what has the screen to itself.
func (s *screen) view(in panel.Input, w, h int) draw.Block {
	switch in.State.View {
	case panel.ViewIndex:
		return index.Zoom(in, w, h)
	case panel.ViewSize:
		return sizepanel.Zoom(in, w, h)
	case panel.ViewLeverage:
		return leverage.Zoom(in, w, h)
	case panel.ViewCalendar:
		return calendar.Zoom(in, w, h)
	case panel.ViewAlerts:
		return alerts.Render(in, w, h)
	case panel.ViewMap:
		return rotation.Render(in, w, h)
	case panel.ViewHistory:
		return history.Render(in, w, h)
	case panel.ViewNote:
		return note.Render(in, w, h)
	case panel.ViewMembers:
		return members.Render(in, s.members.View(in.Snap, in.State.Members, in.State.Window), w, h)
	case panel.ViewMember:
		return member.Render(in, w, h)
	default:
		return in.Box(draw.Frame{}, nil, w, h)
	}
}

// compose puts blocks in their places, one string for the whole screen. The
// places come in any order and do not overlap.
func compose(places []placed, blocks *[partCount]draw.Block, size Size) string {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b placed) int { return a.rect.x - b.rect.x })
	length := size.W*size.H + size.H
	for _, p := range places {
		for _, line := range blocks[p.part] {
			length += len(line)
		}
	}
	var text strings.Builder
	text.Grow(length)
	for y := range size.H {
		if y > 0 {
			text.WriteByte('\n')
		}
		x := 0
		for _, p := range places {
			if y < p.rect.y || y >= p.rect.y+p.rect.h {
				continue
			}
			text.WriteString(draw.Spaces(p.rect.x - x))
			text.WriteString(blocks[p.part][y-p.rect.y])
			x = p.rect.x + p.rect.w
		}
		text.WriteString(draw.Spaces(size.W - x))
	}
	return text.String()
}
