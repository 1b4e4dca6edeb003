package report_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

func week() report.Options { return report.Options{Window: session.Week} }

func render(t *testing.T, f report.Format, s *model.Snapshot, o report.Options) string {
	t.Helper()
	b, err := report.Render(f, s, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFinalFrame(t *testing.T) {
	for _, name := range report.FormatNames() {
		t.Run(name, func(t *testing.T) {
			f, err := report.ParseFormat(name)
			if err != nil {
				t.Fatal(err)
			}
			golden.RequireEqual(t, render(t, f, uitest.FinalFrame(), week()))
		})
	}
}

func TestOddSnapshotsAsText(t *testing.T) {
	for _, odd := range uitest.All() {
		t.Run(odd.Name, func(t *testing.T) {
			text := render(t, report.Text, odd.Snap, week())
			for n, line := range strings.Split(text, "\n") {
				if w := ansi.StringWidth(line); w > 80 {
					t.Errorf("line %d is %d cells wide: %s", n+1, w, line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("line %d has blanks at its end: %q", n+1, line)
				}
			}
			golden.RequireEqual(t, text)
		})
	}
}

func TestASCIITextIsASCII(t *testing.T) {
	for _, odd := range uitest.All() {
		t.Run(odd.Name, func(t *testing.T) {
			text := render(t, report.Text, odd.Snap, report.Options{Window: session.Week, ASCII: true})
			for _, line := range strings.Split(text, "\n") {
				if strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
					t.Errorf("not ASCII: %s", line)
				}
				if w := ansi.StringWidth(line); w > 80 {
					t.Errorf("%d cells wide: %s", w, line)
				}
			}
		})
	}
}

func TestMarkdownTablesHoldTogether(t *testing.T) {
	s := uitest.FinalFrame()
	s.Calendar[7].Title = "a|b *c* <script> [x](y) `d`"
	text := render(t, report.Markdown, s, week())
	if want := `| a\|b \*c\* &lt;script&gt; \[x\](y) ` + "\\`d\\`" + ` |`; !strings.Contains(text, want) {
		t.Errorf("the title is not written as %s", want)
	}
	columns := 0
	for n, line := range strings.Split(text, "\n") {
		bars := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			columns = 0
		case columns == 0:
			columns = bars
		case bars != columns:
			t.Errorf("line %d has %d bars, the table's first line %d: %s", n+1, bars, columns, line)
		}
	}
}

func TestNamesAreReadAsTheyAreWritten(t *testing.T) {
	for i, name := range report.FormatNames() {
		if f, err := report.ParseFormat(strings.ToUpper(name)); err != nil || int(f) != i || f.String() != name {
			t.Errorf("format %s reads as %s: %v", name, f, err)
		}
	}
	for i, name := range report.StatisticNames() {
		if s, err := report.ParseStatistic(name); err != nil || int(s) != i {
			t.Errorf("statistic %s reads as %d: %v", name, s, err)
		}
	}
	for i, name := range report.RankNames() {
		if p, err := report.ParseRank(name); err != nil || int(p) != i {
			t.Errorf("rank %s reads as %d: %v", name, p, err)
		}
	}
	if len(report.StatisticNames()) != model.StatCount {
		t.Error("a statistic has no name")
	}
	for name, err := range map[string]error{
		`there is no format "xml"; choose one of text, markdown, json, csv`:              second(report.ParseFormat("xml")),
		`there is no statistic "sum"; choose one of mean, median, trimmed, cap-weighted`: second(report.ParseStatistic("sum")),
		`there is no rank date "tomorrow"; choose one of base, month, recon, now`:        second(report.ParseRank("tomorrow")),
	} {
		if err == nil || err.Error() != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestNumbersStayWithTheirUnits has sentences of many lengths, so that the end of
// a line would fall between any two words of them.
func TestNumbersStayWithTheirUnits(t *testing.T) {
	const words = " z0 -2.1 and -7.32 % of 50 days and 0.28 pp | coverage 97.0 % there."
	for n := range 80 {
		s := uitest.FinalFrame()
		s.Verdicts[session.Week].Text = strings.Repeat("x", n) + words
		text := render(t, report.Text, s, week())
		for _, whole := range []string{"z0 −2.1", "−7.32 %", "50 days", "0.28 pp", "97.0 %"} {
			if !strings.Contains(text, whole+" ") && !strings.Contains(text, whole+"\n") {
				t.Errorf("%d: %q is not whole", n, whole)
			}
		}
		if strings.Contains(text, "\u00a0") {
			t.Errorf("%d: a blank that is none was written", n)
		}
	}
}
