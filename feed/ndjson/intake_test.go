package ndjson

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/feed/clean"
	"gyre/model"
)

// How the feed is doing, in the order in which things happen to it.
func TestHealth(t *testing.T) {
	now := noon()
	l := newLedger()
	l.now = func() time.Time { return now }
	lines := l.stream()
	say := func(text string) func() {
		return func() { lines.add([]byte(text)) }
	}
	for _, step := range []struct {
		name    string
		do      func()
		state   model.FeedPhase
		problem string
	}{
		{"nothing yet", func() {}, model.FeedConnecting, ""},
		{"it cannot be reached", func() { l.fail(errors.New("nobody listens")) }, model.FeedFailing, "test: nobody listens"},
		{"it stands", func() { l.fail(nil) }, model.FeedConnecting, ""},
		{"the first line is wrong", say("hello\n"), model.FeedConnecting, "test:1: column 1 is not JSON: invalid character 'h' looking for beginning of value"},
		{"a good one follows", say(line(1)), model.FeedOK, "test:1: column 1 is not JSON: invalid character 'h' looking for beginning of value"},
		{"a later one is wrong", say(`{"v":7}` + "\n"), model.FeedOK, `test:3: v is "7"; this version of gyre reads records with "v":1`},
		{"59 seconds pass", func() { now = now.Add(59 * time.Second) }, model.FeedOK, `test:3: v is "7"; this version of gyre reads records with "v":1`},
		{"another second passes", func() { now = now.Add(time.Second) }, model.FeedOK, ""},
		{"it is lost", func() { l.fail(errors.New("it hung up\x1b[2J")) }, model.FeedFailing, "test: it hung up[2J"},
		{"it is back", func() { l.fail(nil) }, model.FeedOK, ""},
	} {
		step.do()
		if state, problem := l.health(); state != step.state || problem != step.problem {
			t.Errorf("%s: the state is %d and the problem %q, want %d and %q", step.name, state, problem, step.state, step.problem)
		}
	}
	if l.bad != 2 {
		t.Errorf("%d lines are counted as bad, want 2", l.bad)
	}
}

func TestSentence(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":            {"it ended", "it ended"},
		"longer than text": {strings.Repeat("word ", 40), strings.TrimSpace(strings.Repeat("word ", 20))},
		"spaces":           {"  a \t b\r\n", "a b"},
		"hostile":          {"a \x1b]0;x\x07 \u202e b", "a ]0;x b"},
		"one long word":    {strings.Repeat("x", 90), strings.Repeat("x", clean.MaxRunes)},
		"nothing":          {"", ""},
		"nothing is left":  {"\x1b \u200b", ""},
	} {
		if got := sentence(c.in, 100); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", name, c.in, got, c.want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		most := rapid.IntRange(1, 200).Draw(rt, "most")
		got := sentence(rapid.String().Draw(rt, "text"), most)
		if n := len([]rune(got)); n > most || strings.TrimSpace(got) != got {
			rt.Fatalf("%q has %d characters of at most %d, or spaces around it", got, n, most)
		}
		for word := range strings.FieldsSeq(got) {
			if _, changed := clean.Text(word); changed {
				rt.Fatalf("%q is not clean", got)
			}
		}
	})
}

// What rotation makes of a file's name, and what only looks like it.
func TestRotated(t *testing.T) {
	for name, want := range map[string]bool{
		"quotes.ndjson.1":                   true,
		"quotes.ndjson.100":                 true,
		"quotes.ndjson-20250328":            true,
		"quotes.ndjson.2025-03-28_16:00:00": true,
		"quotes.ndjson.2025-03-28T16-00":    true,
		"quotes.ndjson":                     false,
		"quotes.ndjson.":                    false,
		"quotes.ndjson1":                    false,
		"quotes.ndjson.1.gz":                false,
		"quotes.ndjson.new":                 false,
		"quotes.ndjson.swp":                 false,
		"prices.ndjson.1":                   false,
		"":                                  false,
	} {
		if got := rotated(name, "quotes.ndjson"); got != want {
			t.Errorf("%q is rotated: %t", name, got)
		}
	}
}
