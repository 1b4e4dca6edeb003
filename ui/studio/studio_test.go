package studio

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/uitest"
	"gyre/ui/uitest/glass"
)

// silent is a source of nothing.
type silent struct{}

func (silent) Next(ctx context.Context) (*model.Snapshot, error) { <-ctx.Done(); return nil, ctx.Err() }
func (silent) Ask(model.Query)                                   {}

// scene is what a viewer of that size sees.
func scene(app *ui.App, snap *model.Snapshot, w, h int) ui.Scene {
	s := app.Scene()
	s.Snap, s.Size = snap, ui.Size{W: w, H: h}
	return s
}

func newApp(tb testing.TB) *ui.App {
	tb.Helper()
	return ui.New(tb.Context(), ui.Options{Source: silent{}, Window: session.Week})
}

// later is a snapshot with another clock.
func later(d time.Duration) *model.Snapshot {
	s := *uitest.FinalFrame()
	s.AsOf = s.AsOf.Add(d)
	return &s
}

// shows checks that a terminal looks as if the frame had just been printed.
func shows(t interface{ Errorf(string, ...any) }, g *glass.Glass, f *Frame) {
	want := glass.New(f.Size.W, f.Size.H)
	for y, row := range strings.Split(f.Text, "\n") {
		_, _ = fmt.Fprintf(want, "\x1b[m\x1b[%d;1H%s", y+1, row)
	}
	if g.Look() != want.Look() {
		t.Errorf("the terminal shows\n%s\nwant\n%s", g.Text(), want.Text())
	}
	if !g.Home() {
		t.Errorf("the terminal is not left as the next update expects it")
	}
	if len(g.Unknown) > 0 {
		t.Errorf("it was sent %q", g.Unknown)
	}
}

// TestAnyUpdateFitsAnyViewer lets several viewers go their own ways between
// screens, so that each gets updates that were made for others.
func TestAnyUpdateFitsAnyViewer(t *testing.T) {
	app := newApp(t)
	snaps := []*model.Snapshot{nil, uitest.FinalFrame(), later(time.Second), later(90 * time.Minute)}
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(20, 70).Draw(t, "w"), rapid.IntRange(5, 20).Draw(t, "h")
		term := Terminal{Profile: colorprofile.TrueColor, Type: rapid.SampledFrom([]string{"xterm-256color", "tmux", "xterm-kitty", "vt100"}).Draw(t, "term")}
		s := New(rapid.SampledFrom([]int{0, w * h, 1_000_000}).Draw(t, "budget"))
		type viewer struct {
			glass *glass.Glass
			shown *Frame
		}
		viewers := make([]viewer, 3)
		for i := range viewers {
			viewers[i].glass = glass.New(w, h)
			_, _ = viewers[i].glass.Write([]byte("\x1b[31mold text that is to go\x1b[m\x1b[H"))
		}
		for range rapid.IntRange(3, 8).Draw(t, "steps") {
			v := &viewers[rapid.IntRange(0, len(viewers)-1).Draw(t, "viewer")]
			see := scene(app, rapid.SampledFrom(snaps).Draw(t, "snap"), w, h)
			see.State.Window = rapid.SampledFrom([]session.Window{session.Day, session.Week}).Draw(t, "window")
			see.State.Help = rapid.Bool().Draw(t, "help")
			frame := s.Frame(app.Props(), see)
			_, _ = v.glass.Write(s.Update(v.shown, frame, term))
			v.shown = frame
			shows(t, v.glass, frame)
		}
	})
}

// TestRowsThatStayAreNotSentAgain goes through frames whose rows come from few,
// so that some stay, move, or become blank.
func TestRowsThatStayAreNotSentAgain(t *testing.T) {
	rows := []string{
		strings.Repeat(" ", 24), "\x1b[44m" + strings.Repeat(" ", 24) + "\x1b[m", "\x1b[1;31mRussell 2000\x1b[m" + strings.Repeat(" ", 12),
		"Russell 1000     \x1b[32m+1.23 %\x1b[m", strings.Repeat("─", 24), strings.Repeat("▁▂▃▄▅▆▇█", 3), "0123456789 10:00:01 ET  ", "0123456789 10:00:02 ET  ",
	}
	rapid.Check(t, func(t *rapid.T) {
		h := rapid.IntRange(1, 12).Draw(t, "h")
		s, term := New(1_000_000), Terminal{Profile: colorprofile.TrueColor, Type: rapid.SampledFrom([]string{"xterm-256color", "tmux", "vt100"}).Draw(t, "term")}
		g := glass.New(24, h)
		shown := slices.Repeat(rows[:1], h)
		var last *Frame
		for range rapid.IntRange(2, 8).Draw(t, "steps") {
			for range rapid.IntRange(0, h).Draw(t, "changes") {
				shown[rapid.IntRange(0, h-1).Draw(t, "row")] = rapid.SampledFrom(rows).Draw(t, "text")
			}
			next := &Frame{Text: strings.Join(shown, "\n"), Size: ui.Size{W: 24, H: h}}
			_, _ = g.Write(s.Update(last, next, term))
			shows(t, g, next)
			last = next
		}
	})
}

