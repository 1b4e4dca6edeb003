package index

import (
	"math"

	"gyre/model"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// curve is the index' path over the chosen window; nil where there is none.
func (v view) curve(index *model.Index) *model.Curve {
	c := index.Curves[v.window]
	if c == nil || len(c.Lines) == 0 || len(c.At) == 0 {
		return nil
	}
	return c
}

// rebased tells that the chart has several indices, so that it shows percent
// since the base, and not levels.
func (v view) rebased() bool {
	n := 0
	for i := range v.snap.Indices {
		if v.curve(&v.snap.Indices[i]) != nil {
			n++
		}
	}
	return n > 1
}

// chart draws the indices over the chosen window into h lines.
func (v view) chart(h int) draw.Block {
	spec := chart.Spec{Session: v.snap.Clock.Session, Marks: say.Marks(v.th, v.snap)}
	rebase := v.rebased()
	for i := range v.snap.Indices {
		index := &v.snap.Indices[i]
		curve := v.curve(index)
		if curve == nil {
			continue
		}
		values, base := curve.Lines[0], 1.0
		if rebase {
			base = v.base(index, values)
			values = percent(values, base)
		}
		if len(curve.At) > len(spec.Times) {
			spec.Times = curve.At
		}
		spec.Lines = append(spec.Lines, chart.Line{
			Times: curve.At, Values: values, Label: say.Short(index.Symbol), Role: lineRole(i),
		})
		if r := index.Range; r != nil && index == v.ranged() {
			low, high := r.Low.Float(), r.High.Float()
			if rebase {
				low, high = 100*(low/base-1), 100*(high/base-1)
			}
			spec.Band = &chart.Band{Low: low, High: high}
		}
	}
	return v.charts.Draw(v.th, spec, v.w, h)
}

// base is the close from which an index' percentages count.
func (v view) base(index *model.Index, values []float64) float64 {
	if b := index.Base[v.window]; b.Known() && b.Sign() > 0 {
		return b.Float()
	}
	for _, value := range values {
		if value > 0 && !math.IsInf(value, 0) {
			return value
		}
	}
	return math.NaN()
}

func percent(levels []float64, base float64) []float64 {
	all := make([]float64, len(levels))
	for i, level := range levels {
		all[i] = 100 * (level/base - 1)
	}
	return all
}

// lineRole keeps the warm colour for the first index, as in the range's dot.
func lineRole(i int) theme.Role {
	if i == 0 {
		return theme.Series5
	}
	return theme.Series6
}
