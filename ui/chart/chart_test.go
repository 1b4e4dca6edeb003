package chart_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// closes are the closing instants of n sessions from Monday 3 March 2025 on.
func closes(n int) []time.Time {
	calendar := session.New()
	day, _ := calendar.On(session.NewDate(2025, time.March, 3))
	all := make([]time.Time, n)
	for i := range all {
		all[i] = day.Closes
		day, _ = calendar.After(day.Date)
	}
	return all
}

// one is a chart of one line over as many sessions as it has values.
func one(values ...float64) chart.Spec {
	return chart.Spec{Times: closes(len(values)), Lines: []chart.Line{{Values: values, Label: "L", Role: theme.Series1}}}
}

// text is the chart without its colours, without trailing blanks.
func text(s chart.Spec, w, h int) string {
	var b strings.Builder
	for _, line := range chart.Draw(theme.New(theme.Options{}), s, w, h) {
		b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
	}
	return b.String()
}

func TestGuards(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	const nothing = "no history"
	tests := map[string]struct {
		spec chart.Spec
		want string
	}{
		"no lines":             {chart.Spec{}, nothing},
		"no times":             {chart.Spec{Lines: []chart.Line{{Values: []float64{1, 2}}}}, nothing},
		"one time":             {one(1), nothing},
		"no values":            {chart.Spec{Times: closes(3), Lines: []chart.Line{{}}}, nothing},
		"not one number":       {one(nan, nan, nan), nothing},
		"only infinities":      {one(inf, -inf, inf), nothing},
		"beyond all sense":     {one(1e300, -1e300), nothing},
		"an infinity among us": {one(1, inf, 3, 4), "L"},
		"a gap":                {one(1, nan, nan, 4), "L"},
		"a gap at the start":   {one(nan, 2, 3), "L"},
		"a gap at the end":     {one(1, 2, nan), "L"},
		"a lone point":         {one(nan, 2, nan), nothing},
		"constant":             {one(7, 7, 7), "7.00 ┼"},
		"constant zero":        {one(0, 0, 0), "0.00 ┼"},
		"negative zero":        {one(math.Copysign(0, -1), 0, 0), "0.00 ┼"},
		"constant and huge":    {one(9e14, 9e14), "┤"},
		"huge range":           {one(-9e14, 9e14), "┤"},
		"tiny range":           {one(2023.27, 2023.27+1e-13), "2,024"},
		"small numbers":        {one(1e-7, 3e-7, 2e-7), "L"},
		"smallest number":      {one(0, math.SmallestNonzeroFloat64), "┤"},
		"one line empty":       {chart.Spec{Times: closes(3), Lines: []chart.Line{{Label: "E"}, {Values: []float64{1, 2, 3}, Label: "L"}}}, "L"},
		"too many values":      {chart.Spec{Times: closes(2), Lines: []chart.Line{{Values: []float64{1, 2, 99}, Label: "L"}}}, "L"},
		"too few values":       {chart.Spec{Times: closes(9), Lines: []chart.Line{{Values: []float64{1, 2}, Label: "L"}}}, "L"},
		"the same time twice":  {chart.Spec{Times: []time.Time{closes(1)[0], closes(1)[0]}, Lines: []chart.Line{{Values: []float64{1, 2}, Label: "L"}}}, "L"},
		"times run backwards":  {chart.Spec{Times: []time.Time{closes(2)[1], closes(1)[0]}, Lines: []chart.Line{{Values: []float64{1, 2}, Label: "L"}}}, "L"},
		"infinite band":        {chart.Spec{Times: closes(2), Lines: []chart.Line{{Values: []float64{1, 2}}}, Band: &chart.Band{Low: -inf, High: nan}}, "┤"},
		"hundred lines":        {chart.Spec{Times: closes(2), Lines: make([]chart.Line, 100)}, nothing},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, th := range uitest.Looks() {
				for w := 0; w < 70; w += 3 {
					for h := range 20 {
						uitest.Exact(t, chart.Draw(th, tt.spec, w, h), w, h)
					}
				}
			}
			got := text(tt.spec, 60, 10)
			if !strings.Contains(got, tt.want) {
				t.Errorf("no %q in\n%s", tt.want, got)
			}
			for _, never := range []string{"NaN", "Inf", "92233720", "-0"} {
				if strings.Contains(got, never) {
					t.Errorf("%q in\n%s", never, got)
				}
			}
		})
	}
}

