package chart

import (
	"math"
	"strconv"
	"time"

	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// axis places instants on 0 to 1: the base at 0, then every session with the
// same width, the last session's path along its hours.
type axis struct {
	at    []float64      // of the chart's times
	dates []session.Date // the base's, then one a session
	last  session.Session
}

func newAxis(times []time.Time, last session.Session) axis {
	a := axis{last: last}
	for _, t := range times {
		if date := session.DateOf(t); len(a.dates) == 0 || date > a.dates[len(a.dates)-1] {
			a.dates = append(a.dates, date)
		}
	}
	if end := a.dates[len(a.dates)-1]; !last.Closes.After(last.Opens) || last.Date != end {
		// Without the session's hours its path fills its width.
		first := len(times) - 1
		for first > 0 && session.DateOf(times[first-1]) == end {
			first--
		}
		a.last = session.Session{Date: end, Opens: times[first], Closes: times[len(times)-1]}
	}
	a.at = a.places(times)
	return a
}

// of are the places of a line's own times; nil are the chart's.
func (a axis) of(times []time.Time) []float64 {
	if times == nil {
		return a.at
	}
	return a.places(times)
}

// places brings ascending times on the axis. A day that the axis does not have
// stands at the session before it.
func (a axis) places(times []time.Time) []float64 {
	all := make([]float64, len(times))
	day := 0
	for i, t := range times {
		date := session.DateOf(t)
		for day+1 < len(a.dates) && a.dates[day+1] <= date {
			day++
		}
		all[i] = a.position(day, t)
		if i > 0 {
			all[i] = max(all[i], all[i-1])
		}
	}
	return all
}

// sessions is how many sessions the axis is wide.
func (a axis) sessions() int { return max(len(a.dates)-1, 1) }

// position is the place of instant t of the day a.dates[i].
func (a axis) position(i int, t time.Time) float64 {
	n := float64(a.sessions())
	if i == 0 && len(a.dates) > 1 {
		return 0
	}
	if i < len(a.dates)-1 {
		return float64(i) / n
	}
	share := 1.0
	if length := a.last.Closes.Sub(a.last.Opens); length > 0 {
		share = float64(t.Sub(a.last.Opens)) / float64(length)
	}
	return (n - 1 + min(max(share, 0), 1)) / n
}

// find is the place of any instant; false where the axis does not reach it.
func (a axis) find(t time.Time) (float64, bool) {
	date := session.DateOf(t)
	for i := len(a.dates) - 1; i > 0; i-- {
		if a.dates[i] != date {
			continue
		}
		if i < len(a.dates)-1 {
			// The hours of earlier sessions are not known: the middle will do.
			return (float64(i) - 0.5) / float64(a.sessions()), true
		}
		return a.position(i, t), true
	}
	return 0, false
}

// labels draws the axis: dates or hours. Column left of w is place 0.
func (a axis) labels(w, left, columns int) []cell {
	row := make([]cell, w)
	for _, tick := range a.ticks(columns) {
		put(row, tick.text, a.column(tick.place, left, columns)-draw.Width(tick.text)/2)
	}
	return row
}

// column is where a place of the axis is drawn.
func (axis) column(place float64, left, columns int) int {
	return left + int(math.Round(place*float64(columns)))
}

// put writes text as near to column start as it has room with a blank at
// either side, or not at all.
func put(row []cell, text string, start int) {
	const furthest = 4
	start = min(max(start, 0), len(row)-len(text))
	for off := range 2*furthest + 1 {
		from := start + (off+1)/2*(1-2*(off%2)) // 0, -1, +1, -2, +2 …
		if from < 0 || from+len(text) > len(row) || !free(row, from-1, from+len(text)) {
			continue
		}
		for i := range len(text) {
			row[from+i] = cell{text: text[i : i+1], role: theme.Dim}
		}
		return
	}
}

// free tells that no cell from first to last is taken.
func free(row []cell, first, last int) bool {
	for i := max(first, 0); i <= min(last, len(row)-1); i++ {
		if row[i].text != "" {
			return false
		}
	}
	return true
}

// tick is a label of the time axis. Its text is ASCII.
type tick struct {
	place float64
	text  string
}

// ticks are hours for one session, days of the week for few, dates for many.
func (a axis) ticks(columns int) []tick {
	switch n := a.sessions(); {
	case n == 1:
		return a.hours(columns)
	case n <= 7 && columns/n >= len("Mon 24")+1:
		return a.weekdays()
	}
	return a.days(columns)
}

func (a axis) weekdays() []tick {
	var all []tick
	for i := 1; i < len(a.dates); i++ {
		d := a.dates[i]
		_, _, day := d.Civil()
		text := d.Weekday().String()[:3] + " " + strconv.Itoa(day)
		all = append(all, tick{place: (float64(i) - 0.5) / float64(a.sessions()), text: text})
	}
	return all
}

// days labels a few sessions at even distances, the first and last among them.
func (a axis) days(columns int) []tick {
	const room = len("28 Mar") + 5
	n := min(max(columns/room, 2), a.sessions()+1)
	var all []tick
	for i := range n {
		at := i * a.sessions() / (n - 1)
		_, month, day := a.dates[min(at, len(a.dates)-1)].Civil()
		text := strconv.Itoa(day) + " " + month.String()[:3]
		all = append(all, tick{place: float64(at) / float64(a.sessions()), text: text})
	}
	return all
}

// hours labels the opening, the close and round hours between them.
func (a axis) hours(columns int) []tick {
	opens, closes := a.last.Opens.In(session.Zone()), a.last.Closes.In(session.Zone())
	text := func(t time.Time) string { return t.Format("15:04") }
	all := []tick{{place: 0, text: text(opens)}, {place: 1, text: text(closes)}}
	length := closes.Sub(opens)
	if length < time.Hour {
		return all
	}
	const room = len("16:00") + 5
	every := max(int(length.Hours())*room/max(columns, 1)+1, 1)
	for t := opens.Truncate(time.Hour).Add(time.Hour); t.Before(closes); t = t.Add(time.Hour) {
		if place := float64(t.Sub(opens)) / float64(length); t.Hour()%every == 0 && place*float64(columns) >= float64(room) {
			all = append(all, tick{place: place, text: text(t)})
		}
	}
	return all
}
