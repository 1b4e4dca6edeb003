package note_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/note"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

func claims() []claim.Claim {
	friday := session.NewDate(2025, time.March, 28)
	return []claim.Claim{
		{ID: "day", Text: "fell over 2%", Subject: "RUT", Metric: claim.Return, Window: "1D", Value: "-2", Precision: claim.Over, AsOf: friday},
		{
			ID: "rank", Text: "the worst one-day performance of the month", Subject: "RUT", Metric: claim.MonthRank, Window: "1D",
			Value: "1", Precision: claim.Rank, AsOf: friday,
		},
		{ID: "ytd", Text: "decline to about 10%", Subject: "RUT", Metric: claim.Return, Window: "YTD", Value: "-10", Precision: claim.About, AsOf: friday},
		{ID: "micro", Text: "particularly in micro caps", Subject: "RMICRO/leverage", Metric: claim.Spread, Window: "1W", Value: "RUT/leverage", Precision: claim.More},
		{ID: "range", Text: "trade within 2,025-2,110", Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110", Precision: claim.Quoted, Source: "Freedom Broker"},
		{ID: "sector", Text: "nobody knows", Subject: "DAX", Metric: claim.Return, Window: "1W", Value: "1", Precision: claim.Exact},
	}
}

func input(snap *model.Snapshot) panel.Input {
	in := panel.Input{Snap: snap, Theme: theme.New(theme.Options{})}
	in.State.Note = &panel.Note{Results: claim.Check(claims(), snap)}
	return in
}

func lines(in panel.Input, w, h int) []string {
	return strings.Split(ansi.Strip(note.Render(in, w, h).String()), "\n")
}

// row is the line of a claim, its blanks squeezed.
func row(t *testing.T, all []string, text string) string {
	t.Helper()
	for _, l := range all {
		if strings.Contains(l, text) {
			return strings.Join(strings.Fields(l), " ")
		}
	}
	t.Fatalf("no line has %q:\n%s", text, strings.Join(all, "\n"))
	return ""
}

func TestEachClaimBesideWhatIsHere(t *testing.T) {
	got := lines(input(uitest.FinalFrame()), 180, 12)
	for text, want := range map[string]string{
		"fell over":    "“fell over 2%” R2000 1D over −2 % −2.05 % ok │",
		"worst one":    "worst third worst day of March false not what the note says",
		"about 10":     "“decline to about 10%” R2000 YTD about −10 % −9.28 % rounded",
		"particularly": "Micro leverage 1W > R2000 leverage 2.30 pp ok 2.30 against 0.90",
		"trade within": "R2000 2,025–2,110",
		"nobody":       "DAX 1W 1 % n/a unknown nothing here to compare with",
	} {
		if line := row(t, got, text); !strings.Contains(line, want) {
			t.Errorf("%q is not in %q", want, line)
		}
	}
}

func TestTheTitleTallies(t *testing.T) {
	if got, want := lines(input(uitest.FinalFrame()), 180, 12)[0], "2 ok · 1 rounded · 1 false · 1 quoted · 1 unknown"; !strings.Contains(got, want) {
		t.Errorf("%q is not in the title %q", want, got)
	}
}

func TestNarrowClaimsTakeTwoLines(t *testing.T) {
	got := lines(input(uitest.FinalFrame()), 60, 14)
	for i, want := range []string{
		"“fell over 2%”                                        ok",
		"  R2000 1D · note over −2 % · here −2.05 %",
		"“the worst one-day performance of the month”       false",
		"  R2000 1D · note worst · here third worst day of March",
	} {
		if !strings.Contains(got[i+1], want) {
			t.Errorf("line %d is %q, want %q", i+1, got[i+1], want)
		}
	}
}

// TestNoQuoteIsCutInATable has widths on both sides of the one from which a
// claim is one row: a quote that is cut may lose the word it turns on.
func TestNoQuoteIsCutInATable(t *testing.T) {
	rows, widths := 0, 0
	for w := 84; w <= 200; w += 4 {
		got := strings.Join(lines(input(uitest.FinalFrame()), w, 24), "\n")
		widths++
		if strings.Contains(got, "…") || !strings.Contains(got, "“the worst one-day performance of the month”") {
			t.Errorf("%d cells:\n%s", w, got)
		}
		if strings.Contains(got, "note says") {
			rows++
		}
	}
	if rows == 0 || rows == widths {
		t.Errorf("of %d widths %d have a table", widths, rows)
	}
}

func TestScrolledToTheEnd(t *testing.T) {
	for _, w := range []int{60, 140} {
		in := input(uitest.FinalFrame())
		start, e := note.Extent(in, w, 6)
		in.State.Scroll = e.Scroll(start, 0, 100)
		if got := lines(in, w, 6); !strings.Contains(strings.Join(got[3:5], ""), "nothing here to compare with") {
			t.Errorf("%d cells: the end is\n%s", w, strings.Join(got, "\n"))
		}
	}
}

func TestWhereThereIsNoNote(t *testing.T) {
	in := input(uitest.FinalFrame())
	in.State.Note = &panel.Note{}
	row(t, lines(in, 60, 4), "the note is not out yet")
	in.State.Note = nil
	row(t, lines(in, 60, 4), "there is no note to check")
	if _, e := note.Extent(in, 60, 4); e.Rows != 0 {
		t.Errorf("no note has %d rows", e.Rows)
	}
	row(t, lines(input(nil), 60, 4), "waiting for the first prices")
}

func TestEverySizeIsExact(t *testing.T) {
	all := map[*model.Snapshot]*panel.Note{}
	uitest.EverySize(t, func(th *theme.Theme, snap *model.Snapshot, w, h int) draw.Block {
		if all[snap] == nil {
			all[snap] = &panel.Note{Results: claim.Check(claims(), snap)}
		}
		in := panel.Input{Snap: snap, Theme: th, Bare: w%3 == 0}
		in.State.Note, in.State.Scroll = all[snap], w%5
		return note.Render(in, w, h)
	})
}

// TestLongQuotesGoOn: in little room a quote takes more lines, and what is said
// of it loses whole parts, the least important first.
func TestLongQuotesGoOn(t *testing.T) {
	in := input(uitest.FinalFrame())
	all := claims()
	all[4].Text = "trade within a range of 2,025-2,110 points this week"
	in.State.Note = &panel.Note{Results: claim.Check(all, in.Snap)}
	got := lines(in, 60, 16)
	text := strings.Join(got[1:], "\n")
	if strings.Contains(text, "…") {
		t.Errorf("something is cut:\n%s", text)
	}
	for i, l := range got {
		if !strings.Contains(l, "trade within") {
			continue
		}
		for n, want := range []string{"“trade within a range of 2,025-2,110 points", "week”", "R2000 · note 2,025–2,110 · here below the low by 1.73"} {
			if !strings.Contains(got[i+n], want) {
				t.Errorf("line %d is %q, want %q", n, got[i+n], want)
			}
		}
		return
	}
	t.Errorf("no such claim:\n%s", text)
}
