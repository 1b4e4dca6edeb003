package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gyre/feed/store"
	"gyre/model/session"
)

func sorted(texts []string) []string { return slices.Sorted(slices.Values(texts)) }

// day is a batch of one day's closes of many names.
func day(on session.Date, n int) store.Batch {
	symbols := make([]string, n)
	for i := range symbols {
		symbols[i] = fmt.Sprintf("S%04d", i)
	}
	return store.Batch{Source: on.String(), Closes: closes(on, symbols...)}
}

func TestTwoGyresAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gyre.db")
	one, other := openedAt(t, path), openedAt(t, path)
	put(t, one, store.Batch{Source: "list", Lists: []store.List{list(april(1), "S0000", "S0149")}, Closes: closes(april(1), "S0000")})
	var work sync.WaitGroup
	for i, s := range []*store.Store{one, other} {
		work.Go(func() {
			for n := range 10 {
				if _, err := s.Put(t.Context(), day(april(2+2*n+i), 150)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Go(func() { // a reader sees whole days only
		for range 10 {
			for _, column := range reference(t, other).Closes[1:] {
				if (column.Price[0] == 0) != (column.Price[1] == 0) {
					t.Errorf("half of %s is there", column.Date)
				}
			}
		}
	})
	work.Wait()
	if info, err := one.Info(t.Context()); err != nil || info.Tables[1].Rows != 1+20*150 {
		t.Errorf("there are %+v, %v", info.Tables[1], err)
	}
}

// writeUntilKilled puts one day after the other and tells of each.
func writeUntilKilled(path string) int {
	s, err := store.Open(context.Background(), path)
	if err != nil {
		return 1
	}
	for n := range 10_000 {
		if _, err := s.Put(context.Background(), day(april(1).AddDays(n), 300)); err != nil {
			return 1
		}
		fmt.Println("day", n) //nolint:forbidigo // the other process listens to it
	}
	return 0
}

func TestWhatWasPutOutlivesAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gyre.db")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	writer := exec.CommandContext(t.Context(), program)
	writer.Env = append(os.Environ(), "GYRE_STORE_WRITER="+path)
	told, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(told)
	days := 0
	for days < 20 && lines.Scan() {
		days++
	}
	if err := writer.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() && strings.HasPrefix(lines.Text(), "day") {
		days++
	}
	_ = writer.Wait() // killed
	s := openedAt(t, path)
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if rows := info.Tables[1].Rows; rows%300 != 0 || rows < days*300 || days < 20 {
		t.Errorf("%d rows after %d days were told", rows, days)
	}
	if damage, err := s.Check(t.Context()); err != nil || strings.Contains(strings.Join(damage, ""), "damaged") {
		t.Errorf("it is damaged: %v, %v", damage, err)
	}
}

func BenchmarkPutDay(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "gyre.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	n := 0
	for b.Loop() {
		if _, err := s.Put(b.Context(), day(april(1).AddDays(n), 7000)); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

func BenchmarkDataset(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "gyre.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	const names, sessions = 3500, 320
	batch := store.Batch{Source: "x", Lists: []store.List{{Index: "RUT", AsOf: april(1)}}}
	for _, c := range day(april(1), names).Closes {
		batch.Lists[0].Members = append(batch.Lists[0].Members, store.Member{Symbol: c.Symbol})
	}
	for n := range sessions {
		batch.Closes = append(batch.Closes, day(april(1).AddDays(n), names).Closes...)
	}
	if _, err := s.Put(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Dataset(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
