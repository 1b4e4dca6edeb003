//go:build unix

package ndjson

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func testChild(command string, log *slog.Logger) child {
	return child{command: command, log: log, pauses: quick(), grace: childGrace}
}

// record1 is a shell command that prints a record.
const record1 = `echo '{"v":1,"t":"k","ts":1743191999900000000,"seq":1}'`

// Whatever a command has started, within a second of being stopped nothing of it
// is left. Each holds a pipe open, of which the test sees the end when the last
// of them is gone.
func TestChildIsGoneWithinASecond(t *testing.T) {
	for name, command := range map[string]string{
		"a good one":              `%hold; %say; exec sleep 60`,
		"it ignores TERM":         `%hold; trap "" TERM; %say; while :; do sleep 1; done`,
		"it forks":                `%hold; (while :; do sleep 1; done) & %say; wait`,
		"its child ignores TERM":  `%hold; (trap "" TERM; while :; do sleep 1; done) & %say; wait`,
		"all of them ignore TERM": `trap "" TERM; %hold; (while :; do sleep 1; done) & %say; while :; do sleep 1; done`,
		"it floods its output":    `%hold; trap "" TERM; %say; while :; do %say; done`,
		"it floods its errors":    `%hold; trap "" TERM; %say; while :; do echo no >&2; done`,
		"it closes its output":    `%hold; trap "" TERM; %say; exec >&- 2>&-; while :; do sleep 1; done`,
	} {
		t.Run(name, func(t *testing.T) {
			fifo := filepath.Join(t.TempDir(), "held")
			if err := syscall.Mkfifo(fifo, 0o600); err != nil {
				t.Fatal(err)
			}
			held, err := os.OpenFile(fifo, os.O_RDONLY|syscall.O_NONBLOCK, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = held.Close() }()
			command = strings.NewReplacer("%hold", "exec 9>"+fifo, "%say", record1).Replace(command)
			l := newLedger()
			stop := run(t, testChild(command, slog.New(slog.DiscardHandler)), l.intake)
			l.count(t, 1)
			began := time.Now()
			stop()
			if err := held.SetReadDeadline(began.Add(patience)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, held); err != nil {
				t.Errorf("something of it is left: %v", err)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("it was gone after %s", took)
			}
		})
	}
}

// A command that ends is started again, and it is said how it ended.
func TestChildIsStartedAgain(t *testing.T) {
	for name, c := range map[string]struct{ command, want string }{
		"it has done its work": {record1, "the command ended"},
		"it fails":             {record1 + `; echo "no licence" >&2; exit 3`, "it ended with exit status 3: no licence"},
		"it is killed":         {record1 + `; kill -9 $$`, "it ended with signal: killed"},
		"it is not there":      {record1 + `; no-such-feed`, "no-such-feed"},
		"it leaves a child":    {record1 + `; sleep 60 &`, "the command ended"},
		"it said evil things":  {record1 + `; printf '\033]0;x\007evil\r\n' >&2; exit 1`, "exit status 1: ]0;xevil"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLedger()
			run(t, testChild(c.command, slog.New(slog.DiscardHandler)), l.intake)
			l.count(t, 3)
			l.untilTrouble(t, c.want)
		})
	}
}

// The first and the last of the pauses between two starts, without the chance
// that is in them.
func TestChildPauses(t *testing.T) {
	p := childPauses()
	if p.first != 250*time.Millisecond || p.most != 30*time.Second {
		t.Errorf("a command that fails is started again after %s to %s", p.first, p.most)
	}
}

// What a command says is in the log, line by line, clean, cut and no more than
// anybody can read.
func TestChildSays(t *testing.T) {
	const most = 100
	command := `printf 'starting\n\033[31mred\033[0m \342\200\256back\n' >&2; ` +
		`i=0; while [ $i -lt 2000 ]; do echo line $i >&2; i=$((i+1)); done; ` +
		`head -c 3000000 /dev/zero | tr '\0' x >&2; echo >&2; ` + record1 + `; exec sleep 60`
	var log logbook
	l := newLedger()
	stop := run(t, testChild(command, slog.New(slog.NewTextHandler(&log, nil))), l.intake)
	l.count(t, 1)
	stop()
	text := log.String()
	for _, want := range []string{"test says: starting", "test says: [31mred[0m back", "test says: line 7\"", "more lines were left out of the log"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log does not say %q: %.2000s", want, text)
		}
	}
	if n := strings.Count(text, "\n"); n > most {
		t.Errorf("the log has %d lines", n)
	}
	if strings.ContainsAny(text, "\x1b\r\u202e") {
		t.Errorf("the log is not clean: %q", text)
	}
	for line := range strings.Lines(text) {
		if len(line) > 2*saidMost {
			t.Errorf("the log has a line of %d bytes", len(line))
		}
	}
}

// A command gets the environment and the folder that were handed in.
func TestChildSurroundings(t *testing.T) {
	folder := t.TempDir()
	c := testChild(`echo "{\"v\":1,\"t\":\"k\",\"ts\":1743191999900000000,\"src\":\"$NAME\"}" >>"$PWD/said"; cat said; exec sleep 60`, slog.New(slog.DiscardHandler))
	c.dir, c.env = folder, []string{"NAME=mine", "PATH=" + os.Getenv("PATH"), "PWD=" + folder}
	l := newLedger()
	run(t, c, l.intake)
	l.count(t, 1)
	text, err := os.ReadFile(filepath.Join(folder, "said"))
	if err != nil || !strings.Contains(string(text), `"src":"mine"`) {
		t.Errorf("the command wrote %q, %v", text, err)
	}
}
