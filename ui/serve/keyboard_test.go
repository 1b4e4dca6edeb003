package serve

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"pgregory.net/rapid"
)

// events types pieces, a millisecond apart, and gives what comes of it.
func events(t *testing.T, pieces ...string) string {
	t.Helper()
	var got []string
	synctest.Test(t, func(t *testing.T) {
		k := newKeyboard(func(e uv.Event) {
			switch e := e.(type) {
			case uv.KeyPressEvent:
				got = append(got, e.String())
			case uv.PasteEvent:
				got = append(got, fmt.Sprintf("paste %q", e.Content))
			default:
				got = append(got, strings.TrimPrefix(fmt.Sprintf("%T", e), "uv."))
			}
		}, func(r any) { t.Errorf("it broke: %v", r) })
		defer k.stop()
		for _, p := range pieces {
			_, _ = k.Write([]byte(p))
			<-time.After(time.Millisecond)
		}
		<-time.After(time.Second)
		synctest.Wait()
	})
	return strings.Join(got, ", ")
}

func TestWhatIsTyped(t *testing.T) {
	for name, c := range map[string]struct {
		pieces []string
		want   string
	}{
		"letters":                    {[]string{"q1"}, "q, 1"},
		"arrows":                     {[]string{"\x1b[A\x1b[1;2C\x1b[H\x1b[4~\x1bOB"}, "up, shift+right, home, end, down"},
		"an arrow in pieces":         {[]string{"\x1b", "[", "A"}, "up"},
		"the escape key":             {[]string{"\x1b"}, "esc"},
		"escape, then a letter":      {[]string{"\x1b", "", "x"}, "alt+x"},
		"control":                    {[]string{"\x03\x1a\r\t\x7f"}, "ctrl+c, ctrl+z, enter, tab, backspace"},
		"a letter in pieces":         {[]string{"\xc3", "\xa9"}, "é"},
		"the mouse":                  {[]string{"\x1b[<0;10;5M\x1b[<64;10;5M\x1b[<0;10;5m"}, "MouseClickEvent, MouseWheelEvent"},
		"pasted":                     {[]string{"\x1b[200~10:", "30\x1b[201~q"}, `paste "10:30", q`},
		"pasted with escapes":        {[]string{"\x1b[200~a\x1b[Ab\x1b[201~"}, `paste "a\x1b[Ab"`},
		"far too much pasted":        {[]string{"\x1b[200~" + strings.Repeat("x", 5000) + "\x1b[201~q"}, `paste "` + strings.Repeat("x", maxPaste) + `", q`},
		"a size":                     {[]string{"\x1b[8;4000;4000t\x1b[48;9;9;9;9tq"}, "q"},
		"an answer of the clipboard": {[]string{"\x1b]52;c;AAAA\x07q"}, "q"},
		"the background":             {[]string{"\x1b]11;rgb:ffff/ffff/ffff\x07"}, "BackgroundColorEvent"},
		"it never ends":              {[]string{"\x1b]" + strings.Repeat("x", 5000), "\x07q"}, "q"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := events(t, c.pieces...); !strings.HasSuffix(got, c.want) || name != "it never ends" && name != "an answer of the clipboard" && got != c.want {
				t.Errorf("it gives %s, want %s", got, c.want)
			}
		})
	}
}

func TestWhateverIsTypedIsBounded(t *testing.T) {
	piece := rapid.SampledFrom([]string{"\x1b", "[", "]", "P", "_", "200~", "201~", ";", "1", "<", "M", "\a", "\\", "x", "\xff", "\u009b", "$y", "?", "é", "\x00"})
	rapid.Check(t, func(t *rapid.T) {
		k := newKeyboard(func(e uv.Event) {
			if p, ok := e.(uv.PasteEvent); ok && len(p.Content) > maxPaste {
				t.Errorf("%d bytes were pasted", len(p.Content))
			}
		}, func(r any) { t.Errorf("it broke: %v", r) })
		defer k.stop()
		for _, p := range rapid.SliceOfN(piece, 0, 400).Draw(t, "pieces") {
			_, _ = k.Write([]byte(p))
			if len(k.buf) > maxSequence || len(k.paste) > maxPaste {
				t.Fatalf("it keeps %d bytes and %d pasted", len(k.buf), len(k.paste))
			}
		}
	})
}
