package draw_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// figure is the figure of a decimal text; "" is unknown.
func figure(t *testing.T, s string) num.Figure {
	t.Helper()
	if s == "" {
		return num.Figure{}
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatal(err)
	}
	return num.NewFigure(d, -d.Exponent())
}

func TestNumbers(t *testing.T) {
	tests := []struct{ figure, level, signed, percent string }{
		{"2023.27", "2,023.27", "+2,023.27", "2,023.27%"},
		{"-2.05", "−2.05", "−2.05", "−2.05%"},
		{"0.35", "0.35", "+0.35", "0.35%"},
		{"0.00", "0.00", "0.00", "0.00%"},
		{"49", "49", "+49", "49%"},
		{"100", "100", "+100", "100%"},
		{"1000", "1,000", "+1,000", "1,000%"},
		{"-123456.7", "−123,456.7", "−123,456.7", "−123,456.7%"},
		{"999999999999999.99", "999,999,999,999,999.99", "+999,999,999,999,999.99", "999,999,999,999,999.99%"},
		{"", "n/a", "n/a", "n/a"},
	}
	th := theme.New(theme.Options{})
	for _, tt := range tests {
		f := figure(t, tt.figure)
		for name, pair := range map[string][2]string{
			"level":   {draw.LevelText(th, f), tt.level},
			"signed":  {draw.SignedText(th, f), tt.signed},
			"percent": {draw.PercentText(th, f), tt.percent},
			"painted": {ansi.Strip(draw.Signed(th, f)), tt.signed},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s as %s: %q, want %q", tt.figure, name, pair[0], pair[1])
			}
		}
	}
}

func TestMinusInASCII(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true})
	if got := draw.SignedText(th, figure(t, "-2.05")); got != "-2.05" {
		t.Errorf("%q, want a hyphen", got)
	}
}

func TestSignHasItsColour(t *testing.T) {
	th := theme.New(theme.Options{})
	for s, want := range map[string]theme.Role{"-0.01": theme.Down, "0.01": theme.Up, "0.00": theme.Text, "": theme.Dim} {
		if got := draw.SignRole(th, figure(t, s)); got != want {
			t.Errorf("%q has role %d, want %d", s, got, want)
		}
	}
}

func TestLevelKeepsEveryDigit(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64Range(-1e17, 1e17).Draw(t, "digits"), -int32(rapid.IntRange(0, 6).Draw(t, "places")))
		places := -d.Exponent()
		got := draw.LevelText(th, num.NewFigure(d, places))
		plain := strings.ReplaceAll(strings.ReplaceAll(got, ",", ""), "−", "-")
		if want := d.StringFixed(places); plain != want {
			t.Fatalf("%s is shown as %s", want, got)
		}
		for i, group := range strings.Split(strings.TrimPrefix(strings.Split(got, ".")[0], "−"), ",") {
			if len(group) > 3 || i > 0 && len(group) != 3 || group == "" {
				t.Fatalf("%s is not grouped by three", got)
			}
		}
	})
}

func TestDelay(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                               "0s",
		900 * time.Millisecond:          "0s",
		30 * time.Second:                "30s",
		time.Minute:                     "1m",
		15 * time.Minute:                "15m",
		90 * time.Second:                "1m 30s",
		time.Hour:                       "1h",
		90*time.Minute + 10*time.Second: "1h 30m",
		24*time.Hour + 59*time.Minute:   "1d",
		3343 * time.Minute:              "2d 7h",
		-15 * time.Minute:               "15m",
	} {
		if got := draw.Delay(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}

func TestCountdown(t *testing.T) {
	day := 24 * time.Hour
	tests := map[time.Duration]string{
		3*day + 18*time.Hour: "3d 18h", 2*day + 17*time.Hour + 59*time.Minute: "2d 17h", 5 * day: "5d 00h", day: "1d 00h",
		day - time.Second: "23h 59m", 18*time.Hour + 5*time.Minute: "18h 05m", time.Hour: "1h 00m",
		time.Hour - time.Second: "59m 59s", 4*time.Minute + 9*time.Second: "4m 09s", time.Minute: "1m 00s",
		59 * time.Second: "59s", 0: "0s", -90 * time.Second: "1m 30s", 123 * day: "123d 00h",
	}
	for d, want := range tests {
		if got := draw.Countdown(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestAge(t *testing.T) {
	tests := map[time.Duration]string{
		200 * time.Millisecond: "0.2s", 0: "0.0s", -time.Second: "0.0s", 9*time.Second + 990*time.Millisecond: "9.9s",
		10 * time.Second: "10s", 42 * time.Second: "42s", 62 * time.Second: "1m 02s",
	}
	for d, want := range tests {
		if got := draw.Age(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestStars(t *testing.T) {
	th, ascii := theme.New(theme.Options{}), theme.New(theme.Options{ASCII: true})
	for n, want := range map[int]string{-1: "   ", 0: "   ", 1: "★  ", 2: "★★ ", 3: "★★★", 9: "★★★"} {
		if got := ansi.Strip(draw.Stars(th, n)); got != want {
			t.Errorf("%d stars: %q, want %q", n, got, want)
		}
	}
	if got := ansi.Strip(draw.Stars(ascii, 2)); got != "** " {
		t.Errorf("in ASCII: %q", got)
	}
	if !strings.HasPrefix(draw.Stars(th, 3), th.Prefix(theme.Star)) || strings.HasPrefix(draw.Stars(th, 2), th.Prefix(theme.Star)) {
		t.Error("three stars alone draw the eye")
	}
}
