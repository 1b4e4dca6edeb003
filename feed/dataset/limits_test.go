package dataset

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLimitedFailsRatherThanCuts reads a file at, and one above, the limit.
func TestLimitedFailsRatherThanCuts(t *testing.T) {
	for name, c := range map[string]struct {
		size int
		err  error
	}{
		"below": {99, nil}, "at the limit": {100, nil}, "above": {101, errTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := io.ReadAll(&limited{r: strings.NewReader(strings.Repeat("x", c.size)), left: 100})
			if !errors.Is(err, c.err) || err == nil && len(got) != c.size {
				t.Errorf("read %d bytes, %v", len(got), err)
			}
		})
	}
}

func TestTablesHaveALimit(t *testing.T) {
	tab := newTable(t.Context(), &file{Reader: strings.NewReader("a\n1\n\n2\n3\n"), name: "x.csv"}, func(Problem) {})
	defer tab.close()
	tab.limit = 2
	rows := 0
	for range tab.rows {
		rows++
	}
	if rows != 2 || tab.err == nil || tab.err.Error() != "x.csv has more than 2 rows" {
		t.Errorf("%d rows, %v", rows, tab.err)
	}
}

func TestTablesStopReadingWhenTheyAreLeft(t *testing.T) {
	endless := &file{Reader: repeat("a\n"), name: "x.csv"}
	tab := newTable(t.Context(), endless, func(Problem) {})
	for range tab.rows {
		break
	}
	tab.close() // returns although there is no end
}

func TestTablesStopReadingWithTheirContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	tab := newTable(ctx, &file{Reader: repeat("a\n"), name: "x.csv"}, func(Problem) {})
	defer tab.close()
	for range tab.rows {
		stop()
	}
	if !errors.Is(tab.err, context.Canceled) {
		t.Errorf("it ended with %v", tab.err)
	}
}

// repeat is a text without end.
type repeat string

func (r repeat) Read(p []byte) (int, error) {
	n := 0
	for n+len(r) <= len(p) {
		n += copy(p[n:], r)
	}
	return n, nil
}

// TestChunksAreTheFile cuts texts, and puts the pieces together again.
func TestChunksAreTheFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lengths := rapid.SliceOfN(rapid.IntRange(0, 90_000), 0, 12).Draw(t, "lengths of lines")
		var text strings.Builder
		for i, n := range lengths {
			text.WriteString(strings.Repeat(string(rune('a'+i)), n) + "\n")
		}
		if rapid.Bool().Draw(t, "without a last line end") {
			text.WriteString("rest")
		}
		c := newChunks(context.Background(), strings.NewReader(text.String()))
		defer c.close()
		var got strings.Builder
		for {
			part, err := c.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || part.tooLong || part.text == "" {
				t.Fatalf("got %t, %v", part.tooLong, err)
			}
			if !strings.HasSuffix(part.text, "\n") && !strings.HasSuffix(text.String(), part.text) {
				t.Fatal("a chunk ends within a line")
			}
			got.WriteString(part.text)
		}
		if got.String() != text.String() {
			t.Fatalf("of %d bytes came %d", text.Len(), got.Len())
		}
	})
}

// TestOverlongLines has lines around the limit between short ones.
func TestOverlongLines(t *testing.T) {
	for name, c := range map[string]struct {
		length int
		want   string
	}{
		"just short enough": {maxLine - 1, "short,long,short,last"},
		"just too long":     {maxLine, "short,TOO LONG,short,last"},
		"far too long":      {5*maxLine + 7, "short,TOO LONG,short,last"},
	} {
		t.Run(name, func(t *testing.T) {
			const more = 200_000
			text := "short\n" + strings.Repeat("x", c.length) + "\nshort\n" + strings.Repeat("more\n", more) + "last\n"
			chunks := newChunks(t.Context(), strings.NewReader(text))
			defer chunks.close()
			var got []string
			for {
				part, err := chunks.next()
				if err != nil {
					break
				}
				if part.tooLong {
					got = append(got, "TOO LONG")
				}
				for line := range strings.Lines(part.text) {
					if len(line) > 10 {
						line = "long"
					}
					got = append(got, strings.TrimSpace(line))
				}
			}
			all := len(got)
			got = slices.DeleteFunc(got, func(line string) bool { return line == "more" })
			if what := strings.Join(got, ","); what != c.want || all-len(got) != more {
				t.Errorf("got %s and %d more, want %s and %d", what, all-len(got), c.want, more)
			}
		})
	}
}
