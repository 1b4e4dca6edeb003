package quality

import (
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/alerts"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// columnGap is the room between two columns of incidents.
const columnGap = 4

// incidents are the newest ones in n rows, newest first, in as many columns as
// there is room for.
func incidents(in panel.Input, w, n int) draw.Block {
	all := slices.Clone(in.Snap.Quality.Incidents)
	slices.Reverse(all)
	if n <= 0 || len(all) == 0 {
		return nil
	}
	texts := make([]string, len(all))
	when := whenWidth(in, all)
	for i := range all {
		texts[i] = incident(in, &all[i], when)
	}
	return inColumns(in, texts, w, n)
}

// newest are the newest alerts in n rows, the newest first. The view of the
// alerts has them all elsewhere.
func newest(in panel.Input, w, n int) draw.Block {
	if n <= 0 || len(in.Snap.Alerts) == 0 || in.State.View == panel.ViewAlerts {
		return nil
	}
	const most = 8 // to a row: no screen has room for more
	all := alerts.Newest(in.Snap)
	all = all[:min(len(all), most*n)]
	texts := make([]string, len(all))
	for i := range all {
		texts[i] = alerts.Short(in, &all[i])
	}
	switch {
	case n == 1:
		return draw.Block{inLine(texts, w)}
	case fitting(texts, w, n) == 1:
		return folded(in, all, w, n)
	}
	return inColumns(in, texts, w, n)
}

// folded are alerts one below the other in at most n rows, each whole but where
// the first one alone needs more.
func folded(in panel.Input, all []model.Alert, w, n int) draw.Block {
	var lines draw.Block
	for i := range all {
		next := alerts.Folded(in, &all[i], w)
		if len(lines) > 0 && len(lines)+len(next) > n {
			break
		}
		lines = append(lines, next...)
	}
	return lines[:min(len(lines), n)]
}

// today is the newest alert, if it is of the day shown.
func today(in panel.Input) string {
	if len(in.Snap.Alerts) == 0 || in.State.View == panel.ViewAlerts {
		return ""
	}
	a := alerts.Newest(in.Snap)[0]
	if session.DateOf(a.At.In(session.Zone())) != session.DateOf(in.Snap.AsOf) {
		return ""
	}
	return alerts.Short(in, &a)
}

// inLine is as many texts as one line has room for, at least one.
func inLine(texts []string, w int) string {
	line := texts[0]
	for _, text := range texts[1:] {
		if draw.Width(line)+columnGap+draw.Width(text) > w {
			break
		}
		line += draw.Spaces(columnGap) + text
	}
	return line
}

// inColumns are texts in n rows, down the columns, in as many columns as there
// is room for.
func inColumns(in panel.Input, texts []string, w, n int) draw.Block {
	columns := fitting(texts, w, n)
	n = min(n, (len(texts)+columns-1)/columns)
	width := (w - (columns-1)*columnGap) / columns
	lines := make(draw.Block, n)
	for i := range lines {
		var cells []string
		for at := i; at < min(len(texts), n*columns); at += n {
			cells = append(cells, draw.Fit(in.Theme, texts[at], width))
		}
		lines[i] = strings.Join(cells, draw.Spaces(columnGap))
	}
	return lines
}

// fitting is the largest number of columns in which nothing has to be cut; one
// where there is none.
func fitting(texts []string, w, n int) int {
	for columns := min(w/20, (len(texts)+n-1)/n); columns > 1; columns-- {
		widest := 0
		for _, text := range texts[:min(len(texts), n*columns)] {
			widest = max(widest, draw.Width(text))
		}
		if columns*widest+(columns-1)*columnGap <= w {
			return columns
		}
	}
	return 1
}

// whenWidth is the width of the longest time among them.
func whenWidth(in panel.Input, all []model.Incident) int {
	width := 0
	for i := range all {
		text, _ := when(in, &all[i])
		width = max(width, len(text))
	}
	return width
}

// when is the time of an incident of the day shown, the day of an older one.
func when(in panel.Input, i *model.Incident) (text string, today bool) {
	at := i.At.In(session.Zone())
	if session.DateOf(at) == session.DateOf(in.Snap.AsOf) {
		return at.Format("15:04"), true
	}
	return at.Format("2 Jan"), false
}

// incident is one of them: when, and what happened.
func incident(in panel.Input, i *model.Incident, width int) string {
	th, role := in.Theme, theme.Dim
	at, today := when(in, i)
	if today {
		role = theme.Attention
	}
	what, detail := words(th, i)
	line := draw.FitRight(th, th.Paint(role, at), width) + "  " + th.Paint(theme.Text, th.Say(what))
	if detail != "" {
		line += th.Paint(theme.Dim, "  "+th.Say(detail))
	}
	return line
}

// words say what happened, and the details of it.
func words(th *theme.Theme, i *model.Incident) (what, detail string) {
	who, detail := i.Symbol, i.Detail
	if i.Kind == model.IncidentHalt {
		detail = say.HaltReason(detail)
	}
	if i.Count > 0 {
		detail = "" // it would only say the number again
		who = count(th, i.Count) + " names"
		if i.Count == 1 {
			who = "1 name"
		}
	}
	return strings.TrimSpace(who + " " + say.Incident(i.Kind)), detail
}
