package chart_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// full is a chart with one of everything.
func full() chart.Spec {
	s := one(1, 2, math.NaN(), 3, 2)
	s.Lines = append(s.Lines, chart.Line{Times: closes(5), Values: []float64{3, 1, 2, 2, 1}, Label: "M", Role: theme.Series2})
	s.Band = &chart.Band{Low: 1, High: 3}
	s.Marks = []chart.Mark{{At: s.Times[2], Glyph: "*", Role: theme.Star}}
	return s
}

// kept tells that both are one block, and not two that are equal.
func kept(a, b draw.Block) bool { return &a[0] == &b[0] }

func TestMemoKeepsWhatIsTheSame(t *testing.T) {
	var m chart.Memo
	th := theme.New(theme.Options{})
	first := m.Draw(th, full(), 60, 12)
	if !kept(first, m.Draw(th, full(), 60, 12)) {
		t.Error("an equal chart was drawn again")
	}
	changes := map[string]func(*chart.Spec){
		"a value":         func(s *chart.Spec) { s.Lines[0].Values[1] = 2.5 },
		"a gap":           func(s *chart.Spec) { s.Lines[0].Values[1] = math.NaN() },
		"a value more":    func(s *chart.Spec) { s.Lines[0].Values = append(s.Lines[0].Values, 1) },
		"a label":         func(s *chart.Spec) { s.Lines[0].Label = "N" },
		"a role":          func(s *chart.Spec) { s.Lines[0].Role = theme.Series3 },
		"a line less":     func(s *chart.Spec) { s.Lines = s.Lines[:1] },
		"a line's times":  func(s *chart.Spec) { s.Lines[1].Times[4] = s.Lines[1].Times[4].Add(-time.Hour) },
		"no own times":    func(s *chart.Spec) { s.Lines[1].Times = nil },
		"the times":       func(s *chart.Spec) { s.Times = closes(6)[1:] },
		"the session":     func(s *chart.Spec) { s.Session = session.FullDay(session.NewDate(2025, time.March, 7)) },
		"the band":        func(s *chart.Spec) { s.Band.Low = 1.5 },
		"no band":         func(s *chart.Spec) { s.Band = nil },
		"a mark's place":  func(s *chart.Spec) { s.Marks[0].At = s.Times[3] },
		"a mark less":     func(s *chart.Spec) { s.Marks = nil },
		"a mark's letter": func(s *chart.Spec) { s.Marks[0].Glyph = "+" },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := full()
			change(&s)
			if kept(first, m.Draw(th, s, 60, 12)) {
				t.Error("a chart that is another one was not drawn")
			}
		})
	}
	if kept(first, m.Draw(th, full(), 61, 12)) || kept(first, m.Draw(th, full(), 60, 11)) ||
		kept(first, m.Draw(theme.New(theme.Options{Ground: theme.Light}), full(), 60, 12)) {
		t.Error("another size or another theme got the same picture")
	}
}

func TestMemoKeepsTheChartsOfAScreen(t *testing.T) {
	var m chart.Memo
	th := theme.New(theme.Options{})
	still := m.Draw(th, full(), 60, 12)
	for i := range 20 {
		m.Draw(th, one(1, 2, float64(i)), 60, 12) // a chart that changes with each snapshot
		if !kept(still, m.Draw(th, full(), 60, 12)) {
			t.Fatalf("after %d changes of another chart this one was drawn again", i+1)
		}
	}
}

func TestNoMemoDraws(t *testing.T) {
	var m *chart.Memo
	th := theme.New(theme.Options{})
	if !slices.Equal(m.Draw(th, full(), 60, 12), chart.Draw(th, full(), 60, 12)) {
		t.Error("a nil Memo draws something else")
	}
}

// TestMemoDrawsWhatDrawDraws goes through charts at random, some of them again.
func TestMemoDrawsWhatDrawDraws(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(rt *rapid.T) {
		var m chart.Memo
		var specs []chart.Spec
		for range 5 {
			specs = append(specs, one(rapid.SliceOfN(rapid.Float64Range(-3, 3), 2, 5).Draw(rt, "values")...))
		}
		for range 20 {
			s := rapid.SampledFrom(specs).Draw(rt, "spec")
			w, h := rapid.IntRange(10, 20).Draw(rt, "w"), rapid.IntRange(2, 6).Draw(rt, "h")
			if !slices.Equal(m.Draw(th, s, w, h), chart.Draw(th, s, w, h)) {
				rt.Fatalf("the kept chart is not the one drawn anew")
			}
		}
	})
}
