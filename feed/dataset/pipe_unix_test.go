//go:build unix

package dataset_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gyre/feed/dataset"
)

// TestAPipeIsNotWaitedFor puts a pipe, into which nobody writes, in the place
// of each kind of file: opening one waits for ever.
func TestAPipeIsNotWaitedFor(t *testing.T) {
	for _, name := range []string{"closes.csv", "events.csv", "dataset.toml"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for other, text := range complete() {
				if err := os.WriteFile(filepath.Join(dir, other), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(dir, name)
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := dataset.Load(t.Context(), os.DirFS(dir), "test")
			if want := name + " is a pipe, a socket or a device; put an ordinary file in its place"; err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("said %v, want %s", err, want)
			}
		})
	}
}
