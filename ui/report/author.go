package report

import (
	"strings"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// author puts a snapshot into words and tables.
type author struct {
	*model.Snapshot
	Options

	th *theme.Theme
}

func newAuthor(s *model.Snapshot, o Options, th *theme.Theme) author {
	return author{Snapshot: s, Options: o, th: th}
}

func (a author) page() page {
	p := page{
		title:  "gyre · " + a.moment(a.AsOf),
		badges: append(a.badges(), "market "+market(a.Clock.Phase), "coverage "+a.percent(a.Verdicts[a.Window].Coverage)),
		lead:   []string{a.base()},
	}
	if a.Sample {
		p.lead = append(p.lead, "SAMPLE: the members and their prices are synthetic.")
	}
	p.sections = []section{a.verdict(), a.indices(), a.size(), a.leverage()}
	if upcoming := a.upcoming(); len(upcoming.tables) > 0 {
		p.sections = append(p.sections, upcoming)
	}
	if released := a.released(); len(released.tables) > 0 {
		p.sections = append(p.sections, released)
	}
	if len(a.Alerts) > 0 {
		p.sections = append(p.sections, a.alerts())
	}
	if a.Note != nil {
		p.sections = append(p.sections, a.note())
	}
	p.sections = append(p.sections, a.quality())
	return p
}

// badges are what must not be overlooked, and never left out.
func (a author) badges() []string {
	badges := []string{strings.ToUpper(modeName(a.Mode))}
	if a.Mode == model.ModeDelayed && a.Feed.Delay > 0 {
		badges[0] += " " + draw.Delay(a.Feed.Delay)
	}
	if a.Sample {
		badges = append(badges, "SAMPLE")
	}
	if a.Size.LookAhead {
		badges = append(badges, "LOOK-AHEAD")
	}
	if a.Feed.Phase == model.FeedStale || a.Feed.Phase == model.FeedFailing {
		badges = append(badges, "STALE "+draw.Countdown(a.Feed.Age))
	}
	return badges
}

// base says from when the window runs, and how names are ranked.
func (a author) base() string {
	info := a.Windows[a.Window]
	if info.Base == 0 {
		return a.Window.String() + ": there is no base session in this dataset."
	}
	return a.Window.String() + " since the close of " + day(info.Base) + " (" + a.plural(info.Sessions, "session") + "). " +
		word([]string{
			"Ranked by cap at that close.", "Ranked by cap at the last month end.", "Ranked by cap at the last reconstitution.",
			"LOOK-AHEAD: ranked by cap now, so the ranks know what the window did.",
		}, a.Query.Rank)
}

// moment is a time with its zone.
func (author) moment(t time.Time) string {
	if t.IsZero() {
		return unknown
	}
	return t.In(session.Zone()).Format("Mon 2 Jan 2006 15:04:05 MST")
}

// when is a time of a list.
func (author) when(t time.Time) string {
	return t.In(session.Zone()).Format("Mon 02 Jan 15:04")
}

func day(d session.Date) string {
	if d == 0 {
		return unknown
	}
	return d.Time().Format("Mon 2 Jan")
}

func (a author) signed(f num.Figure) string  { return draw.SignedText(a.th, f) }
func (a author) level(f num.Figure) string   { return draw.LevelText(a.th, f) }
func (a author) percent(f num.Figure) string { return draw.PercentText(a.th, f) }

// percentSigned is a move in percent.
func (a author) percentSigned(f num.Figure) string {
	if !f.Known() {
		return unknown
	}
	return a.signed(f) + " %"
}

// points is a difference in percentage points.
func (a author) points(f num.Figure) string {
	if !f.Known() {
		return unknown
	}
	return a.signed(f) + " pp"
}

// signedAll is one cell for each window.
func (a author) signedAll(all model.PerWindow[num.Figure]) []string {
	cells := make([]string, len(all))
	for w, f := range all {
		cells[w] = a.signed(f)
	}
	return cells
}

// quoted is ASCII prose from the model with minus signs that are some.
func (a author) quoted(s string) string { return say.Minus(a.th, s) }

func windowHeads() []string {
	names := make([]string, 0, session.WindowCount)
	for _, w := range session.Windows() {
		names = append(names, w.String())
	}
	return names
}

// count is a whole number with its thousands separated.
func (a author) count(n int) string { return a.level(num.Count(n)) }

// universe is a group of companies in words.
func (a author) universe(id string) string { return say.Universe(a.Snapshot, id) }

// orUnknown is s, or that there is none.
func orUnknown(s string) string {
	if s == "" {
		return unknown
	}
	return s
}

// plural is a number of things.
func (a author) plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return a.count(n) + " " + thing + "s"
}
