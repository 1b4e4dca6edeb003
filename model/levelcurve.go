package model

import (
	"math"
	"time"

	"gyre/model/session"
)

// missed is a moment of the session at which the level is not known, because
// nobody watched until later. A session of which nothing is known but its close
// is one of days, without a path.
func (in *indexInput) missed() (time.Time, bool) {
	switch {
	case len(in.path) > 0:
		return unseen(in.shown, in.path[0].at)
	case in.level > 0 && in.at.Before(in.shown.Closes):
		return unseen(in.shown, in.at)
	default:
		return time.Time{}, false
	}
}

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
	if missed, ok := in.missed(); ok && len(at) > 0 {
		add(missed, math.NaN())
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
