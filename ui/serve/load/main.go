// Load measures what viewers cost gyre serve. It starts the server as a process
// of its own, lets more and more viewers watch a replay, and prints for each
// number of them what they cost and how long they wait:
//
//	go build -o /tmp/gyre . && go run ./ui/serve/load -gyre /tmp/gyre
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// plan is what is to be measured.
type plan struct {
	gyre    string
	viewers []int
	differ  bool          // every viewer has another size
	span    time.Duration // of a measurement
	settle  time.Duration // before one, and for the memory to be given back after it
	serve   []string      // flags for gyre serve
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

// parse reads the command line.
func parse(args []string, out io.Writer) (plan, error) {
	p := plan{}
	set := flag.NewFlagSet("load", flag.ContinueOnError)
	set.SetOutput(out)
	viewers, serve := "", ""
	set.StringVar(&p.gyre, "gyre", "gyre", "the program")
	set.StringVar(&viewers, "viewers", "50,100,200,300", "how many, one after the other")
	set.BoolVar(&p.differ, "differ", false, "every viewer has a size of their own, of 4,800 cells in the mean")
	set.DurationVar(&p.span, "span", 20*time.Second, "how long each number of them is measured")
	set.DurationVar(&p.settle, "settle", 5*time.Second, "how long the server rests before a measurement and after it")
	set.StringVar(&serve, "serve", "--at 2025-03-24T09:30:00-04:00 --speed 60", "flags for gyre serve")
	if err := set.Parse(args); err != nil {
		return p, err
	}
	for _, each := range strings.Split(viewers, ",") {
		n, err := strconv.Atoi(each)
		if err != nil || n < 1 || n > maxViewers {
			return p, fmt.Errorf("-viewers takes numbers from 1 to %d, not %q", maxViewers, each)
		}
		p.viewers = append(p.viewers, n)
	}
	p.serve = strings.Fields(serve)
	return p, nil
}

// run measures what the arguments ask for, and prints a table.
func run(ctx context.Context, args []string, out io.Writer) (err error) {
	p, err := parse(args, out)
	if err != nil {
		return err
	}
	s, err := startServer(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	// Once before it counts: what the first viewer brings to life stays.
	if _, err := measure(ctx, s, 2, plan{span: time.Second, settle: time.Second}); err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "viewers\tCPU %\tRSS MB each\tupdates/s\tbytes/update\tdelay p50\tp99\tmost\tleft: goroutines\tfiles\tRSS MB\tof\t")
	for _, n := range p.viewers {
		r, err := measure(ctx, s, n, p)
		if err != nil {
			return err
		}
		r.print(table)
	}
	return table.Flush()
}

// result is what so many viewers cost.
type result struct {
	viewers             int
	before, with, after sample
	cpu                 float64 // of a core
	frames, bytes       float64 // a second, of all viewers
	delays              []time.Duration
}

// measure lets n viewers watch for a while.
func measure(ctx context.Context, s *server, n int, p plan) (result, error) {
	r := result{viewers: n}
	err := wait(ctx, p.settle)
	if err != nil {
		return r, err
	}
	if r.before, err = s.sample(ctx); err != nil {
		return r, err
	}
	crowd, err := enter(s, n, p.differ)
	defer crowd.leave()
	if err != nil {
		return r, err
	}
	if err = wait(ctx, p.settle); err != nil {
		return r, err
	}
	from, err := s.sample(ctx)
	if err != nil {
		return r, err
	}
	crowd.watch()
	if err = wait(ctx, p.span); err != nil {
		return r, err
	}
	arrivals := crowd.watched()
	if r.with, err = s.sample(ctx); err != nil {
		return r, err
	}
	seconds := r.with.at.Sub(from.at).Seconds()
	r.cpu = (r.with.cpu - from.cpu) / seconds
	r.frames, r.bytes = (r.with.frames-from.frames)/seconds, (r.with.bytes-from.bytes)/seconds
	r.delays = delays(arrivals)
	if gone := crowd.leave(); gone > 0 {
		return r, fmt.Errorf("%d of %d viewers were dropped while they watched", gone, n)
	}
	if err = wait(ctx, p.settle); err != nil {
		return r, err
	}
	r.after, err = s.sample(ctx)
	return r, err
}

func (r result) print(w io.Writer) {
	const mega = 1 << 20
	n := float64(r.viewers)
	p := func(part float64) string { return percentile(r.delays, part).Round(10 * time.Microsecond).String() }
	_, _ = fmt.Fprintf(w, "%d\t%.1f\t%.2f\t%.2f\t%.0f\t%s\t%s\t%s\t%+.0f\t%+.0f\t%.0f\t%.0f\t\n",
		r.viewers, 100*r.cpu, (r.with.rss-r.before.rss)/n/mega, r.frames/n, r.bytes/r.frames, p(0.5), p(0.99), p(1),
		r.after.goroutines-r.before.goroutines, r.after.files-r.before.files, r.after.rss/mega, r.with.rss/mega)
}

// wait waits, unless it is interrupted.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
