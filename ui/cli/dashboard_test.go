package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gyre/feed/dataset"
	"gyre/feed/note"
	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
)

func TestNoticeSaysWhatIsPlayed(t *testing.T) {
	monday := replay.Status{Now: session.NewDate(2025, 3, 24).At(9, 25), Playing: true, Speed: 60}
	fast := monday
	fast.Speed = replay.Max
	paused, end := monday, monday
	paused.Playing = false
	end.To = end.Now
	own := &dataset.Dataset{Reference: &model.Reference{Name: "my data"}}
	broken := &dataset.Dataset{
		Reference: own.Reference, ProblemCount: 12,
		Problems: []dataset.Problem{{File: "closes.csv", Line: 3, Column: 14, Message: "the price is\x1b[31m negative"}},
	}
	cases := map[string]struct {
		data   *dataset.Dataset
		status replay.Status
		note   []note.Problem
		want   string
	}{
		"the sample": {
			&dataset.Dataset{Reference: &model.Reference{Name: "sample", Sample: true}}, monday, nil,
			"Replaying the sample (synthetic members) from Mon 24 Mar 2025 09:25 ET, at ×60",
		},
		"paused":   {own, paused, nil, "Replaying my data from Mon 24 Mar 2025 09:25 ET, paused"},
		"the end":  {own, end, nil, "The end of my data · : goes to a time"},
		"own data": {own, fast, nil, "Replaying my data from Mon 24 Mar 2025 09:25 ET, as fast as it goes"},
		"broken data": {
			broken, monday, nil,
			"Replaying my data from Mon 24 Mar 2025 09:25 ET, at ×60; 12 problems in the files, first closes.csv:3:14: the price is[31m negative",
		},
		"a broken note": {
			own, monday,
			[]note.Problem{{File: "note.toml", Line: 7, Column: 1, Message: "there is no claim \"best\""}},
			"Replaying my data from Mon 24 Mar 2025 09:25 ET, at ×60; 1 problems in the note, first note.toml:7:1: there is no claim \"best\"",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := notice(c.data, c.status, c.note); got != c.want {
				t.Errorf("says %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheSampleStartsBeforeMondaysOpen(t *testing.T) {
	s := bareShell(t)
	c, err := s.open(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	status := c.player.Status()
	if open := session.NewDate(2025, 3, 24).At(9, 30); !status.Now.Before(open) || status.Now.Before(open.Add(-preOpen)) {
		t.Errorf("it starts at %v", status.Now)
	}
	if !status.Playing || status.Speed <= 1 {
		t.Errorf("it starts with %+v", status)
	}
}

func TestFlagsSteerTheReplay(t *testing.T) {
	for args, want := range map[string]struct {
		now, from, to string
		speed         replay.Speed
		paused        bool
	}{
		"":                                  {"2025-03-24 09:25", "2025-03-24 09:25", "2025-03-28 16:00", 60, false},
		"--speed max --paused":              {"2025-03-24 09:25", "2025-03-24 09:25", "2025-03-28 16:00", replay.Max, true},
		"--speed 3600":                      {"2025-03-24 09:25", "2025-03-24 09:25", "2025-03-28 16:00", 3600, false},
		"--at 2025-03-26":                   {"2025-03-26 16:00", "2025-03-24 09:25", "2025-03-28 16:00", 60, false},
		"--at end":                          {"2025-03-28 16:00", "2025-03-24 09:25", "2025-03-28 16:00", 60, false},
		"--from 2025-03-26 --to 2025-03-27": {"2025-03-26 09:25", "2025-03-26 09:25", "2025-03-27 16:00", 60, false},
		"--to 2025-03-25T12:00:00-04:00":    {"2025-03-24 09:25", "2025-03-24 09:25", "2025-03-25 12:00", 60, false},
		"--at 2025-02-14":                   {"2025-02-14 16:00", "2025-02-14 16:00", "2025-03-28 16:00", 60, false},
		"--from 2025-01-02 --at 2025-01-03": {"2025-01-03 16:00", "2025-01-02 09:25", "2025-03-28 16:00", 60, false},
	} {
		t.Run(args, func(t *testing.T) {
			s := bareShell(t)
			root := s.command()
			if err := root.ParseFlags(strings.Fields(args)); err != nil {
				t.Fatal(err)
			}
			c, err := s.open(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			got := c.player.Status()
			if clock(got.Now) != want.now || clock(got.From) != want.from || clock(got.To) != want.to {
				t.Errorf("it stands at %s, from %s to %s", clock(got.Now), clock(got.From), clock(got.To))
			}
			if got.Speed != want.speed || got.Playing == want.paused {
				t.Errorf("it plays: %v, at %d", got.Playing, got.Speed)
			}
		})
	}
}

// A file has no keys, and its end would be that of the dashboard: keys then come
// from the terminal itself.
func TestWhereKeysComeFrom(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "list"))
	done(t, err)
	null, err := os.Open(os.DevNull)
	done(t, err)
	reader, writer, err := os.Pipe()
	done(t, err)
	for _, f := range []*os.File{file, null, reader, writer} {
		defer func() { _ = f.Close() }()
	}
	for name, c := range map[string]struct {
		in   io.Reader
		want bool
	}{
		"a file": {file, false}, "nothing": {null, false}, "a pipe": {reader, true}, "another reader": {strings.NewReader("q"), true},
	} {
		if got := hasKeys(c.in); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
