package model

import (
	"testing"

	"gyre/model/session"
)

// mapAt is the rotation map of ref at the close of a day.
func mapAt(t *testing.T, ref *Reference, day string) []Map {
	t.Helper()
	m := start(ref)
	heartbeat(m, at(t, day+" 16:00:00"))
	return m.Snapshot(at(t, day+" 16:00:00"), Query{Detail: DetailMap}).Maps
}

func trailOf(t *testing.T, maps []Map, benchmark, group string) []MapPoint {
	t.Helper()
	for _, m := range maps {
		for _, trail := range m.Trails {
			if m.Benchmark == benchmark && trail.Group == group {
				return trail.Points
			}
		}
	}
	t.Fatalf("no trail of %s against %s", group, benchmark)
	return nil
}

func TestMapOfThePublishedIndices(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	rut, spx := publishedIndices(t)
	ref.Indices = []IndexSeries{*rut, *spx}
	points := trailOf(t, mapAt(t, ref, "2025-03-28"), "SPX", "RUT")
	want := [][2]string{{"101.21", "98.78"}, {"99.91", "97.65"}, {"99.95", "97.87"}, {"99.72", "98.53"}, {"99.36", "99.09"}}
	points = points[len(points)-len(want):]
	for i, p := range points {
		if p.Trend.String() != want[i][0] || p.Momentum.String() != want[i][1] {
			t.Errorf("%s: trend %s momentum %s, want %s %s", p.Date, p.Trend, p.Momentum, want[i][0], want[i][1])
		}
	}
	if q := points[4].Quadrant.String(); q != "Lagging" {
		t.Errorf("28 March is %q, want Lagging", q)
	}
}

// Not even a month's end, at which the groups are formed anew, may move a point.
func TestNoDayMovesAnEarlierPoint(t *testing.T) {
	t.Parallel()
	ref := fridayWorld().reference(t)
	days := ref.Calendar.Range(date(t, "2025-02-21"), date(t, "2025-03-28"))
	known := map[string]map[session.Date]MapPoint{}
	for _, day := range days {
		for _, m := range mapAt(t, ref, day.Date.String()) {
			for _, trail := range m.Trails {
				key := trail.Group + "/" + m.Benchmark
				if known[key] == nil {
					known[key] = map[session.Date]MapPoint{}
				}
				for _, p := range trail.Points {
					if before, ok := known[key][p.Date]; ok && before != p {
						t.Fatalf("%s: %s moved from %+v to %+v on %s", key, p.Date, before, p, day.Date)
					}
					known[key][p.Date] = p
				}
			}
		}
	}
	if len(known) != 16 {
		t.Errorf("%d trails, want eight groups against each of two benchmarks", len(known))
	}
	for key, points := range known {
		if len(points) < len(days) {
			t.Errorf("%s has %d points over %d sessions", key, len(points), len(days))
		}
	}
}

func TestMapWithTooShortAHistory(t *testing.T) {
	t.Parallel()
	w := fridayWorld()
	w.days = 31
	for _, m := range mapAt(t, w.reference(t), "2025-03-28") {
		for _, trail := range m.Trails {
			if len(trail.Points) != 0 {
				t.Errorf("%s against %s has points out of 31 closes", trail.Group, m.Benchmark)
			}
		}
	}
}
