package model

import (
	"math"
	"slices"
	"strings"
	"time"

	"gyre/model/num"
)

// LeastSurprises is how many earlier surprises of a release it takes to say
// how unusual a new one is.
const LeastSurprises = 5

// release is what makes two figures comparable: of one country, about one
// thing, in one unit.
type release struct{ title, country, unit string }

// spreadOut is a running mean and sum of squared deviations, after Welford (1962).
type spreadOut struct {
	n             int
	mean, squares float64
}

func (s *spreadOut) add(v float64) {
	s.n++
	away := v - s.mean
	s.mean += away / float64(s.n)
	s.squares += away * (v - s.mean)
}

// sigma is the sample standard deviation; 0 where there is none.
func (s *spreadOut) sigma() float64 {
	if s.n < 2 {
		return 0
	}
	return math.Sqrt(s.squares / float64(s.n-1))
}

// scoreSurprises says of every surprise how many there were before it of the
// same release, and how large it is in their standard deviations. What came out
// at the same instant is not before it.
func scoreSurprises(all []scheduled) {
	order := make([]*scheduled, 0, len(all))
	for i := range all {
		if all[i].surprise.Known() {
			order = append(order, &all[i])
		}
	}
	slices.SortStableFunc(order, func(a, b *scheduled) int { return a.out.Compare(b.out) })
	past := map[release]*spreadOut{}
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && order[to].out.Equal(order[from].out) {
			to++
		}
		for _, e := range order[from:to] {
			if earlier := past[e.release()]; earlier != nil {
				e.surprises = earlier.n
				e.sigmas = inSigmas(e.surprise, earlier)
			}
		}
		for _, e := range order[from:to] {
			key := e.release()
			if past[key] == nil {
				past[key] = &spreadOut{}
			}
			past[key].add(e.surprise.Float())
		}
		from = to
	}
}

// inSigmas is a surprise in standard deviations of the earlier ones, with two
// decimals; nothing where they are too few, or never differed.
func inSigmas(surprise num.Figure, earlier *spreadOut) num.Figure {
	sigma := earlier.sigma()
	if earlier.n < LeastSurprises || sigma == 0 {
		return num.Figure{}
	}
	return num.FigureFromFloat(surprise.Float()/sigma, 2)
}

func (e *scheduled) release() release { return release{series(e.Title), e.Country, e.unit} }

// series is a title without the month that it is about: what "ISM services,
// March" and "ISM services, April" have in common.
func series(title string) string {
	words := strings.FieldsFunc(title, func(r rune) bool { return r == ' ' || r == ',' })
	return strings.Join(slices.DeleteFunc(words, isMonth), " ")
}

// isMonth tells whether word is a month's name or its first three letters.
func isMonth(word string) bool {
	for m := time.January; m <= time.December; m++ {
		if word == m.String() || word == m.String()[:3] {
			return true
		}
	}
	return false
}
