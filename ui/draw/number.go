package draw

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"gyre/model/num"
	"gyre/ui/theme"
)

// Unknown is what stands where there is no number. It is never a zero.
const Unknown = "n/a"

// SignedText is f with its sign and thousands separated: "+0.35", "−2.05",
// "0.00", and "n/a" where there is no number.
func SignedText(th *theme.Theme, f num.Figure) string {
	plus := ""
	if f.Sign() > 0 {
		plus = "+"
	}
	return levelText(th, plus, f)
}

// Signed is SignedText in the colour of its sign.
func Signed(th *theme.Theme, f num.Figure) string {
	return th.Paint(SignRole(th, f), SignedText(th, f))
}

// SignRole is the role of a signed number; dim where there is none.
func SignRole(th *theme.Theme, f num.Figure) theme.Role {
	if !f.Known() {
		return theme.Dim
	}
	return th.Sign(f.Sign())
}

// LevelText is f without a plus and with thousands separated: "2,023.27".
func LevelText(th *theme.Theme, f num.Figure) string { return levelText(th, "", f) }

// levelText is f after a plus, which may be "". It builds the text in place,
// because hundreds of numbers go through it in each frame.
func levelText(th *theme.Theme, plus string, f num.Figure) string {
	if !f.Known() {
		return Unknown
	}
	var digits, room [32]byte
	plain := f.AppendText(digits[:0])
	text := append(room[:0], plus...)
	if plain[0] == '-' {
		text, plain = append(text, th.Glyph.Minus...), plain[1:]
	}
	whole := len(plain)
	if point := bytes.IndexByte(plain, '.'); point >= 0 {
		whole = point
	}
	for i, digit := range plain[:whole] {
		if i > 0 && (whole-i)%3 == 0 {
			text = append(text, ',')
		}
		text = append(text, digit)
	}
	return string(append(text, plain[whole:]...))
}

// PercentText is a share: "49%", and "n/a" where there is none.
func PercentText(th *theme.Theme, f num.Figure) string {
	if !f.Known() {
		return Unknown
	}
	return LevelText(th, f) + "%"
}

// Countdown is a time to go or gone, in its two largest units: "3d 18h",
// "18h 05m", "4m 09s", "9s". Its sign is not shown.
func Countdown(d time.Duration) string {
	seconds := int64(d.Abs() / time.Second)
	switch {
	case seconds >= 24*3600:
		return strconv.FormatInt(seconds/86400, 10) + "d " + twoDigits(seconds%86400/3600) + "h"
	case seconds >= 3600:
		return strconv.FormatInt(seconds/3600, 10) + "h " + twoDigits(seconds%3600/60) + "m"
	case seconds >= 60:
		return strconv.FormatInt(seconds/60, 10) + "m " + twoDigits(seconds%60) + "s"
	}
	return strconv.FormatInt(seconds, 10) + "s"
}

// Delay is how late data are declared to be, in its two largest units and without
// one that is nought: "15m", "1h 30m", "2d 7h".
func Delay(d time.Duration) string {
	seconds := int64(d.Abs() / time.Second)
	units := []struct {
		name string
		of   int64
	}{{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}}
	for i, u := range units[:len(units)-1] {
		if seconds < u.of {
			continue
		}
		text := strconv.FormatInt(seconds/u.of, 10) + u.name
		if less := units[i+1]; seconds%u.of/less.of > 0 {
			text += " " + strconv.FormatInt(seconds%u.of/less.of, 10) + less.name
		}
		return text
	}
	return strconv.FormatInt(seconds, 10) + "s"
}

// Age is how long ago something was heard: "0.2s" below ten seconds, then as Countdown.
func Age(d time.Duration) string {
	if d = max(d, 0); d < 10*time.Second {
		return strconv.FormatFloat(d.Truncate(100*time.Millisecond).Seconds(), 'f', 1, 64) + "s"
	}
	return Countdown(d)
}

func twoDigits(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

// Stars is an importance of 0 to 3 in three cells; the highest draws the eye.
func Stars(th *theme.Theme, importance int) string {
	n := min(max(importance, 0), 3)
	role := theme.Dim
	if n == 3 {
		role = theme.Star
	}
	return th.Paint(role, strings.Repeat(th.Glyph.Star, n)) + Spaces(3-n)
}
