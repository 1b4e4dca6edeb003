// Package scrubber is the line that shows where a replay stands.
package scrubber

import (
	"strings"
	"time"

	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Render draws the line on the first row; further rows are blank. Nothing is
// drawn where there is no replay.
func Render(in panel.Input, w, h int) draw.Block {
	p := in.State.Playback
	if h <= 0 {
		return nil
	}
	if !p.Known || !p.From.Before(p.To) {
		return draw.Blank(w, h)
	}
	th := in.Theme
	left, right := ends(in, w)
	room := w - draw.Width(left) - draw.Width(right)
	if room < 3 {
		return draw.Pad(th, draw.Block{right}, w, h)
	}
	return draw.Pad(th, draw.Block{left + track(in, room) + right}, w, h)
}

// ends are the labels at both ends: where the replay starts, where it ends,
// and how it runs.
func ends(in panel.Input, w int) (left, right string) {
	const labelled, roomy = 40, 70
	p, th := in.State.Playback, in.Theme
	left = " "
	from, to := p.From.In(session.Zone()), p.To.In(session.Zone())
	if w >= labelled {
		left += th.Paint(theme.Dim, from.Format("2 Jan "))
		right = th.Paint(theme.Dim, to.Format(" 2 Jan"))
	}
	if w >= roomy {
		right = th.Paint(theme.Dim, to.Format(" 2 Jan 15:04"))
	}
	role, text := theme.Dim, panel.Speed(p.Speed)
	switch {
	case p.Ended:
		role, text = theme.Attention, "end"
	case !p.Playing:
		role, text = theme.Attention, "paused"
	}
	// The word has a fixed room, so that the line does not move with it.
	const room = 8
	return left, right + draw.FitRight(th, th.Paint(role, th.Say(text)), room) + " "
}

// track is the line itself, w cells wide: what has been played, the knob, the
// rest, with a mark at each session's open.
func track(in panel.Input, w int) string {
	p, th := in.State.Playback, in.Theme
	knob := min(int(progress(p, p.Now)*float64(w)), w-1)
	marks := sessionMarks(p, w)
	var done, rest strings.Builder
	for x := range w {
		switch {
		case x < knob && marks[x]:
			done.WriteString(th.Glyph.Cross)
		case x < knob:
			done.WriteString(th.Glyph.Bar)
		case x > knob && marks[x]:
			rest.WriteString(th.Glyph.Cross)
		case x > knob:
			rest.WriteString(th.Glyph.Horizontal)
		}
	}
	return th.Paint(theme.Accent, done.String()) + th.Paint(theme.AccentStrong, th.Glyph.Dot) + th.Paint(theme.Faint, rest.String())
}

// sessionMarks tells which cells start a session; none where they would crowd.
func sessionMarks(p panel.Playback, w int) []bool {
	const least = 4 // cells a session
	marks := make([]bool, w)
	sessions := sessionsOf(p)
	if len(sessions) == 0 || w/len(sessions) < least {
		return marks
	}
	for _, s := range sessions[1:] {
		marks[min(int(progress(p, s.Opens)*float64(w)), w-1)] = true
	}
	return marks
}

// progress is how far t is between both ends of the replay, 0 to 1. Nights are
// skipped in a replay, so only sessions have a length, all the same one.
func progress(p panel.Playback, t time.Time) float64 {
	sessions := sessionsOf(p)
	if len(sessions) == 0 {
		return min(max(float64(t.Sub(p.From))/float64(p.To.Sub(p.From)), 0), 1)
	}
	played := 0.0
	for _, s := range sessions {
		if t.Before(s.Opens) {
			break
		}
		played += min(float64(t.Sub(s.Opens))/float64(s.Closes.Sub(s.Opens)), 1)
	}
	return played / float64(len(sessions))
}

// sessionsOf are the sessions that the replay plays.
func sessionsOf(p panel.Playback) []session.Session {
	if p.Calendar == nil {
		return nil
	}
	return p.Calendar.Range(session.DateOf(p.From), session.DateOf(p.To))
}
