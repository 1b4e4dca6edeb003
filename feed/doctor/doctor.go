// Package doctor looks at everything gyre needs, each thing for itself, and says
// in a line what works, what does not, and what to do about it.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Within is the time that one check may take.
const Within = 10 * time.Second

// State is how something is.
type State uint8

// The states.
const (
	OK   State = iota
	Warn       // it works, not as well as it could
	Fail       // it does not work
)

// String is the state in a word.
func (s State) String() string {
	switch s {
	case OK:
		return "ok"
	case Warn:
		return "warning"
	default:
		return "fails"
	}
}

// Finding is what a check has found.
type Finding struct {
	State State
	What  string // is so
	Do    string // about it; "" where there is nothing to do
}

// Check looks at one thing.
type Check struct {
	Name    string
	Network bool // it asks somebody
	Run     func(ctx context.Context) Finding
}

// Result is what a check has found.
type Result struct {
	Name string
	Finding
}

// String is the result in one line.
func (r Result) String() string {
	line := fmt.Sprintf("%-8s %s: %s", r.State, r.Name, r.What)
	if r.Do != "" {
		line += "; " + r.Do
	}
	return line
}

// errSlow is what a check ends with that takes too long.
var errSlow = errors.New("there was no answer within 10 seconds")

// Run does all checks at the same time, each within Within, and gives the results
// in the order of the checks. Where it is offline, those that ask somebody are
// left out.
func Run(ctx context.Context, checks []Check, offline bool) []Result {
	var done []Check
	for _, c := range checks {
		if !c.Network || !offline {
			done = append(done, c)
		}
	}
	results := make([]Result, len(done))
	var running sync.WaitGroup
	for i, c := range done {
		running.Go(func() { results[i] = Result{Name: c.Name, Finding: one(ctx, c)} })
	}
	running.Wait()
	return results
}

// one does one check. A panic in it is a failure like any other.
func one(ctx context.Context, c Check) (f Finding) {
	ctx, cancel := context.WithTimeoutCause(ctx, Within, errSlow)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			f = Finding{State: Fail, What: fmt.Sprintf("the check itself failed: %v", r)}
		}
		f.What, f.Do = line(f.What), line(f.Do)
	}()
	return c.Run(ctx)
}

// Worst is the worst state of all results, OK where there are none.
func Worst(results []Result) State {
	worst := OK
	for _, r := range results {
		worst = max(worst, r.State)
	}
	return worst
}

// line is a text in one line, without anything that acts on a terminal.
func line(text string) string {
	printable := func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsPrint(r) && r != unicode.ReplacementChar:
			return r
		default:
			return -1
		}
	}
	return strings.Join(strings.Fields(strings.Map(printable, text)), " ")
}

// failed is the finding of an error.
func failed(err error, do string) Finding { return Finding{State: Fail, What: err.Error(), Do: do} }
