package ui

import (
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// themes are the looks that frames are checked in.
func themes() map[string]*theme.Theme {
	return map[string]*theme.Theme{
		"dark":  theme.New(theme.Options{}),
		"light": theme.New(theme.Options{Ground: theme.Light}),
		"mono":  theme.New(theme.Options{Ground: theme.Mono}),
		"ascii": theme.New(theme.Options{Ground: theme.Mono, ASCII: true}),
	}
}

// failer is a test, of the standard library or of rapid.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// exact fails unless text is size.H lines of size.W cells each, as the library
// that knows all of Unicode counts them.
func exact(tb failer, text string, size Size) {
	tb.Helper()
	if size.W <= 0 || size.H <= 0 {
		if text != "" {
			tb.Fatalf("%dx%d: %q, want nothing", size.W, size.H, text)
		}
		return
	}
	lines := strings.Split(text, "\n")
	if len(lines) != size.H {
		tb.Fatalf("%dx%d: %d lines", size.W, size.H, len(lines))
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w != size.W {
			tb.Fatalf("%dx%d: line %d is %d cells wide: %q", size.W, size.H, y, w, ansi.Strip(line))
		}
	}
}

// sizes are all widths at three heights, all heights at the widths where the
// arrangement changes, every small screen, and others in between.
func sizes() []Size {
	var all []Size
	for w := 1; w <= 250; w++ {
		for _, h := range []int{1, 20, 40} {
			all = append(all, Size{w, h})
		}
		all = append(all, Size{w, 2 + w*31%79})
	}
	for h := 1; h <= 80; h++ {
		for _, w := range []int{30, 60, 80, twoColumns - 1, twoColumns, threeBelow, 250} {
			all = append(all, Size{w, h})
		}
	}
	for w := 1; w <= 20; w++ {
		for h := 2; h <= 12; h++ {
			all = append(all, Size{w, h})
		}
	}
	return append(all, Size{500, 200}, Size{500, 1}, Size{1, 200}, Size{0, 0}, Size{0, 5}, Size{5, 0}, Size{-1, -1})
}

func TestEveryFrameIsExact(t *testing.T) {
	t.Parallel()
	looks := themes()
	for i, named := range uitest.All() {
		t.Run(named.Name, func(t *testing.T) {
			t.Parallel()
			names := []string{"dark", "light", "mono", "ascii"}
			state := playing()
			for n, size := range sizes() {
				// Looks, windows and pages take turns: all of them meet all kinds of size.
				state.Window = session.Window((n + i) % session.WindowCount)
				state.Help = n%11 == 0
				state.Stat = model.Statistic(n % model.StatCount)
				state.Focus = panel.Focus(n % panel.FocusCount)
				exact(t, Render(named.Snap, size, looks[names[(n+i)%len(names)]], state), size)
			}
		})
	}
}

// stateIn is a state in the middle of a view, as a viewer leaves it.
func stateIn(v panel.View, snap *model.Snapshot) panel.State {
	state := playing()
	state.View, state.Row, state.Unread = v, 1, 2
	state.Query.Detail = Details(v)
	state.Members.Cursor = 3
	if snap != nil {
		state.Query.Page = pageOf(snap)
		state.Note = &panel.Note{Results: claim.Check(someClaims(), snap)}
	}
	return state
}

func pageOf(snap *model.Snapshot) string {
	if snap.Page == nil {
		return ""
	}
	return snap.Page.Key
}

func TestEveryViewIsExact(t *testing.T) {
	t.Parallel()
	looks := themes()
	names := []string{"dark", "light", "mono", "ascii"}
	for i, named := range uitest.All() {
		t.Run(named.Name, func(t *testing.T) {
			t.Parallel()
			for v := range panel.View(panel.ViewCount) {
				state := stateIn(v, named.Snap)
				for n, size := range sizes() {
					const step = 16 // in turn, so that all sizes are met
					if (n+i+3*int(v))%step != 0 {
						continue
					}
					state.Window = session.Window((n + i) % session.WindowCount)
					state.Scroll, state.Importance, state.Zoom.Page = n%7-3, n%4, n%3
					state.Zoom.Levels = n%5 == 0
					exact(t, Render(named.Snap, size, looks[names[(n/step+i)%len(names)]], state), size)
				}
			}
		})
	}
}

func viewNames() [panel.ViewCount]string {
	return [...]string{"dashboard", "index", "size", "leverage", "calendar", "alerts", "map", "history", "note", "members", "member"}
}

func TestGoldenViews(t *testing.T) {
	snap := uitest.FinalFrame()
	for v := panel.ViewIndex; v < panel.ViewCount; v++ {
		name, state := viewNames()[v], stateIn(v, snap)
		for _, size := range []Size{{60, 20}, {80, 24}, {120, 40}, {200, 60}} {
			t.Run(name+"-dark-"+sizeName(size), func(t *testing.T) {
				golden.RequireEqual(t, Render(snap, size, themes()["dark"], state)+"\n")
			})
		}
		for _, look := range []string{"mono", "ascii"} {
			t.Run(name+"-"+look, func(t *testing.T) {
				golden.RequireEqual(t, Render(snap, Size{80, 24}, themes()[look], state)+"\n")
			})
		}
	}
}

func TestASCIIFramesAreASCII(t *testing.T) {
	th := themes()["ascii"]
	for _, named := range uitest.All() {
		for _, size := range []Size{{60, 20}, {80, 24}, {120, 40}, {200, 60}} {
			for v := range panel.View(panel.ViewCount + 1) {
				state := stateIn(v, named.Snap)
				if v == panel.ViewCount {
					state.View, state.Help = 0, true
				}
				for _, r := range ansi.Strip(Render(named.Snap, size, th, state)) {
					if r > '~' {
						t.Fatalf("%s at %v shows %q", named.Name, size, r)
					}
				}
			}
		}
	}
}

func TestMonoFramesHaveNoColour(t *testing.T) {
	th := themes()["mono"]
	for _, named := range uitest.All() {
		for _, sequence := range strings.Split(Render(named.Snap, Size{120, 40}, th, playing()), "\x1b[")[1:] {
			code, _, _ := strings.Cut(sequence, "m")
			switch code {
			case "", "0", "1", "2", "7":
			default:
				t.Fatalf("%s: the sequence %q is more than bold, dim and reverse", named.Name, code)
			}
		}
	}
}

func TestGoldenScreens(t *testing.T) {
	snap := uitest.FinalFrame()
	for _, size := range []Size{{60, 20}, {80, 24}, {120, 40}, {200, 60}} {
		for _, name := range []string{"dark", "light", "mono"} {
			t.Run(name+"-"+sizeName(size), func(t *testing.T) {
				golden.RequireEqual(t, Render(snap, size, themes()[name], playing())+"\n")
			})
		}
	}
	help := playing()
	help.Help = true
	t.Run("help", func(t *testing.T) {
		golden.RequireEqual(t, Render(snap, Size{120, 40}, themes()["mono"], help)+"\n")
	})
	t.Run("lookahead", func(t *testing.T) {
		golden.RequireEqual(t, Render(uitest.LookAhead(), Size{80, 24}, themes()["mono"], playing())+"\n")
	})
	t.Run("stale", func(t *testing.T) {
		golden.RequireEqual(t, Render(uitest.Stale(), Size{120, 40}, themes()["mono"], panel.State{Window: session.Week})+"\n")
	})
	t.Run("nothing-yet", func(t *testing.T) {
		golden.RequireEqual(t, Render(nil, Size{80, 24}, themes()["mono"], playing())+"\n")
	})
}

func TestRenderIsPure(t *testing.T) {
	first := Render(uitest.FinalFrame(), Size{120, 40}, themes()["dark"], playing())
	if second := Render(uitest.FinalFrame(), Size{120, 40}, themes()["dark"], playing()); first != second {
		t.Error("equal snapshots gave different frames")
	}
}

// TestACachedScreenIsTheScreenDrawnAnew goes from frame to frame on one screen
// and compares each with one drawn from nothing.
func TestACachedScreenIsTheScreenDrawnAnew(t *testing.T) {
	s := newScreen(DefaultKeyMap(true))
	looks := themes()
	for round := range 3 {
		for n, named := range uitest.All() {
			state := playing()
			state.Window = session.Window((n + round) % session.WindowCount)
			state.Focus = panel.Focus(n % panel.FocusCount)
			state.Help = (n+round)%3 == 0
			f := frame{named.Snap, Size{60 + 20*n, 20 + 5*round}, looks["dark"], state}
			if s.render(f) != Render(f.snap, f.size, f.theme, f.state) {
				t.Fatalf("round %d: the cached screen of %s is another one", round, named.Name)
			}
		}
	}
}

func TestSmallScreensSayWhoLeadsAndByHowMuch(t *testing.T) {
	for _, size := range []Size{{12, 1}, {20, 1}, {30, 2}, {40, 3}, {39, 9}, {24, 5}} {
		text := ansi.Strip(Render(uitest.FinalFrame(), size, themes()["mono"], playing()))
		if !strings.Contains(text, "large") || !strings.Contains(text, "−2.44") {
			t.Errorf("%v does not say who leads and by how much:\n%s", size, text)
		}
	}
}

func sizeName(s Size) string {
	return strconv.Itoa(s.W) + "x" + strconv.Itoa(s.H)
}
