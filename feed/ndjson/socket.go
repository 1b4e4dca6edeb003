package ndjson

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"syscall"
	"time"
)

// socket reads what a program writes to everyone who connects to its Unix
// socket. The program listens and gyre connects: so any number of gyres can
// watch one feed, and none of them owns the file.
type socket struct {
	path   string
	pauses pauses
}

// socketPauses are short: it costs next to nothing to knock at a local door,
// and a feed that is back should be seen within seconds.
func socketPauses() pauses {
	return pauses{first: 250 * time.Millisecond, most: 2 * time.Second, healthy: 10 * time.Second}
}

var errHungUp = errors.New("the feed closed the connection; connecting again")

func (s socket) run(ctx context.Context, in *intake) error {
	return s.pauses.againAndAgain(ctx, func() error { return s.connection(ctx, in) }, in.fail)
}

// connection is one connection, from dialling it to its end.
func (s socket) connection(ctx context.Context, in *intake) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", s.path)
	if err != nil {
		return s.explain(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // which ends the read
	defer func() {
		stop()
		_ = conn.Close() // nothing was written to it
	}()
	in.fail(nil)
	lines := in.stream()
	defer lines.end()
	if _, err := io.Copy(lines, conn); err != nil {
		return fmt.Errorf("the connection broke: %w", err)
	}
	return errHungUp
}

// explain says why there is no connection.
func (s socket) explain(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such socket yet; start the feed that listens there")
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("nobody listens at the socket; start the feed again")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("the socket may not be used: permission denied")
	}
	if op := new(net.OpError); errors.As(err, &op) {
		err = op.Err
	}
	return fmt.Errorf("cannot connect to the socket: %w", err)
}
