package ui

import (
	"slices"
	"testing"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func benchSizes() []Size { return []Size{{60, 20}, {80, 24}, {120, 40}, {200, 60}} }

// BenchmarkRender is one frame: cold is drawn from nothing, warm is drawn
// again from the same snapshot.
func BenchmarkRender(b *testing.B) {
	th, snap, state := theme.New(theme.Options{}), uitest.FinalFrame(), playing()
	for _, size := range benchSizes() {
		b.Run("cold/"+sizeName(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Render(snap, size, th, state)
			}
		})
		b.Run("warm/"+sizeName(size), func(b *testing.B) {
			b.ReportAllocs()
			s := newScreen(DefaultKeyMap(true))
			for b.Loop() {
				s.render(frame{snap, size, th, state})
			}
		})
	}
}

// BenchmarkView10Changed is the screen of a running dashboard when a snapshot
// comes in which ten figures differ.
func BenchmarkView10Changed(b *testing.B) {
	th, base, state := theme.New(theme.Options{}), uitest.FinalFrame(), playing()
	series := []frame{}
	for i := range 7 {
		series = append(series, frame{uitest.Changed(base, i), Size{120, 40}, th, state})
	}
	s := newScreen(DefaultKeyMap(true))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		s.render(series[i%len(series)])
		i++
	}
}

// BenchmarkViewAllChanged is the same where every chart has moved as well.
func BenchmarkViewAllChanged(b *testing.B) {
	th, base, state := theme.New(theme.Options{}), uitest.FinalFrame(), playing()
	series := []frame{}
	for i := range 7 {
		series = append(series, frame{moved(uitest.Changed(base, i), i), Size{120, 40}, th, state})
	}
	s := newScreen(DefaultKeyMap(true))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		s.render(series[i%len(series)])
		i++
	}
}

// moved is s with another last point on every line of the week's charts.
func moved(s *model.Snapshot, i int) *model.Snapshot {
	w := session.Week
	move := func(c *model.Curve) *model.Curve {
		if c == nil {
			return nil
		}
		lines := make([][]float64, len(c.Lines))
		for n, line := range c.Lines {
			lines[n] = slices.Clone(line)
			lines[n][len(line)-1] *= 1 + float64(i)/1000
		}
		return &model.Curve{At: c.At, Lines: lines}
	}
	for n := range s.Indices {
		s.Indices[n].Curves[w] = move(s.Indices[n].Curves[w])
	}
	for n := range s.Leverage {
		s.Leverage[n].Curves[w] = move(s.Leverage[n].Curves[w])
	}
	s.Size.Curves[w] = move(s.Size.Curves[w])
	return s
}
