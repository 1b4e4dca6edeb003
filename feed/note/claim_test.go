package note_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/feed/note"
	"gyre/model/claim"
	"gyre/model/session"
)

// entry is a claim with the lines that matter to a test.
func entry(lines ...string) string {
	return "\n[[claim]]\nid = \"a\"\ntext = \"b\"\n" + strings.Join(lines, "\n") + "\n"
}

func TestEveryKindOfClaimCanBeWritten(t *testing.T) {
	for name, tc := range map[string]struct {
		lines []string
		want  claim.Claim
	}{
		"a level": {
			[]string{`subject = "RUT"`, `metric = "level"`, `value = "2023.27"`, `precision = "exact"`},
			claim.Claim{Subject: "RUT", Metric: claim.Level, Value: "2023.27", Precision: claim.Exact},
		},
		"a rank": {
			[]string{`subject = "RUT"`, `metric = "month_rank"`, `value = 1`, `precision = "rank"`},
			claim.Claim{Subject: "RUT", Metric: claim.MonthRank, Value: "1", Precision: claim.Rank},
		},
		"a return, just over": {
			[]string{`subject = "SPX"`, `metric = "return"`, `window = "ytd"`, `value = -5`, `precision = "just over"`},
			claim.Claim{Subject: "SPX", Metric: claim.Return, Window: "ytd", Value: "-5", Precision: claim.JustOver},
		},
		"a return, about": {
			[]string{`subject = "RUT"`, `metric = "return"`, `window = "YTD"`, `value = "-10"`, `precision = "about"`},
			claim.Claim{Subject: "RUT", Metric: claim.Return, Window: "YTD", Value: "-10", Precision: claim.About},
		},
		"a group with its universe": {
			[]string{`subject = "RMICRO/high"`, `metric = "return"`, `window = "1W"`, `value = "-1.10"`, `precision = "exact"`},
			claim.Claim{Subject: "RMICRO/high", Metric: claim.Return, Window: "1W", Value: "-1.10", Precision: claim.Exact},
		},
		"a group and its universe": {
			[]string{`subject = "high"`, `universe = "RMICRO"`, `metric = "return"`, `window = "1W"`, `value = "-1.10"`, `precision = "exact"`},
			claim.Claim{Subject: "RMICRO/high", Metric: claim.Return, Window: "1W", Value: "-1.10", Precision: claim.Exact},
		},
		"a spread against another": {
			[]string{`subject = "leverage"`, `universe = "RMICRO"`, `metric = "spread"`, `window = "1W"`, `value = "RUT/leverage"`, `precision = "more"`},
			claim.Claim{Subject: "RMICRO/leverage", Metric: claim.Spread, Window: "1W", Value: "RUT/leverage", Precision: claim.More},
		},
		"two indices": {
			[]string{`subject = "RUT-SPX"`, `metric = "spread"`, `window = "YTD"`, `value = "-4"`, `precision = "over"`},
			claim.Claim{Subject: "RUT-SPX", Metric: claim.Spread, Window: "YTD", Value: "-4", Precision: claim.Over},
		},
		"cuts": {
			[]string{`subject = "rates"`, `metric = "cuts_priced"`, `value = "2"`, `precision = "quoted"`},
			claim.Claim{Subject: "rates", Metric: claim.Cuts, Value: "2", Precision: claim.Quoted},
		},
		"a survey": {
			[]string{`subject = "managers"`, `metric = "level"`, `value = "most expect inflation"`, `precision = "quoted"`},
			claim.Claim{Subject: "managers", Metric: claim.Level, Value: "most expect inflation", Precision: claim.Quoted},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := note.Parse([]byte(entry(tc.lines...)), "note.toml")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			tc.want.ID, tc.want.Text = "a", "b"
			if len(got.Claims) != 1 || got.Claims[0] != tc.want {
				t.Errorf("got %+v, want %+v", got.Claims, tc.want)
			}
		})
	}
}

// TestDigitsAreKept says that a number without quotes does not go through a
// float: what is exact depends on the digits that were printed.
func TestDigitsAreKept(t *testing.T) {
	for _, value := range []string{"-1.50", "2025", "0.10", "-0.0", "2023.270", "100000000000000001"} {
		got, problems := note.Parse([]byte(entry(`subject = "RUT"`, `metric = "level"`, `precision = "exact"`, "value = "+value)), "note.toml")
		if len(problems) > 0 || got.Claims[0].Value != value {
			t.Errorf("%s: got %+v, %v", value, got.Claims, problems)
		}
	}
}

