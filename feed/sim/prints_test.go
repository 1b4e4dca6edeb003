package sim

import (
	"testing"

	"pgregory.net/rapid"
)

// The schedule begins and ends where it should, and leaves room for a high
// and a low between them.
func TestSchedule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBar(t)
		first := rapid.IntRange(0, 380).Draw(t, "first")
		last := rapid.IntRange(first, 390).Draw(t, "last")
		w := newWalker(390, nil)
		d := newDraw(rapid.Uint64().Draw(t, "seed"), 1, 1)
		w.schedule(&b, first, last, &d)
		if w.printed[0] != first || w.printed[len(w.printed)-1] != last {
			t.Fatalf("from %d to %d: %v", first, last, w.printed)
		}
		for k := 1; k < len(w.printed); k++ {
			if w.printed[k] <= w.printed[k-1] {
				t.Fatalf("not ascending: %v", w.printed)
			}
		}
		if last-first >= 3 && len(w.printed) < 4 {
			t.Fatalf("no room for a high and a low: %v", w.printed)
		}
	})
}

func TestChanceOfAPrint(t *testing.T) {
	for name, c := range map[string]struct {
		bar  Bar
		want uint64
	}{
		"nothing trades":         {Bar{Close: dollar}, 24},
		"a quiet name":           {Bar{Close: 2 * dollar, Volume: 100_000}, 24},
		"half as busy":           {Bar{Close: 10 * dollar, Volume: 500_000}, 128},
		"busy":                   {Bar{Close: 10 * dollar, Volume: 1_000_000}, 256},
		"busier than every name": {Bar{Close: 900_000 * dollar, Volume: 50_000_000}, 256},
	} {
		if got := c.bar.chance(); got != c.want {
			t.Errorf("%s: %d of 256, want %d", name, got, c.want)
		}
	}
}

// Whether a first print is given or drawn does not change the numbers that
// follow, so that a name's path does not jump when one is given.
func TestFirstUsesTheSameNumbers(t *testing.T) {
	given, drawn := newDraw(3, 4, 5), newDraw(3, 4, 5)
	if m := (&Bar{First: 9}).first(390, &given); m != 9 {
		t.Errorf("first print in minute %d, want 9", m)
	}
	(&Bar{}).first(390, &drawn)
	if given.next() != drawn.next() {
		t.Error("the streams have come apart")
	}
}

func TestFirstPrintLiesWithinTheSession(t *testing.T) {
	d := newDraw(1, 1, 1)
	for range 1000 {
		if m := (&Bar{Thin: true, First: d.below(50)}).first(20, &d); m < 0 || m >= 20 {
			t.Fatalf("minute %d of 20", m)
		}
	}
}
