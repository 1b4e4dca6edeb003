package alert

import (
	"math"
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// spread is what is watched of one spread in one window.
type spread struct {
	name         string
	mean, median num.Figure
	z0           num.Figure
	differ       bool
}

// spreads tells of signs and sizes of all spreads in one window.
func (l *look) spreads(w session.Window) {
	if l.held {
		return
	}
	all := []spread{spreadOf(l.snap.Size.SpreadName(), &l.snap.Size.Spread[w])}
	for i := range l.snap.Leverage {
		all = append(all, l.leverage(i, w))
	}
	if pair := &l.snap.Pair; pair.Known {
		all = append(all, spread{name: short(pair.A) + "-" + short(pair.B), mean: pair.Spread[w], z0: pair.Z0[w]})
	}
	for i := range all {
		l.flip(w, &all[i])
		l.unusual(w, &all[i])
		l.outliers(w, &all[i])
	}
	l.split(w)
}

func spreadOf(name string, s *model.Spread) spread {
	return spread{name: name, mean: s.Return[model.Mean], median: s.Return[model.Median], z0: s.Z0, differ: s.Differ}
}

// flip tells when a spread has changed its sign. Near zero it keeps the sign
// that it had.
func (l *look) flip(w session.Window, s *spread) {
	k := key{SpreadFlip, w.String() + " " + s.name}
	side := l.side(s)
	was, known := l.memory[k]
	switch {
	case side == 0:
		return
	case known && was.value == -side:
		if l.turn(k, side) {
			word := "positive"
			if side < 0 {
				word = "negative"
			}
			l.raise(SpreadFlip, "%s %s has turned %s, %s pp", s.name, w, word, signed(s.mean))
		}
	default:
		l.begin(k, side)
	}
}

// side is the sign of a spread that lies far enough from zero to have one, else 0.
func (l *look) side(s *spread) int {
	if !l.far(s, l.rules.FlipSigmas) {
		return 0
	}
	return s.mean.Sign()
}

// far tells whether a spread lies some of its own sigmas from zero; where they
// are not known FlipPoints stand for them.
func (l *look) far(s *spread, sigmas float64) bool {
	if s.z0.Known() {
		return math.Abs(s.z0.Float()) >= sigmas-grain
	}
	return s.mean.Known() && math.Abs(s.mean.Float()) >= l.rules.FlipPoints
}

// unusual tells when |z0| has reached a level; of several the highest. What the
// verdict has just said is not said again.
func (l *look) unusual(w session.Window, s *spread) {
	if !s.z0.Known() {
		return
	}
	said := l.spoken[w.String()+" "+s.name]
	for _, level := range slices.Backward(l.rules.ZLevels) {
		for _, sign := range [...]int{-1, 1} {
			reached := signedPlain(float64(sign) * level)
			z := float64(sign) * s.z0.Float()
			k := key{Z0, w.String() + " " + s.name + " " + reached}
			if l.latch(k, z >= level, z <= level*(1-l.rules.Hysteresis)+grain) && !said {
				said = true
				l.raise(Z0, "%s %s z0 %s has reached %s", s.name, w, signed(s.z0), reached)
			}
		}
	}
}

// outliers tells when mean and median of a spread that is worth a claim come to
// differ in sign: a few names make it. That is over once they agree, or the
// spread has become small.
func (l *look) outliers(w session.Window, s *spread) {
	if !s.mean.Known() || !s.median.Known() {
		return
	}
	large := l.far(s, l.rules.DifferSigmas)
	small := !l.far(s, l.rules.DifferSigmas*(1-l.rules.Hysteresis)+2*grain)
	if l.latch(key{MeanMedian, w.String() + " " + s.name}, s.differ && large, !s.differ || small) {
		l.raise(MeanMedian, "%s %s mean and median differ in sign: mean %s, median %s pp", s.name, w, signed(s.mean), signed(s.median))
	}
}

// split tells when the leverage spreads of the two universes, both far enough
// from zero, come to differ in sign.
func (l *look) split(w session.Window) {
	if len(l.snap.Leverage) < 2 {
		return
	}
	a, b := l.leverage(0, w), l.leverage(1, w)
	if !a.mean.Known() || !b.mean.Known() {
		return
	}
	sides := l.side(&a) * l.side(&b)
	if l.latch(key{LeverageSplit, w.String()}, sides < 0, sides > 0) {
		l.raise(LeverageSplit, "%s %s pp, but %s %s pp over %s", a.name, signed(a.mean), b.name, signed(b.mean), w)
	}
}

// leverage is the spread of the i-th universe.
func (l *look) leverage(i int, w session.Window) spread {
	lev := &l.snap.Leverage[i]
	return spreadOf(short(lev.Universe)+" H-L", &lev.Spread[w])
}

// breadth tells when few, or nearly all, names of a size bucket advance;
// buckets that turn together share an alert.
func (l *look) breadth(w session.Window) {
	if l.held {
		return
	}
	var low, high []string
	for i := range l.snap.Size.Buckets {
		b := &l.snap.Size.Buckets[i]
		advancing := b.Groups[w].Advancing
		if !advancing.Known() {
			continue
		}
		text := b.ID + " " + advancing.String() + " %"
		pct := advancing.Float()
		// Both bounds look at the distance from their end of the scale.
		if l.falls(key{Breadth, w.String() + " low " + b.ID}, pct, l.rules.BreadthLow) {
			low = append(low, text)
		}
		if l.falls(key{Breadth, w.String() + " high " + b.ID}, 100-pct, 100-l.rules.BreadthHigh) {
			high = append(high, text)
		}
	}
	if len(low) > 0 {
		l.raise(Breadth, "%s few names advance: %s", w, strings.Join(low, ", "))
	}
	if len(high) > 0 {
		l.raise(Breadth, "%s nearly all names advance: %s", w, strings.Join(high, ", "))
	}
}
