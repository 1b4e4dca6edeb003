package model

import (
	"time"

	"gyre/model/session"
)

// levelCurve is an index's level over a window: its base, a point at each
// close, the session's own path, and now. The base of one day lies at the open:
// the night has no width. There is no curve without a close at the base.
func levelCurve(in *indexInput, days []IndexDay, w session.Window) *Curve {
	base := in.bases[w]
	if closeOn(days, base) <= 0 {
		return nil
	}
	var at []time.Time
	var line []float64
	add := func(t time.Time, v float64) { at, line = append(at, t), append(line, v) }
	for _, day := range daysFrom(days, base) {
		t := in.shown.Opens
		if w != session.Day {
			s, ok := in.cal.On(day.Date)
			if !ok {
				continue
			}
			t = s.Closes
		}
		add(t, day.Close.Float())
	}
	for _, p := range in.path {
		add(p.at, p.value)
	}
	last := len(at) - 1
	switch {
	case in.level <= 0 || last < 0:
	case len(in.path) > 0 && !in.at.After(at[last]):
		line[last] = in.level.Float() // the newest word on the moment of the newest sample
	default:
		add(in.at, in.level.Float())
	}
	return &Curve{At: at, Lines: [][]float64{line}}
}
