package model

import "gyre/model/num"

// AxisState grades one axis.
type AxisState uint8

// The grades, weakest first.
const (
	StateNA AxisState = iota // not enough history or data: no claim
	StateNone
	StateTilt
	StateRotation
	StateExtreme
)

// AxisVerdict is the verdict of one axis.
type AxisVerdict struct {
	State  AxisState
	Sign   int // of the spread: size -1 into large, +1 into small; leverage +1 into high, -1 into low
	Z0, Z  num.Figure
	Trend  Trend
	Differ bool // mean and median of the spread differ in sign: capped at TILT
}

// Verdict is what one window says.
type Verdict struct {
	Withheld   bool      // coverage below 80 %
	State      AxisState // the strongest axis
	Size       AxisVerdict
	Leverage   AxisVerdict // the stronger of the two universes
	LeverageIn string      // universe that speaks
	MicroMore  bool        // micro caps rotate more than the Russell 2000, same direction
	Dots       Dots
	Coverage   num.Figure // percent, one decimal
	Text       string     // one sentence, ASCII
}

// Dots are the four reasons to trust the size axis.
type Dots struct {
	CIExcludesZero, SignsAgree, Covered, Unusual bool
}

// Count is the number of dots lit.
func (d Dots) Count() int {
	n := 0
	for _, lit := range [...]bool{d.CIExcludesZero, d.SignsAgree, d.Covered, d.Unusual} {
		if lit {
			n++
		}
	}
	return n
}
