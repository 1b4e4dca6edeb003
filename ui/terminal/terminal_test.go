package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"gyre/model"
	"gyre/ui"
	"gyre/ui/uitest"
)

func TestMain(m *testing.M) {
	if child() {
		return
	}
	goleak.VerifyTestMain(m)
}

var errSource = errors.New("the feed broke")

// source hands out one snapshot, and then does what a test wants.
type source struct {
	once sync.Once
	then func(ctx context.Context) error // nil: nothing more comes
}

func (s *source) Next(ctx context.Context) (*model.Snapshot, error) {
	var first *model.Snapshot
	s.once.Do(func() { first = uitest.FinalFrame() })
	switch {
	case first != nil:
		return first, nil
	case s.then != nil:
		return nil, s.then(ctx)
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

func (*source) Ask(model.Query) {}

// screen is what is written to a terminal.
type screen struct {
	mu   sync.Mutex
	all  bytes.Buffer
	more chan struct{} // closed when there is more
}

func newScreen() *screen { return &screen{more: make(chan struct{})} }

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.more)
	s.more = make(chan struct{})
	return s.all.Write(b)
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// wait waits until what is written after a number of bytes has a text in it, and
// gives where that text ends.
func (s *screen) wait(t *testing.T, after int, want string) int {
	t.Helper()
	late := time.After(time.Minute)
	for {
		s.mu.Lock()
		text, more := s.all.String(), s.more
		s.mu.Unlock()
		if at := strings.Index(text[after:], want); at >= 0 {
			return after + at + len(want)
		}
		select {
		case <-more:
		case <-late:
			t.Fatalf("%q does not come; there is %.400q", want, text[after:])
		}
	}
}

// run runs a dashboard whose keys are typed once its first figures are shown.
func run(ctx context.Context, t *testing.T, o ui.Options, keys string) (string, error) {
	t.Helper()
	out := newScreen()
	in, typing := io.Pipe()
	defer func() { _ = in.Close() }()
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, o, Terminal{In: in, Out: out, Env: []string{"TERM=xterm-256color"}}) }()
	if keys != "" {
		out.wait(t, 0, "large caps")
		_, _ = io.WriteString(typing, keys)
	}
	err := <-ended
	return out.text(), err
}

// givenBack checks that what was changed about a terminal was put back.
func givenBack(t *testing.T, text string) {
	t.Helper()
	for what, sequences := range map[string][2]string{
		"the alternate screen": {ansi.SetModeAltScreenSaveCursor, ansi.ResetModeAltScreenSaveCursor},
		"the cursor":           {ansi.ResetModeTextCursorEnable, ansi.SetModeTextCursorEnable},
		"bracketed paste":      {ansi.SetModeBracketedPaste, ansi.ResetModeBracketedPaste},
	} {
		if on, off := strings.LastIndex(text, sequences[0]), strings.LastIndex(text, sequences[1]); on < 0 || off < on {
			t.Errorf("%s was changed and not put back (%d, %d)", what, on, off)
		}
	}
}

func TestItEndsWhenTheViewerQuits(t *testing.T) {
	for name, keys := range map[string]string{"q": "q", "ctrl+c": "\x03"} {
		t.Run(name, func(t *testing.T) {
			text, err := run(t.Context(), t, ui.Options{Source: new(source)}, keys)
			if err != nil {
				t.Errorf("quitting gave %v", err)
			}
			givenBack(t, text)
		})
	}
}

func TestItEndsWithItsContext(t *testing.T) {
	stopped := errors.New("the operator said stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	o := ui.Options{Source: &source{then: func(ctx context.Context) error {
		cancel(stopped)
		<-ctx.Done()
		return ctx.Err()
	}}}
	text, err := run(ctx, t, o, "")
	if !errors.Is(err, stopped) {
		t.Errorf("Run gave %v, want the context's cause", err)
	}
	givenBack(t, text)
}

func TestItFailsWhereTheSourceDoes(t *testing.T) {
	text, err := run(t.Context(), t, ui.Options{Source: &source{then: func(context.Context) error { return errSource }}}, "")
	if !errors.Is(err, errSource) {
		t.Errorf("Run gave %v, want the source's error", err)
	}
	givenBack(t, text)
}

func TestABreakdownLeavesTheTerminalAsItWas(t *testing.T) {
	text, err := run(t.Context(), t, ui.Options{Source: &source{then: func(context.Context) error { panic("boom") }}}, "")
	var broke *BreakdownError
	if !errors.As(err, &broke) || broke.What != "boom" || !bytes.Contains(broke.Stack, []byte("terminal_test.go")) {
		t.Fatalf("Run gave %v", err)
	}
	if !strings.Contains(err.Error(), "boom; please report") || strings.Contains(err.Error(), "goroutine") {
		t.Errorf("it says %q", err)
	}
	givenBack(t, text)
}

// broken is a terminal that is gone after so many bytes.
type broken struct{ left int }

func (b *broken) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestATerminalThatIsGone(t *testing.T) {
	for _, left := range []int{0, 100, 2000} {
		err := Run(t.Context(), ui.Options{Source: new(source)}, Terminal{In: strings.NewReader(""), Out: &broken{left}, Env: []string{"TERM=xterm"}})
		if !errors.Is(err, io.ErrClosedPipe) || !strings.HasPrefix(err.Error(), "the terminal: ") {
			t.Errorf("a terminal that is gone after %d bytes gives %v", left, err)
		}
	}
}

// stopped is a terminal that takes nothing, as after ctrl+s, until it is let go.
type stopped struct{ letGo chan struct{} }

func (s stopped) Write(p []byte) (int, error) {
	<-s.letGo
	return len(p), nil
}

func TestATerminalThatTakesNothingDoesNotKeepTheProgram(t *testing.T) {
	s := stopped{make(chan struct{})}
	defer close(s.letGo)
	ctx, cancel := context.WithCancelCause(t.Context())
	quit := errors.New("it was killed")
	o := ui.Options{Source: &source{then: func(context.Context) error { cancel(quit); return quit }}}
	if err := Run(ctx, o, Terminal{In: strings.NewReader(""), Out: s, Env: []string{"TERM=xterm"}}); !errors.Is(err, quit) {
		t.Errorf("Run gave %v", err)
	}
}

func TestTheSizeOfATerminalThatDoesNotTellIt(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		want ui.Size
	}{
		"nothing is known": {nil, ui.Size{W: 80, H: 24}},
		"as a shell says":  {[]string{"COLUMNS=132", "LINES=50"}, ui.Size{W: 132, H: 50}},
		"nonsense":         {[]string{"COLUMNS=-3", "LINES=many"}, ui.Size{W: 80, H: 24}},
	} {
		on := newTTY(Terminal{In: strings.NewReader(""), Out: io.Discard, Env: c.env})
		if got := on.size(); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
