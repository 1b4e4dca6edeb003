package studio

import (
	"bytes"
	"context"
	"errors"
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
	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/theme"
	"gyre/ui/uitest"
	"gyre/ui/uitest/glass"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// wire takes what a pen writes.
type wire struct {
	mu   sync.Mutex
	all  bytes.Buffer  // since the last take
	told chan struct{} // one for each write
	fail error         // what a write gives; nil: it succeeds
}

func newWire() *wire { return &wire{told: make(chan struct{}, 4096)} }

func (w *wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fail != nil {
		return 0, w.fail
	}
	w.told <- struct{}{}
	return w.all.Write(b)
}

// take is what was written since the last call.
func (w *wire) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.all.Next(w.all.Len()))
}

// breakWith lets the writes from now on fail.
func (w *wire) breakWith(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail = err
}

// fed is a source that a test feeds.
type fed chan *model.Snapshot

func (f fed) Next(ctx context.Context) (*model.Snapshot, error) {
	select {
	case snap := <-f:
		if snap == nil {
			panic("no snapshot")
		}
		return snap, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (fed) Ask(model.Query) {}

// work is a dashboard of 120 by 40 cells at a desk of its own, with its program.
type work struct {
	*Desk

	program *tea.Program
	source  fed
	out     *wire
	broke   chan any
	ended   chan error // of the pen, then of the program
	stop    context.CancelFunc
}

// Update handles a message.
func (w *work) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return w, w.Handle(msg) }

func begin(ctx context.Context, o ui.Options) *work {
	w := &work{source: make(fed), out: newWire(), broke: make(chan any, 1), ended: make(chan error, 2)}
	ctx, w.stop = context.WithCancel(ctx)
	o.Source, o.Window = w.source, session.Week
	w.Desk = &Desk{
		App: ui.New(ctx, o), Broke: func(what any) { w.broke <- what },
		Pen: NewPen(New(100_000), w.out, Terminal{Profile: colorprofile.ANSI256, Type: "xterm-256color"}, Pace{Rate: 60}),
	}
	w.program = tea.NewProgram(w, append(w.Settings(), tea.WithContext(ctx), tea.WithInput(nil), tea.WithoutSignalHandler(),
		tea.WithWindowSize(120, 40), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return w.Filter(msg) }))...)
	go func() { w.ended <- w.Pen.Run(ctx) }()
	go func() { _, err := w.program.Run(); w.ended <- err }()
	return w
}

// settle waits, by the clock of a bubble, until all is written.
func (w *work) settle() string {
	<-time.After(100 * time.Millisecond)
	synctest.Wait()
	return w.out.take()
}

// finish ends both.
func (w *work) finish() {
	w.stop()
	_, _ = <-w.ended, <-w.ended
}

// bubble runs a test of a desk by a clock of its own.
func bubble(t *testing.T, o ui.Options, do func(w *work)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := begin(t.Context(), o)
		do(w)
		w.finish()
		<-time.After(time.Minute) // what was marked as changed is so for a while
	})
}

func TestBytesWrittenPerUpdate(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		base := uitest.FinalFrame()
		w.source <- base
		if first := len(w.settle()); first < 3000 || first > 20_000 {
			t.Errorf("the first frame has %d bytes", first)
		}
		var counts []int
		for i := range 60 {
			w.source <- uitest.Changed(base, i+1)
			counts = append(counts, len(w.settle()))
		}
		slices.Sort(counts)
		if median := counts[len(counts)/2]; median == 0 || median > 400 {
			t.Errorf("ten changed figures cost %d bytes in the median, want at most 400", median)
		}
		same := uitest.Changed(base, 60)
		w.source <- same
		w.settle()
		for _, again := range []*model.Snapshot{same, uitest.Changed(base, 60)} {
			w.source <- again
			if text := w.settle(); text != "" {
				t.Errorf("an update without a change wrote %q", text)
			}
		}
		<-time.After(time.Hour)
		if text := w.out.take(); text != "" {
			t.Errorf("an idle screen writes %q", text)
		}
		t.Logf("ten figures: median %d bytes, most %d", counts[len(counts)/2], counts[len(counts)-1])
	})
}

func TestAKeyIsAnsweredWithoutWaiting(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		w.source <- uitest.FinalFrame()
		w.settle()
		began := time.Now()
		w.program.Send(tea.KeyPressMsg{Code: '?', Text: "?"})
		synctest.Wait()
		if text := w.out.take(); text == "" || time.Since(began) > 0 {
			t.Errorf("after %v help is drawn with %d bytes", time.Since(began), len(text))
		}
	})
}

