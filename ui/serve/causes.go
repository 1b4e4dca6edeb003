package serve

import (
	"context"
	"errors"

	"gyre/feed/clean"
)

// cause is why a session or a connection ends.
type cause struct {
	label string // in the log and the metrics
	says  string // to the viewer
}

func (c *cause) Error() string { return c.says }

// Why sessions end. Viewers are told, where there is still somebody to tell.
var (
	errQuit     = &cause{"quit", ""}
	errLeft     = &cause{"left", "the client has left"}
	errStopping = &cause{"stopping", "the server is shutting down"}
	errRemoved  = &cause{"key removed", "your key was removed from the list, or its role was changed"}
	errExpired  = &cause{"certificate expired", "your certificate has expired"}
	errIdle     = &cause{"idle", "closed, since no key was pressed for a long time"}
	errLongest  = &cause{"longest", "closed, since it has been open for a long time; log in again"}
	errInput    = &cause{"input", "closed, since too much was typed"}
	errStalled  = &cause{"stalled", "closed, since nothing more could be written"}
	errSilent   = &cause{"silent", "closed, since the client did not answer"}
	errEmpty    = &cause{"empty", "closed, since there was no session"}
	errPanic    = &cause{"panic", "the dashboard broke down; the server's log tells why"}
	errSource   = &cause{"source", "there are no more figures; the server's log tells why"}
)

// causeOf is why ctx has ended.
func causeOf(ctx context.Context) *cause {
	var c *cause
	if errors.As(context.Cause(ctx), &c) {
		return c
	}
	return errLeft
}

// cleaned is text from outside as it may be logged and shown, whole.
func cleaned(text string) string {
	var out []rune
	runes := []rune(text)
	for len(runes) > 0 && len(out) < 512 {
		n := min(len(runes), clean.MaxRunes)
		part, _ := clean.Text(string(runes[:n]))
		out = append(out, []rune(part)...)
		if runes = runes[n:]; len(runes) > 0 && runes[0] == ' ' {
			out = append(out, ' ')
		}
	}
	return string(out)
}
