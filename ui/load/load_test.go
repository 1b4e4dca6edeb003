package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/dataset"
	"gyre/feed/wire"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCommandLine(t *testing.T) {
	if p, err := parse(nil, io.Discard); err != nil || p.names != 3500 || p.rate != 300_000 || p.storm != time.Minute {
		t.Errorf("without flags it measures %+v: %v", p, err)
	}
	for name, args := range map[string][]string{
		"no names":               {"-names", "3"},
		"a calm storm":           {"-rate", "100"},
		"keys without end":       {"-keys", "0s"},
		"a flag that is unknown": {"-storms", "2"},
	} {
		if _, err := parse(args, io.Discard); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}

// The market is one that gyre can load, and its data lie in a session, whatever
// time it is.
func TestAnInventedMarket(t *testing.T) {
	for name, now := range map[string]time.Time{
		"in a session": session.NewDate(2026, time.November, 20).At(11, 0),
		"at night":     session.NewDate(2026, time.November, 20).At(23, 30),
		"on a Sunday":  session.NewDate(2026, time.November, 22).At(12, 0),
		"on a holiday": session.NewDate(2026, time.November, 26).At(12, 0),
	} {
		t.Run(name, func(t *testing.T) {
			m, err := invent(120, now)
			if err != nil {
				t.Fatal(err)
			}
			if at := now.Add(-m.delay); at.Before(m.day.Opens) || at.Add(time.Hour).After(m.day.Closes) {
				t.Errorf("the data are of %s, and the session of %s", at, m.day.Date)
			}
			if m.delay > 7*24*time.Hour || len(m.past) != history || m.past[history-1].Date >= m.day.Date {
				t.Errorf("the data are %s late, after %d sessions", m.delay, len(m.past))
			}
			folder := t.TempDir()
			if err := m.write(folder); err != nil {
				t.Fatal(err)
			}
			data, err := dataset.Load(t.Context(), os.DirFS(folder), folder)
			if err != nil || data.ProblemCount > 0 {
				t.Fatalf("it is loaded with %v", err)
			}
			if ref := data.Reference; len(ref.Instruments) != 120 || len(ref.Members) != 120 || len(ref.Closes) != history || len(ref.Indices) != 2 {
				t.Errorf("there are %d names, %d members, %d sessions, %d indices", len(ref.Instruments), len(ref.Members), len(ref.Closes), len(ref.Indices))
			}
		})
	}
}

// What the feed tells is what gyre reads, and every name has its turn.
func TestTheFeed(t *testing.T) {
	m, err := invent(100, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.cents {
		m.cents[i] = 1234
	}
	f, err := listen(t.Context(), t.TempDir(), m)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := (&net.Dialer{}).DialContext(t.Context(), "unix", strings.TrimPrefix(f.address(), "ndjson:unix:"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.connected(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for range 250 {
		f.quote(now)
	}
	f.index(now)
	if _, err := f.line.Write(f.buf); err != nil {
		t.Fatal(err)
	}
	f.close()
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	codec, told, others := wire.New(), map[string]int{}, []byte(nil)
	for line := range bytes.Lines(text) {
		r, err := codec.Decode(bytes.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if got := now.Sub(r.At); got != m.delay {
			t.Errorf("it is %s old, want %s", got, m.delay)
		}
		if r.Type != wire.Quote {
			others = append(others, byte(r.Type))
			continue
		}
		told[r.Symbol]++
		if cents := r.Price.Float() * 100; cents < 1200 || cents > 1260 || r.Volume != int64(100*told[r.Symbol]) {
			t.Errorf("%s is at %v with %d", r.Symbol, r.Price, r.Volume)
		}
	}
	if len(told) != 100 || told["L00000"] != 3 || told["L00099"] != 2 || string(others) != "iik" || f.sent != 250 {
		t.Errorf("told %v and %q", told, others)
	}
}

func TestTheFeedEndsWithItsReader(t *testing.T) {
	m, err := invent(100, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	near, far := net.Pipe()
	f := &feed{market: m, line: near, moved: make([]int64, 100), spent: make([]int64, 100)}
	_ = far.Close()
	if err := f.run(t.Context(), 1000); err == nil || !strings.Contains(err.Error(), "hung up") {
		t.Errorf("it ends with %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	f.line, far = net.Pipe()
	go func() { _, _ = io.Copy(io.Discard, far) }()
	if err := f.run(ctx, 1000); err != nil {
		t.Errorf("it ends with %v", err)
	}
	_ = f.line.Close()
}

func TestProcessorTime(t *testing.T) {
	stat := "4242 (a (strange) name) S 1 4242 4242 0 -1 4194304 100 0 0 0 150 25 0 0 20 0 9 0 12345 1 1"
	if got, err := ticks(stat); err != nil || got != 1750*time.Millisecond {
		t.Errorf("it is %s: %v", got, err)
	}
	for _, bad := range []string{"", "1 (x) S 1", "1 (x) S 1 2 3 4 5 6 7 8 9 10 eleven 12"} {
		if _, err := ticks(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestThePartsOfTimes(t *testing.T) {
	var times []time.Duration
	for i := range 100 {
		times = append(times, time.Duration(i+1)*time.Millisecond)
	}
	for part, want := range map[float64]float64{0: 1, 0.5: 51, 0.99: 100, 1: 100} {
		if got := ms(times, part); got != want {
			t.Errorf("%v of them lie below %v ms, want %v", part, got, want)
		}
	}
	if got := ms(nil, 0.5); got != 0 {
		t.Errorf("of nothing it is %v", got)
	}
}

// The whole of it, against a program that ends at once.
func TestAProgramThatEnds(t *testing.T) {
	program := filepath.Join(t.TempDir(), "gyre")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho no such feed\n"), 0o700); err != nil { //nolint:gosec // it is to be run
		t.Fatal(err)
	}
	err := run(t.Context(), []string{"-gyre", program, "-names", "100"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "no such feed") {
		t.Errorf("it ends with %v", err)
	}
}
