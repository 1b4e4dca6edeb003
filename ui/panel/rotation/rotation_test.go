package rotation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/rotation"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func input(snap *model.Snapshot) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{})}
}

// text is the panel without its colours.
func text(in panel.Input, w, h int) string { return ansi.Strip(rotation.Render(in, w, h).String()) }

// squeezed has single blanks only, so that tests name figures and not gaps.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestEverySizeIsExact(t *testing.T) {
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		in := panel.Input{Snap: snap, Theme: th}
		in.State.Zoom.Page = w % 3
		in.State.Zoom.Benchmark = []string{"", "RUT", "gone"}[h%3]
		return rotation.Render(in, w, h)
	})
}

func TestLargeSizesAreExact(t *testing.T) {
	for _, snap := range uitest.All() {
		for _, size := range [][2]int{{160, 48}, {200, 60}, {250, 80}, {250, 12}, {20, 80}} {
			uitest.Exact(t, rotation.Render(input(snap.Snap), size[0], size[1]), size[0], size[1])
		}
	}
}

func TestGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	sizes := map[string][2]int{"60x20": {60, 20}, "20x5": {20, 5}, "120x40": {120, 40}}
	for dims, s := range sizes {
		for look, th := range uitest.Looks() {
			t.Run(look+"-"+dims, func(t *testing.T) {
				in := panel.Input{Snap: snap, Theme: th, Focused: true}
				golden.RequireEqual(t, rotation.Render(in, s[0], s[1]).String())
			})
		}
	}
}

func TestShowsTheDay(t *testing.T) {
	got := squeezed(text(input(uitest.FinalFrame()), 120, 40))
	for _, want := range []string{
		"Rotation map", "against the S&P 500 · 5 sessions", "■ Russell 2000 99.36 99.09 lagging 25 Mar",
		"improving", "leading", "weakening", "lagging", "R2000●", "momentum", "trend", "each trail is the last 5 sessions",
		"trend: 100 + z(14) of relative strength; momentum: 100 + z(14) of its 5-session rate of change",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, text(input(uitest.FinalFrame()), 120, 40))
		}
	}
}

func TestTheNameIsTheProjectsOwn(t *testing.T) {
	for _, size := range [][2]int{{20, 5}, {60, 20}, {120, 40}, {200, 60}} {
		if got := strings.ToUpper(text(input(uitest.FinalFrame()), size[0], size[1])); strings.Contains(got, "RRG") {
			t.Errorf("another's trademark at %v:\n%s", size, got)
		}
	}
}

// at is the cell of the map in which a string stands, and whether it is there.
func at(lines []string, s string) (x, y int, ok bool) {
	for y, line := range lines {
		if before, _, found := strings.Cut(line, s); found {
			return draw.Width(before), y, true
		}
	}
	return 0, 0, false
}

func TestPlacesOnThePlane(t *testing.T) {
	snap := uitest.FinalFrame()
	snap.Maps[0].Trails = []model.Trail{
		trail("Q1", "101.00", "101.00"), trail("Q4", "99.00", "99.00"), trail("SPX", "100.00", "100.00"),
	}
	in := input(snap)
	in.Bare = true
	lines := strings.Split(text(in, 120, 41), "\n")
	x1, y1, ok1 := at(lines, "●Q1")
	x4, y4, ok4 := at(lines, "●Q4")
	x0, y0, ok0 := at(lines, "●S&P")
	if !ok0 || !ok1 || !ok4 {
		t.Fatalf("a group is not on the map:\n%s", strings.Join(lines, "\n"))
	}
	if x4 >= x0 || x0 >= x1 || y1 >= y0 || y0 >= y4 {
		t.Errorf("trend does not run to the right and momentum upwards: %d,%d %d,%d %d,%d", x4, y4, x0, y0, x1, y1)
	}
	if d := (x1 - x0) - (x0 - x4); d < -1 || d > 1 {
		t.Errorf("100 is not in the middle across: %d, %d, %d", x4, x0, x1)
	}
	if d := (y4 - y0) - (y0 - y1); d < -1 || d > 1 {
		t.Errorf("100 is not in the middle up: %d, %d, %d", y1, y0, y4)
	}
	if !strings.Contains(lines[y0], "100") {
		t.Errorf("the row of momentum 100 is not named: %q", lines[y0])
	}
}

func trail(group, trend, momentum string) model.Trail {
	return model.Trail{Group: group, Points: []model.MapPoint{{Trend: figure(trend), Momentum: figure(momentum)}}}
}

func figure(s string) num.Figure {
	p, err := num.ParsePrice(s)
	if err != nil {
		return num.Figure{}
	}
	return num.NewFigure(p.Decimal(), 2)
}

