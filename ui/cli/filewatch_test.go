package cli

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// watched watches a file until the test ends, and tells what it holds each time
// that it may have changed.
func watched(t *testing.T, path string) <-chan string {
	t.Helper()
	w, err := watchFile(path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	seen, ended := make(chan string, 100), make(chan struct{})
	go func() {
		defer close(ended)
		w.run(ctx, func() {
			text, err := os.ReadFile(path)
			if err != nil {
				text = []byte("nothing")
			}
			seen <- string(text)
		})
	}()
	t.Cleanup(func() {
		stop()
		<-ended
		goleak.VerifyNone(t)
	})
	return seen
}

// awaits waits for the file to be seen with that content.
func awaits(t *testing.T, seen <-chan string, want string) {
	t.Helper()
	limit := time.NewTimer(time.Minute)
	defer limit.Stop()
	for {
		select {
		case got := <-seen:
			if got == want {
				return
			}
		case <-limit.C:
			t.Fatalf("nobody saw %q", want)
		}
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestChangesOfAFileAreSeen(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "config.toml")
	seen := watched(t, path)
	awaits(t, seen, "nothing")
	put(t, path, "it appears")
	awaits(t, seen, "it appears")
	put(t, path, "it is written over")
	awaits(t, seen, "it is written over")
	other := filepath.Join(folder, ".config.swp")
	put(t, other, "another file takes its place")
	done(t, os.Rename(path, path+"~"))
	done(t, os.Rename(other, path))
	awaits(t, seen, "another file takes its place")
	put(t, path, "and is written over")
	awaits(t, seen, "and is written over")
	done(t, os.Remove(path))
	awaits(t, seen, "nothing")
	put(t, path, "it is back")
	awaits(t, seen, "it is back")
}

func TestAFolderMayAppearLater(t *testing.T) {
	home := t.TempDir()
	path := filepath.Join(home, ".config", "gyre", "config.toml")
	seen := watched(t, path)
	awaits(t, seen, "nothing")
	for range 2 {
		done(t, os.MkdirAll(filepath.Dir(path), 0o700))
		put(t, path, "it appears")
		awaits(t, seen, "it appears")
		put(t, path, "it changes")
		awaits(t, seen, "it changes")
		done(t, os.RemoveAll(filepath.Join(home, ".config")))
		awaits(t, seen, "nothing")
	}
}

func TestALinkIsFollowed(t *testing.T) {
	folder, elsewhere := t.TempDir(), t.TempDir()
	path, target := filepath.Join(folder, "config.toml"), filepath.Join(elsewhere, "mine.toml")
	put(t, target, "linked")
	done(t, os.Symlink(target, path))
	seen := watched(t, path)
	awaits(t, seen, "linked")
	put(t, target, "changed where it is")
	awaits(t, seen, "changed where it is")
	other := filepath.Join(t.TempDir(), "other.toml")
	put(t, other, "another one")
	done(t, os.Remove(path))
	done(t, os.Symlink(other, path))
	awaits(t, seen, "another one")
	put(t, other, "changed there")
	awaits(t, seen, "changed there")
}

func TestManyWritesAreReadOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	seen := watched(t, path)
	awaits(t, seen, "nothing")
	const writes = 200
	for range writes {
		put(t, path, "not yet")
	}
	put(t, path, "the last one")
	awaits(t, seen, "the last one")
	if len(seen) > writes/10 {
		t.Errorf("it was read %d times more", len(seen))
	}
}
