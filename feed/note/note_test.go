package note_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/feed/note"
	"gyre/model/claim"
	"gyre/model/session"
)

const head = `title = "Key trends"
publisher = "a paper"
report = "a broker"
published = "2025-03-31"
known_at = "2025-03-28T09:00:00-04:00"
`

const week = `
[[claim]]
id = "rut-week"
text = "lost just over 1.6%"
subject = "RUT"
metric = "return"
window = "1W"
value = "-1.6"
precision = "over"
as_of = "2025-03-28"
`

func TestParse(t *testing.T) {
	got, problems := note.Parse([]byte(head+week+`
[[claim]]
id = "q1-week"
text = "the largest 25% gained 0.35%"
subject = "Q1"
universe = "RUT"
metric = "return"
window = "1W"
value = 0.35
precision = "exact"
as_of = 2025-03-28
known_at = 2025-03-28T10:00:00-04:00
source = "somebody else"

[[claim]]
id = "range"
text = "within 2,025-2,110"
subject = "RUT"
metric = "range"
value = "2025-2110"
precision = "quoted"

[[claim]]
id = "range-2"
text = "within 2,025-2,110"
subject = "RUT"
metric = "range"
value = 2025
high = 2110.50
precision = "quoted"
`), "note.toml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	friday := session.NewDate(2025, time.March, 28)
	nine := friday.At(9, 0)
	want := []claim.Claim{
		{ID: "rut-week", Text: "lost just over 1.6%", Subject: "RUT", Metric: claim.Return, Window: "1W", Value: "-1.6", Precision: claim.Over, AsOf: friday, KnownAt: nine, Source: "a broker"},
		{ID: "q1-week", Text: "the largest 25% gained 0.35%", Subject: "RUT/Q1", Metric: claim.Return, Window: "1W", Value: "0.35", Precision: claim.Exact, AsOf: friday, KnownAt: friday.At(10, 0), Source: "somebody else"},
		{ID: "range", Text: "within 2,025-2,110", Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110", Precision: claim.Quoted, KnownAt: nine, Source: "a broker"},
		{ID: "range-2", Text: "within 2,025-2,110", Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110.50", Precision: claim.Quoted, KnownAt: nine, Source: "a broker"},
	}
	if got.Title != "Key trends" || got.Publisher != "a paper" || got.Report != "a broker" || got.Published.String() != "2025-03-31" {
		t.Errorf("got %q, %q, %q, %s", got.Title, got.Publisher, got.Report, got.Published)
	}
	if len(got.Claims) != len(want) {
		t.Fatalf("%d claims", len(got.Claims))
	}
	for i, w := range want {
		c := got.Claims[i]
		if !c.KnownAt.Equal(w.KnownAt) {
			t.Errorf("%s is known at %v", c.ID, c.KnownAt)
		}
		if c.KnownAt = w.KnownAt; c != w {
			t.Errorf("got %+v, want %+v", c, w)
		}
	}
}

func TestNoteOfTheSample(t *testing.T) {
	data, err := os.ReadFile("../../sample-data/note.toml")
	if err != nil {
		t.Fatal(err)
	}
	got, problems := note.Parse(data, "note.toml")
	if len(problems) > 0 {
		t.Error(problems)
	}
	if len(got.Claims) != 15 {
		t.Errorf("%d claims", len(got.Claims))
	}
	for _, c := range got.Claims {
		if want := session.NewDate(2025, time.March, 28).At(9, 0); !c.KnownAt.Equal(want) {
			t.Errorf("%s is known at %v", c.ID, c.KnownAt)
		}
	}
}

func TestTimes(t *testing.T) {
	friday := session.NewDate(2025, time.March, 28)
	for text, want := range map[string]time.Time{
		`"2025-03-28T09:00:00-04:00"`: friday.At(9, 0),
		`2025-03-28T09:00:00-04:00`:   friday.At(9, 0),
		`2025-03-28T13:00:00Z`:        friday.At(9, 0),
		`"2025-03-28T09:00-04:00"`:    friday.At(9, 0),
		`"2025-03-28T09:00:00"`:       friday.At(9, 0),
		`"2025-03-28T09:00"`:          friday.At(9, 0),
		`2025-03-28T09:00:00`:         friday.At(9, 0),
		`"2025-03-28"`:                friday.At(16, 0),
		`2025-03-28`:                  friday.At(16, 0),
		`"2024-12-24"`:                session.NewDate(2024, time.December, 24).At(13, 0), // a half day
		`"2025-03-29"`:                session.NewDate(2025, time.March, 29).At(16, 0),    // a Saturday
	} {
		got, problems := note.Parse([]byte("known_at = "+text+"\n"+week), "note.toml")
		if len(problems) > 0 || len(got.Claims) != 1 || !got.Claims[0].KnownAt.Equal(want) {
			t.Errorf("%s: got %v, %v", text, got.Claims, problems)
		}
	}
}

func TestFileThatIsNoNote(t *testing.T) {
	for name, tc := range map[string]struct{ file, want string }{
		"no TOML":           {"title = \"a\"\nthis is not = it\n", "note.toml:2:6: this is not TOML: "},
		"key twice":         {"title = \"a\"\ntitle = \"b\"\n", "note.toml:2:1: this is not TOML: "},
		"title is a number": {"\ntitle = 7\n", "note.toml:2:9: title: write text in quotes"},
		"title is a table":  {"[title]\nx = 1\n", "note.toml:1:2: title: write text in quotes"},
		"claim is a number": {"claim = 7\n", "note.toml:1:9: claims are tables; begin each with a line [[claim]]"},
		"id is a number":    {"[[claim]]\nid = 7\n", "note.toml:2:6: id: write text in quotes"},
		"value is a list":   {"[[claim]]\nvalue = [1]\n", "note.toml:2:9: value: write a number"},
		"bytes":             {"title = \"\xff\"\n", "note.toml:1:"},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := note.Parse([]byte(tc.file), "note.toml")
			if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), tc.want) {
				t.Errorf("got %v, want %s…", problems, tc.want)
			}
			if got.Title != "" || len(got.Claims) > 0 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestEmptyFileIsAnEmptyNote(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("# nothing yet\n")} {
		got, problems := note.Parse(data, "note.toml")
		if len(problems) > 0 || len(got.Claims) > 0 {
			t.Errorf("got %v, %v", got, problems)
		}
	}
}

// TestWrongClaimIsLeftOut also says that the claims around it are used.
func TestWrongClaimIsLeftOut(t *testing.T) {
	for name, tc := range map[string]struct{ replace, by, want string }{
		"no id":                 {`id = "rut-week"`, ``, "note.toml:17:3: id is missing; give each claim a name of its own"},
		"metric that is none":   {`metric = "return"`, `metric = "mood"`, `note.toml:21:1: metric "mood" is not one of level, return, spread, month_rank, range, cuts_priced`},
		"no window":             {`window = "1W"`, ``, "note.toml:17:3: window is missing; a return has one, such as 1W"},
		"window that is none":   {`window = "1W"`, `window = "2W"`, `note.toml:22:1: window is wrong: there is no window "2W"; choose one of 1D, 1W, MTD, 1M, 3M, YTD`},
		"value in words":        {`value = "-1.6"`, `value = "a lot"`, `note.toml:23:1: value "a lot" is not a plain decimal number`},
		"value of infinity":     {`value = "-1.6"`, `value = inf`, `note.toml:23:1: value "inf" is not a plain decimal number`},
		"date that is none":     {`as_of = "2025-03-28"`, `as_of = "28 March"`, `note.toml:25:1: as_of "28 March" is not a date; write it as 2025-03-28`},
		"day that is none":      {`as_of = "2025-03-28"`, `as_of = "2025-02-30"`, `note.toml:25:1: as_of "2025-02-30" is not a date; write it as 2025-03-28`},
		"date that is a number": {`as_of = "2025-03-28"`, `as_of = 20250328`, `note.toml:25:1: as_of "20250328" is not a date; write it as 2025-03-28`},
		"time that is none":     {`as_of = "2025-03-28"`, `known_at = "nine"`, `note.toml:25:1: known_at "nine" is not a time; write it as 2025-03-28T09:00:00-04:00`},
		"another of that name":  {`id = "rut-week"`, `id = "first"`, `note.toml:18:1: there is another claim "first" above; give each a name of its own`},
	} {
		t.Run(name, func(t *testing.T) {
			file := head + strings.Replace(week, "rut-week", "first", 1) +
				strings.Replace(week, tc.replace, tc.by, 1) + strings.Replace(week, "rut-week", "last", 1)
			got, problems := note.Parse([]byte(file), "note.toml")
			if len(problems) != 1 || problems[0].String() != tc.want {
				t.Errorf("got %v, want %s", problems, tc.want)
			}
			if len(got.Claims) != 2 || got.Claims[0].ID != "first" || got.Claims[1].ID != "last" {
				t.Errorf("got %+v", got.Claims)
			}
		})
	}
}

func TestUnknownKeysAreToldAndPassedOver(t *testing.T) {
	got, problems := note.Parse([]byte(head+"mood = 1\n"+week+"colour = \"red\"\n\n[extra]\nkey = 1\n"), "note.toml")
	var texts []string
	for _, p := range problems {
		texts = append(texts, p.String())
	}
	want := []string{
		`note.toml:6:1: there is no key "mood" in a note`,
		`note.toml:17:1: there is no key "claim.colour" in a note`,
		`note.toml:19:2: there is no key "extra" in a note`,
	}
	if !slices.Equal(texts, want) {
		t.Errorf("got %q, want %q", texts, want)
	}
	if len(got.Claims) != 1 {
		t.Errorf("%d claims", len(got.Claims))
	}
}

func TestTextIsCleaned(t *testing.T) {
	long := strings.Repeat("x", 100)
	for name, tc := range map[string]struct{ text, want string }{
		"escape sequence": {`fell \u001b[31m2%`, "fell [31m2%"},
		"line break":      {`fell\n2%`, "fell 2%"},
		"other direction": {`fell \u202e2%`, "fell 2%"},
		"too long":        {long, long[:64]},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := note.Parse([]byte(head+strings.Replace(week, "lost just over 1.6%", tc.text, 1)), "note.toml")
			if len(got.Claims) != 1 || got.Claims[0].Text != tc.want {
				t.Fatalf("got %+v, want %q", got.Claims, tc.want)
			}
			want := fmt.Sprintf("note.toml:9:1: the text was not clean, or too long, and is read as %q", tc.want)
			if len(problems) != 1 || problems[0].String() != want {
				t.Errorf("got %v, want %s", problems, want)
			}
		})
	}
}

