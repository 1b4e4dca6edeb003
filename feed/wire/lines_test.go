package wire_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/feed/wire"
)

// collect gathers numbered lines.
type collect []string

func (c *collect) line(number int, line []byte) {
	text := string(line)
	if line == nil {
		text = "too long"
	}
	*c = append(*c, fmt.Sprintf("%d %s", number, text))
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", wire.MaxLine)
	for name, c := range map[string]struct {
		stream string
		want   collect
	}{
		"nothing":               {"", nil},
		"lines":                 {"a\nbc\n", collect{"1 a", "2 bc"}},
		"the last has no end":   {"a\nbc", collect{"1 a", "2 bc"}},
		"Windows":               {"a\r\nb\r\n", collect{"1 a", "2 b"}},
		"empty lines":           {"\n\na\n \t\nb\n", collect{"3 a", "5 b"}},
		"a byte order mark":     {"\ufeffa\n\ufeffb\n", collect{"1 a", "2 \ufeffb"}},
		"as long as may be":     {long + "\na\n", collect{"1 " + long, "2 a"}},
		"one byte too long":     {long + "x\na\n", collect{"1 too long", "2 a"}},
		"far too long":          {"a\n" + long + long + long + "\nb\n", collect{"1 a", "2 too long", "3 b"}},
		"too long, without end": {"a\n" + long + "x", collect{"1 a", "2 too long"}},
		"two too long":          {long + "x\n" + long + "y\na", collect{"1 too long", "2 too long", "3 a"}},
	} {
		for _, size := range []int{1 << 30, 1 << 16, 7} {
			t.Run(fmt.Sprintf("%s in pieces of %d", name, size), func(t *testing.T) {
				var lines wire.Lines
				var got collect
				for rest := []byte(c.stream); len(rest) > 0; {
					n := min(size, len(rest))
					lines.Split(rest[:n], got.line)
					rest = rest[n:]
				}
				lines.End(got.line)
				if !reflect.DeepEqual(got, c.want) {
					t.Errorf("got %.200q, want %.200q", got, c.want)
				}
			})
		}
	}
}

// However a stream is cut into pieces, its lines are the same.
func TestLinesDoNotDependOnThePieces(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		stream := []byte(rapid.StringMatching(`([a-c]{0,5}\r?\n)*[a-c]{0,3}`).Draw(rt, "stream"))
		var want, got collect
		for i, line := range bytes.Split(stream, []byte("\n")) {
			if line = bytes.TrimSpace(line); len(line) > 0 {
				want.line(i+1, line)
			}
		}
		var lines wire.Lines
		for len(stream) > 0 {
			n := rapid.IntRange(1, len(stream)).Draw(rt, "piece")
			lines.Split(stream[:n], got.line)
			stream = stream[n:]
		}
		lines.End(got.line)
		if !reflect.DeepEqual(got, want) {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}

// A line without end costs no memory.
func TestLinesForgetWhatIsTooLong(t *testing.T) {
	var lines wire.Lines
	piece := bytes.Repeat([]byte("x"), 64<<10)
	var got collect
	lines.Split(bytes.Repeat(piece, 20), got.line) // now there is room for the longest line
	allocations := testing.AllocsPerRun(1000, func() { lines.Split(piece, got.line) })
	if allocations != 0 || len(got) != 0 {
		t.Errorf("64 MiB of one line allocate %g times a piece and give %d lines", allocations, len(got))
	}
	lines.Split([]byte("\nnext\n"), got.line)
	if want := (collect{"1 too long", "2 next"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %.100q, want %q", got, want)
	}
}

// After its end another stream begins with line 1.
func TestLinesBeginAnew(t *testing.T) {
	var lines wire.Lines
	var got collect
	lines.Split([]byte("a\nhalf"), got.line)
	lines.End(got.line)
	lines.Split([]byte("\ufeffb\n"), got.line)
	if want := (collect{"1 a", "2 half", "1 b"}); !reflect.DeepEqual(got, want) || lines.Number() != 1 {
		t.Errorf("got %q, want %q; %d lines", got, want, lines.Number())
	}
}