func TestAnyValuesAreExact(t *testing.T) {
	looks := uitest.Looks()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		value := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-20, 20), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), 0.5, -0.5, 2.5}))
		spec := chart.Spec{Times: closes(n)}
		for range rapid.IntRange(0, 4).Draw(t, "lines") {
			spec.Lines = append(spec.Lines, chart.Line{
				Values: rapid.SliceOfN(value, 0, n+2).Draw(t, "values"), Label: rapid.SampledFrom([]string{"", "Q1", "日経平均", "long label"}).Draw(t, "label"),
				Role: theme.Series1 + theme.Role(len(spec.Lines)),
			})
		}
		if rapid.Bool().Draw(t, "band") {
			spec.Band = &chart.Band{Low: value.Draw(t, "low"), High: value.Draw(t, "high")}
		}
		w, h := rapid.IntRange(-2, 130).Draw(t, "w"), rapid.IntRange(-2, 50).Draw(t, "h")
		for _, th := range looks {
			block := chart.Draw(th, spec, w, h)
			if len(block) != max(h, 0) {
				t.Fatalf("%d lines, want %d", len(block), h)
			}
			for _, line := range block {
				if got := ansi.StringWidth(line); got != max(w, 0) {
					t.Fatalf("%d cells, want %d: %q", got, w, line)
				}
			}
		}
	})
}

func TestPicture(t *testing.T) {
	// Five sessions on 15 columns: the values stand at every third one.
	want := `
 2 ┤       ╭──╮
 1 ┤ ╭─────╯  ╰────L
 0 ┼─╯
 3 Mar        10 Mar
`
	if got := text(one(0, 1, 1, 2, 1, 1), 20, 4); got != want[1:] {
		t.Errorf("got\n%s\nwant%s", got, want)
	}
}

func TestNewPriceChangesTheLastColumnOnly(t *testing.T) {
	spec := intraday(40)
	calm := cells(chart.Draw(theme.New(theme.Options{}), spec, 60, 12))
	spec.Lines[0].Values[len(spec.Lines[0].Values)-1]--
	moved := cells(chart.Draw(theme.New(theme.Options{}), spec, 60, 12))
	first := 60
	for y := range calm {
		for x := range calm[y] {
			if calm[y][x] != moved[y][x] {
				first = min(first, x)
			}
		}
	}
	if first < 30 || first == 60 {
		t.Errorf("the picture changes from column %d on", first)
	}
}

// intraday is Friday 28 March 2025 with n five-minute prices between 0 and 5.
func intraday(n int) chart.Spec {
	day := session.FullDay(session.NewDate(2025, time.March, 28))
	spec := chart.Spec{Times: []time.Time{day.Closes.AddDate(0, 0, -1)}, Session: day, Lines: []chart.Line{{Values: []float64{0}, Role: theme.Series1, Label: "L"}}}
	for i := range n {
		spec.Times = append(spec.Times, day.Opens.Add(time.Duration(i)*5*time.Minute))
		spec.Lines[0].Values = append(spec.Lines[0].Values, 5*math.Abs(math.Sin(float64(i)/7)))
	}
	return spec
}

// cells takes a block apart into its characters.
func cells(block draw.Block) [][]rune {
	all := make([][]rune, len(block))
	for i, line := range block {
		all[i] = []rune(ansi.Strip(line))
	}
	return all
}

