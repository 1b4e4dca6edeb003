package draw_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/ui/draw"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// cells makes a row of plain cells.
func cells(texts ...string) []draw.Cell {
	row := make([]draw.Cell, len(texts))
	for i, s := range texts {
		row[i].Text = s
	}
	return row
}

func lines(block draw.Block) string {
	var b strings.Builder
	for _, line := range block {
		b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
	}
	return b.String()
}

func TestDecimalPointsStandUnderEachOther(t *testing.T) {
	table := draw.Table{
		Columns: []draw.Column{{}, {Align: draw.Decimal}, {Align: draw.Decimal}},
		Head:    cells("", "1D", "level"),
		Rows: [][]draw.Cell{
			cells("one", "−2.05", "2,023.27"), cells("two", "+10", "5,580.9"), cells("three", "n/a", "1"), cells("four"), cells("five", "7.63M", "n/a"),
		},
	}
	want := strings.Join([]string{
		"              1D       level",
		"one       −2.05     2,023.27",
		"two      +10        5,580.9",
		"three        n/a        1",
		"four",
		"five       7.63M         n/a", "",
	}, "\n")
	if got := lines(table.Draw(theme.New(theme.Options{}), 30)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestColumnsGoByRank(t *testing.T) {
	table := draw.Table{
		Columns: []draw.Column{{}, {Align: draw.Right, Min: 5, Rank: 3}, {Align: draw.Right, Min: 5, Rank: 1}, {Align: draw.Right, Min: 5, Rank: 3}, {Align: draw.Right, Min: 5, Rank: 2}},
		Rows:    [][]draw.Cell{cells("name", "a", "b", "c", "d")},
	}
	th := theme.New(theme.Options{})
	for w, want := range map[int]string{
		60: "name a b c d", 32: "name a b c d", 31: "name a b d", 25: "name a b d", 24: "name b d", 17: "name b", 10: "name", 4: "name", 3: "na…",
	} {
		if got := strings.Join(strings.Fields(ansi.Strip(table.Draw(th, w)[0])), " "); got != want {
			t.Errorf("in %d cells: %q, want %q", w, got, want)
		}
	}
}

func TestAGrowingNumberMovesNothing(t *testing.T) {
	th := theme.New(theme.Options{})
	table := draw.Table{Columns: []draw.Column{{}, {Align: draw.Right, Min: 6}, {Align: draw.Right, Min: 6}}}
	table.Rows = [][]draw.Cell{cells("x", "−9.99", "0.01")}
	before := table.Draw(th, 30)[0]
	table.Rows = [][]draw.Cell{cells("x", "−10.01", "0.01")}
	after := table.Draw(th, 30)[0]
	if at := func(line string) int { return draw.Width(line[:strings.LastIndex(line, "0.01")]) }; at(before) != at(after) {
		t.Errorf("the last column moved:\n%s\n%s", before, after)
	}
}

func TestTableIsExact(t *testing.T) {
	for name, th := range uitest.Looks() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				var table draw.Table
				n := rapid.IntRange(0, 5).Draw(t, "columns")
				for range n {
					table.Columns = append(table.Columns, draw.Column{
						Align: draw.Align(rapid.IntRange(0, 2).Draw(t, "align")), Min: rapid.IntRange(0, 9).Draw(t, "min"), Rank: rapid.IntRange(0, 4).Draw(t, "rank"),
					})
				}
				text := rapid.SampledFrom([]string{"", "−2.05", "+1,234.5", "7.63M", "n/a", "日経平均", "Q4 small", "e\u0301.5"})
				for range rapid.IntRange(0, 4).Draw(t, "rows") {
					row := rapid.SliceOfN(text, 0, n).Draw(t, "row")
					table.Rows = append(table.Rows, cells(row...))
				}
				w := rapid.IntRange(0, 60).Draw(t, "w")
				for _, line := range table.Draw(th, w) {
					if got := ansi.StringWidth(line); got != w {
						t.Fatalf("%d cells, want %d: %q", got, w, line)
					}
				}
			})
		})
	}
}

func BenchmarkTable(b *testing.B) {
	th := theme.New(theme.Options{})
	table := draw.Table{Columns: []draw.Column{{}}}
	row := cells("Q1 large")
	for i := range 8 {
		table.Columns = append(table.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: i})
		row = append(row, draw.Cell{Text: "−14.50", Role: theme.Down})
	}
	table.Rows = [][]draw.Cell{row, row, row, row, row, row}
	for b.Loop() {
		table.Draw(th, 56)
	}
}
