package index_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/uitest"
)

// Who joins at noon sees a gap on the chart of the day, and from when on it is
// drawn.
func TestWhatWasMissedIsAGap(t *testing.T) {
	snap := uitest.FinalFrame()
	day := snap.Clock.Session
	noon := day.Opens.Add(150 * time.Minute)
	snap.Indices = snap.Indices[:1]
	whole := text(snap, session.Day, 70, 17)
	curve := &model.Curve{At: []time.Time{day.Opens, day.Opens.Add(75 * time.Minute)}, Lines: [][]float64{{2065.70, math.NaN()}}}
	for at := noon; !at.After(day.Closes); at = at.Add(5 * time.Minute) {
		curve.At, curve.Lines[0] = append(curve.At, at), append(curve.Lines[0], 2030)
	}
	snap.Indices[0].Curves[session.Day], snap.Clock.Since = curve, noon
	late := text(snap, session.Day, 70, 17)
	if !strings.Contains(late, "since 27 Mar · from 12:00") || strings.Contains(whole, "from 12:00") {
		t.Errorf("it does not say from when on it is drawn:\n%s", late)
	}
	if strings.Contains(text(snap, session.Week, 70, 17), "from 12:00") {
		t.Error("the week is said to be drawn from noon")
	}
	axis := ""
	flat, drawn := 0, 0
	for _, line := range strings.Split(late, "\n") {
		if strings.Contains(line, "09:30") {
			axis = line
		}
		if n := strings.Count(line, "─"); strings.Contains(line, "2,030") && strings.Contains(line, "┤") {
			flat = n
		}
		if strings.ContainsAny(line, "╮╰╭╯") {
			drawn++
		}
	}
	if axis == "" || flat == 0 || flat > 45 {
		t.Errorf("the flat line from noon on is %d cells long:\n%s", flat, late)
	}
	if drawn > 2 {
		t.Errorf("a line leads from the previous close to noon:\n%s", late)
	}
}
