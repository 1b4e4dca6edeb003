//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// suspends tells that a program can be suspended here.
const suspends = true

// followSize calls changed when the terminal has another size, until stop.
func followSize(changed func()) (stop func()) {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGWINCH)
	go func() {
		defer close(done)
		for range signals {
			changed()
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
		<-done
	}
}