func TestAPenThatIsLaidAside(t *testing.T) {
	bubble(t, ui.Options{Mouse: true}, func(w *work) {
		base := uitest.FinalFrame()
		w.source <- base
		w.settle()
		w.Pen.Lay()
		if text := w.settle(); !strings.HasSuffix(text, ansi.ResetModeAltScreenSaveCursor) || !strings.Contains(text, ansi.ResetModeMouseButtonEvent) {
			t.Errorf("the terminal is given back with %q", text)
		}
		w.source <- uitest.Changed(base, 1)
		if text := w.settle(); text != "" {
			t.Errorf("it writes %q on somebody else's terminal", text)
		}
		if err := w.Pen.GiveBack(); err != nil || w.out.take() != "" {
			t.Error("a terminal that has been given back was given back again")
		}
		w.Pen.Take()
		w.Pen.Take() // once is enough
		text := w.settle()
		if !strings.HasPrefix(text, takeOver+mouseOn) || strings.Count(text, takeOver) != 1 {
			t.Errorf("the terminal is taken over with %.100q", text)
		}
		g := glass.New(120, 40)
		_, _ = g.Write([]byte(text))
		if got, want := g.Text(), ansi.Strip(w.App.View().Content); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("it shows\n%s\nwant\n%s", got, want)
		}
	})
}

func TestTheMouseIsTheViewersUnlessItDoesSomething(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		if text := w.settle(); strings.Contains(text, "\x1b[?100") {
			t.Errorf("without a mouse, its modes are set: %.100q", text)
		}
		for _, on := range []bool{true, false} {
			w.program.Send(ui.Changed(ui.Change{Options: &ui.Options{Mouse: on}}))
			if text := w.settle(); strings.Contains(text, mouseOn) != on || strings.Contains(text, mouseOff) == on {
				t.Errorf("mouse = %v brings %q", on, text)
			}
		}
	})
}

func TestWhatAProgramWritesByItselfDoesNotWait(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		w.settle()
		for name, c := range map[string]struct {
			cmd  tea.Cmd
			want string
		}{
			"the bell":       {tea.Raw("\a"), "\a"},
			"the clipboard":  {tea.Raw(ansi.SetSystemClipboard("1.25")), "\x1b]52;c;MS4yNQ==\a"},
			"the background": {tea.RequestBackgroundColor, ansi.RequestBackgroundColor},
		} {
			w.program.Send(c.cmd())
			if text := w.settle(); text != c.want {
				t.Errorf("%s: %q is written, want %q", name, text, c.want)
			}
		}
	})
}

func TestQuestionsToTheTerminal(t *testing.T) {
	for name, c := range map[string]struct {
		term Terminal
		want string
	}{
		"a console that would print the answers": {Terminal{colorprofile.ANSI, "linux"}, ""},
		"256 colours may be more":                {Terminal{colorprofile.ANSI256, "xterm-256color"}, ansi.RequestModeSynchronizedOutput + ansi.RequestTermcap("RGB", "Tc")},
		"all colours":                            {Terminal{colorprofile.TrueColor, "xterm"}, ansi.RequestModeSynchronizedOutput},
	} {
		if got := questions(c.term); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAPace(t *testing.T) {
	for name, c := range map[string]struct {
		pace Pace
		took time.Duration
		want time.Duration
	}{
		"cheap":         {Pace{20, 4}, time.Millisecond, 50 * time.Millisecond},
		"dear":          {Pace{20, 4}, 30 * time.Millisecond, 120 * time.Millisecond},
		"very dear":     {Pace{20, 4}, time.Minute, time.Second},
		"nobody waits":  {Pace{50, 0}, 30 * time.Millisecond, 20 * time.Millisecond},
		"once a second": {Pace{1, 4}, time.Minute, time.Second},
	} {
		if got := c.pace.rest(c.took); got != c.want {
			t.Errorf("%s: it rests for %v, want %v", name, got, c.want)
		}
	}
}

func TestATerminalThatIsGoneEndsThePen(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		gone := errors.New("gone")
		w.settle()
		w.out.breakWith(gone)
		w.source <- uitest.FinalFrame()
		if err := <-w.ended; !errors.Is(err, gone) {
			t.Errorf("the pen ended with %v", err)
		}
		w.ended <- nil // finish waits for it, too
	})
}

func TestABreakdownIsToldAndEndsTheProgram(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		w.settle()
		w.source <- nil
		if what := <-w.broke; what != "no snapshot" {
			t.Errorf("it broke down with %v", what)
		}
		if err := <-w.ended; err != nil {
			t.Errorf("the program ended with %v", err)
		}
		w.ended <- nil // finish waits for it, too
	})
}

// TestNewKeysAreShown changes the configuration: help is not that of before.
func TestNewKeysAreShown(t *testing.T) {
	bubble(t, ui.Options{}, func(w *work) {
		w.source <- uitest.FinalFrame()
		w.settle()
		keys := ui.DefaultKeyMap(false)
		keys.Help.SetKeys("H")
		keys.Help.SetHelp("H", "help")
		w.program.Send(ui.Changed(ui.Change{Options: &ui.Options{Keys: &keys, Theme: theme.Options{}}}))
		g := glass.New(120, 40)
		w.Pen.Lay()
		w.Pen.Take()
		_, _ = g.Write([]byte(w.settle()))
		if text := g.Text(); !strings.Contains(text, "H help") {
			t.Errorf("the new key is not shown:\n%s", text)
		}
	})
}
