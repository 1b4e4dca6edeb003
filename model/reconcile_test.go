package model

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestReconcile(t *testing.T) {
	t.Parallel()
	const bp = num.ReturnScale / 10_000
	cases := map[string]struct {
		implied, printed num.Return
		state            ReconcileState
		gap              string
	}{
		"equal":                    {-164 * bp, -164 * bp, ReconcileOK, "0.000"},
		"a tenth of a point":       {-154 * bp, -164 * bp, ReconcileOK, "0.100"},
		"just over a tenth":        {-154*bp + 1, -164 * bp, ReconcileAmber, "0.100"},
		"three tenths, below":      {-194 * bp, -164 * bp, ReconcileAmber, "-0.300"},
		"just over three tenths":   {-194*bp - 1, -164 * bp, ReconcileRed, "-0.300"},
		"far off":                  {0, -164 * bp, ReconcileRed, "1.640"},
		"a gap that rounds to nil": {1, 0, ReconcileOK, "0.000"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reconcile(c.implied, c.printed, true)
			if r.State != c.state || r.Gap.String() != c.gap {
				t.Errorf("state %d gap %s, want %d %s", r.State, r.Gap, c.state, c.gap)
			}
		})
	}
	if r := reconcile(bp, bp, false); r != (Reconcile{}) {
		t.Errorf("something is said without members: %+v", r)
	}
}

func TestReconcileGradesTheExactGap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		implied := num.Return(rapid.Int64Range(-1e9, 1e9).Draw(t, "implied"))
		printed := num.Return(rapid.Int64Range(-1e9, 1e9).Draw(t, "printed"))
		there, back := reconcile(implied, printed, true), reconcile(printed, implied, true)
		if there.State != back.State || there.Gap.Sign() != -back.Gap.Sign() {
			t.Fatalf("not the same in the other direction: %+v %+v", there, back)
		}
		points := math.Abs(float64(implied-printed)) / 1e8
		want := ReconcileRed
		switch {
		case points <= 0.10:
			want = ReconcileOK
		case points <= 0.30:
			want = ReconcileAmber
		}
		if there.State != want {
			t.Fatalf("%v pp is graded %d, want %d", points, there.State, want)
		}
	})
}
