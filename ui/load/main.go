// Load measures gyre under a feed of one's own that tells a great deal: every
// symbol once a second, and then a storm of quotes. It starts gyre as a process
// on a terminal of 120 by 40 cells, presses keys while the feed runs, and prints
// how long they took to be answered, and what the process cost:
//
//	go build . && go run ./ui/load -gyre ./gyre
//
// The answer to a key is on the screen when its bytes have been read and drawn
// by a terminal. The feed declares its data as so late that a session is open in
// them, whatever time it is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"text/tabwriter"
	"time"
)

// plan is what is to be measured.
type plan struct {
	gyre   string
	names  int
	rate   int           // quotes a second in the storm
	calm   time.Duration // of the part in which every name is told once a second
	storm  time.Duration
	settle time.Duration // before the first part
	keys   time.Duration // from one key to the next
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "load: "+err.Error())
		os.Exit(1)
	}
}

// The most that may be asked for.
const (
	maxNames = 10_000
	maxRate  = 5_000_000
)

// parse reads the command line.
func parse(args []string, out io.Writer) (plan, error) {
	p := plan{}
	set := flag.NewFlagSet("load", flag.ContinueOnError)
	set.SetOutput(out)
	set.StringVar(&p.gyre, "gyre", "gyre", "the program")
	set.IntVar(&p.names, "names", 3500, "how many symbols there are")
	set.IntVar(&p.rate, "rate", 300_000, "quotes a second in the storm")
	set.DurationVar(&p.calm, "calm", 30*time.Second, "how long every symbol is told once a second")
	set.DurationVar(&p.storm, "storm", time.Minute, "how long the storm lasts")
	set.DurationVar(&p.settle, "settle", 10*time.Second, "how long the feed runs before anything is measured")
	set.DurationVar(&p.keys, "keys", 100*time.Millisecond, "from one key to the next")
	if err := set.Parse(args); err != nil {
		return p, err
	}
	switch {
	case p.names < 100 || p.names > maxNames:
		return p, fmt.Errorf("-names takes 100 to %d, not %d", maxNames, p.names)
	case p.rate < p.names || p.rate > maxRate:
		return p, fmt.Errorf("-rate takes %d to %d quotes a second, not %d", p.names, maxRate, p.rate)
	case p.keys < time.Millisecond:
		return p, errors.New("-keys takes a millisecond or more")
	}
	return p, nil
}

// run measures and prints.
func run(ctx context.Context, args []string, out io.Writer) error {
	p, err := parse(args, out)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "gyre-load")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	m, err := invent(p.names, time.Now())
	if err != nil {
		return err
	}
	if err := m.write(folder); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	f, err := listen(ctx, folder, m)
	if err != nil {
		return err
	}
	defer f.close()
	s, err := start(ctx, p.gyre, f.address(), folder)
	if err != nil {
		return err
	}
	defer s.stop()
	if err := f.connected(ctx, s.ended); err != nil {
		return fmt.Errorf("%w; the screen is\n%s", err, s.text())
	}
	return measure(ctx, p, f, s, out)
}

// measure goes through the parts.
func measure(ctx context.Context, p plan, f *feed, s *screen, out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "part\tquotes/s\tcore %\tkeys\tp50 ms\tp99 ms\tmax ms\tnoise p99\tRSS MB from\tto\tmost\t")
	for _, part := range []struct {
		name string
		rate int
		span time.Duration
		show bool
	}{
		{"settle", p.names, p.settle, false},
		{"calm", p.names, p.calm, true},
		{"storm", p.rate, p.storm, true},
	} {
		r, err := one(ctx, p, f, s, part.rate, part.span)
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		if part.show {
			_, _ = fmt.Fprintf(w, "%s\t%.0f\t%.0f\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%.0f\t\n", part.name, r.rate, 100*r.cores, len(r.answers),
				ms(r.answers, 0.5), ms(r.answers, 0.99), ms(r.answers, 1), ms(r.noise, 0.99), r.memory[0], r.memory[len(r.memory)-1], slices.Max(r.memory))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "\non the screen at the end:\n"+s.tail())
	return err
}

// result is what a part has shown.
type result struct {
	rate    float64 // quotes a second that were taken
	cores   float64 // of processor, that gyre used
	answers []time.Duration
	noise   []time.Duration // how much too late this program was woken: what the machine adds
	memory  []float64       // MB, each second
}

// one measures one part.
func one(ctx context.Context, p plan, f *feed, s *screen, rate int, span time.Duration) (result, error) {
	r := result{}
	ctx, stop := context.WithTimeout(ctx, span)
	defer stop()
	told := make(chan error, 1)
	before, err := s.usage()
	if err != nil {
		return r, err
	}
	began, sent := time.Now(), f.sent
	go func() { told <- f.run(ctx, rate) }()
	noise := make(chan []time.Duration, 1)
	go func() { noise <- listenForNoise(ctx) }()
	keys, looks := time.NewTicker(p.keys), time.NewTicker(time.Second)
	defer keys.Stop()
	defer looks.Stop()
	r.memory = append(r.memory, before.memory)
	for {
		select {
		case <-keys.C:
			took, err := s.press(ctx)
			if err != nil && ctx.Err() == nil {
				return r, errors.Join(err, ctx.Err())
			}
			if err == nil {
				r.answers = append(r.answers, took)
			}
		case <-looks.C:
			now, err := s.usage()
			if err != nil {
				return r, err
			}
			r.memory = append(r.memory, now.memory)
		case err := <-told:
			if err != nil {
				return r, err
			}
			after, err := s.usage()
			took := time.Since(began).Seconds()
			r.rate, r.cores = float64(f.sent-sent)/took, (after.processor-before.processor).Seconds()/took
			r.noise = <-noise
			slices.Sort(r.answers)
			return r, err
		}
	}
}

// listenForNoise sleeps a little again and again until ctx ends, and tells by how
// much it was woken too late, sorted.
func listenForNoise(ctx context.Context) []time.Duration {
	const nap = 5 * time.Millisecond
	var late []time.Duration
	for ctx.Err() == nil {
		began := time.Now()
		select {
		case <-time.After(nap):
			late = append(late, time.Since(began)-nap)
		case <-ctx.Done():
		}
	}
	slices.Sort(late)
	return late
}

// ms is the part of sorted times that lies below, in milliseconds.
func ms(sorted []time.Duration, part float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(part*float64(len(sorted))), len(sorted)-1)].Seconds() * 1000
}