func TestMessagesAreClean(t *testing.T) {
	_, problems := note.Parse([]byte(head+strings.Replace(week, "2025-03-28", `\u001b]0;x\u0007`, 1)), "note.toml")
	if len(problems) != 1 || strings.ContainsAny(problems[0].Message, "\x1b\x07") {
		t.Errorf("got %q", problems)
	}
}

func TestClaimsInlineHaveNoPlaceOfTheirOwn(t *testing.T) {
	got, problems := note.Parse([]byte(`claim = [{id = "a", text = "b"}]`), "note.toml")
	want := "note.toml:1:1: metric is missing; choose one of level, return, spread, month_rank, range, cuts_priced"
	if len(got.Claims) != 0 || len(problems) != 1 || problems[0].String() != want {
		t.Errorf("got %v, %v", got.Claims, problems)
	}
}

func TestTooManyClaims(t *testing.T) {
	var b strings.Builder
	for i := range 501 {
		b.WriteString(strings.Replace(week, "rut-week", fmt.Sprint("claim-", i), 1))
	}
	got, problems := note.Parse([]byte(b.String()), "note.toml")
	if len(got.Claims) != 500 || len(problems) != 1 || !strings.HasPrefix(problems[0].String(), "note.toml:5002:3: a note has at most 500 claims") {
		t.Errorf("%d claims, %v", len(got.Claims), problems)
	}
}

// TestAnyFile says that whatever stands in a file, reading it does not panic,
// claims that come out are valid, and problems lie within the file.
func TestAnyFile(t *testing.T) {
	words := []string{
		"\n", " ", "[[claim]]", "[claim]", "claim", "=", "\"", "'", "{", "}", "[", "]", ",", ".", "#", "-1.6", "1e9", "inf", "2025-03-28",
		"id", "text", "metric", "value", "\"return\"", "\"RUT\"", "\u001b", "\xff", "as_of", "known_at", "true", head, week,
	}
	rapid.Check(t, func(t *rapid.T) {
		file := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "words"), "")
		lines := strings.Count(file, "\n") + 1
		got, problems := note.Parse([]byte(file), "note.toml")
		for _, c := range got.Claims {
			if err := c.Validate(); err != nil {
				t.Fatalf("%+v: %v", c, err)
			}
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Column < 1 || p.Message == "" {
				t.Fatalf("problem at %d:%d of %d lines: %q", p.Line, p.Column, lines, p.Message)
			}
		}
	})
}
