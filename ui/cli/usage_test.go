package cli_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gyre/ui/cli"
	"gyre/ui/config"
)

func TestErrorsAreOneSentence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const (
		never = "there is no "
		span  = "; choose a time from 2024-12-16 16:00 to 2025-03-28 16:00, New York time"
		times = ` is not a time; write 2025-03-26T12:00:00-04:00, "2025-03-26 12:00", 2025-03-26 or end`
	)
	cases := []struct {
		args string // separated by blanks
		code int
		want string
	}{
		{"bogus", 2, never + `command "bogus"; gyre --help lists the commands there are`},
		{"help bogus", 2, never + `command "bogus"; gyre --help lists the commands there are`},
		{"help snapshot bogus", 2, never + `command "bogus"; gyre --help lists the commands there are`},
		{"snapshot bogus", 2, `gyre snapshot takes no argument "bogus"; gyre snapshot --help shows what it takes`},
		{"completion tcsh", 2, `gyre completion takes no argument "tcsh"; gyre completion --help shows what it takes`},
		{"--bogus", 2, never + `flag --bogus; gyre --help lists the flags there are`},
		{"-x", 2, never + `flag -x; gyre --help lists the flags there are`},
		{"snapshot --paused", 2, never + `flag --paused; gyre snapshot --help lists the flags there are`},
		{"snapshot --speed 60", 2, never + `flag --speed; gyre snapshot --help lists the flags there are`},
		{"status --format json", 2, never + `flag --format; gyre status --help lists the flags there are`},
		{"snapshot --format", 2, `--format needs a value: form: text, markdown, json, csv, svg, ansi`},
		{"snapshot --format xml", 2, `--format: there is no format "xml"; choose one of text, markdown, json, csv, svg, ansi`},
		{"snapshot --window 2W", 2, `--window: there is no window "2W"; choose one of 1D, 1W, MTD, 1M, 3M, YTD`},
		{"snapshot --statistic sum", 2, `--statistic: there is no statistic "sum"; choose one of mean, median, trimmed, cap-weighted`},
		{"snapshot --rank then", 2, `--rank: there is no rank date "then"; choose one of base, month, recon, now`},
		{"--theme pink", 2, `--theme: there is no theme "pink"; choose one of auto, dark, light, mono`},
		{"--speed 0", 2, `--speed: "0" is not a speed; give 1 to 3600 market seconds per second, or max`},
		{"--speed 3601", 2, `--speed: "3601" is not a speed; give 1 to 3600 market seconds per second, or max`},
		{"--speed 1e3", 2, `--speed: "1e3" is not a speed; give 1 to 3600 market seconds per second, or max`},
		{"--paused=perhaps", 2, `--paused: "perhaps" is neither true nor false`},
		{"snapshot --at yesterday", 2, `--at: "yesterday"` + times},
		{"snapshot --at 2025-02-30", 2, `--at: "2025-02-30"` + times},
		{"snapshot --at 2025-03-26T12:00:00Zulu", 2, `--at: "2025-03-26T12:00:00Zulu"` + times},
		{"--from 12:00", 2, `--from: "12:00"` + times},
		{"--to never", 2, `--to: "never"` + times},
		{"snapshot --at 2026-01-02", 2, "--at 2026-01-02 is not in the replay" + span},
		{"snapshot --at 2001-01-02T12:00:00Z", 2, "--at 2001-01-02T12:00:00Z is not in the replay" + span},
		{"status --watch --to 2025-04-30", 2, "--to 2025-04-30 is not in the replay" + span},
		{"status --watch --from 2025-03-27 --to 2025-03-26", 2, "the replay would begin at 2025-03-27 09:25 and end at 2025-03-26 16:00; give a --from that lies before --to"},
		{"status --watch --from 2025-03-26 --at 2025-03-25", 2, "--at 2025-03-25 is not in the replay; choose a time from 2025-03-26 09:25 to 2025-03-28 16:00, New York time"},
		{"status --speed 60", 2, "--speed steers the replay; give it together with --watch"},
		{"--feed alpaca", 1, "APCA_API_KEY_ID is not set; set it in the environment, or as APCA_API_KEY_ID=KEY in the file "},
		{"--feed ndjson:- --at end", 2, "--at steers a replay, and ndjson:- is live"},
		{"--feed ndjson:-", 2, "a live feed must know whom to watch; fill the store with gyre import or gyre sync, or name a dataset with --data"},
		{"import holdings a.csv", 1, "there is no file a.csv; give the path of one, or its https address"},
		{"import holdings ftp://localhost/a.csv", 2, "ftp://localhost/a.csv is no https address; give one, or a file that was downloaded"},
		{"sync --sessions ten", 2, `--sessions: "ten" is no whole number`},
		{"import closes", 2, "gyre import closes needs a file; gyre import closes --help shows which"},
		{"store info", 2, "neither XDG_DATA_HOME nor HOME names a folder for the store; name a file with --store FILE"},
		{"store info --store /not/there.db", 1, "there is no store at /not/there.db; gyre import or gyre sync makes one"},
		{"serve --limit bogus=1", 2, ""},
		{"snapshot --feed nats://host", 2, `there is no feed "nats://host"; --feed takes replay or replay:PATH`},
		{"snapshot --feed replay:a --data b", 2, `--feed replay:a and --data b name two datasets; leave one out`},
		{"snapshot --size 120", 2, `--size: "120" is not a size; give columns and rows as in 120x40, up to 500x200`},
		{"snapshot --size 0x40 --format svg", 2, `--size: "0x40" is not a size; give columns and rows as in 120x40, up to 500x200`},
		{"snapshot --size 501x40 --format svg", 2, `--size: "501x40" is not a size; give columns and rows as in 120x40, up to 500x200`},
		{"snapshot --size 80x24", 2, "--size and --view are a picture's; give them together with --format svg or ansi"},
		{"snapshot --view map", 2, "--size and --view are a picture's; give them together with --format svg or ansi"},
		{"snapshot --view maps --format ansi", 2, `--view: there is no view "maps"; choose one of dashboard, index, size, leverage, calendar, alerts, map, history, note, members`},
		{"config bogus", 2, `gyre config takes no argument "bogus"; gyre config --help shows what it takes`},
		{"config check a b", 2, `gyre config check takes one file, not "b" as well; gyre config check --help shows what it takes`},
		{"config check a --config b", 2, "--config b and a name two configurations; leave one out"},
		{"snapshot --feed replay:", 2, "--feed replay: names nothing behind the colon; write replay or replay:PATH"},
		{"snapshot --feed ndjson:", 2, "--feed ndjson: names nothing behind the colon; write ndjson:- or ndjson:PATH or ndjson:unix:PATH"},
		{"snapshot --feed alpaca:", 2, "--feed alpaca: names nothing behind the colon; write alpaca or alpaca:sip or alpaca:delayed_sip or alpaca:iex"},
		{"sync --contact foo", 2, `--contact: this is no e-mail address; write it as in "me@example.com"`},
		{"config path", 1, "neither XDG_CONFIG_HOME nor HOME names a folder; name a file with --config FILE"},
		{"config check /not/there", 1, "the configuration /not/there cannot be read: no such file or directory; gyre config --print-default writes one to begin with"},
		{"--config /not/there", 1, "the configuration /not/there cannot be read: no such file or directory; gyre config --print-default writes one to begin with"},
		{"snapshot --data /not/there", 1, "the dataset folder /not/there is not there"},
		{"snapshot --feed replay:/not/there", 1, "the dataset folder /not/there is not there"},
		{"snapshot --data " + file, 1, file + " is no folder; give the path of a folder that holds instruments.csv and closes.csv"},
		{"snapshot --log /not/there/log", 1, "the log file /not/there/log cannot be opened: no such file or directory; give --log another path"},
	}
	for _, c := range cases {
		t.Run(c.args, func(t *testing.T) {
			got := run(t.Context(), t, program(), strings.Fields(c.args)...)
			if got.code != c.code {
				t.Errorf("the exit code is %d, want %d", got.code, c.code)
			}
			if got.out != "" {
				t.Errorf("standard output got %q", got.out)
			}
			if !strings.HasPrefix(got.err, "gyre: "+c.want) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("said %q, want %q", got.err, c.want)
			}
		})
	}
}

