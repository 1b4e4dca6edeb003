package model

import (
	"slices"
	"testing"
	"time"

	"gyre/model/session"
)

func TestLevelCurve(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	x := buildIndex(in)
	want := PerWindow[int]{
		2,      // the previous close and now
		6,      // 21 March and five sessions
		21, 21, // 28 February and the twenty sessions of March
		62, // 27 December and 61 sessions
		60, // 31 December and 59 sessions
	}
	for w, c := range x.Curves {
		if len(c.At) != want[w] || len(c.Lines) != 1 || len(c.Lines[0]) != len(c.At) {
			t.Errorf("%s: %d points, want %d", session.Window(w), len(c.At), want[w])
			continue
		}
		if base := closeOn(rut.Days, in.bases[w]).Float(); c.Lines[0][0] != base {
			t.Errorf("%s starts at %v, want the base %v", session.Window(w), c.Lines[0][0], base)
		}
		if last := c.Lines[0][len(c.At)-1]; last != 2023.27 {
			t.Errorf("%s ends at %v", session.Window(w), last)
		}
		if !slices.IsSortedFunc(c.At, time.Time.Compare) {
			t.Errorf("%s: time goes back", session.Window(w))
		}
	}
	if day := x.Curves[session.Day]; !day.At[0].Equal(in.shown.Opens) {
		t.Errorf("the day starts at %v, want the open", day.At[0])
	}
	if week := x.Curves[session.Week]; !week.At[1].Equal(time.Date(2025, time.March, 24, 16, 0, 0, 0, session.Zone())) {
		t.Errorf("Monday's close is at %v", week.At[1])
	}
}

func TestLevelCurveOfARunningSession(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	open := atClose(t, rut, friday()).shown.Opens
	cases := map[string]struct {
		path  []pathPoint
		level string // "" none
		at    time.Time
		want  []float64
	}{
		"before the first print":           {nil, "", time.Time{}, []float64{2065.70}},
		"a print at the open itself":       {nil, "2063.31", open, []float64{2065.70, 2063.31}},
		"between two samples":              {[]pathPoint{{open.Add(time.Minute), 2060}}, "2058", open.Add(90 * time.Second), []float64{2065.70, 2060, 2058}},
		"newer than a sample of that time": {[]pathPoint{{open, 2063.31}, {open.Add(time.Minute), 2060}}, "2059", open.Add(time.Minute), []float64{2065.70, 2063.31, 2059}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := atClose(t, rut, friday())
			in.path, in.level, in.at, in.official = c.path, 0, c.at, false
			if c.level != "" {
				in.level = price(t, c.level)
			}
			day := buildIndex(in).Curves[session.Day]
			if !slices.Equal(day.Lines[0], c.want) || len(day.At) != len(c.want) {
				t.Errorf("%v, want %v", day.Lines[0], c.want)
			}
		})
	}
}

func TestNoCurveWithoutItsBase(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	in.series = &IndexSeries{Symbol: "RUT", Days: rut.Days[60:]} // from 14 March on
	x := buildIndex(in)
	want := PerWindow[bool]{session.Day: true, session.Week: true}
	for w, known := range want {
		if (x.Curves[w] != nil) != known || x.Base[w].Known() != known {
			t.Errorf("%s: curve %v, base %q", session.Window(w), x.Curves[w] != nil, x.Base[w])
		}
	}
}

// A close on a day when the exchange was shut has no place on the time axis.
func TestCurveSkipsDaysWithoutASession(t *testing.T) {
	t.Parallel()
	rut, _ := publishedIndices(t)
	in := atClose(t, rut, friday())
	mourning := IndexDay{Date: session.NewDate(2025, time.January, 9), Close: price(t, "2238.96")}
	in.series = &IndexSeries{Symbol: "RUT", Days: slices.Insert(slices.Clone(rut.Days), 16, mourning)}
	if got, want := len(buildIndex(in).Curves[session.YearToDate].At), 60; got != want {
		t.Errorf("%d points, want %d", got, want)
	}
}
