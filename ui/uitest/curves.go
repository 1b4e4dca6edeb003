package uitest

import (
	"math"
	"time"

	"gyre/model"
	"gyre/model/session"
)

// timeAxis has the sessions of the sample and the minutes of the last one.
type timeAxis struct {
	sessions []session.Session
	bases    model.PerWindow[int] // place of each window's base in sessions
	minutes  []time.Time
}

func newTimeAxis(calendar *session.Calendar, s *model.Snapshot) timeAxis {
	axis := timeAxis{sessions: calendar.Range(session.NewDate(2024, time.December, 16), s.Clock.Session.Date)}
	for w, info := range s.Windows {
		for i, day := range axis.sessions {
			if day.Date == info.Base {
				axis.bases[w] = i
			}
		}
	}
	for t := s.Clock.Session.Opens; !t.After(s.Clock.Session.Closes); t = t.Add(5 * time.Minute) {
		axis.minutes = append(axis.minutes, t)
	}
	return axis
}

// times are the points of one window: the base, a point a session, the minutes.
func (a timeAxis) times(w session.Window) []time.Time {
	var all []time.Time
	for _, day := range a.sessions[a.bases[w] : len(a.sessions)-1] {
		all = append(all, day.Closes)
	}
	return append(all, a.minutes...)
}

// levels are the closes of one window with the last session's own path, which
// goes from the last close over low to the final level.
func (a timeAxis) levels(w session.Window, closes []float64, low float64) []float64 {
	last := len(a.sessions) - 1
	all := append([]float64(nil), closes[a.bases[w]:last]...)
	from, to := closes[last-1], closes[last]
	const lowAt = 0.63 // 13:35
	for i := range a.minutes {
		x := float64(i) / float64(len(a.minutes)-1)
		v := low + (from-low)*(1-x/lowAt)
		if x > lowAt {
			v = low + (to-low)*(x-lowAt)/(1-lowAt)
		}
		ripple := math.Sin(x*40) * math.Sin(x*math.Pi) * (from - low) / 20
		all = append(all, v+ripple)
	}
	all[len(all)-1] = to
	return all
}

// percent is a path from 0 to final that moves as levels do, by beta.
func percent(levels []float64, final, beta float64) []float64 {
	base, end := levels[0], levels[len(levels)-1]
	total := 100 * (end/base - 1)
	all := make([]float64, len(levels))
	for i, level := range levels {
		u := float64(i) / float64(len(levels)-1)
		all[i] = final*u + beta*(100*(level/base-1)-total*u)
	}
	return all
}
