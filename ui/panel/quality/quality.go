// Package quality is the panel that says what has just happened, and how far
// the data can be trusted: what is old, halted or was refused, whether the
// members add up to the printed index, and what has happened to the data
// lately.
package quality

import (
	"math"
	"strconv"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/alerts"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

const (
	title = "Alerts · data"
	// zoomed is the title where the alerts stand in a list of their own.
	zoomed = "Data"
)

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	frame := draw.Frame{Title: title, Focused: in.Focused}
	if in.State.View == panel.ViewAlerts {
		frame.Title = zoomed
	}
	if in.Snap == nil {
		return in.Box(frame, say.Waiting(in.Theme), w, h)
	}
	innerWidth, innerHeight := in.Inner(w, h)
	frame.Context = context(in, w-draw.Width(frame.Title)-corners)
	return in.Box(frame, body(in, innerWidth, innerHeight), w, h)
}

// corners is what a frame's line has beside its title and its context.
const corners = 9

// context is how many alerts are new, and the coverage of as many universes as
// there is room for in w cells.
func context(in panel.Input, w int) string {
	var parts []string
	priced := false
	if unread := alerts.Unread(in); unread != "" && in.State.View != panel.ViewAlerts {
		parts = append(parts, in.Theme.Paint(theme.AccentStrong, unread))
	}
	for _, u := range in.Snap.Universes {
		if u.Members > 0 {
			text := say.Short(u.Universe) + " " + count(in.Theme, u.Valid) + "/" + count(in.Theme, u.Members)
			if !priced {
				text, priced = "priced "+text, true
			}
			parts = append(parts, in.Theme.Paint(theme.Dim, text))
		}
	}
	return say.Line(in.Theme, w, parts...)
}

// body fills h rows. What matters most has its row first: trouble with the
// feed, the counts, the newest alerts, the members' sum, what is missing;
// incidents take the rest. On the screen the news stands above the counts.
func body(in panel.Input, w, h int) draw.Block {
	var above, below draw.Block
	if problem := problem(in); problem != "" {
		above = draw.Block{problem}
	} else if alert := today(in); h == 1 && alert != "" {
		return draw.Block{alert}
	}
	sums := reconcile(in)
	const forSums = 3 // rows, from here the members' sum has one of its own
	if h-len(above) < forSums {
		below = draw.Block{say.Line(in.Theme, w, append(counts(in), sums)...)}
		sums = ""
	} else {
		below = draw.Block{say.Line(in.Theme, w, counts(in)...)}
	}
	room := h - len(above) - len(below)
	for _, line := range []string{sums, missing(in)} {
		if line != "" && room > 2 {
			below = append(below, line)
			room--
		}
	}
	// Each has half of the rows, and what the other leaves.
	news := newest(in, w, room-len(incidents(in, w, room/2)))
	above = append(above, news...)
	above = append(above, incidents(in, w, room-len(news))...)
	all := append(above, below...)
	return all[:min(len(all), h)]
}

// count is a whole number with thousands separated.
func count(th *theme.Theme, n int) string { return draw.LevelText(th, num.Count(n)) }

// problem is what the source says is wrong.
func problem(in panel.Input) string {
	feed, th := in.Snap.Feed, in.Theme
	if feed.Problem == "" && feed.Dropped == 0 {
		return ""
	}
	text := feed.Problem
	if text == "" {
		text = "the feed is behind"
	}
	line := th.Paint(theme.Attention, th.Say("feed: "+text))
	if feed.Dropped > 0 {
		line += th.Paint(theme.Dim, th.Say(" · "+strconv.FormatUint(feed.Dropped, 10)+" updates lost"))
	}
	return line
}

// counts is the session in numbers.
func counts(in panel.Input) []string {
	q, th := in.Snap.Quality, in.Theme
	unpriced := " without a price"
	if len(in.Snap.Universes) > 1 {
		unpriced = " in all" + unpriced // a company may be of both universes
	}
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{
		{q.Stale, " stale"},
		{q.Halted, " halted"},
		{q.Rejected, " rejected"},
		{q.Unprinted, unpriced},
		{q.Skipped, " rows skipped"},
	} {
		if c.n > 0 {
			parts = append(parts, th.Paint(theme.Dim, count(th, c.n)+c.word))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, th.Paint(theme.Dim, "no stale, halted or rejected prices"))
	}
	if n := in.Snap.Feed.Overtaken; n > 0 {
		parts = append(parts, th.Paint(theme.Dim, count(th, int(min(n, math.MaxInt)))+" overtaken by newer ones"))
	}
	return parts
}

// reconcile says whether the members' weighted return is that of the printed
// index.
func reconcile(in panel.Input) string {
	th := in.Theme
	r := in.Snap.Size.Recon[say.Chosen(in.State.Window)]
	switch r.State {
	case model.ReconcileNone:
		return ""
	case model.ReconcileOK:
		return th.Paint(theme.Dim, th.Say("members reconcile with the index to "+r.Gap.Decimal().Abs().StringFixed(2)+" pp"))
	case model.ReconcileAmber, model.ReconcileRed:
	}
	text := "members imply " + draw.SignedText(th, r.Implied) + ", the index says " + draw.SignedText(th, r.Printed)
	return th.Paint(theme.Attention, th.Say(text))
}

// missing names the parts that this dataset does not have.
func missing(in panel.Input) string {
	if len(in.Snap.Missing) == 0 {
		return ""
	}
	return in.Theme.Paint(theme.Dim, in.Theme.Say("not in this dataset: "+strings.Join(in.Snap.Missing, ", ")))
}
