package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// wire takes what a program writes to its terminal, one entry a write.
type wire struct {
	mu     sync.Mutex
	writes [][]byte
	wrote  chan int // the length of each write
}

func newWire() *wire { return &wire{wrote: make(chan int, 4096)} }

func (w *wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	w.writes = append(w.writes, bytes.Clone(b))
	w.mu.Unlock()
	w.wrote <- len(b)
	return len(b), nil
}

// take is the bytes written since the last call.
func (w *wire) take() int {
	total := 0
	for len(w.wrote) > 0 {
		total += <-w.wrote
	}
	return total
}

func (w *wire) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(bytes.Join(w.writes, nil))
}

// changed is the i-th of a series of snapshots, each a second later than the
// one before and with ten other figures.
func changed(base *model.Snapshot, i int) *model.Snapshot {
	s := *base
	s.Indices = slices.Clone(base.Indices)
	s.Size.Buckets = slices.Clone(base.Size.Buckets)
	s.Leverage = slices.Clone(base.Leverage)
	tick := func(f num.Figure) num.Figure {
		return num.FigureFromFloat(f.Float()+float64(i%7)/100, 2)
	}
	w := session.Week
	s.Indices[0].Level = tick(s.Indices[0].Level)
	s.Indices[0].Change = tick(s.Indices[0].Change)
	s.Indices[0].Returns[session.Day] = tick(s.Indices[0].Returns[session.Day])
	s.Indices[1].Level = tick(s.Indices[1].Level)
	for q := range s.Size.Buckets {
		s.Size.Buckets[q].Groups[w].Return[model.Mean] = tick(s.Size.Buckets[q].Groups[w].Return[model.Mean])
	}
	s.AsOf = s.AsOf.Add(time.Duration(i) * time.Second)
	s.Size.Spread[w].Return[model.Mean] = tick(s.Size.Spread[w].Return[model.Mean])
	s.Leverage[0].Spread[w].Return[model.Mean] = tick(s.Leverage[0].Spread[w].Return[model.Mean])
	return &s
}

// onWire starts a dashboard of 120 by 40 cells in 256 colours that writes to a
// wire, without a keyboard.
func onWire(out io.Writer, src Source) *tea.Program {
	app := New(context.Background(), Options{Source: src, Player: newPlayer(), Window: session.Week, Calendar: session.New()})
	return tea.NewProgram(app, tea.WithInput(nil), tea.WithOutput(out), tea.WithoutSignalHandler(), tea.WithFPS(120),
		tea.WithWindowSize(120, 40), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.ANSI256))
}

// quiet never has a snapshot: the tests send them themselves.
type quiet struct{ done chan struct{} }

func (q quiet) Next(context.Context) (*model.Snapshot, error) { <-q.done; return nil, errSource }
func (quiet) Ask(model.Query)                                 {}

func TestBytesWrittenPerUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, src := newWire(), quiet{make(chan struct{})}
		program := onWire(out, src)
		ended := make(chan error, 1)
		go func() { _, err := program.Run(); ended <- err }()
		settle := func() int {
			<-time.After(100 * time.Millisecond) // of the bubble's clock: a dozen of the renderer's ticks
			synctest.Wait()
			return out.take()
		}
		base := uitest.FinalFrame()
		program.Send(snapshotMsg{snap: base})
		first := settle()
		if first < 3000 || first > 20_000 {
			t.Errorf("the first frame has %d bytes", first)
		}
		var counts []int
		for i := range 60 {
			program.Send(snapshotMsg{snap: changed(base, i+1)})
			counts = append(counts, settle())
		}
		slices.Sort(counts)
		if median := counts[len(counts)/2]; median == 0 || median > 400 {
			t.Errorf("ten changed figures cost %d bytes in the median, want at most 400", median)
		}
		same := changed(base, 60)
		program.Send(snapshotMsg{snap: same})
		settle()
		for _, again := range []*model.Snapshot{same, changed(base, 60)} {
			program.Send(snapshotMsg{snap: again})
			if n := settle(); n != 0 {
				t.Errorf("an update without a change wrote %d bytes", n)
			}
		}
		if <-time.After(time.Hour); out.take() != 0 {
			t.Error("an idle screen writes")
		}
		t.Logf("first frame %d bytes; ten figures: median %d, most %d", first, counts[len(counts)/2], counts[len(counts)-1])
		close(src.done)
		if err := <-ended; err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
}

// terminal runs a dashboard until it ends and gives what it wrote.
func terminal(ctx context.Context, t *testing.T, o Options, keys string, env ...string) (string, error) {
	t.Helper()
	out := newWire()
	in, typing := io.Pipe()
	defer func() { _ = in.Close() }()
	go func() { _, _ = typing.Write([]byte(keys)) }()
	err := Run(ctx, o, Terminal{In: in, Out: out, Env: append(env, "TERM=xterm-256color")})
	return out.text(), err
}