func TestHalfADayFillsHalfTheWidth(t *testing.T) {
	for _, tt := range []struct{ prices, from, to int }{{10, 8, 12}, {40, 29, 34}, {79, 57, 59}} {
		ends := 0
		for _, row := range cells(chart.Draw(theme.New(theme.Options{}), intraday(tt.prices), 60, 12)) {
			for x, r := range row {
				if r == 'L' {
					ends = x
				}
			}
		}
		if ends < tt.from || ends > tt.to {
			t.Errorf("%d prices end at column %d, want %d to %d", tt.prices, ends, tt.from, tt.to)
		}
	}
}

func TestTimeAxis(t *testing.T) {
	tests := map[string]struct {
		spec chart.Spec
		want []string
	}{
		"hours of a day":       {intraday(79), []string{"09:30", "12:00", "14:00", "16:00"}},
		"days of a week":       {one(1, 2, 3, 4, 5, 6), []string{"Tue 4", "Wed 5", "Thu 6", "Fri 7", "Mon 10"}},
		"dates of two months":  {one(make([]float64, 40)...), []string{"3 Mar", "28 Apr"}},
		"more days than names": {one(1, 2, 3, 4, 5, 6, 7, 8, 9), []string{"3 Mar", "13 Mar"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSpace(text(tt.spec, 60, 9)), "\n")
			axis := lines[len(lines)-1]
			at := -1
			for _, want := range tt.want {
				next := strings.Index(axis, want)
				if next <= at {
					t.Fatalf("no %q in its place in %q", want, axis)
				}
				at = next
			}
		})
	}
}

func TestLabelsDoNotRunTogether(t *testing.T) {
	for w := chart.MinWidth; w < 130; w++ {
		for _, spec := range []chart.Spec{intraday(79), one(1, 2, 3, 4, 5, 6), one(make([]float64, 61)...)} {
			lines := strings.Split(strings.TrimRight(text(spec, w, 9), "\n"), "\n")
			for _, word := range strings.Fields(strings.ReplaceAll(lines[len(lines)-1], ":", "")) {
				if len(word) > 4 {
					t.Fatalf("width %d: %q in %q", w, word, lines[len(lines)-1])
				}
			}
		}
	}
}

func TestMarks(t *testing.T) {
	spec := one(0, 1, 2, 3, 4, 5)
	spec.Marks = []chart.Mark{
		{At: spec.Times[3].Add(-6 * time.Hour), Glyph: "★", Role: theme.Star},
		{At: spec.Times[0].AddDate(0, 0, -30), Glyph: "☆"},
		{At: spec.Times[5].AddDate(0, 0, 30), Glyph: "☆"},
	}
	got := text(spec, 60, 9)
	if strings.Count(got, "★") != 1 || strings.Contains(got, "☆") {
		t.Errorf("the week's event is not marked, or another is:\n%s", got)
	}
	spec.Marks = append(spec.Marks, spec.Marks[0])
	if again := text(spec, 60, 9); again != got {
		t.Errorf("two releases at one time are two marks:\n%s", again)
	}
	if painted := chart.Draw(theme.New(theme.Options{}), spec, 60, 9).String(); !strings.Contains(painted, theme.New(theme.Options{}).Paint(theme.Star, "★")) {
		t.Error("the mark has lost its colour")
	}
}

func TestBand(t *testing.T) {
	spec := one(0, 1, 2, 3, 4)
	if got := text(spec, 40, 10); strings.Contains(got, "╌") {
		t.Fatalf("a band where there is none:\n%s", got)
	}
	spec.Band = &chart.Band{Low: 1, High: 5}
	if got := text(spec, 40, 10); bands(got) != 2 {
		t.Errorf("the band has not two bounds:\n%s", got)
	}
	spec.Band = &chart.Band{Low: 3, High: 500}
	got := text(spec, 40, 10)
	if bands(got) != 1 || strings.Contains(got, "500") {
		t.Errorf("a far bound flattens the line:\n%s", got)
	}
}

