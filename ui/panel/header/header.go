// Package header is the bar at the top: what kind of data this is, what time
// it is in the market, and how far the data can be trusted.
package header

import (
	"strconv"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// The forms of the bar, each with less than the one before it.
const (
	withWindow = iota
	withCountdown
	withMembers
	withNext
	withYear
	withBrand
	withFeed
	withLabel
	withPhase
	withCoverage
	withZone
	withDate
	withSample
	withClock
	modeOnly
	forms
)

// Render draws the bar on the first line; further lines are blank.
func Render(in panel.Input, w, h int) draw.Block {
	if h <= 0 {
		return nil
	}
	left, right := panel.Fitting(w-2, forms, func(form int) (string, string) {
		return ends(in, form)
	})
	th := in.Theme
	line := bar(th, theme.Text, " ") + left
	if room := w - 1 - draw.Width(line); right != "" && draw.Width(right) < room {
		line += bar(th, theme.Text, draw.Spaces(room-draw.Width(right))) + right
	}
	line = draw.Cut(th, line, w)
	line += bar(th, theme.Text, draw.Spaces(w-draw.Width(line)))
	return draw.Pad(th, draw.Block{line}, w, h)
}

// bar paints on the bar's ground, blanks included.
func bar(th *theme.Theme, role theme.Role, s string) string { return th.OnBar(role, th.Say(s)) }

// ends are the two ends of one form of the bar.
func ends(in panel.Input, form int) (left, right string) {
	th := in.Theme
	gap := bar(th, theme.Text, "  ")
	var l []string
	if form <= withBrand {
		l = append(l, bar(th, theme.AccentStrong, "gyre"))
	}
	role, mode := Mode(in)
	l = append(l, bar(th, role, mode))
	if in.Snap == nil {
		return strings.Join(l, gap), ""
	}
	l = append(l, clock(in, form)...)
	if form <= withPhase {
		l = append(l, bar(th, theme.Dim, phase(in.Snap, form)))
	}
	return strings.Join(l, gap), strings.Join(trust(in, form), bar(th, theme.Dim, " · "))
}

// Mode says in capitals what kind of data is on the screen, and how it should
// be painted. A replay is never called anything but a replay, playing or not.
func Mode(in panel.Input) (theme.Role, string) {
	snap := in.Snap
	if snap == nil {
		return theme.Attention, "CONNECTING"
	}
	if snap.Mode == model.ModeReplay {
		return theme.Attention, replayMode(in.State.Playback)
	}
	trouble := ""
	switch snap.Feed.Phase {
	case model.FeedStale:
		trouble = "STALE " + minutes(snap.Feed.Age)
	case model.FeedConnecting:
		trouble = "CONNECTING"
	case model.FeedFailing:
		trouble = "FAILING " + minutes(snap.Feed.Age)
	case model.FeedEnded:
		trouble = "ENDED"
	case model.FeedOK:
	}
	switch delayed := snap.Mode == model.ModeDelayed || snap.Feed.Delay > 0; {
	case delayed: // at all times
		late := "DELAYED " + draw.Delay(snap.Feed.Delay)
		return theme.Attention, strings.TrimSuffix(late+" "+trouble, " ")
	case trouble != "":
		return theme.Attention, trouble
	}
	return theme.Strong, "LIVE"
}

func replayMode(p panel.Playback) string {
	switch {
	case !p.Known:
		return "REPLAY"
	case p.Ended:
		return "REPLAY END"
	case !p.Playing:
		return "REPLAY PAUSED"
	}
	return "REPLAY " + panel.Speed(p.Speed)
}

// minutes is an age as 00:42, and 75:03 past the hour.
func minutes(d time.Duration) string {
	seconds := int(max(d, 0) / time.Second)
	return twoDigits(seconds/60) + ":" + twoDigits(seconds%60)
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// clock is the market's date and time.
func clock(in panel.Input, form int) []string {
	th, at := in.Theme, in.Snap.AsOf.In(session.Zone())
	if form >= modeOnly {
		return nil
	}
	text := at.Format("15:04:05")
	if form <= withZone {
		text += " ET"
	}
	now := bar(th, theme.Strong, text)
	switch {
	case form <= withYear:
		now = bar(th, theme.Text, at.Format("Mon 2 Jan 2006 ")) + now
	case form <= withDate:
		now = bar(th, theme.Text, at.Format("Mon 2 Jan ")) + now
	}
	return []string{now}
}

// phase is where the market stands in its day, and what comes next.
func phase(snap *model.Snapshot, form int) string {
	c := snap.Clock
	text, next := "closed", c.NextOpen
	verb := "opens"
	switch c.Phase {
	case session.Pre:
		text = "pre-market"
	case session.Open:
		text, next, verb = "open", c.NextClose, "closes"
	case session.Post, session.Closed:
	}
	if c.HalfDay && c.Phase != session.Closed {
		text += ", half day"
	}
	if c.PastTable {
		return text + " · past the end of the calendar"
	}
	if next.IsZero() || form > withNext {
		return text
	}
	next = next.In(session.Zone())
	text += " · " + verb + " "
	if session.DateOf(next) != session.DateOf(snap.AsOf) {
		text += next.Format("Mon ")
	}
	text += next.Format("15:04")
	if form <= withCountdown {
		text += " in " + draw.Countdown(next.Sub(snap.AsOf))
	}
	return text
}

// trust is what the figures rest on: the window's base, the age of the feed,
// the coverage, and whether the members are real.
func trust(in panel.Input, form int) []string {
	th, snap := in.Theme, in.Snap
	var parts []string
	if snap.Size.LookAhead && form <= withClock {
		parts = append(parts, bar(th, theme.Attention, "LOOK-AHEAD"))
	}
	if base := snap.Windows[in.State.Window].Base; form <= withWindow && base != 0 {
		parts = append(parts, bar(th, theme.Dim, in.State.Window.String()+" since ")+
			bar(th, theme.Text, base.Time().Format("Mon 2 Jan")))
	}
	if form <= withFeed {
		parts = append(parts, bar(th, theme.Dim, "feed ")+bar(th, theme.Text, draw.Age(snap.Feed.Age)))
	}
	if coverage, known := covered(snap); form <= withCoverage && known {
		role := theme.Text
		if coverage.Low {
			role = theme.Attention
		}
		label := ""
		if form <= withLabel {
			label = "coverage "
		}
		parts = append(parts, bar(th, theme.Dim, label)+bar(th, role, coverage.Text))
	}
	if snap.Sample && form <= withSample {
		text := "SAMPLE"
		if form <= withMembers {
			text = "SAMPLE members"
		}
		parts = append(parts, bar(th, theme.Attention, text))
	}
	return parts
}

// coverage is a share of the members as it is printed.
type coverage struct {
	Text string
	Low  bool // below 90 %
}

// covered is the coverage of the first universe, the Russell 2000.
func covered(snap *model.Snapshot) (coverage, bool) {
	const amber = 90
	if len(snap.Universes) == 0 || !snap.Universes[0].Pct.Known() {
		return coverage{}, false
	}
	pct := snap.Universes[0].Pct
	return coverage{Text: pct.Decimal().StringFixed(1) + "%", Low: pct.Float() < amber}, true
}
