package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"

	"gyre/ui/cli"
)

// tiny is a dataset of three names on two days, with the given text in place
// of its closes.
func tiny(closes string) cli.Program {
	return cli.Program{Sample: fstest.MapFS{
		"instruments.csv": {Data: []byte("id,symbol,name,sector,share_class_of\nA,A,Alpha,IND,\nB,B,Beta,IND,\nC,C,Gamma,IND,\n")},
		"closes.csv":      {Data: []byte(closes)},
	}}
}

const sound = "date,id,close,volume\n" +
	"2025-03-27,A,10.00,100\n2025-03-27,B,20.00,100\n2025-03-27,C,30.00,100\n" +
	"2025-03-28,A,11.00,100\n2025-03-28,B,20.00,100\n2025-03-28,C,29.00,100\n"

func TestWatchEndsWithTheReplay(t *testing.T) {
	defer goleak.VerifyNone(t)
	for _, args := range [][]string{
		{"status", "--watch", "--speed", "max", "--from", "2025-03-27"},
		{"status", "--watch", "--speed", "max", "--at", "2025-03-28 15:55", "--window", "1D"},
		{"status", "--watch", "--speed", "max", "--from", "2025-03-28", "--to", "2025-03-28 10:30"},
		{"status", "--watch", "--at", "end"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			got := run(t.Context(), t, program(), args...)
			if got.code != cli.ExitDone || got.err != "" {
				t.Fatalf("ended with %d and %q", got.code, got.err)
			}
			lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
			if len(slices.Compact(slices.Clone(lines))) != len(lines) {
				t.Error("a line is written twice in a row")
			}
			end := "Fri 16:00 EDT"
			if slices.Contains(args, "--to") {
				end = "Fri 10:30 EDT"
			}
			if last := lines[len(lines)-1]; !strings.HasSuffix(last, end) || !strings.HasPrefix(last, "REPLAY SAMPLE · 1") {
				t.Errorf("the last line is %q", last)
			}
		})
	}
}

func TestWatchEndsLikeStatus(t *testing.T) {
	once := run(t.Context(), t, program(), "status")
	watched := run(t.Context(), t, program(), "status", "--watch", "--speed", "max", "--at", "2025-03-28 15:30")
	if once.code != cli.ExitDone || !strings.HasSuffix(watched.out, once.out) {
		t.Errorf("played to the end it says\n%snot\n%s", watched.out, once.out)
	}
}

// notifier tells when something is written.
type notifier struct {
	io.Writer

	once    sync.Once
	written chan struct{}
}

func (n *notifier) Write(p []byte) (int, error) {
	n.once.Do(func() { close(n.written) })
	return n.Writer.Write(p)
}

func TestWatchCanBeInterrupted(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, stop := context.WithCancel(t.Context())
	out := &notifier{Writer: io.Discard, written: make(chan struct{})}
	go func() {
		<-out.written
		stop()
	}()
	var said bytes.Buffer
	code := program().Run(ctx, []string{"status", "--watch", "--speed", "1"}, strings.NewReader(""), out, &said, nil)
	if code != cli.ExitDone || said.Len() > 0 {
		t.Errorf("ended with %d and %q", code, said.String())
	}
}

func TestProblemsOfADataset(t *testing.T) {
	t.Run("none", func(t *testing.T) {
		if got := run(t.Context(), t, tiny(sound), "snapshot"); got.code != cli.ExitDone || got.err != "" {
			t.Errorf("ended with %d and %q", got.code, got.err)
		}
	})
	t.Run("a few are named", func(t *testing.T) {
		got := run(t.Context(), t, tiny(sound+"2025-03-28,B,-1.00,100\n2025-03-28,nobody,1.00,100\n"), "snapshot")
		if got.code != cli.ExitDone || !strings.Contains(got.out, "2 rows of the dataset skipped") {
			t.Errorf("ended with %d and %q", got.code, got.out)
		}
		for _, want := range []string{"gyre: closes.csv:8:", "gyre: closes.csv:9:"} {
			if !strings.Contains(got.err, want) {
				t.Errorf("there is no %q in %q", want, got.err)
			}
		}
	})
	t.Run("many are counted", func(t *testing.T) {
		got := run(t.Context(), t, tiny(sound+strings.Repeat("2025-03-28,B,NaN,100\n", 150)), "status")
		if want := "gyre: the dataset has 145 more problems; --log FILE keeps the first 100\n"; !strings.HasSuffix(got.err, want) || strings.Count(got.err, "\n") != 6 {
			t.Errorf("said %q", got.err)
		}
	})
}

func TestTheLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	read := func() string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if got := run(t.Context(), t, tiny(sound+"2025-03-28,B,1e300,100\n"), "snapshot", "--log", path); got.code != cli.ExitDone {
		t.Fatalf("ended with %d and %q", got.code, got.err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v: others may read it", info.Mode())
	}
	for _, want := range []string{`msg=started command="gyre snapshot"`, "msg=dataset file=closes.csv line=8", "msg=ended"} {
		if !strings.Contains(read(), want) {
			t.Errorf("there is no %q in %s", want, read())
		}
	}
	before := len(read())
	run(t.Context(), t, program(), "snapshot", "--log", path, "--data", "/not\x1b[31m/there")
	if added := read()[before:]; !strings.Contains(added, "level=ERROR msg=failed") || strings.Contains(added, "\x1b") {
		t.Errorf("a failure is logged as %q", added)
	}
}

func TestNothingIsLoggedUnasked(t *testing.T) {
	t.Chdir(t.TempDir())
	run(t.Context(), t, tiny(sound), "snapshot")
	if entries, err := os.ReadDir("."); err != nil || len(entries) > 0 {
		t.Errorf("there is %v: %v", entries, err)
	}
}

func TestFolders(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, tiny(sound).Sample); err != nil {
		t.Fatal(err)
	}
	byData := run(t.Context(), t, cli.Program{}, "snapshot", "--data", folder)
	byFeed := run(t.Context(), t, cli.Program{}, "snapshot", "--feed", "replay:"+folder)
	if byData.code != cli.ExitDone || byData.out == "" || byData != byFeed {
		t.Errorf("--data gives %v, --feed %v", byData, byFeed)
	}
	if strings.Contains(byData.out, "SAMPLE") {
		t.Error("somebody's own data is called a sample")
	}
}
