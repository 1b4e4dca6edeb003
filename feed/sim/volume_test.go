package sim

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestVolumeIsUShaped(t *testing.T) {
	curve := volumeCurve(nil, 390)
	between := func(from, to int) int64 { return curve[to] - curve[from] }
	open, noon, closing := between(0, 30), between(180, 210), between(360, 389)
	if open < 2*noon || closing < 2*noon {
		t.Errorf("half hours trade %d at the open, %d at noon, %d at the close", open, noon, closing)
	}
	if auction := between(389, 390); auction < volumeUnits/12 {
		t.Errorf("the closing auction trades %d of %d", auction, volumeUnits)
	}
	if first := curve[0]; first < volumeUnits/100 || first > volumeUnits/20 {
		t.Errorf("the opening auction trades %d of %d", first, volumeUnits)
	}
}

func TestVolumeCurveNeverFalls(t *testing.T) {
	for _, minutes := range []int{1, 2, 210, 390} {
		curve := volumeCurve(nil, minutes)
		if len(curve) != minutes+1 || curve[minutes] != volumeUnits {
			t.Errorf("%d minutes end at %d", minutes, curve[minutes])
		}
		for m := 1; m <= minutes; m++ {
			if curve[m] < curve[m-1] {
				t.Errorf("of %d minutes the %dth goes back", minutes, m)
			}
		}
	}
}

func TestScaleIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.Int64Range(1, 1<<62).Draw(t, "of")
		part := rapid.Int64Range(0, of).Draw(t, "part")
		whole := rapid.Int64Range(0, 1<<62).Draw(t, "whole")
		want := new(big.Int).Mul(big.NewInt(part), big.NewInt(whole))
		want.Quo(want, big.NewInt(of))
		if got := scale(part, whole, of); got != want.Int64() {
			t.Fatalf("scale(%d, %d, %d) = %d, want %s", part, whole, of, got, want)
		}
	})
}
