package ndjson

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/muesli/cancelreader"
)

// stdin reads an open file, mostly standard input, until its end.
type stdin struct{ file *os.File }

func (s stdin) run(ctx context.Context, in *intake) error {
	var reader io.Reader = s.file
	// A read from a pipe or a terminal waits, and must be called off when ctx
	// ends. One from a regular file never waits, and cannot be called off.
	if cancelable, err := cancelreader.NewReader(s.file); err == nil {
		stop := context.AfterFunc(ctx, func() { cancelable.Cancel() })
		defer func() {
			stop()
			_ = cancelable.Close() // closes what it waits with, not the file
		}()
		reader = cancelable
	}
	in.fail(nil)
	lines := in.stream()
	defer lines.end()
	_, err := io.Copy(lines, untilDone{ctx, reader})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && !errors.Is(err, io.EOF):
		return fmt.Errorf("standard input cannot be read any more: %w", err)
	}
	return io.EOF
}

// untilDone is a reader that ends when ctx does.
type untilDone struct {
	ctx context.Context // a reader has no other way to know
	io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}
