// Load measures what viewers cost gyre serve. It starts the server as a process
// of its own, lets more and more viewers watch a replay, and prints for each
// number of them what they cost and how long they wait:
//
//	go build . && go run ./ui/serve/load -gyre ./gyre
//
// With -frozen some of them stop reading; with -strangers people connect who do
// not log in, while somebody does; with -soak viewers come and go for a long time.
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
	frozen  int           // of the viewers, who stop reading
	siege   int           // strangers, instead of viewers
	soak    time.Duration // how long viewers come and go, instead
	span    time.Duration // of a measurement
	settle  time.Duration // before one
	rest    time.Duration // after one, for what the viewers took to be given back
	quiet   time.Duration // between two frames, at least
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
	set.IntVar(&p.frozen, "frozen", 0, "how many of the viewers stop reading when the measurement begins")
	set.IntVar(&p.siege, "strangers", 0, "instead of viewers, let so many connect who do not log in")
	set.DurationVar(&p.soak, "soak", 0, "instead, let "+strconv.Itoa(visitors)+" viewers come and go for so long")
	set.DurationVar(&p.span, "span", 20*time.Second, "how long each number of them is measured")
	set.DurationVar(&p.settle, "settle", 5*time.Second, "how long the viewers watch before that")
	set.DurationVar(&p.rest, "rest", 5*time.Second, "how long the server has to give back what the viewers took")
	set.DurationVar(&p.quiet, "quiet", 150*time.Millisecond, "how long nothing comes to anybody between two frames")
	set.StringVar(&serve, "serve", "--from 2025-03-24T09:31:00-04:00 --speed 2", "flags for gyre serve")
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
	if least := slices.Min(p.viewers); p.frozen < 0 || p.frozen > least {
		return p, fmt.Errorf("-frozen takes 0 to %d, which is the least number of viewers, not %d", least, p.frozen)
	}
	p.serve = strings.Fields(serve)
	return p, nil
}

// run measures what the arguments ask for, and prints a table.
func run(ctx context.Context, args []string, out io.Writer) error {
	p, err := parse(args, out)
	if err != nil {
		return err
	}
	if p.siege > 0 {
		return besiege(ctx, p.siege, p, out)
	}
	if p.soak > 0 {
		return soak(ctx, p, out)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "viewers\tCPU %\tRSS MB each\tupdates/s\tbytes/update\tdelay p50\tp99\tmost\tleft: goroutines\tfiles\tRSS MB\tof\t")
	for _, n := range p.viewers {
		r, err := trial(ctx, n, p)
		if err != nil {
			return err
		}
		r.print(table)
	}
	return table.Flush()
}

// trial measures n viewers of a server of their own: memory that earlier ones
// have left would make the next ones look cheap.
func trial(ctx context.Context, n int, p plan) (r result, err error) {
	s, err := startServer(ctx, p)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	// Once before it counts: what the first viewer brings to life stays.
	if _, err := measure(ctx, s, 1, plan{span: time.Second, settle: time.Second, rest: time.Second}); err != nil {
		return r, err
	}
	return measure(ctx, s, n, p)
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
	var err error
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
	crowd.watch(p.frozen)
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
	r.delays = delays(arrivals, p.quiet)
	if still, err := s.viewers(ctx); err != nil || still != n-p.frozen {
		return r, errors.Join(err, fmt.Errorf("%d of %d viewers are there at the end, of whom %d have not read", still, n, p.frozen))
	}
	crowd.leave()
	if err = wait(ctx, p.rest); err != nil {
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
