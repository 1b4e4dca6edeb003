package ndjson

import (
	"log/slog"
	"strconv"

	"golang.org/x/time/rate"
)

// What may go into the log: so many lines at once and per second, of so many
// characters. The rest is counted.
const (
	saidAtOnce  = 50
	saidASecond = 10
	saidMost    = 256
)

// limited writes to a log no more than a reader can bear. It is for one
// goroutine.
type limited struct {
	log   *slog.Logger
	limit *rate.Limiter
	quiet uint64 // lines that were left out since the last one in the log
}

func newLimited(log *slog.Logger) *limited {
	return &limited{log: log, limit: rate.NewLimiter(saidASecond, saidAtOnce)}
}

// say writes a clean line. Whether there is room is asked before the line is
// made, which in a flood is most of the work.
func (l *limited) say(line func() string) {
	if !l.limit.Allow() {
		l.quiet++
		return
	}
	l.end()
	l.log.Warn(line())
}

// end tells how much was left out.
func (l *limited) end() {
	if l.quiet > 0 {
		l.log.Warn("the feed: " + strconv.FormatUint(l.quiet, 10) + " more lines were left out of the log")
		l.quiet = 0
	}
}