func TestNumbersOfTOMLThatAreNotPlain(t *testing.T) {
	for _, value := range []string{"1e3", "inf", "nan", "+1.5", "0x1F", "1_000", `"1,000"`, `"1.5 %"`} {
		got, problems := note.Parse([]byte(entry(`subject = "RUT"`, `metric = "level"`, `precision = "exact"`, "value = "+value)), "note.toml")
		if len(got.Claims) != 0 || len(problems) != 1 || problems[0].Line != 8 || !strings.Contains(problems[0].Message, "is not a plain decimal number") {
			t.Errorf("%s: got %v, %v", value, got.Claims, problems)
		}
	}
}

func TestWindowsLineEndsAndComments(t *testing.T) {
	file := "# a note\n" + head + "\n# the week\n" + week + "window = \"1W\"\n"
	_, problems := note.Parse([]byte(strings.ReplaceAll(file, "\n", "\r\n")), "note.toml")
	if len(problems) != 1 || problems[0].Line != 19 || problems[0].Column != 1 {
		t.Errorf("got %v, want the second window of line 19", problems)
	}
	file = "# a note\n" + head + "\n# the week\n" + strings.Replace(week, `"1W"`, `"2W"`, 1)
	_, problems = note.Parse([]byte(strings.ReplaceAll(file, "\n", "\r\n")), "my note.toml")
	if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), "my note.toml:15:1: window is wrong") {
		t.Errorf("got %v", problems)
	}
}

func TestProblemsComeInTheOrderOfTheFile(t *testing.T) {
	var b strings.Builder
	b.WriteString(`published = "yesterday"` + "\n")
	for i := range 20 {
		b.WriteString(strings.Replace(strings.Replace(week, "rut-week", fmt.Sprint("claim-", i), 1), "-1.6", "x", 1))
	}
	_, problems := note.Parse([]byte(b.String()), "note.toml")
	if len(problems) != 21 {
		t.Fatalf("%d problems", len(problems))
	}
	if !slices.IsSortedFunc(problems, func(a, b note.Problem) int { return a.Line - b.Line }) {
		t.Errorf("got %v", problems)
	}
}

func TestOwnTimeAndSourceComeFirst(t *testing.T) {
	own := strings.Replace(week, "rut-week", "own", 1) + "known_at = \"2025-03-27T08:00:00\"\nsource = \"a desk\"\n"
	got, problems := note.Parse([]byte(head+week+own), "note.toml")
	if len(problems) > 0 || len(got.Claims) != 2 {
		t.Fatal(got.Claims, problems)
	}
	thursday, friday := session.NewDate(2025, time.March, 27), session.NewDate(2025, time.March, 28)
	if c := got.Claims[0]; c.Source != "a broker" || !c.KnownAt.Equal(friday.At(9, 0)) {
		t.Errorf("got %+v", c)
	}
	if c := got.Claims[1]; c.Source != "a desk" || !c.KnownAt.Equal(thursday.At(8, 0)) {
		t.Errorf("got %+v", c)
	}
}

func TestNoteWithoutAHeadIsKnownAlways(t *testing.T) {
	got, problems := note.Parse([]byte(week), "note.toml")
	if len(problems) > 0 || len(got.Claims) != 1 || !got.Claims[0].KnownAt.IsZero() || got.Claims[0].Source != "" || got.Published != 0 {
		t.Errorf("got %+v, %v", got, problems)
	}
}

func TestWrongHeadLeavesTheClaims(t *testing.T) {
	for line, want := range map[string]string{
		`published = 2025`: `note.toml:1:1: published "2025" is not a date; write it as 2025-03-28`,
		`title = " a"`:     `note.toml:1:1: the text was not clean, or too long, and is read as "a"`,
	} {
		got, problems := note.Parse([]byte(line+"\n"+week), "note.toml")
		if len(problems) != 1 || problems[0].String() != want {
			t.Errorf("%s: got %v, want %s", line, problems, want)
		}
		if len(got.Claims) != 1 {
			t.Errorf("%s: %d claims", line, len(got.Claims))
		}
	}
}

// TestClaimsOfAnUnknownTimeAreLeftOut says that a claim is not shown where
// nobody can tell since when it is known.
func TestClaimsOfAnUnknownTimeAreLeftOut(t *testing.T) {
	own := strings.Replace(week, "rut-week", "own", 1) + "known_at = \"2025-03-27T08:00:00\"\n"
	for line, want := range map[string]string{
		`known_at = "nine o'clock"`: `note.toml:1:1: known_at "nine o'clock" is not a time; write it as 2025-03-28T09:00:00-04:00`,
		`known_at = 09:00:00`:       `note.toml:1:1: known_at "09:00:00" is not a time; write it as 2025-03-28T09:00:00-04:00`,
	} {
		got, problems := note.Parse([]byte(line+"\n"+week+own), "note.toml")
		if len(problems) != 1 || problems[0].String() != want {
			t.Errorf("%s: got %v, want %s", line, problems, want)
		}
		if len(got.Claims) != 1 || got.Claims[0].ID != "own" {
			t.Errorf("%s: got %+v", line, got.Claims)
		}
	}
}
