package model

import (
	"math/rand/v2"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// The sample: 1,960 names in the Russell 2000 and 500 more in the micro caps.
func sampleWorld() world {
	return world{rut: 1960, overlap: 1000, micro: 500, days: 70, end: "2025-03-28", seed: 1}
}

func BenchmarkApply(b *testing.B) {
	for name, flags := range map[string]Flags{"bars": FlagBar, "trades": 0} {
		b.Run(name, func(b *testing.B) {
			w := world{rut: 2500, overlap: 1500, micro: 500, days: 65, end: "2025-03-27", seed: 1}
			ref := w.reference(b)
			m := start(ref)
			open := at(b, "2025-03-28 09:30:00")
			printAll(b, m, ref, open, "2025-03-27", 1)
			random := rand.New(rand.NewPCG(1, 2))
			updates := make([]Update, 1<<14)
			for i := range updates {
				id := ID(random.IntN(len(ref.Instruments)))
				last := closeOf(b, ref, id, "2025-03-27")
				updates[i] = Update{
					Kind: KindQuote, Flags: flags, ID: id, At: open.Add(time.Second),
					Price: last + last/10000*num.Price(random.IntN(200)-100), Volume: int64(i),
				}
			}
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				u := &updates[i&(1<<14-1)]
				m.Apply(u)
			}
		})
	}
}

func benchmarkSnapshot(b *testing.B, w world, q Query) {
	b.Helper()
	ref := w.reference(b)
	m := start(ref)
	now := at(b, "2025-03-28 10:07:00")
	printAll(b, m, ref, now, "2025-03-27", 1)
	heartbeat(m, now)
	m.Snapshot(now, q)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		m.Snapshot(now, q)
	}
}

func BenchmarkSnapshot(b *testing.B) { benchmarkSnapshot(b, sampleWorld(), Query{}) }

// BenchmarkBriefSnapshot is what the watch for alerts looks at every minute.
func BenchmarkBriefSnapshot(b *testing.B) {
	benchmarkSnapshot(b, sampleWorld(), Query{Only: session.WindowSetOf(session.Day, session.Week)})
}

func BenchmarkSnapshot100k(b *testing.B) {
	benchmarkSnapshot(b, world{rut: 80_000, overlap: 40_000, micro: 20_000, days: 3, end: "2025-03-27", seed: 1}, Query{})
}

// BenchmarkFinish is the last frame of a session, intervals drawn anew.
func BenchmarkFinish(b *testing.B) {
	ref := sampleWorld().reference(b)
	m := start(ref)
	now := at(b, "2025-03-28 16:00:00")
	heartbeat(m, now)
	b.ResetTimer()
	for range b.N {
		m.revision++
		m.Snapshot(now, Query{})
	}
}

// BenchmarkStart is everything from the reset to the first snapshot.
func BenchmarkStart(b *testing.B) {
	ref := sampleWorld().reference(b)
	now := at(b, "2025-03-24 08:00:00")
	b.ReportAllocs()
	for range b.N {
		m := start(ref)
		heartbeat(m, now)
		m.Snapshot(now, Query{})
	}
}

// BenchmarkRoll is the first snapshot of the next session.
func BenchmarkRoll(b *testing.B) {
	ref := sampleWorld().reference(b)
	for range b.N {
		b.StopTimer()
		m := start(ref)
		heartbeat(m, at(b, "2025-03-27 16:00:00"))
		m.Snapshot(m.Now(), Query{})
		b.StartTimer()
		now := at(b, "2025-03-28 09:31:00")
		heartbeat(m, now)
		m.Snapshot(now, Query{})
	}
}
