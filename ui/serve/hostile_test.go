package serve

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	sources "gyre/feed"
	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/note"
	"gyre/feed/replay"
	"gyre/model"
	exchange "gyre/model/session"
	sampledata "gyre/sample-data"
	"gyre/ui"
	"gyre/ui/serve/gate"
)

// payloads are texts that act on terminals, or on the text around them. None
// has a line break or a quote, which would end its field.
func payloads() []string {
	return []string{
		"\x1b[31mX\x1b[m", "\x1b[8mX", "\x1b[2JX", "\x1b[1;1HX", "\x1b[6nX", "\x1b[cX", "\x1b[>0qX", "\x1b[?1049lX", "\x1b[?25hX", "\x1b[5iX",
		"\x1b[21tX", "\x1b[8;9999;9999tX", "\x1bcX", "\x1b7X\x1b8", "\x1b]0;X\a", "\x1b]2;X\x1b\\", "\x1b]0;X", "\x1b]52;c;WA==\aX",
		"\x1b]8;;https://example.org\x1b\\X\x1b]8;;\x1b\\", "\x1b]4;1;?\aX", "\x1b]10;?\aX", "\x1b]50;X\a", "\x1b]1337;File=:WA==\aX", "\x1bP+q544e\x1b\\X",
		"\x1bPX", "\x1b_Gf=100;AAAA\x1b\\X", "\x1b^X\x1b\\", "\x1bXX\x1b\\", "\u009b31mX", "\u009d0;X\u009c", "\u0090X\u009c", "\x9b31mX",
		"\x9d0;X\x9c", "good\rX", "X\b\b\b", "X\a\x05\x0e\x7f", "\u202eX\u202c\u2066", "X\u200b\u2060\ufeff\u2028\u2029", "X\U000e0041\U000e0042", "X\xff\xfe\xc3\ue000",
	}
}

// infected is the sample with payloads in its texts.
type infected struct {
	fs.FS
	files fstest.MapFS
}

func (i infected) Open(name string) (fs.File, error) {
	if _, ours := i.files[name]; ours {
		return i.files.Open(name)
	}
	return i.FS.Open(name)
}

// infect puts one payload after the other into some columns of a CSV file.
func infect(t *testing.T, file string, columns ...int) *fstest.MapFile {
	t.Helper()
	text, err := fs.ReadFile(sampledata.FS(), file)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, record := range records[1:] {
		for _, c := range columns {
			record[c] = payloads()[n%len(payloads())] + record[c]
			n++
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: out.Bytes()}
}

// stray is what came that the renderer does not send of itself.
func stray(text string) []string {
	var odd []string
	asked := false // the question that is ours waits for its end
	note := func(format string, args ...any) { odd = append(odd, fmt.Sprintf(format, args...)) }
	p := ansi.NewParser()
	p.SetHandler(ansi.Handler{
		Print: func(r rune) {
			if !unicode.IsPrint(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) {
				note("rune %U", r)
			}
		},
		Execute: func(b byte) {
			if !strings.ContainsRune("\r\n\b", rune(b)) {
				note("control %#x", b)
			}
		},
		HandleCsi: func(c ansi.Cmd, params ansi.Params) {
			n, _, _ := params.Param(0, 0)
			switch {
			case c.Prefix() == '?' && strings.ContainsRune("hl", rune(c.Final())):
				if !slices.Contains([]int{25, 1002, 1003, 1006, 1049, 2004, 2026, 7}, n) {
					note("mode %d", n)
				}
			case c.Prefix() == '?' && c.Final() == 'p' && c.Intermediate() == '$' && n == 2026:
			case c.Prefix() != 0 || c.Intermediate() != 0 || !strings.ContainsRune("ABCDGHJKLMPSTX@`bdhlmr", rune(c.Final())):
				note("CSI %d %c", n, c.Final())
			case c.Final() == 'm':
				for _, param := range params {
					if param.Param(0) == 8 { // what is hidden
						note("SGR 8 in %v", params)
					}
				}
			}
		},
		HandleEsc: func(c ansi.Cmd) {
			if !asked || c.Final() != '\\' {
				note("ESC %c", c.Final())
			}
			asked = false
		},
		HandleDcs: func(c ansi.Cmd, _ ansi.Params, data []byte) {
			if asked = c.Final() == 'q' && c.Intermediate() == '+' && string(data) == "524742;5463"; !asked { // RGB, Tc
				note("DCS %q", data)
			}
		},
		HandleOsc: func(c int, data []byte) { note("OSC %d %q", c, data) },
		HandleApc: func(data []byte) { note("APC %q", data) },
		HandlePm:  func(data []byte) { note("PM %q", data) },
		HandleSos: func(data []byte) { note("SOS %q", data) },
	})
	p.Parse([]byte(text))
	return odd
}

// esc is the escape key as newer terminals send it: no beginning of anything else.
const esc = "\x1b[27u"

// hostile is the infected dataset.
func hostile(t *testing.T) *dataset.Dataset {
	t.Helper()
	published, err := fs.ReadFile(sampledata.FS(), "note.toml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := dataset.Load(t.Context(), infected{sampledata.FS(), fstest.MapFS{
		"instruments.csv": infect(t, "instruments.csv", 1, 2, 3),
		"events.csv":      infect(t, "events.csv", 1, 2, 10),
		"halts.csv":       infect(t, "halts.csv", 3),
		"note.toml":       {Data: bytes.ReplaceAll(published, []byte(`text = "`), []byte(`text = "\u001b]0;X\u0007\u009b8mX`))},
		"dataset.toml":    {Data: []byte("name = \"\\u001b]0;X\\u0007\\u009b31m sample\"\nstart = \"2025-03-28T12:00:00-04:00\"\n")},
	}}, "sample")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestNothingOfAFeedActsOnATerminal serves a dataset whose symbols, names,
