package cli_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	sampledata "gyre/sample-data"
	"gyre/ui/cli"
)

// TestMain lets the scripts run the real program as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gyre": func() {
			ctx, hangup, stop := cli.Signals()
			served := program()
			served.Hangup = hangup
			code := served.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ())
			stop()
			os.Exit(code)
		},
	})
}

func program() cli.Program { return cli.Program{Sample: sampledata.FS(), Version: "1.2.3"} }

// outcome is what a run of the program left behind.
type outcome struct {
	code     int
	out, err string
}

// run runs the program in this process.
func run(ctx context.Context, t *testing.T, p cli.Program, args ...string) outcome {
	t.Helper()
	var out, err bytes.Buffer
	code := p.Run(ctx, args, strings.NewReader(""), &out, &err, []string{"TERM=xterm-256color"})
	return outcome{code, out.String(), err.String()}
}
