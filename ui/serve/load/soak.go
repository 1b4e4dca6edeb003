package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// visitors is how many come and go.
const visitors = 200

// A visitor stays for stay, and does something about every pace; the times are
// the middle of what they really are.
const (
	stay = time.Minute
	pace = 8 * time.Second
)

// random is a time from nothing to twice the middle.
func random(middle time.Duration) time.Duration { return rand.N(2 * middle) }

// soak lets viewers come, look around and leave in every way there is, and
// prints every minute, and when all have left, what the server holds.
func soak(ctx context.Context, p plan, out io.Writer) (err error) {
	s, err := startServer(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	// Once before it counts: what the first viewer brings to life stays.
	if _, err := measure(ctx, s, 1, plan{span: time.Second, settle: time.Second, rest: p.rest}); err != nil {
		return err
	}
	before, err := s.resting(ctx, p.rest)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "minute  here  visits  failed  goroutines  files  RSS MB  heap MB  CPU %")
	c := &coming{server: s, turns: make(chan struct{}, atOnce)}
	tell := func(what string, now, since sample) {
		_, _ = fmt.Fprintf(out, "%6s  %4.0f  %6d  %6d  %10.0f  %5.0f  %6.1f  %7.1f  %5.1f\n", what, now.sessions, c.visits.Load(), c.failed.Load(),
			now.goroutines, now.files, now.rss/(1<<20), now.heap/(2<<20), 100*(now.cpu-since.cpu)/now.at.Sub(since.at).Seconds())
	}
	tell("before", before, sample{})
	visiting, enough := context.WithTimeout(ctx, p.soak)
	defer enough()
	var all sync.WaitGroup
	for range visitors {
		all.Go(func() { c.comeAndGo(visiting) })
	}
	last := before
	for minute := 1; wait(visiting, time.Minute) == nil; minute++ {
		now, err := s.sample(ctx)
		if err != nil {
			return err
		}
		tell(strconv.Itoa(minute), now, last)
		last = now
	}
	all.Wait()
	after, err := s.resting(ctx, p.rest)
	if err != nil {
		return err
	}
	tell("after", after, last)
	_, err = fmt.Fprintf(out, "left over: goroutines %+.0f, files %+.0f, memory %+.1f MB (%+.1f %%); quit %d, channel closed %d, closed %d, reset %d, stopped reading %d\n",
		after.goroutines-before.goroutines, after.files-before.files, (after.rss-before.rss)/(1<<20), 100*(after.rss/before.rss-1),
		c.ways[0].Load(), c.ways[1].Load(), c.ways[2].Load(), c.ways[3].Load(), c.ways[4].Load())
	return err
}

// resting is the sample with the least memory of a while: a server that nobody
// looks at collects its garbage now and then all the same.
func (s *server) resting(ctx context.Context, span time.Duration) (least sample, err error) {
	for end := time.Now().Add(span); time.Now().Before(end); {
		if err := wait(ctx, time.Second); err != nil {
			return least, err
		}
		now, err := s.sample(ctx)
		if err != nil {
			return least, err
		}
		if least.rss == 0 || now.rss < least.rss {
			least = now
		}
	}
	return least, nil
}

// coming is visitors who come and go.
type coming struct {
	server         *server
	turns          chan struct{} // to log in
	visits, failed atomic.Int64
	ways           [5]atomic.Int64 // in which they have left
}

// comeAndGo visits until ctx ends.
func (c *coming) comeAndGo(ctx context.Context) {
	for wait(ctx, random(stay/4)) == nil {
		c.turns <- struct{}{}
		v, err := look(c.server, 40+rand.IntN(140), 10+rand.IntN(50))
		<-c.turns
		c.visits.Add(1)
		if err != nil {
			c.failed.Add(1)
		} else {
			c.visit(ctx, v)
		}
		if v != nil {
			_ = v.conn.Close()
		}
	}
}

// visit looks around for a while, and leaves.
func (c *coming) visit(ctx context.Context, v *viewer) {
	var reading sync.WaitGroup
	reading.Go(func() { _, _ = io.Copy(io.Discard, v.screen) })
	defer reading.Wait()
	defer func() { _ = v.conn.Close() }()
	enough, end := context.WithTimeout(ctx, random(stay))
	defer end()
	for wait(enough, random(pace)) == nil {
		if v.act() != nil {
			return // a key may have ended the dashboard
		}
	}
	way := rand.IntN(len(c.ways))
	c.ways[way].Add(1)
	switch way {
	case 0:
		// In vain where a name is being typed.
		late := time.AfterFunc(5*time.Second, func() { _ = v.conn.Close() })
		defer late.Stop()
		_, _ = io.WriteString(v.keys, "q")
		_ = v.session.Wait()
	case 1:
		_ = v.session.Close()
		_ = wait(ctx, time.Second)
	case 2:
		_ = v.client.Close()
	case 3:
		_ = v.conn.reset()
	case 4: // until the server has had enough
		v.conn.frozen.Store(true)
		_ = wait(context.Background(), 8*time.Second)
	}
}

// typed is what visitors type: every view, garbage, clicks, a paste, and halves of
// sequences.
func typed() []string {
	return []string{
		"?", "s", "\r", "d", "c", "i", "f", "a", "g", "h", "n", "t", "T", "1", "2", "3", "4", "5", "6", "\t", "\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D",
		"/AB\r", "z", "m", "\x1b[<0;10;5M\x1b[<0;10;5m", "\x1b[<64;20;9M", "\x1b[200~12:00\x1b[201~", "\x1b[", "\x1bP1+r", "\xff\xfe", "\x1b[27u", " ", ":12:00\r",
	}
}

// act presses a key or changes the window.
func (v *viewer) act() error {
	if rand.IntN(4) == 0 {
		return v.session.WindowChange(1+rand.IntN(60), 1+rand.IntN(180))
	}
	keys := typed()
	_, err := io.WriteString(v.keys, keys[rand.IntN(len(keys))])
	return err
}
