package dataset

import (
	"bytes"
	"context"
	"errors"
	"io"

	"gyre/feed/clean"
)

// chunkSize is how much is read at a time.
const chunkSize = 256 << 10

// chunk is a run of whole lines, or in place of one line that is too long the
// mark that it was there.
type chunk struct {
	text    string
	tooLong bool
}

// chunks hands out a stream chunk by chunk. Reading, and with it decompressing,
// happens in a goroutine of its own, which close ends.
type chunks struct {
	ready chan chunk
	err   error // set before ready is closed
	stop  context.CancelFunc
}

// newChunks begins to read r.
func newChunks(ctx context.Context, r io.Reader) *chunks {
	ctx, stop := context.WithCancel(ctx)
	c := &chunks{ready: make(chan chunk, 4), stop: stop}
	go func() {
		defer close(c.ready)
		defer func() {
			if r := recover(); r != nil { // a decompressor may stumble over what it is given
				c.err = clean.Broken("the reading", r)
			}
		}()
		cut := cutter{out: c.ready, buf: make([]byte, 0, chunkSize)}
		c.err = cut.run(ctx, r)
	}()
	return c
}

// next is the next chunk, and io.EOF after the last one.
func (c *chunks) next() (chunk, error) {
	part, ok := <-c.ready
	switch {
	case ok:
		return part, nil
	case c.err != nil:
		return chunk{}, c.err
	default:
		return chunk{}, io.EOF
	}
}

// close ends the reading and waits for its end.
func (c *chunks) close() {
	c.stop()
	for range c.ready { // what was read ahead
	}
}

// cutter cuts a stream at the ends of lines.
type cutter struct {
	out      chan<- chunk
	buf      []byte
	skipping bool // within a line that is too long
}

// run reads r to its end.
func (c *cutter) run(ctx context.Context, r io.Reader) error {
	for {
		err := c.fill(r)
		if cutErr := c.cut(ctx); cutErr != nil {
			return cutErr
		}
		if errors.Is(err, io.EOF) {
			return c.rest(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// fill reads until the buffer is full. Unlike io.ReadFull it leaves apart the
// end of a file and the unexpected end of a compressed one that was cut.
func (c *cutter) fill(r io.Reader) error {
	for len(c.buf) < cap(c.buf) {
		n, err := r.Read(c.buf[len(c.buf):cap(c.buf)])
		c.buf = c.buf[:len(c.buf)+n]
		if err != nil {
			return err
		}
	}
	return nil
}

// cut sends the whole lines of the buffer and keeps the rest of it. A buffer
// without a line's end grows, up to maxLine.
func (c *cutter) cut(ctx context.Context) error {
	if c.skipping {
		end := bytes.IndexByte(c.buf, '\n')
		if end < 0 {
			c.buf = c.buf[:0]
			return nil
		}
		c.skipping = false
		c.buf = c.buf[:copy(c.buf, c.buf[end+1:])]
	}
	end := bytes.LastIndexByte(c.buf, '\n') + 1
	switch {
	case end > 0:
		text := string(c.buf[:end])
		c.buf = c.buf[:copy(c.buf, c.buf[end:])]
		return c.send(ctx, chunk{text: text})
	case len(c.buf) < cap(c.buf):
		return nil
	case cap(c.buf) < maxLine:
		c.buf = append(make([]byte, 0, min(2*cap(c.buf), maxLine)), c.buf...)
		return nil
	default:
		c.skipping, c.buf = true, c.buf[:0]
		return c.send(ctx, chunk{tooLong: true})
	}
}

// rest sends the last line, which need not have an end.
func (c *cutter) rest(ctx context.Context) error {
	if len(c.buf) == 0 || c.skipping {
		return nil
	}
	return c.send(ctx, chunk{text: string(c.buf)})
}

func (c *cutter) send(ctx context.Context, part chunk) error {
	if ctx.Err() != nil { // else it would be up to chance
		return ctx.Err()
	}
	select {
	case c.out <- part:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