func TestErrorsCannotActOnATerminal(t *testing.T) {
	for _, evil := range []string{"\x1b]0;title\x07", "a\rb\nc", "\u009b31m\u202e", "\xff"} {
		for _, args := range [][]string{
			{evil},
			{"--" + evil},
			{"-" + evil},
			{"snapshot", evil},
			{"snapshot", "--at", evil},
			{"snapshot", "--format", evil},
			{"snapshot", "--feed", evil},
			{"snapshot", "--data", evil},
			{"snapshot", "--log", "/not/there/" + evil},
			{"help", evil},
			{"--config", evil},
			{"config", "check", evil},
			{"snapshot", "--size", evil},
		} {
			got := run(t.Context(), t, program(), args...)
			if got.code == cli.ExitDone {
				t.Errorf("%q is accepted", args)
			}
			line := strings.TrimSuffix(got.err, "\n")
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\ufffd' }) {
				t.Errorf("%q says %q", args, got.err)
			}
		}
	}
}

func TestWithoutASample(t *testing.T) {
	got := run(t.Context(), t, cli.Program{}, "snapshot")
	if want := "gyre: no sample is built in; name a dataset with --data FOLDER\n"; got.err != want || got.code != cli.ExitUsage {
		t.Errorf("ended with %d and %q", got.code, got.err)
	}
}