// bands counts the lines with a dash in them.
func bands(s string) int {
	n := 0
	for line := range strings.Lines(s) {
		if strings.Contains(line, "╌") {
			n++
		}
	}
	return n
}

func TestEarlierLinesAreOnTop(t *testing.T) {
	th := theme.New(theme.Options{})
	spec := one(0, 1, 2)
	spec.Lines = append(spec.Lines, chart.Line{Values: []float64{0, 1, 2}, Label: "U", Role: theme.Series4})
	picture := chart.Draw(th, spec, 40, 8).String()
	if strings.Contains(picture, th.Prefix(theme.Series4)+"─") || !strings.Contains(picture, th.Prefix(theme.Series1)) {
		t.Errorf("the second line covers the first:\n%s", picture)
	}
	if !strings.Contains(picture, th.Paint(theme.Series4, "U")) {
		t.Error("the covered line has lost its name")
	}
}

func TestNamesStandInTheOrderOfTheValues(t *testing.T) {
	spec := chart.Spec{Times: closes(2), Lines: []chart.Line{
		{Values: []float64{0, 10}, Label: "A"},
		{Values: []float64{0, 9.7}, Label: "D"},
		{Values: []float64{0, 9.9}, Label: "B"},
		{Values: []float64{0, 9.8}, Label: "C"},
	}}
	got := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'D' {
			return r
		}
		return -1
	}, text(spec, 40, 9))
	if got != "ABCD" {
		t.Errorf("names from the top %q, values are A > B > C > D", got)
	}
}

func TestEachLineHasItsTimes(t *testing.T) {
	times := closes(5)
	spec := chart.Spec{Times: times, Lines: []chart.Line{
		{Times: []time.Time{times[0], times[4]}, Values: []float64{0, 4}, Label: "L", Role: theme.Series1},
		{Values: []float64{0, 1, 2, 3, 4}, Label: "M", Role: theme.Series2},
	}}
	// Both are the same straight line, so the first covers the second.
	th := theme.New(theme.Options{})
	if got := chart.Draw(th, spec, 40, 10).String(); strings.Contains(got, th.Prefix(theme.Series2)+"─") {
		t.Errorf("the lines are not on each other:\n%s", ansi.Strip(got))
	}
}

func TestKeysTellLinesApart(t *testing.T) {
	for name, th := range uitest.Looks() {
		seen := map[string]bool{}
		for i := range 4 {
			role := th.Series(i)
			key := th.Prefix(role) + chart.Key(th, role)
			if seen[key] {
				t.Errorf("%s: key %q is there twice", name, key)
			}
			seen[key] = true
		}
	}
}

func TestGolden(t *testing.T) {
	snap := uitest.FinalFrame()
	curve := snap.Size.Curves[session.Quarter]
	spec := chart.Spec{Times: curve.At, Session: snap.Clock.Session, Band: &chart.Band{Low: -12, High: -4}}
	for i, values := range curve.Lines {
		spec.Lines = append(spec.Lines, chart.Line{Values: values, Label: snap.Size.Buckets[i].ID, Role: theme.Series1 + theme.Role(i)})
	}
	for look, th := range uitest.Looks() {
		t.Run(look, func(t *testing.T) {
			golden.RequireEqual(t, chart.Draw(th, spec, 70, 16).String())
		})
	}
}

func BenchmarkDraw(b *testing.B) {
	snap := uitest.FinalFrame()
	curve := snap.Size.Curves[session.Quarter]
	spec := chart.Spec{Times: curve.At, Session: snap.Clock.Session}
	for _, values := range curve.Lines {
		spec.Lines = append(spec.Lines, chart.Line{Values: values, Label: "Q", Role: theme.Series1})
	}
	th := theme.New(theme.Options{})
	for b.Loop() {
		chart.Draw(th, spec, 60, 12)
	}
}