func TestRunEndsWhenTheViewerQuits(t *testing.T) {
	for name, keys := range map[string]string{"q": "q", "ctrl+c": "\x03"} {
		t.Run(name, func(t *testing.T) {
			text, err := terminal(t.Context(), t, Options{Source: newSource()}, keys)
			if err != nil {
				t.Errorf("quitting gave %v", err)
			}
			for what, sequences := range map[string][2]string{
				"the alternate screen": {ansi.SetModeAltScreenSaveCursor, ansi.ResetModeAltScreenSaveCursor},
				"the cursor":           {ansi.ResetModeTextCursorEnable, ansi.SetModeTextCursorEnable},
				"bracketed paste":      {ansi.SetModeBracketedPaste, ansi.ResetModeBracketedPaste},
			} {
				if on, off := strings.LastIndex(text, sequences[0]), strings.LastIndex(text, sequences[1]); on < 0 || off < on {
					t.Errorf("%s was changed and not put back (%d, %d)", what, on, off)
				}
			}
		})
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	stopped := errors.New("the operator said stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stopped)
	if _, err := terminal(ctx, t, Options{Source: newSource()}, ""); !errors.Is(err, stopped) {
		t.Errorf("Run gave %v, want the context's cause", err)
	}
}

func TestRunFailsWhereTheSourceDoes(t *testing.T) {
	src := newSource(uitest.FinalFrame())
	close(src.snaps)
	if _, err := terminal(t.Context(), t, Options{Source: src}, ""); !errors.Is(err, errSource) {
		t.Errorf("Run gave %v, want the source's error", err)
	}
}

func TestNoColour(t *testing.T) {
	for value, want := range map[string]bool{"1": true, "yes": true, "0": true, "": false} {
		env, plain := withoutColour([]string{"A=b", "NO_COLOR=" + value})
		if plain != want || (plain && env[1] != "NO_COLOR=1") {
			t.Errorf("NO_COLOR=%q: plain is %v, the environment %q", value, plain, env)
		}
	}
	if _, plain := withoutColour([]string{"A=b"}); plain {
		t.Error("colours are off without NO_COLOR")
	}
}

func TestWithoutColourTheThemeIsMono(t *testing.T) {
	a := New(t.Context(), Options{Source: newSource(), Theme: theme.Options{Ground: theme.Mono}, plain: true})
	typed(a, "t")
	if a.theme.Ground != theme.Mono {
		t.Errorf("the t key brought colours back: %v", a.theme.Ground)
	}
	for _, b := range (footerKeys{a.keys, panel.Input{}}).ShortHelp() {
		if b.Help().Key == "t" {
			t.Error("the theme key is shown where it does nothing")
		}
	}
}

func TestTheGroundFollowsTheTerminalUntilTheViewerChooses(t *testing.T) {
	a := New(t.Context(), Options{Source: newSource(), AutoGround: true})
	white, black := tea.BackgroundColorMsg{Color: ansi.White}, tea.BackgroundColorMsg{Color: ansi.Black}
	for _, step := range []struct {
		msg  tea.Msg
		want theme.Ground
	}{
		{white, theme.Light},
		{black, theme.Dark},
		{press("t"), theme.Light},
		{black, theme.Light},
	} {
		send(a, step.msg)
		if a.theme.Ground != step.want {
			t.Errorf("after %v the ground is %v, want %v", step.msg, a.theme.Ground, step.want)
		}
	}
	fixed := New(t.Context(), Options{Source: newSource()})
	if send(fixed, white); fixed.theme.Ground != theme.Dark {
		t.Error("a ground that was asked for followed the terminal")
	}
}

func TestTheReplaysClockIsThatOfTheSnapshot(t *testing.T) {
	a, _, play := replayed(nil)
	snap := uitest.FinalFrame()
	send(a, snapshotMsg{snap: snap})
	if p := a.state.Playback; !p.Now.Equal(snap.AsOf) || !p.Ended {
		t.Errorf("the snapshot is of the end, and the replay stands at %v, ended: %v", p.Now, p.Ended)
	}
	if play.Status().Ended {
		t.Fatal("the player said so itself; the test tells nothing")
	}
}

func TestInitWaitsForASnapshotAndAsksForTheBackground(t *testing.T) {
	src := newSource(uitest.FinalFrame(), uitest.FinalFrame())
	batch, ok := New(t.Context(), Options{Source: src, AutoGround: true}).Init()().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("Init gives %v, want two commands", batch)
	}
	if _, ok := batch[0]().(snapshotMsg); !ok {
		t.Error("Init does not wait for the first snapshot")
	}
	if got := batch[1](); got != tea.RequestBackgroundColor() {
		t.Errorf("Init gives %T, want the request of the background", got)
	}
	if _, ok := New(t.Context(), Options{Source: src}).Init()().(snapshotMsg); !ok {
		t.Error("with a ground that is given, Init does not wait for a snapshot alone")
	}
}