func TestLabelsDoNotOverlap(t *testing.T) {
	snap := uitest.FinalFrame()
	groups := []string{"RUT", "RMICRO", "Q1", "Q4"}
	snap.Maps[0].Trails = nil
	for i, g := range groups {
		snap.Maps[0].Trails = append(snap.Maps[0].Trails, trail(g, "99.0"+string(rune('0'+3*i)), "99.00"))
	}
	got := text(input(snap), 120, 40)
	for _, name := range []string{"R2000", "Micro", "Q1", "Q4"} {
		if !strings.Contains(strings.ReplaceAll(got, "Micro caps", ""), name) {
			t.Errorf("%s has no label:\n%s", name, got)
		}
	}
}

func TestTheBenchmarkIsChosen(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.Zoom.Benchmark = "RUT"
	got := text(in, 120, 40)
	if !strings.Contains(got, "against the Russell 2000") || !strings.Contains(got, "S&P 500") || strings.Contains(got, "■ Russell 2000") {
		t.Errorf("not the map against the Russell 2000:\n%s", got)
	}
	if !strings.Contains(squeezed(got), "too short") {
		t.Errorf("a group without a way does not say so:\n%s", got)
	}
}

func TestSinceWhen(t *testing.T) {
	snap := uitest.FinalFrame()
	points := snap.Maps[0].Trails[0].Points
	for i := range points {
		points[i].Quadrant = points[len(points)-1].Quadrant
	}
	if got := text(input(snap), 130, 40); !strings.Contains(got, "20+ days") {
		t.Errorf("a group that was always there does not say how long:\n%s", got)
	}
}

func TestSmallScreensHaveASecondPage(t *testing.T) {
	in := input(uitest.FinalFrame())
	first := text(in, 60, 18)
	in.State.Zoom.Page = 1
	second := text(in, 60, 18)
	if !strings.Contains(first, "page 1/2") || !strings.Contains(first, "leading") || strings.Contains(first, "low debt/EV") {
		t.Errorf("the first page:\n%s", first)
	}
	if !strings.Contains(second, "page 2/2") || !strings.Contains(second, "low debt/EV") || !strings.Contains(second, "improving  below its mean, gaining") {
		t.Errorf("the second page:\n%s", second)
	}
	in.State.Zoom.Page = 2
	if got := text(in, 60, 18); got != first {
		t.Errorf("after the last page comes\n%s", got)
	}
}

func TestSaysWhatIsMissing(t *testing.T) {
	if got := text(input(uitest.Plain()), 60, 18); !strings.Contains(got, "asking …") {
		t.Errorf("not asked for:\n%s", got)
	}
	asked := uitest.Plain()
	asked.Query.Detail = model.DetailMap
	if got := text(input(asked), 60, 18); !strings.Contains(got, "no index to compare") {
		t.Errorf("asked for in vain:\n%s", got)
	}
	if got := text(input(uitest.Unknowns()), 120, 40); !strings.Contains(got, "n/a") || strings.Contains(got, "0.00") || strings.Contains(got, "●") {
		t.Errorf("unknown places look like places:\n%s", got)
	}
}

func BenchmarkRender(b *testing.B) {
	in := input(uitest.FinalFrame())
	for b.Loop() {
		rotation.Render(in, 120, 40)
	}
}

func TestMicroCapsThatTheDatasetDoesNotHave(t *testing.T) {
	snap := uitest.FinalFrame()
	if got := text(input(snap), 120, 40); !strings.Contains(got, "Micro caps") {
		t.Fatalf("the map has no micro caps:\n%s", got)
	}
	snap.Universes = snap.Universes[:1]
	if got := text(input(snap), 120, 40); strings.Contains(got, "Micro") {
		t.Errorf("a dataset without micro caps has them on the map:\n%s", got)
	}
}

// TestQuadrantsAreNamedInTheirQuadrant: a name that finds no room is left out
// and never stands on the line between two of them.
func TestQuadrantsAreNamedInTheirQuadrant(t *testing.T) {
	snap := uitest.FinalFrame()
	crossing := trail("Q4", "98.00", "98.00") // through every line of the lower left corner
	crossing.Points = append(crossing.Points, trail("", "98.10", "99.70").Points...)
	snap.Maps[0].Trails = []model.Trail{crossing}
	named := 0
	for h := 12; h <= 40; h++ {
		in := input(snap)
		in.Bare = true
		lines := strings.Split(text(in, 60, h), "\n")
		middle := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "100 ") && strings.Contains(line, "─") })
		if middle < 0 {
			continue
		}
		named++
		for name, below := range map[string]bool{"improving": false, "leading": false, "weakening": true, "lagging": true} {
			for y, line := range lines[:min(2*middle+1, len(lines))] {
				if strings.Contains(line, name) && (y == middle || y > middle != below) {
					t.Errorf("%d lines: %s is on line %d, 100 on %d:\n%s", h, name, y, middle, strings.Join(lines, "\n"))
				}
			}
		}
	}
	if named == 0 {
		t.Error("no size has a map")
	}
}
