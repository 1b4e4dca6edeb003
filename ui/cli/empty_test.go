package cli_test

import (
	"strings"
	"testing"

	"gyre/ui/cli"
)

// TestNothingIsNoValue gives flags and arguments the value of a variable that is
// not set. Nothing may be shown or done as if they were not there.
func TestNothingIsNoValue(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"--data=", "--data is empty; give it a value, or leave it out"},
		{"snapshot --data=", "--data is empty; give it a value, or leave it out"},
		{"--data sample --feed=", "--feed is empty; give it a value, or leave it out"},
		{"snapshot --log=", "--log is empty; give it a value, or leave it out"},
		{"--config=", "--config is empty; give it a value, or leave it out"},
		{"config check --config=", "--config is empty; give it a value, or leave it out"},
		{"config check EMPTY", "an argument of gyre config check is empty; give it a value, or leave it out"},
		{"store info --store=", "--store is empty; give it a value, or leave it out"},
		{"doctor --offline --store=", "--store is empty; give it a value, or leave it out"},
		{"import closes EMPTY", "an argument of gyre import closes is empty; give it a value, or leave it out"},
		{"import closes a.csv EMPTY", "an argument of gyre import closes is empty; give it a value, or leave it out"},
		{"import holdings a.csv --index=", "--index is empty; give it a value, or leave it out"},
		{"import facts a.json --companies=", "--companies is empty; give it a value, or leave it out"},
		{"sync --only= --dry-run", "--only is empty; give it a value, or leave it out"},
		{"sync --vendor= --dry-run", "--vendor is empty; give it a value, or leave it out"},
		{"sync --contact= --dry-run", "--contact is empty; give it a value, or leave it out"},
		{"serve --keys=", "--keys is empty; give it a value, or leave it out"},
		{"serve --listen=", "--listen is empty; give it a value, or leave it out"},
	} {
		t.Run(c.args, func(t *testing.T) {
			args := strings.Fields(c.args)
			for i := range args {
				args[i] = strings.TrimPrefix(args[i], "EMPTY")
			}
			got := run(t.Context(), t, program(), args...)
			if got.code != cli.ExitUsage || got.out != "" || got.err != "gyre: "+c.want+"\n" {
				t.Errorf("it ends with %d, %q and %q", got.code, got.out, got.err)
			}
		})
	}
}
