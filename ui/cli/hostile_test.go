package cli_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"gyre/ui/cli"
)

// TestHostileDataset gives every text of a dataset an escape sequence: none
// comes out anywhere, and the program goes on.
func TestHostileDataset(t *testing.T) {
	const evil = "\x1b]0;title\x07\u009b31m\u202eevil\x7f\r"
	files := fstest.MapFS{
		"dataset.toml":    {Data: []byte("name = \"\\u001b]0;title\\u0007 name\"\n")},
		"instruments.csv": {Data: []byte("id,symbol,name,sector,share_class_of\nA,\"A" + evil + "\",\"Alpha" + evil + "\",IND,\n" + evil + ",B,B,IND,\n")},
		"closes.csv":      {Data: []byte(sound + "2025-03-28,\"A" + evil + "\",\"" + evil + "\",100\n")},
		"events.csv": {Data: []byte("at,title,country,importance,consensus,previous,revised,actual,known_at,listed,source\n" +
			"2025-03-28T08:30:00-04:00,\"Prices" + evil + "\",\"U" + evil + "S\",3,\"1" + evil + "\",,,\"2" + evil + "\",2025-03-28T08:30:00-04:00,,\"x" + evil + "\"\n")},
	}
	for _, args := range []string{
		"snapshot", "snapshot --format markdown", "snapshot --format json", "snapshot --format csv", "status", "status --watch --speed max", "",
	} {
		t.Run(args, func(t *testing.T) {
			got := run(t.Context(), t, cli.Program{Sample: files}, strings.Fields(args)...)
			if got.code != cli.ExitDone || got.out == "" {
				t.Errorf("ended with %d and %q", got.code, got.err)
			}
			for _, r := range got.out + got.err {
				if r != '\n' && r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' {
					t.Errorf("%U comes out in %q", r, got.out+got.err)
					break
				}
			}
		})
	}
}
