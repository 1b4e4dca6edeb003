package ui

import (
	"testing"

	"gyre/ui/panel"
)

// states are the states that the layout looks at.
func states() map[string]panel.State {
	replay := playing()
	help, prompt, notice := replay, replay, replay
	help.Help, prompt.Prompt.Open, notice.Notice = true, true, "Something to say."
	zoomed, alerts := replay, replay
	zoomed.View, alerts.View = panel.ViewSize, panel.ViewAlerts
	two, turned, data := replay, replay, replay
	two.Panels = panel.PanelsOf(panel.FocusCalendar, panel.FocusLeverage)
	turned.Panels = panel.PanelsOf(panel.FocusQuality, panel.FocusCalendar, panel.FocusLeverage, panel.FocusSize, panel.FocusIndex)
	data.Panels = panel.PanelsOf(panel.FocusQuality)
	return map[string]panel.State{
		"two panels": two, "all turned round": turned, "one panel": data,
		"live": {}, "replay": replay, "help": help, "prompt": prompt, "notice": notice, "zoomed": zoomed, "alerts": alerts,
	}
}

func TestPartsLieOnTheScreenAndNeverOverlap(t *testing.T) {
	for name, state := range states() {
		t.Run(name, func(t *testing.T) {
			for w := 1; w <= 500; w++ {
				for h := 1; h <= 200; h++ {
					places := layout(w, h, state)
					for i, p := range places {
						r := p.rect
						if r.w <= 0 || r.h <= 0 || r.x < 0 || r.y < 0 || r.x+r.w > w || r.y+r.h > h {
							t.Fatalf("%dx%d: part %d lies at %+v", w, h, p.part, r)
						}
						for _, other := range places[:i] {
							o := other.rect
							if r.x < o.x+o.w && o.x < r.x+r.w && r.y < o.y+o.h && o.y < r.y+r.h {
								t.Fatalf("%dx%d: parts %d at %+v and %d at %+v overlap", w, h, p.part, r, other.part, o)
							}
						}
					}
				}
			}
		})
	}
}

func TestEveryPartIsPlacedAtMostOnce(t *testing.T) {
	for name, state := range states() {
		for w := 1; w <= 250; w++ {
			for h := 1; h <= 80; h++ {
				var seen [partCount]bool
				for _, p := range layout(w, h, state) {
					if seen[p.part] {
						t.Fatalf("%s %dx%d: part %d is placed twice", name, w, h, p.part)
					}
					seen[p.part] = true
				}
				if !seen[partVerdict] && (!state.Prompt.Open || h > 1) {
					t.Fatalf("%s %dx%d: no verdict", name, w, h)
				}
			}
		}
	}
}

// TestMoreRowsNeverTakeAPartAway holds what smooth means: a screen that grows
// by a row shows all that it showed before.
func TestMoreRowsNeverTakeAPartAway(t *testing.T) {
	for _, name := range []string{"live", "replay", "help", "zoomed", "alerts", "two panels", "one panel", "all turned round"} {
		state := states()[name]
		for w := 1; w <= 250; w++ {
			var before [partCount]int
			for h := 1; h <= 100; h++ {
				var now [partCount]int
				for _, p := range layout(w, h, state) {
					now[p.part] = p.rect.h
				}
				for p := range now {
					if now[p] == 0 && before[p] > 0 {
						t.Fatalf("%s %dx%d: part %d was there with a row less", name, w, h, p)
					}
				}
				before = now
			}
		}
	}
}

// heights is the height of each part on a screen.
func heights(w, h int, state panel.State) map[part]int {
	all := map[part]int{}
	for _, p := range layout(w, h, state) {
		all[p.part] = p.rect.h
	}
	return all
}

func TestTheFourArrangements(t *testing.T) {
	cases := map[string]struct {
		w, h   int
		want   map[part]int
		framed bool
	}{
		"60x20": {60, 20, map[part]int{
			partHeader: 1, partVerdict: 2, partIndex: 3, partSize: 6, partLeverage: 3, partCalendar: 3, partQuality: 1,
			partScrubber: 1, partFooter: 1,
		}, false},
		"80x24": {80, 24, map[part]int{
			partHeader: 1, partVerdict: 2, partIndex: 9, partSize: 6, partLeverage: 3, partCalendar: 1, partQuality: 1,
			partScrubber: 1, partFooter: 1,
		}, false},
		"120x40": {120, 40, map[part]int{
			partHeader: 1, partVerdict: 1, partIndex: 17, partSize: 17, partLeverage: 12, partCalendar: 12, partQuality: 4,
			partScrubber: 1, partFooter: 1,
		}, true},
		"200x60": {200, 60, map[part]int{
			partHeader: 1, partVerdict: 1, partIndex: 36, partSize: 36, partLeverage: 17, partCalendar: 17, partQuality: 17,
			partScrubber: 1, partFooter: 1,
		}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := heights(c.w, c.h, playing())
			for p := range part(partCount) {
				if got[p] != c.want[p] {
					t.Errorf("part %d has %d rows, want %d", p, got[p], c.want[p])
				}
			}
			for _, p := range layout(c.w, c.h, playing()) {
				if p.part == partIndex && p.framed != c.framed {
					t.Errorf("the panels are framed: %v, want %v", p.framed, c.framed)
				}
			}
		})
	}
}

// TestTinyScreensSayWhatMattersMost: fewer rows drop the last of these first.
func TestTinyScreensSayWhatMattersMost(t *testing.T) {
	order := []part{partVerdict, partIndex, partHeader}
	for h := 1; h <= 3; h++ {
		got := heights(40, h, panel.State{})
		for _, p := range order[:h] {
			if got[p] != 1 {
				t.Errorf("%d rows: part %d has %d of them, want 1", h, p, got[p])
			}
		}
	}
}

func TestTheTimeBeingTypedIsSeenEverywhere(t *testing.T) {
	state := playing()
	state.Prompt.Open = true
	for w := 1; w <= 200; w += 7 {
		for h := 1; h <= 60; h++ {
			if heights(w, h, state)[partFooter] != 1 {
				t.Fatalf("%dx%d: no line for the time being typed", w, h)
			}
		}
	}
}

func TestNoScreenHasNoParts(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {0, 10}, {10, 0}, {-1, -1}} {
		if got := layout(size[0], size[1], panel.State{}); len(got) != 0 {
			t.Errorf("%v: %v", size, got)
		}
	}
}