func TestVersion(t *testing.T) {
	if got := run(t.Context(), t, program(), "--version"); got.out != "gyre version 1.2.3\n" || got.code != cli.ExitDone {
		t.Errorf("ended with %d and %q", got.code, got.out)
	}
	if got := run(t.Context(), t, cli.Program{}, "--version"); !strings.HasPrefix(got.out, "gyre version ") || len(got.out) < len("gyre version x\n") {
		t.Errorf("a build without a version says %q", got.out)
	}
}

func TestWhatIsForReadingHasNoEscapes(t *testing.T) {
	t.Setenv("CLICOLOR_FORCE", "1")
	for args, want := range map[string]string{
		"--help":               "gyre snapshot --at end --format json",
		"help":                 "Write one line for a status bar",
		"help snapshot":        "--statistic",
		"snapshot --help":      "text, markdown, json, csv, svg, ansi",
		"status --help":        "--watch",
		"completion":           "powershell",
		"completion bash":      "__start_gyre",
		"completion zsh":       "#compdef gyre",
		"completion fish":      "complete -c gyre",
		"man":                  ".SH COMMANDS",
		"snapshot --theme x":   "",
		"__complete --window ": "",
	} {
		t.Run(args, func(t *testing.T) {
			got := run(t.Context(), t, program(), strings.Fields(args)...)
			if !strings.Contains(got.out, want) {
				t.Errorf("there is no %q in %q", want, got.out)
			}
			if strings.Contains(got.out+got.err, "\x1b") {
				t.Error("there are escape codes")
			}
		})
	}
}

func TestFlagValuesAreCompleted(t *testing.T) {
	for flag, want := range map[string]string{
		"--window":    "1D\n1W\nMTD\n1M\n3M\nYTD\n",
		"--statistic": "mean\nmedian\ntrimmed\ncap-weighted\n",
		"--rank":      "base\nmonth\nrecon\nnow\n",
		"--format":    "text\nmarkdown\njson\ncsv\nsvg\nansi\n",
		"--theme":     strings.Join(config.ThemeNames(), "\n") + "\n",
		"--at":        "end\n",
		"--size":      "60x20\n80x24\n120x40\n200x60\n",
	} {
		t.Run(flag, func(t *testing.T) {
			got := run(t.Context(), t, program(), "__complete", "snapshot", flag, "")
			if !strings.HasPrefix(got.out, want+":") {
				t.Errorf("completes to %q, want %q", got.out, want)
			}
		})
	}
}

// full is a standard output with no room left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, args := range [][]string{{"snapshot"}, {"status"}, {"status", "--watch", "--speed", "max"}, {"man"}, {}} {
		var said strings.Builder
		code := tiny(sound).Run(t.Context(), args, strings.NewReader(""), full{}, &said, nil)
		if want := "standard output cannot be written: no space left on device\n"; code != cli.ExitFailed || !strings.HasSuffix(said.String(), want) {
			t.Errorf("%v ended with %d and %q", args, code, said.String())
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if got := run(ctx, t, program(), "snapshot"); got.code != cli.ExitFailed || got.err != "gyre: interrupted\n" {
		t.Errorf("snapshot ended with %d and %q", got.code, got.err)
	}
}
