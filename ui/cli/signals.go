package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// patient is how long the program has to end in good order once it was told to:
// to end what it has started and to give the terminal back. Programs that send
// one signal to a process and to its group seem to send two, which within this
// time are one.
const patient = time.Second

// Signals listens to the signals of the system: ctx ends with an interrupt or a
// request to terminate, and hangup tells that the terminal is gone. A second
// later than such an end, signals do again what they do to any program, so that
// one more of them kills a program that has not ended. To stop is to listen no
// more.
func Signals() (ctx context.Context, hangup <-chan os.Signal, stop func()) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() { time.AfterFunc(patient, stop) })
	gone := make(chan os.Signal, 1)
	signal.Notify(gone, syscall.SIGHUP)
	return ctx, gone, stop
}
