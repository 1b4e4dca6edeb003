package clean_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"gyre/feed/clean"
)

// TestTextDisarms lists what is known to act on a terminal or to deceive its
// reader when it is printed as it comes.
func TestTextDisarms(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"clipboard by OSC 52":           {"AB\x1b]52;c;cm0gLXJm\aCD", "AB]52;c;cm0gLXJmCD"},
		"window title by OSC 0":         {"\x1b]0;owned\aAAPL", "]0;ownedAAPL"},
		"hyperlink by OSC 8":            {"\x1b]8;;http://evil\x1b\\AAPL\x1b]8;;\x1b\\", `]8;;http://evil\AAPL]8;;\`},
		"OSC without an end":            {"AAPL\x1b]0;", "AAPL]0;"},
		"DCS":                           {"\x1bP1$r0m\x1b\\AAPL", `P1$r0m\AAPL`},
		"DCS without an end":            {"AAPL\x1bP", "AAPLP"},
		"APC, kitty graphics":           {"\x1b_Gf=100;AAAA\x1b\\AAPL", `_Gf=100;AAAA\AAPL`},
		"PM":                            {"\x1b^x\x1b\\AAPL", `^x\AAPL`},
		"SOS":                           {"\x1bXx\x1b\\AAPL", `Xx\AAPL`},
		"cursor by CSI":                 {"\x1b[2J\x1b[HAAPL", "[2J[HAAPL"},
		"hidden by SGR 8":               {"\x1b[8mAAPL", "[8mAAPL"},
		"colour by SGR":                 {"\x1b[31mAAPL\x1b[0m", "[31mAAPL[0m"},
		"status report by DSR":          {"\x1b[6nAAPL", "[6nAAPL"},
		"terminal reset by RIS":         {"\x1bcAAPL", "cAAPL"},
		"character set by SO":           {"\x0eAAPL\x0f", "AAPL"},
		"bell":                          {"AAPL\a", "AAPL"},
		"backspace over the name":       {"AAPL\b\b\b\bEVIL", "AAPLEVIL"},
		"carriage return over the row":  {"good\rEVIL", "good EVIL"},
		"line feed":                     {"AAPL\nEVIL", "AAPL EVIL"},
		"tab":                           {"AAPL\tEVIL", "AAPL EVIL"},
		"vertical tab and form feed":    {"AAPL\v\fEVIL", "AAPL EVIL"},
		"NUL":                           {"AA\x00PL", "AAPL"},
		"DEL":                           {"AAPL\x7f", "AAPL"},
		"raw 8-bit CSI":                 {"\x9b2JAAPL", "2JAAPL"},
		"raw 8-bit OSC":                 {"\x9d0;x\x9cAAPL", "0;xAAPL"},
		"UTF-8 CSI":                     {"\u009b2JAAPL", "2JAAPL"},
		"UTF-8 OSC":                     {"\u009d0;x\u009cAAPL", "0;xAAPL"},
		"UTF-8 next line":               {"AAPL\u0085EVIL", "AAPL EVIL"},
		"right-to-left override":        {"\u202eLPAA", "LPAA"},
		"direction isolate":             {"\u2067LPAA\u2069", "LPAA"},
		"direction mark":                {"AA\u200ePL\u061c", "AAPL"},
		"zero-width space":              {"AA\u200bPL", "AAPL"},
		"zero-width joiner":             {"AA\u200dPL", "AAPL"},
		"byte order mark":               {"\ufeffAAPL", "AAPL"},
		"soft hyphen":                   {"AA\u00adPL", "AAPL"},
		"line separator":                {"AAPL\u2028EVIL", "AAPL EVIL"},
		"paragraph separator":           {"AAPL\u2029EVIL", "AAPL EVIL"},
		"tag characters":                {"AAPL\U000e0041\U000e0042", "AAPL"},
		"variation selector":            {"AAPL\ufe0f", "AAPL"},
		"Hangul filler":                 {"AA\u3164PL\uffa0", "AAPL"},
		"empty Braille cell":            {"AA\u2800PL", "AAPL"},
		"private use":                   {"AA\ue000PL\U000f0000", "AAPL"},
		"unassigned":                    {"AA\u0378PL", "AAPL"},
		"no character":                  {"AA\uffffPL", "AAPL"},
		"invalid UTF-8":                 {"AA\xc3\x28PL\xff", "AA(PL"},
		"overlong escape":               {"AA\xc0\x9b[2JPL", "AA[2JPL"},
		"surrogate":                     {"AA\xed\xa0\x80PL", "AAPL"},
		"replacement character":         {"AA\ufffdPL", "AAPL"},
		"combining mark without letter": {"\u0301AAPL", "AAPL"},
		"combining mark after a space":  {"AA \u0301PL", "AA PL"},
		"tower of combining marks":      {"A" + strings.Repeat("\u0301", 200) + "PL", "A\u0301\u0301PL"},
		"tower with gaps":               {"A\u0301\u200b\u0301\u200b\u0301PL", "A\u0301\u0301PL"},
		"enclosing mark":                {"A\u20ddPL", "APL"},
	} {
		t.Run(name, func(t *testing.T) {
			got, changed := clean.Text(c.in)
			if got != c.want {
				t.Errorf("Text(%q) = %q, want %q", c.in, got, c.want)
			}
			if !changed {
				t.Error("it does not say that it changed the text")
			}
		})
	}
}

func TestTextKeeps(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":            "",
		"a symbol":           "BRK.B",
		"a name":             "AT&T Inc. (50% off) #1 ~ \"x\" \\ `y`",
		"accents":            "Société Générale",
		"decomposed accent":  "Socie\u0301te\u0301",
		"two marks":          "Vie\u0323\u0302t", // ệ, decomposed
		"Greek and Cyrillic": "Αθήνα Москва",
		"Chinese":            "貴州茅台",
		"Hindi":              "भारत", // has a spacing mark
		"Arabic":             "سابك",
		"symbols":            "€ £ ± → ★ ▲ ½ ² °",
		"an emoji":           "🚀",
		"64 letters":         strings.Repeat("x", clean.MaxRunes),
		"64 wide letters":    strings.Repeat("界", clean.MaxRunes),
	} {
		t.Run(name, func(t *testing.T) {
			if got, changed := clean.Text(text); got != text || changed {
				t.Errorf("Text(%q) = %q, changed %t", text, got, changed)
			}
		})
	}
}

func TestTextSpacesAndLength(t *testing.T) {
	long := strings.Repeat("x", clean.MaxRunes)
	for name, c := range map[string]struct{ in, want string }{
		"spaces around":               {"  AAPL  ", "AAPL"},
		"spaces within":               {"A   B", "A B"},
		"only spaces":                 {" \t\n ", ""},
		"other spaces":                {"A\u00a0B\u2003C\u3000D", "A B C D"},
		"nothing left":                {"\x1b\x00\u202e", ""},
		"65 letters":                  {long + "y", long},
		"a space where the cut falls": {long[1:] + " yz", long[1:]},
		"a mark behind the cut":       {long + "\u0301", long},
		"wide letters":                {strings.Repeat("界", 100), strings.Repeat("界", 64)},
	} {
		t.Run(name, func(t *testing.T) {
			if got, changed := clean.Text(c.in); got != c.want || !changed {
				t.Errorf("Text(%q) = %q, changed %t, want %q", c.in, got, changed, c.want)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"AAPL", "\x1b[31mX", "a\u0301\u0301\u0301", "\xff\xfe", " a  b ", "界\u200d界", "\u202eabc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, changed := clean.Text(in)
		if changed != (got != in) {
			t.Errorf("Text(%q) = %q says changed %t", in, got, changed)
		}
		if again, more := clean.Text(got); again != got || more {
			t.Errorf("cleaning %q twice gives %q", got, again)
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > clean.MaxRunes {
			t.Errorf("%q is no UTF-8 or too long", got)
		}
		if strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
			t.Errorf("%q has spaces too many", got)
		}
		marks := 0
		for i, r := range got {
			switch {
			case unicode.IsMark(r):
				marks++
				if i == 0 || marks > 2 {
					t.Errorf("%q has a mark without a letter, or too many", got)
				}
			case !unicode.IsGraphic(r):
				t.Errorf("%q holds %U", got, r)
			default:
				marks = 0
			}
		}
	})
}

func BenchmarkTextClean(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		clean.Text("Synthetic Name 1234")
	}
}

func BenchmarkTextDirty(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		clean.Text("Synthetic\x1b[31m Name\u202e 1234")
	}
}
