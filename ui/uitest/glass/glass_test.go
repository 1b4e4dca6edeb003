package glass

import (
	"strings"
	"testing"
)

func TestWhatIsShown(t *testing.T) {
	for name, c := range map[string]struct{ sent, want string }{
		"text wraps":        {"abcdef", "abcd|ef  |    "},
		"lines":             {"ab\ncd\r\ne", "ab  |  cd|e   "},
		"moves":             {"\x1b[2;3Hx\x1b[Ay\x1b[3dz\x1b[1Gw", "   y|  x |w  z"},
		"erases":            {"abcd\x1b[2G\x1b[Kef\x1b[2DX\x1b[X", "aX  |    |    "},
		"erases everything": {"abcd\r\nef\x1b[2J", "    |    |    "},
		"below":             {"ab\r\ncd\r\nef\x1b[2;2H\x1b[J", "ab  |c   |    "},
		"scrolls at end":    {"a\r\nb\r\nc\r\nd", "b   |c   |d   "},
		"scrolls a part":    {"a\r\nb\r\nc\x1b[2;3r\x1b[3;1H\n", "a   |c   |    "},
		"back a row":        {"a\r\nb\r\nc\x1b[1;1H\x1bM", "    |a   |b   "},
		"inserts":           {"abcd\x1b[2G\x1b[2@", "a  b|    |    "},
		"deletes":           {"abcd\x1b[2G\x1b[2P", "ad  |    |    "},
		"rows in and out":   {"a\r\nb\r\nc\x1b[2;1H\x1b[L\x1b[1;1H\x1b[M", "    |b   |    "},
		"makes room":        {"abc\x1b[2G\x1b[4hx\x1b[4ly", "axyc|    |    "},
		"repeats":           {"a\x1b[2b", "aaa |    |    "},
	} {
		t.Run(name, func(t *testing.T) {
			g := New(4, 3)
			_, _ = g.Write([]byte(c.sent))
			if got := strings.ReplaceAll(strings.TrimSuffix(g.Text(), "\n"), "\n", "|"); got != c.want || len(g.Unknown) > 0 {
				t.Errorf("it shows %q, want %q; unknown: %q", got, c.want, g.Unknown)
			}
		})
	}
}

func TestLooks(t *testing.T) {
	look := func(sent string) string {
		g := New(4, 1)
		_, _ = g.Write([]byte(sent))
		return g.Look()
	}
	if look("\x1b[1;31ma\x1b[mb") != look("\x1b[31m\x1b[1ma\x1b[0mb") {
		t.Error("the same look in another way is not the same")
	}
	for _, other := range []string{"ab", "\x1b[1ma\x1b[mb", "\x1b[1;31mab", "\x1b[1;38;5;1ma\x1b[mb", "\x1b[1;41ma\x1b[mb"} {
		if look("\x1b[1;31ma\x1b[mb") == look(other) {
			t.Errorf("%q looks the same", other)
		}
	}
	if look("a\x1b[31m   ") != look("a") || look("a\x1b[41m ") == look("a") {
		t.Error("of a blank only the background can be seen")
	}
}

func TestWhatItDoesNotKnowIsNoted(t *testing.T) {
	for _, sent := range []string{"\x1b]52;c;AA\a", "\x1bPq\x1b\\", "\x1b_G\x1b\\", "\x1bc", "\x1b[6n", "\x1b[>c", "\x00", "\x1b[5m"} {
		g := New(4, 1)
		if _, _ = g.Write([]byte(sent)); len(g.Unknown) == 0 {
			t.Errorf("%q passed unseen", sent)
		}
	}
}
