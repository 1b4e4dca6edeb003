// Package studio draws screens once for everybody who looks at them. A scene
// is drawn into a frame once; what a terminal must be sent to get from one
// frame to the next is worked out once for every pair of frames and kind of
// terminal. Viewers who see the same share both, without knowing of each other:
// who presses a key asks for another pair, and who is back at the same scene
// asks for the same pair again. A pen sends what a terminal lacks, when there is
// something to send and not by a clock; a desk is the program around a pen.
package studio

import (
	"time"

	"github.com/charmbracelet/colorprofile"

	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Frame is a scene that has been drawn. Two frames of a studio with equal
// scenes are the same pointer while either is in use.
type Frame struct {
	Text string
	Size ui.Size
}

// Terminal is a kind of terminal: what decides which bytes it must be sent.
type Terminal struct {
	Profile colorprofile.Profile
	Type    string // as of TERM
}

// Studio keeps what has been drawn for as long as somebody asks for it. It is
// safe for concurrent use.
type Studio struct {
	frames   *memo[shot, *Frame]
	stages   *memo[set, *stage]
	updates  *memo[cut, []byte]
	painters *painters
}

// shot is what a frame is drawn from.
type shot struct {
	scene ui.Scene
	props *ui.Props
}

// cut is what an update is worked out from. A nil frame is a terminal that
// shows anything at all.
type cut struct {
	from, to *Frame
	term     Terminal
}

// How long things are kept that nobody asks for: viewers of the same ask within
// a moment, and a frame keeps its snapshot, of a megabyte and more; a viewer who
// comes back to a screen soon gains by its stage.
const (
	keepFrames = time.Second
	keepStages = 20 * time.Second
)

// How much is kept at most, in bytes: a viewer could ask for other screens, and
// large ones, all the time.
const (
	roomForFrames  = 32 << 20
	roomForUpdates = 16 << 20
	roomForStages  = 16 << 20
)

// New makes a studio whose painters keep so many cells at most, of
// about 250 bytes each, while they wait for work. One painter of a kind of terminal is enough
// for all that are alike; it keeps as many as the largest screen that it has drawn.
func New(cells int) *Studio {
	return &Studio{
		frames:   newMemo(keepFrames, roomForFrames, func(_ shot, f *Frame) int { return len(f.Text) }),
		stages:   newMemo(keepStages, roomForStages, func(_ set, s *stage) int { return s.cost }),
		updates:  newMemo(keepFrames, roomForUpdates, costOfUpdate),
		painters: newPainters(cells),
	}
}

// costOfUpdate counts the frame to which an update leads, too: an update may stay
// for longer than its frame.
func costOfUpdate(c cut, update []byte) int { return len(update) + len(c.to.Text) }

// Frame is a scene, drawn with props.
func (s *Studio) Frame(props *ui.Props, scene ui.Scene) *Frame {
	return s.frames.get(shot{scene, props}, func() *Frame {
		stage := s.stages.get(setOf(props, scene), func() *stage { return newStage(props, scene.Size) })
		return &Frame{Text: stage.draw(scene), Size: scene.Size}
	})
}

// Update is what brings a terminal of that kind that shows from (nil: anything)
// to show to. It expects the cursor in the corner and no colours set, and
// leaves both so. It is shared: nobody may change it.
func (s *Studio) Update(from, to *Frame, term Terminal) []byte {
	if from == to {
		return nil
	}
	if from != nil && from.Size != to.Size {
		from = nil
	}
	return s.updates.get(cut{from, to, term}, func() []byte {
		return s.painters.update(from, to, term)
	})
}

// Clear drops everything that is kept, as when nobody looks any more. Whoever
// still does gets the same as before, worked out anew.
func (s *Studio) Clear() {
	s.frames.clear()
	s.stages.clear()
	s.updates.clear()
	s.painters.clear()
}

// Kept is how many things the studio keeps at the moment.
func (s *Studio) Kept() (frames, stages, updates, painters int) {
	return s.frames.len(), s.stages.len(), s.updates.len(), s.painters.len()
}

// set is what scenes have in common that one stage draws: all but what changes
// from one snapshot to the next.
type set struct {
	size    ui.Size
	look    theme.Options
	window  session.Window
	view    panel.View
	focus   panel.Focus
	help    bool
	members panel.MembersState
	zoom    panel.ZoomState
	props   *ui.Props
}

func setOf(props *ui.Props, scene ui.Scene) set {
	s := scene.State
	return set{scene.Size, scene.Look, s.Window, s.View, s.Focus, s.Help, s.Members, s.Zoom, props}
}
