package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/live"
	"gyre/model"
	"gyre/model/session"
	sampledata "gyre/sample-data"
)

// monday is the first session after the sample's last.
var monday = session.NewDate(2025, time.March, 31)

// atEleven is the program at 11:00 on that Monday in New York.
func atEleven() Program {
	began := time.Now()
	return Program{Sample: sampledata.FS(), Version: "1.2.3", now: func() time.Time { return monday.At(11, 0).Add(time.Since(began)) }}
}

// ran is what a run of the program left behind.
type ran struct {
	code     int
	out, err string
}

// runs a program with text on its standard input.
func runs(t *testing.T, p Program, input string, env []string, args ...string) ran {
	t.Helper()
	stdin, err := os.Open(place(t, "input", input, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stdin.Close() }()
	var stdout, stderr bytes.Buffer
	code := p.Run(t.Context(), args, stdin, &stdout, &stderr, append(env, "TERM=xterm-256color"))
	return ran{code, stdout.String(), stderr.String()}
}

// place writes a file of the test.
func place(t *testing.T, name, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// records are what a feed of one's own says: the Russell 2000 one percent above
// Friday's 2,023.27, and one name, some time ago.
func records(ago time.Duration, more string) string {
	at := monday.At(11, 0).Add(-ago).UnixNano()
	return fmt.Sprintf(`{"v":1,"t":"i","s":"RUT","ts":%[1]d,"p":2043.50%[2]s}
{"v":1,"t":"q","s":"S0001","ts":%[1]d,"p":20.5,"vol":500}
{"v":1,"t":"k","ts":%[1]d}
`, at, more)
}

func TestALiveFeedOnTheCommandLine(t *testing.T) {
	defer goleak.VerifyNone(t)
	late := records(15*time.Minute, `,"dly":900`)
	for name, c := range map[string]struct {
		input string
		args  []string
		want  []string
		never string
	}{
		"a line":                 {records(0, ""), []string{"status"}, []string{"LIVE SAMPLE · 1D ", "R2000 2,043.50 +1.00%", "Mon 11:00 EDT\n"}, "DELAYED"},
		"a page":                 {records(0, ""), []string{"snapshot"}, []string{"\nLIVE · SAMPLE · ", "Mon 31 Mar 2025 11:00:0", "2,043.50"}, "DELAYED"},
		"where nobody looks":     {records(0, ""), nil, []string{"\nLIVE · SAMPLE · ", "2,043.50"}, "\x1b"},
		"a line of delayed data": {late, []string{"status"}, []string{"DELAYED 15m SAMPLE · 1D ", "+1.00%"}, "LIVE"},
		"a page of delayed data": {late, []string{"snapshot"}, []string{"\nDELAYED 15m · SAMPLE · ", "2,043.50"}, "LIVE"},
		"until the feed is over": {records(0, ""), []string{"status", "--watch"}, []string{"2,043.50 +1.00%"}, "DELAYED"},
		"a picture":              {late, []string{"snapshot", "--format", "ansi"}, []string{"DELAYED 15m"}, "LIVE"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append(c.args, "--feed", fromInput, "--data", sampleName, "--window", "1D")
			got := runs(t, atEleven(), c.input, nil, args...)
			if got.code != ExitDone || got.err != "" {
				t.Fatalf("it ends with %d and %q", got.code, got.err)
			}
			for _, want := range c.want {
				if !strings.Contains(got.out, want) {
					t.Errorf("there is no %q in\n%s", want, got.out)
				}
			}
			if strings.Contains(got.out, c.never) {
				t.Errorf("there is %q in\n%s", c.never, got.out)
			}
		})
	}
}

// Who joins in the middle of a session has not seen its open.
func TestALiveFeedAsJSON(t *testing.T) {
	for mode, input := range map[string]string{"live": records(0, ""), "delayed": records(15*time.Minute, `,"dly":900`)} {
		got := runs(t, atEleven(), input, nil, "snapshot", "--format", "json", "--feed", fromInput, "--data", sampleName)
		var page struct {
			Mode    string
			Indices []struct {
				Level, Open, High *string
				Prev              string            `json:"prev_close"`
				Returns           map[string]string `json:"returns_pct"`
			}
			Feed struct {
				Name  string
				Delay int `json:"delay_seconds"`
			}
		}
		if err := json.Unmarshal([]byte(got.out), &page); err != nil {
			t.Fatalf("%v in %q; %s", err, got.out, got.err)
		}
		russell := page.Indices[0]
		if page.Mode != mode || russell.Level == nil || *russell.Level != "2043.50" || russell.Prev != "2023.27" || russell.Open != nil || russell.High != nil {
			t.Errorf("%s: the page says %+v", mode, page)
		}
	}
}

func TestALiveFeedThatCannotBe(t *testing.T) {
	home := "HOME=" + t.TempDir()
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"a moment":         {[]string{"--feed", "ndjson:-", "--data", "sample", "--at", "2025-03-28"}, ExitUsage, "gyre: --at steers a replay, and ndjson:- is live\n"},
		"no store":         {[]string{"--feed", "ndjson:-"}, ExitUsage, "gyre: a live feed must know whom to watch; fill the store with gyre import or gyre sync, or name a dataset with --data\n"},
		"no key":           {[]string{"--feed", "alpaca", "--data", "sample"}, ExitFailed, "gyre: APCA_API_KEY_ID is not set; set it in the environment, "},
		"no key either":    {[]string{"--feed", "massive", "--data", "sample"}, ExitFailed, "gyre: MASSIVE_API_KEY is not set; set it in the environment, "},
		"no such tape":     {[]string{"--feed", "alpaca:otc", "--data", "sample"}, ExitUsage, "gyre: there is no feed alpaca:otc; write alpaca or alpaca:sip or alpaca:delayed_sip or alpaca:iex\n"},
		"no such plan":     {[]string{"--feed", "massive:free", "--data", "sample"}, ExitUsage, "gyre: there is no feed massive:free; write massive\n"},
		"no path":          {[]string{"--feed", "ndjson:", "--data", "sample"}, ExitUsage, "gyre: --feed ndjson: names nothing behind the colon; write ndjson:- or ndjson:PATH or ndjson:unix:PATH\n"},
		"no command":       {[]string{"--feed", "exec:", "--data", "sample"}, ExitUsage, "gyre: --feed exec: names nothing behind the colon; write exec:COMMAND\n"},
		"no such scheme":   {[]string{"--feed", "bloomberg", "--data", "sample"}, ExitUsage, "gyre: there is no feed \"bloomberg\"; --feed takes replay or "},
		"nothing is told":  {[]string{"--feed", "ndjson:-", "--data", "sample"}, ExitFailed, "gyre: the feed failed: the feed ended before it told a whole moment\n"},
		"a secret as flag": {[]string{"--feed", "alpaca", "--key", "secret"}, ExitUsage, "gyre: "},
	} {
		t.Run(name, func(t *testing.T) {
			got := runs(t, atEleven(), "\n", []string{home}, append([]string{"snapshot"}, c.args...)...)
			if got.code != c.code || !strings.HasPrefix(got.err, c.want) || got.out != "" {
				t.Errorf("it ends with %d and %q, after %q", got.code, got.err, got.out)
			}
		})
	}
}

// failing is a source that never comes to a whole moment.
type failing struct{}

func (failing) Run(ctx context.Context, out chan<- []model.Update) error {
	source, err := live.NewSource(live.Options{
		Reference: &model.Reference{Calendar: session.New()}, Identity: live.Identity{Feed: "desk", Interval: time.Second},
	}, live.AdapterFunc(func(ctx context.Context, board *live.Board) error {
		board.Health(model.FeedFailing, "the server answered 503")
		<-ctx.Done()
		return ctx.Err()
	}))
	if err != nil {
		return err
	}
	return source.Run(ctx, out)
}

// A feed that goes on but tells nothing is waited for, and not for ever.
func TestAFeedThatTellsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, began := bareShell(t), time.Now()
		s.flags.feed = "desk"
		c := &connection{source: failing{}, ended: make(chan struct{})}
		snap, err := s.first(t.Context(), c)
		const want = "desk has told nothing within 30s: the server answered 503; gyre doctor looks for the reason"
		if waited := time.Since(began); snap != nil || err == nil || err.Error() != want || waited != firstMoment {
			t.Errorf("after %s it ends with %v", waited, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		if _, err := s.first(ctx, c); !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted, it ends with %v", err)
		}
	})
}
