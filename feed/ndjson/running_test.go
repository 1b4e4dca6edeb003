package ndjson

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gyre/model"
)

// A feed that sends heartbeats is shown moment by moment; of one that does not,
// what has come is shown soon. What was shown can be corrected.
func TestMomentsOfARunningFeed(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	opts, began := options(), time.Now()
	opts.Input, opts.Now = reader, func() time.Time { return noon().Add(time.Minute + time.Since(began)) }
	source := newSource(t, "ndjson:-", opts)
	out, ended := make(chan []model.Update), make(chan error, 1)
	go func() { ended <- source.Run(t.Context(), out) }()
	say := func(lines ...string) {
		t.Helper()
		if _, err := writer.WriteString(strings.Join(lines, "\n") + "\n"); err != nil {
			t.Fatal(err)
		}
	}
	next := func() string { // what the next batch says that tells anything
		for {
			told := ""
			for _, u := range <-out {
				switch u.Kind {
				case model.KindQuote:
					told += fmt.Sprintf("%d trades at %s; ", u.ID, u.Price.Decimal())
				case model.KindCancel:
					told += fmt.Sprintf("%d did not trade at %s but at %s; ", u.ID, u.Price.Decimal(), u.Payload.(*model.Correction).Price.Decimal())
				default:
				}
			}
			if told != "" {
				return told
			}
		}
	}
	say(quote(1, `,"p":10`))
	got := []string{next()}
	say(beat(2))
	for shown := false; !shown; {
		for _, u := range <-out {
			shown = shown || u.Kind == model.KindHeartbeat && u.At.Equal(noon().Add(2))
		}
	}
	say(quote(3, `,"p":11`), `{"v":1,"t":"q","s":"BBB","ts":`+ts(3)+`,"p":20}`, beat(4))
	got = append(got, next())
	say(`{"v":1,"t":"x","s":"BBB","ts":`+ts(5)+`,"ref":20,"p":19.5}`, beat(6))
	got = append(got, next())
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	for open := true; open; {
		select {
		case <-out:
		case err := <-ended:
			open = false
			if !errors.Is(err, io.EOF) {
				t.Errorf("the source ends with %v", err)
			}
		}
	}
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
	want := []string{"0 trades at 10; ", "0 trades at 11; 1 trades at 20; ", "1 did not trade at 20 but at 19.5; "}
	if !slices.Equal(got, want) {
		t.Errorf("it tells %q, want %q", got, want)
	}
}

// A burst costs no memory, whatever the reader does: the newest counts, the
// rest is counted.
func TestBurst(t *testing.T) {
	const lines = 300_000
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	opts := options()
	opts.Input = reader
	source := newSource(t, "ndjson:-", opts)
	out, ended := make(chan []model.Update), make(chan error, 1)
	go func() { ended <- source.Run(t.Context(), out) }()
	<-out // and then nobody reads for a while
	before := heap()
	for i := range lines {
		if _, err := io.WriteString(writer, quote(time.Duration(i+1), `,"p":`+strconv.Itoa(i+1)+`.5`)+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	if grown := heap() - before; grown > 8<<20 {
		t.Errorf("a burst of %d lines costs %d bytes", lines, grown)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	var price string
	var health model.Health
	for open := true; open; {
		select {
		case batch := <-out:
			for _, u := range batch {
				if u.Kind == model.KindQuote {
					price = u.Price.Decimal().String()
				}
				if h, ok := u.Payload.(*model.Health); ok {
					health = *h
				}
			}
		case err := <-ended:
			open = false
			if !errors.Is(err, io.EOF) {
				t.Errorf("the source ends with %v", err)
			}
		}
	}
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
	if want := fmt.Sprint(lines, ".5"); price != want || health.Overtaken < lines/2 || health.Dropped > 0 {
		t.Errorf("the last price is %s, want %s; %d are counted as overtaken, %d as lost", price, want, health.Overtaken, health.Dropped)
	}
}

// heap is how much memory is in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
