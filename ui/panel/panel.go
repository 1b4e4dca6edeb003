// Package panel says what every panel of the screen is given. The panels
// themselves are the packages below it; each has one pure function
//
//	Render(in panel.Input, w, h int) draw.Block
//
// that draws the snapshot into exactly w by h cells. A panel reads nothing but
// its Input and keeps nothing between two calls.
package panel

import (
	"strconv"
	"time"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/theme"
)

// Focus names the panel that has the focus.
type Focus uint8

// The panels that can have the focus, in the order of the tab key.
const (
	FocusIndex Focus = iota
	FocusSize
	FocusLeverage
	FocusCalendar
	FocusQuality
	FocusCount = iota
)

// Playback is where a replay stands, for the header and the scrubber. The zero
// Playback (Known is false) is that of a live feed.
type Playback struct {
	Known         bool
	Playing       bool
	Ended         bool
	Speed         int // market seconds per second; 0: as fast as it goes
	Now, From, To time.Time
	Calendar      *session.Calendar // whose sessions are played; nil where it is not known
}

// State is what the viewer has chosen. It is compared with ==: two equal
// States draw the same picture of the same snapshot.
type State struct {
	Window   session.Window
	Stat     model.Statistic
	Query    model.Query
	Focus    Focus
	Panels   Panels  // of the dashboard
	Windows  Windows // of the dashboard's tables
	Changed  Marks   // figures that have just changed
	Playback Playback
	Help     bool   // the help covers the panels
	HelpRow  int    // the help's first line shown, counted from 0
	Notice   string // one sentence for the viewer, in place of the short help
	Prompt   Prompt
	Members  MembersState
	Zoom     ZoomState
	ViewState
}

// ZoomState is what the viewer has chosen in the zoomed views. The zero state
// is the first page, in percent, against the first benchmark.
type ZoomState struct {
	Page      int    // counted from 0; past the last page it starts again, below 0 from the end
	Levels    bool   // the index view draws levels and not percent
	Benchmark string // symbol of the map's benchmark; "" or one that is not there: the first
	Country   string // of the events in the view of the calendar; "" or one that is not there: all
}

// NextBenchmark is the state with the benchmark after the one chosen.
func (z ZoomState) NextBenchmark(maps []model.Map) ZoomState {
	for i := range maps {
		if maps[i].Benchmark == z.Benchmark {
			z.Benchmark = maps[(i+1)%len(maps)].Benchmark
			return z
		}
	}
	if len(maps) > 0 {
		z.Benchmark = maps[1%len(maps)].Benchmark
	}
	return z
}

// Prompt is the line in which a time is being typed.
type Prompt struct {
	Open   bool
	Text   string // printable ASCII
	Cursor int    // in Text, 0 to its length
}

// Input is all that a panel draws from. Snap is nil before the first snapshot.
type Input struct {
	Snap    *model.Snapshot
	State   State
	Theme   *theme.Theme
	Focused bool
	// Bare asks for the body alone, without a border and a title: small screens
	// have no room for them. The lines that matter most come first.
	Bare bool
	// Charts keeps the charts that did not change; nil keeps none. The picture
	// is the same with and without.
	Charts *chart.Memo
}

// Speed is a replay's speed in a word: "×60", and "×max" where it has no limit.
func Speed(speed int) string {
	if speed == 0 {
		return "×max"
	}
	return "×" + strconv.Itoa(speed)
}
