package serve

import (
	"io"
	"time"
)

// watched is a writer that calls stalled where a piece is not taken in time. A
// client that reads nothing blocks its writer for ever, while it still answers
// whether it is there.
type watched struct {
	to    io.Writer
	limit time.Duration
	alarm *time.Timer
}

// piece is how much is written at a time, so that a slow client that goes on
// reading is not taken for one that has stopped.
const piece = 4 << 10

func newWatched(to io.Writer, limit time.Duration, stalled func()) *watched {
	w := &watched{to: to, limit: limit, alarm: time.AfterFunc(time.Hour, stalled)}
	w.alarm.Stop()
	return w
}

// Write writes b piece by piece. One goroutine at a time may.
func (w *watched) Write(b []byte) (int, error) {
	defer w.alarm.Stop()
	written := 0
	for len(b) > 0 {
		w.alarm.Reset(w.limit)
		n, err := w.to.Write(b[:min(len(b), piece)])
		written += n
		if err != nil {
			return written, err //nolint:wrapcheck // an io.Writer's error is that of the one below
		}
		b = b[n:]
	}
	return written, nil
}
