package say_test

import (
	"testing"

	"gyre/model"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Every flag that a company can have is told, and no two by the same letter.
func TestFlagsAreComplete(t *testing.T) {
	var all model.MemberFlags
	letters, words := map[byte]bool{}, map[string]bool{}
	for _, flag := range say.Flags() {
		if all&flag.Is != 0 || letters[flag.Letter] || words[flag.Word] || flag.Clause == "" {
			t.Errorf("%c %s is not a flag of its own", flag.Letter, flag.Word)
		}
		all, letters[flag.Letter], words[flag.Word] = all|flag.Is, true, true
	}
	if want := model.MemberOldFiling<<1 - 1; all != want {
		t.Errorf("flags %b, want %b", all, want)
	}
	if say.Flags()[0].Is != model.MemberHalted {
		t.Error("a halt is not the first to be told")
	}
}

func TestIncidentsAreAllTold(t *testing.T) {
	seen := map[string]bool{}
	for kind := model.IncidentRejected; kind <= model.IncidentCorrection; kind++ {
		words := say.Incident(kind)
		if words == "" || seen[words] {
			t.Errorf("kind %d is %q", kind, words)
		}
		seen[words] = true
	}
	if words := say.Incident(0); words != "" {
		t.Errorf("no kind is %q", words)
	}
}

func TestSectors(t *testing.T) {
	for code, want := range map[string]string{"HC": "Health care", "RE": "Real estate", "XYZ": "XYZ", "": ""} {
		if got := say.Sector(code); got != want {
			t.Errorf("%q is %q, want %q", code, got, want)
		}
	}
}

func TestMoney(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, tt := range []struct{ got, want string }{
		{say.Millions(th, 318_249_999, 1), "318.2"},
		{say.Millions(th, 12_345_500_000, 0), "12,346"},
		{say.Millions(th, -89_300_000, 1), "−89.3"},
		{say.Millions(th, 49_999, 1), "<0.1"},
		{say.Millions(th, 50_000, 1), "0.1"},
		{say.Millions(th, 499_999, 0), "<1"},
		{say.Millions(th, 0, 1), "0.0"},
		{say.Millions(theme.New(theme.Options{ASCII: true}), -1_000_000, 0), "-1"},
		{say.Price(th, 1_234_567_890), "1,234.57"},
		{say.Price(th, 4_999), "<0.01"},
		{say.Price(th, 5_000), "0.01"},
		{say.Price(th, 0), "n/a"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestSectorsInLittleRoom(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, c := range []struct {
		code string
		w    int
		want string
	}{
		{"IT", 30, "Information technology"},
		{"IT", 12, "Technology"},
		{"CD", 12, "Cons. discr."},
		{"STP", 12, "Staples"},
		{"COM", 12, "Communicat."},
		{"UTL", 12, "Utilities"},
		{"UTL", 6, "Utili…"},
		{"own code", 12, "own code"},
	} {
		if got := say.SectorIn(th, c.code, c.w); got != c.want {
			t.Errorf("%s in %d cells is %q, want %q", c.code, c.w, got, c.want)
		}
	}
}

func TestHaltCodesAreExplained(t *testing.T) {
	for code, want := range map[string]string{
		"T1":   "T1, news pending",
		"LUDP": "LUDP, volatility pause",
		"MWC2": "MWC2, market-wide circuit breaker",
		"ZZ":   "ZZ",
		"":     "",
	} {
		if got := say.HaltReason(code); got != want {
			t.Errorf("%q is %q, want %q", code, got, want)
		}
	}
}

func TestMinusSignsAreSome(t *testing.T) {
	th, ascii := theme.New(theme.Options{}), theme.New(theme.Options{ASCII: true})
	for text, want := range map[string]string{
		"Q4-Q1 1W z0 -2.0 has reached -2":  "Q4−Q1 1W z0 −2.0 has reached −2",
		"R2000 H-L EXTREME (-1.97 %)":      "R2000 H−L EXTREME (−1.97 %)",
		"ex-dividend on 2025-03-28, 45-50": "ex-dividend on 2025-03-28, 45-50",
	} {
		if got := say.Minus(th, text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		if got := say.Minus(ascii, text); got != text {
			t.Errorf("%q is %q in ASCII", text, got)
		}
	}
}