func TestWhatIsTheSameIsDrawnOnce(t *testing.T) {
	app, term := newApp(t), Terminal{Profile: colorprofile.ANSI256, Type: "xterm-256color"}
	s := New(1_000_000)
	first := scene(app, uitest.FinalFrame(), 120, 40)
	second := first
	second.Snap = later(time.Second)
	a, b := s.Frame(app.Props(), first), s.Frame(app.Props(), first)
	if a != b {
		t.Error("two viewers of the same got two frames")
	}
	full, again := s.Update(nil, a, term), s.Update(nil, b, term)
	if &full[0] != &again[0] || len(full) < 3000 {
		t.Errorf("the first screen was worked out twice, or has %d bytes", len(full))
	}
	next := s.Frame(app.Props(), second)
	one, two := s.Update(a, next, term), s.Update(b, next, term)
	if &one[0] != &two[0] || len(one) > 400 {
		t.Errorf("the update was worked out twice, or has %d bytes", len(one))
	}
	if _, _, _, painters := s.Kept(); painters != 1 {
		t.Errorf("two viewers of the same keep %d painters", painters)
	}
	if s.Update(next, next, term) != nil {
		t.Error("no change costs something")
	}
	if other := s.Frame(newApp(t).Props(), first); other == a {
		t.Error("viewers with other keys share a frame")
	}
}

func TestNothingIsKeptForEver(t *testing.T) {
	app, term := newApp(t), Terminal{Profile: colorprofile.ANSI256, Type: "xterm"}
	s := New(3 * 40 * 10)
	for i := range 20 {
		see := scene(app, later(time.Duration(i)*time.Minute), 40, 10)
		s.Update(nil, s.Frame(app.Props(), see), term)
	}
	if _, _, _, painters := s.Kept(); painters > 3 {
		t.Errorf("%d painters are kept, for more than the budget", painters)
	}
	m := newMemo(time.Nanosecond, 1<<20, one[int])
	for i := range 100 {
		m.get(i, func() int { return i })
	}
	if n := m.len(); n > 2 {
		t.Errorf("%d entries are kept that nobody asks for", n)
	}
}

func TestNothingIsKeptWhereNobodyLooks(t *testing.T) {
	app, term := newApp(t), Terminal{Profile: colorprofile.TrueColor, Type: "xterm"}
	s := New(1_000_000)
	one := s.Frame(app.Props(), scene(app, later(0), 40, 10))
	s.Update(nil, one, term)
	s.Clear()
	if frames, stages, updates, painters := s.Kept(); frames+stages+updates+painters > 0 {
		t.Errorf("%d frames, %d stages, %d updates and %d painters are kept", frames, stages, updates, painters)
	}
	g := glass.New(40, 10)
	_, _ = g.Write(s.Update(nil, one, term)) // somebody looked after all
	shows(t, g, one)
}

func TestManyAskAtOnce(t *testing.T) {
	m := newMemo(time.Minute, 1<<20, one[string])
	var worked atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if got := m.get("key", func() int { worked.Add(1); return 7 }); got != 7 {
				t.Errorf("got %d", got)
			}
		})
	}
	if all.Wait(); worked.Load() != 1 {
		t.Errorf("it was worked out %d times", worked.Load())
	}
}

func TestAPanicIsNotKept(t *testing.T) {
	m := newMemo(time.Minute, 1<<20, one[string])
	func() {
		defer func() { _ = recover() }()
		m.get("key", func() int { panic("boom") })
	}()
	if got := m.get("key", func() int { return 7 }); got != 7 {
		t.Errorf("after a panic it gives %d", got)
	}
}

// one is the cost of whatever it is.
func one[K any](K, int) int { return 1 }

func TestThereIsRoomForSoMuch(t *testing.T) {
	const room, size = 100 * 1024, 1024
	worked := 0
	m := newMemo(time.Hour, room, func(_ int, text string) int { return len(text) })
	get := func(key int) {
		m.get(key, func() string { worked++; return strings.Repeat("x", size) })
	}
	for key := range 10_000 {
		get(key)
		get(0) // somebody looks at it all the time
		if m.taken > room || m.len()*size > room {
			t.Fatalf("after %d there are %d, which take %d of %d", key+1, m.len(), m.taken, room)
		}
	}
	if worked != 10_000 || m.len() < room/size/2 {
		t.Errorf("%d were worked out, of 10,000; %d are kept", worked, m.len())
	}
}

func TestHostileSizesDoNotGrowTheStudio(t *testing.T) {
	s, app := New(100_000), newApp(t)
	s.stages.room, s.frames.room, s.updates.room = 1<<20, 1<<20, 1<<20
	var shown *Frame
	for i := range 300 {
		frame := s.Frame(app.Props(), scene(app, uitest.FinalFrame(), 300-i%100, 100-i/100))
		s.Update(shown, frame, Terminal{colorprofile.TrueColor, "xterm-256color"})
		shown = frame
		for what, taken := range map[string]int{"stages": s.stages.taken, "frames": s.frames.taken, "updates": s.updates.taken} {
			if taken > 1<<20 {
				t.Fatalf("after %d sizes the %s take %d bytes", i+1, what, taken)
			}
		}
	}
}

// BenchmarkUpdate is a snapshot in which ten figures differ, from there to the
// bytes for a terminal: what it costs for the only viewer, and for a hundred who
// see the same.
func BenchmarkUpdate(b *testing.B) {
	app, term := newApp(b), Terminal{Profile: colorprofile.ANSI256, Type: "xterm-256color"}
	base := uitest.FinalFrame()
	for name, viewers := range map[string]int{"one": 1, "hundred": 100} {
		b.Run(name, func(b *testing.B) {
			s, bytes := New(1_000_000), 0
			shown := s.Frame(app.Props(), scene(app, base, 120, 40))
			s.Update(nil, shown, term)
			for i := 1; b.Loop(); i++ {
				see := scene(app, uitest.Changed(base, i), 120, 40)
				var frame *Frame
				for range viewers {
					frame = s.Frame(app.Props(), see)
					bytes += len(s.Update(shown, frame, term))
				}
				shown = frame
			}
			b.ReportMetric(float64(bytes)/float64(b.N*viewers), "bytes/update")
		})
	}
}
