//go:build unix

package cli

import (
	"bytes"
	"os"
	"strings"
	"syscall"
	"testing"
	"unicode"
)

// Whatever comes into the place of the file while the dashboard runs, it goes on
// with what it has, says why once, and takes the file over when it is one again.
func TestWhatIsNoConfigurationAnyMore(t *testing.T) {
	const right = "[screen]\nbell = true\n"
	for name, c := range map[string]struct {
		put  func(path string) error
		want string
	}{
		"nothing":      {func(string) error { return nil }, "no such file or directory"},
		"half a line":  {func(path string) error { return os.WriteFile(path, []byte(right+"[scr"), 0o600) }, "this is not TOML"},
		"half a value": {func(path string) error { return os.WriteFile(path, []byte("[screen]\nbell = tr"), 0o600) }, "this is not TOML"},
		"other bytes":  {func(path string) error { return os.WriteFile(path, []byte("\x7fELF\x00\xff\x1b[31m"), 0o600) }, "this is not TOML"},
		"too much":     {func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("#"), 1<<20), 0o600) }, "the file is longer than 256 KiB"},
		"a folder":     {func(path string) error { return os.Mkdir(path, 0o700) }, "is a directory"},
		"a circle":     {func(path string) error { return os.Symlink(path, path) }, "too many levels of symbolic links"},
		"a pipe":       {func(path string) error { return syscall.Mkfifo(path, 0o600) }, "it is a pipe, a socket or a device; put a file in its place"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, right)
			before := b.force()
			done(t, os.Remove(b.path))
			done(t, c.put(b.path))
			change, told := b.reload()
			if !told || change.Options != nil || !strings.HasPrefix(change.Notice, "The old configuration stays: ") || !strings.Contains(change.Notice, c.want) {
				t.Errorf("it says %q and changes %+v", change.Notice, change.Options)
			}
			if strings.ContainsFunc(change.Notice, unicode.IsControl) {
				t.Errorf("it says %q", change.Notice)
			}
			if _, again := b.reload(); again || b.force() != before {
				t.Errorf("said again: %v; in force is %s", again, b.force())
			}
			done(t, os.RemoveAll(b.path))
			b.write(t, right)
			if change, _ := b.reload(); change.Notice != "The configuration is right again, and as it was" {
				t.Errorf("at last it says %q", change.Notice)
			}
		})
	}
}
