package cli_test

import (
	"bytes"
	"strings"
	"testing"

	"gyre/ui/cli"
)

// Help, version and completions are written by others, who do not tell that it
// failed; gyre does.
func TestWhatOthersWriteIsWatchedToo(t *testing.T) {
	for _, args := range []string{
		"--help", "--version", "help snapshot", "import", "completion bash", "config",
	} {
		t.Run(args, func(t *testing.T) {
			var said bytes.Buffer
			code := program().Run(t.Context(), strings.Fields(args), strings.NewReader(""), full{}, &said, nil)
			const want = "gyre: standard output cannot be written: no space left on device\n"
			if code != cli.ExitFailed || said.String() != want {
				t.Errorf("it ends with %d and says %q", code, &said)
			}
		})
	}
}
