package wire

import (
	"bytes"
	"fmt"
)

// ErrTooLong is what is wrong with a line of more than MaxLine bytes.
var ErrTooLong = fmt.Errorf("the line is longer than %d bytes", MaxLine)

// Lines takes a stream apart into lines, whatever the pieces in which it comes.
// It holds at most MaxLine bytes.
type Lines struct {
	rest   []byte // of a line whose end has not come yet
	number int    // of the lines so far
	tooBig bool   // the rest of the line is to be thrown away
}

// Split takes in the next piece of the stream and hands over every line that
// it ends: its number, counted from 1, and its text, which is valid until each
// returns; or, for one that is too long, nil. Empty lines are counted and left
// out.
func (l *Lines) Split(piece []byte, each func(number int, line []byte)) {
	for len(piece) > 0 {
		end := bytes.IndexByte(piece, '\n')
		if end < 0 {
			l.keep(piece)
			return
		}
		line := piece[:end]
		if len(l.rest) > 0 || l.tooBig {
			l.keep(line)
			line = l.rest
		}
		l.hand(line, each)
		piece = piece[end+1:]
	}
}

// End hands over the last line, which has no end, and begins anew: what comes
// next is another stream.
func (l *Lines) End(each func(number int, line []byte)) {
	if len(l.rest) > 0 || l.tooBig {
		l.hand(l.rest, each)
	}
	*l = Lines{rest: l.rest[:0]}
}

// Number is how many lines have ended.
func (l *Lines) Number() int { return l.number }

// keep keeps a part of a line.
func (l *Lines) keep(part []byte) {
	if l.tooBig = l.tooBig || len(l.rest)+len(part) > MaxLine; l.tooBig {
		l.rest = l.rest[:0]
		return
	}
	l.rest = append(l.rest, part...)
}

// hand hands over a line that has ended.
func (l *Lines) hand(line []byte, each func(number int, line []byte)) {
	l.number++
	tooBig := l.tooBig || len(line) > MaxLine
	l.rest, l.tooBig = l.rest[:0], false
	if tooBig {
		each(l.number, nil)
		return
	}
	if l.number == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	if line = bytes.TrimSpace(line); len(line) > 0 {
		each(l.number, line)
	}
}