// sectors, event titles, countries, sources and codes of halts are hostile, and
// looks at every view.
func TestNothingOfAFeedActsOnATerminal(t *testing.T) {
	data := hostile(t)
	checked, _ := note.Parse(data.Note, "note.toml")
	source, replayed := replay.New(data, replay.Options{At: exchange.NewDate(2025, time.March, 28).At(12, 0), Paused: true})
	h := hub.New(hub.Options{Source: source})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = h.Run(ctx) }()
	defer func() { stop(); <-ended }()
	b := start(t, func(c *Config) { c.Open = Shared(h, ui.Options{Player: replayed, Claims: checked.Claims}) })
	s := b.look(b.login(b.viewer), "xterm-256color", 160, 50)
	s.shows("12:00:00 ET")
	seen := 0
	const board = "s size"
	for _, view := range []struct{ keys, shows string }{
		{"?", "first, last row"},
		{"?", board},
		{"s", "Q4 small"},
		{"\r", "Members"},
		{"/", "esc show all"},
		{"X\r", "X"},
		{esc + esc + esc, board},
		{"d", "H−L by window"},
		{esc, board},
		{"c", "esc back"},
		{"i", "★"},
		{"f", "country"},
		{esc, board},
		{"a", "esc back"},
		{esc, board},
		{"g", "esc back"},
		{esc, board},
		{"h", "esc back"},
		{esc, board},
		{"n", "esc back"},
		{esc, board},
		{"2", "1W since"},
	} {
		s.typed(view.keys)
		s.until(fmt.Sprintf("%q after %q", view.shows, view.keys), func() bool { return strings.Contains(s.glass.Text(), view.shows) })
		s.mu.Lock()
		seen += strings.Count(s.glass.Text(), "X")
		s.mu.Unlock()
	}
	s.typed("q")
	s.ended(mostWait)
	if odd := stray(s.all()); len(odd) > 0 {
		t.Errorf("the terminal was sent %q", odd[:min(len(odd), 10)])
	}
	if seen < 2*len(payloads()) {
		t.Errorf("what is left of the payloads was shown %d times, which proves little", seen)
	}
}

// failing is a source that breaks down after its first words.
type failing struct {
	sources.Source

	with string
}

func (f failing) Run(ctx context.Context, out chan<- []model.Update) error {
	ctx, stop := context.WithCancel(ctx)
	words, ended := make(chan []model.Update), make(chan error, 1)
	go func() { ended <- f.Source.Run(ctx, words) }()
	select {
	case batch := <-words:
		out <- batch
	case <-ctx.Done():
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		return err
	}
	return errors.New(f.with)
}

// TestNothingOfAFailureActsOnATerminal lets a feed of each viewer's own fail
// with another payload.
func TestNothingOfAFailureActsOnATerminal(t *testing.T) {
	data := hostile(t)
	var next atomic.Int64
	begin := func(context.Context) (*hub.Hub, ui.Player, error) {
		text := payloads()[int(next.Add(1)-1)%len(payloads())]
		source, player := replay.New(data, replay.Options{Paused: true})
		return hub.New(hub.Options{Source: failing{Source: source, with: "cut " + text}}), player, nil
	}
	b := start(t, func(c *Config) {
		c.Open = Private(begin, ui.Options{})
		c.Command = func(_ context.Context, _ gate.Identity, _ string, out io.Writer) error {
			_, err := io.WriteString(out, "status\n")
			return err
		}
	})
	client := b.login(b.viewer)
	for _, payload := range payloads() {
		s := b.look(client, "xterm-256color", 120, 40)
		s.shows("cut ")
		s.typed("a")
		s.until("the alerts and the data", func() bool { return strings.Contains(strings.ToUpper(s.glass.Text()), "ALERTS") })
		s.typed("q")
		s.ended(mostWait)
		if odd := stray(s.all()); len(odd) > 0 {
			t.Errorf("with %q the terminal was sent %q", payload, odd[:min(len(odd), 5)])
		}
	}
}
