package report_test

import (
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

// payloads are texts that act on terminals, files or readers.
func payloads() map[string]string {
	return map[string]string{
		"colour":                "\x1b[31mred\x1b[m",
		"clipboard":             "\x1b]52;c;ZXZpbA==\x07",
		"unterminated title":    "\x1b]0;swallows the rest",
		"link":                  "\x1b]8;;https://example.org\x1b\\click\x1b]8;;\x1b\\",
		"kitty graphics":        "\x1b_Gf=100;AAAA\x1b\\",
		"device control":        "\x1bP+q544e\x1b\\",
		"cursor report":         "\x1b[6n",
		"full reset":            "\x1bc",
		"eight-bit control":     "\u009b31m\u009d0;x\u009c",
		"raw eight-bit control": "\x9b31m",
		"overwrites its line":   "good\rEVIL",
		"breaks its line":       "one\ntwo\r\nthree",
		"backspace and bell":    "ab\b\b\a",
		"delete and null":       "a\x7f\x00b",
		"right to left":         "\u202eevil\u202c \u2066x\u2069",
		"invisible":             "a\u200bb\u2060c\ufeff",
		"line separator":        "a\u2028b\u2029c",
		"tag characters":        "a\U000e0041\U000e0042",
		"no UTF-8":              "a\xff\xfeb\xc3",
		"private use":           "\ue000x",
	}
}

// infect puts text into every string of v, and turns off what hides strings.
func infect(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				infect(v.Field(i), text)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			infect(v.Index(i), text)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			infect(v.Elem(), text)
		}
	default:
	}
}

func TestNoControlByteComesOut(t *testing.T) {
	for name, payload := range payloads() {
		t.Run(name, func(t *testing.T) {
			s := uitest.FinalFrame()
			s.Missing = []string{"x"}
			infect(reflect.ValueOf(s).Elem(), payload)
			outputs := map[string]string{"status": report.Status(s, week()) + "\n"}
			for _, format := range report.FormatNames() {
				f, _ := report.ParseFormat(format)
				outputs[format] = render(t, f, s, week())
			}
			for output, text := range outputs {
				for _, r := range text {
					if r != '\n' && !unicode.IsPrint(r) || r == unicode.ReplacementChar {
						t.Errorf("%s holds %U", output, r)
						break
					}
				}
			}
			if !json.Valid([]byte(outputs["json"])) {
				t.Error("the JSON is broken")
			}
			if _, err := csv.NewReader(strings.NewReader(outputs["csv"])).ReadAll(); err != nil {
				t.Errorf("the CSV is broken: %v", err)
			}
		})
	}
}

func TestRenderingChangesNothing(t *testing.T) {
	s, untouched := uitest.FinalFrame(), uitest.FinalFrame()
	s.Calendar[0].Title, untouched.Calendar[0].Title = "a\x1b[31mb", "a\x1b[31mb"
	for _, format := range report.FormatNames() {
		f, _ := report.ParseFormat(format)
		if once, again := render(t, f, s, week()), render(t, f, s, week()); once != again {
			t.Errorf("%s differs between two runs", format)
		}
	}
	if !reflect.DeepEqual(s, untouched) {
		t.Error("the snapshot has changed")
	}
}

func TestValuesTheReportDoesNotKnow(t *testing.T) {
	s := uitest.FinalFrame()
	s.Mode, s.Query.Rank, s.Feed.Phase, s.Clock.Phase = 200, 200, 200, 200
	for w := range s.Verdicts {
		s.Verdicts[w].State, s.Verdicts[w].Size.State, s.Verdicts[w].Size.Trend = 200, 200, 200
		s.Size.Spread[w].CIMethod, s.Size.Recon[w].State, s.Pair.State[w] = 200, 200, 200
	}
	s.Quality.Incidents[0].Kind = 200
	for _, format := range report.FormatNames() {
		f, _ := report.ParseFormat(format)
		if text := render(t, f, s, report.Options{Window: 200, Statistic: 200}); text == "" {
			t.Errorf("%s is empty", format)
		}
	}
	if _, err := report.Render(200, s, week()); err == nil {
		t.Error("there is no format 200")
	}
}

func TestMarksAreInEveryFormat(t *testing.T) {
	look := uitest.LookAhead()
	stale := uitest.Stale()
	delayed := uitest.FinalFrame()
	delayed.Mode, delayed.Feed.Delay = model.ModeDelayed, 15*time.Minute
	cases := map[string]struct {
		snap *model.Snapshot
		want map[string]string // by format
	}{
		"sample": {uitest.FinalFrame(), map[string]string{
			"text": "REPLAY · SAMPLE · ", "markdown": "**REPLAY · SAMPLE · ", "json": `"sample": true`, "csv": ",sample,true\n",
		}},
		"look-ahead": {look, map[string]string{
			"text": "· LOOK-AHEAD ·", "markdown": "· LOOK-AHEAD ·", "json": `"look_ahead": true`, "csv": ",look_ahead,true\n",
		}},
		"how it looks ahead": {look, map[string]string{
			"text": "LOOK-AHEAD: ranked by cap now", "markdown": "LOOK-AHEAD: ranked by cap now", "json": `"rank": "now"`, "csv": ",rank,now\n",
		}},
		"stale": {stale, map[string]string{
			"text": "LIVE · STALE 42s · ", "markdown": "LIVE · STALE 42s · ", "json": `"state": "stale"`, "csv": ",feed_state,stale\n",
		}},
		"withheld": {stale, map[string]string{
			"text": "WITHHELD", "markdown": "WITHHELD", "json": `"state": "WITHHELD"`, "csv": ",1W,state,WITHHELD\n",
		}},
		"delayed": {delayed, map[string]string{
			"text": "DELAYED 15m · ", "markdown": "DELAYED 15m · ", "json": `"delay_s": "900"`, "csv": ",mode,delayed\n",
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for format, want := range c.want {
				f, err := report.ParseFormat(format)
				if err != nil {
					t.Fatal(err)
				}
				if text := render(t, f, c.snap, report.Options{Window: session.Week}); !strings.Contains(text, want) {
					t.Errorf("%s has no %q", format, want)
				}
			}
		})
	}
}
