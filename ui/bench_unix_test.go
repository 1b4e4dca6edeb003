//go:build unix

package ui

import (
	"syscall"
	"testing"
	"time"

	"gyre/ui/uitest"
)

// BenchmarkRendererCPU is what one update with ten changed figures costs the
// processor, from the message to the bytes: view, renderer and all. The wall
// time of an update is mostly the wait for the renderer's tick.
func BenchmarkRendererCPU(b *testing.B) {
	out, src := newWire(), quiet{make(chan struct{})}
	program := onWire(out, src)
	ended := make(chan struct{})
	go func() { defer close(ended); _, _ = program.Run() }()
	base := uitest.FinalFrame()
	program.Send(snapshotMsg{snap: base})
	<-out.wrote
	before, i := processorTime(b), 0
	for b.Loop() {
		i++
		program.Send(snapshotMsg{snap: changed(base, i)})
		<-out.wrote
	}
	spent := processorTime(b) - before
	close(src.done)
	<-ended
	b.ReportMetric(spent.Seconds()*1e6/float64(i), "cpu-us/update")
}

// processorTime is what the process has used so far.
func processorTime(tb testing.TB) time.Duration {
	tb.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
