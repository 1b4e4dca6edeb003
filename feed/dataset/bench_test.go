package dataset_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"

	"gyre/feed/dataset"
	"gyre/model/session"
)

// BenchmarkLoad reads a dataset of the sample's size: 2,460 names over 70
// sessions, 172,200 closes with volume, five sessions of them with bars.
func BenchmarkLoad(b *testing.B) {
	files := large(b, 2460, 70)
	b.ReportAllocs()
	for b.Loop() {
		ds, err := dataset.Load(b.Context(), files, "bench")
		if err != nil {
			b.Fatal(err)
		}
		if len(ds.Reference.Closes) != 70 || ds.ProblemCount != 0 {
			b.Fatalf("%d sessions, %d problems", len(ds.Reference.Closes), ds.ProblemCount)
		}
	}
}

// large is a dataset of names that walk at random, closes.csv compressed.
func large(tb testing.TB, names, sessions int) fstest.MapFS {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var instruments, closes bytes.Buffer
	instruments.WriteString("id,symbol,name,sector,share_class_of\n")
	price := make([]float64, names)
	for i := range names {
		fmt.Fprintf(&instruments, "S%04d,S%04d,Synthetic %d,IT,\n", i, i, i)
		price[i] = 5 + 100*random.Float64()
	}
	closes.WriteString("date,id,open,high,low,close,volume\n")
	days := session.New().Range(session.NewDate(2024, 12, 16), session.NewDate(2025, 12, 31))[:sessions]
	for d, day := range days {
		for i := range names {
			price[i] *= 1 + 0.02*random.NormFloat64()
			bar := ",,"
			if d >= sessions-5 {
				bar = fmt.Sprintf("%.2f,%.2f,%.2f", price[i]*.99, price[i]*1.02, price[i]*.98)
			}
			fmt.Fprintf(&closes, "%s,S%04d,%s,%.2f,%d\n", day.Date, i, bar, price[i], 1000*random.IntN(9999))
		}
	}
	return fstest.MapFS{
		"instruments.csv": {Data: instruments.Bytes()},
		"closes.csv.zst":  {Data: compress(tb, closes.Bytes())},
	}
}

// compress is text in the zst format.
func compress(tb testing.TB, text []byte) []byte {
	tb.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	return w.EncodeAll(text, nil)
}
