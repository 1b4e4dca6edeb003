//go:build unix

package studio

import (
	"syscall"
	"testing"
	"time"

	"gyre/ui"
	"gyre/ui/uitest"
)

// BenchmarkPenCPU is what one update with ten changed figures costs the
// processor, from the source to the bytes for a terminal of 256 colours. The
// wall time of an update is mostly the pause between two frames.
func BenchmarkPenCPU(b *testing.B) {
	w := begin(b.Context(), ui.Options{})
	defer w.finish()
	base := uitest.FinalFrame()
	w.source <- base
	<-w.out.told
	before, bytes, i := processorTime(b), 0, 0
	for b.Loop() {
		i++
		w.source <- uitest.Changed(base, i)
		<-w.out.told
		bytes += len(w.out.take())
	}
	b.ReportMetric((processorTime(b)-before).Seconds()*1e6/float64(i), "cpu-us/update")
	b.ReportMetric(float64(bytes)/float64(i), "bytes/update")
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
