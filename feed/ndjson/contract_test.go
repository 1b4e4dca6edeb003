package ndjson

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gyre/feed"
	"gyre/feed/feedtest"
)

// The contract of every source, kept by each of the ways in which lines come.
func TestContract(t *testing.T) {
	text := quote(1, `,"p":10`) + "\n" + beat(2) + "\n"
	for name, address := range map[string]func(t *testing.T, opts *Options) string{
		"standard input that ends": func(t *testing.T, opts *Options) string {
			t.Helper()
			opts.Input = input(t, text, false)
			return "ndjson:-"
		},
		"standard input that stays": func(t *testing.T, opts *Options) string {
			t.Helper()
			opts.Input = input(t, text, true)
			return "ndjson:-"
		},
		"standard input from a file": func(t *testing.T, opts *Options) string {
			t.Helper()
			path := filepath.Join(t.TempDir(), "quotes")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = file.Close() })
			opts.Input = file
			return "ndjson:-"
		},
		"a file": func(t *testing.T, _ *Options) string {
			t.Helper()
			path := filepath.Join(t.TempDir(), "quotes")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return "ndjson:" + path
		},
		"a command": func(t *testing.T, _ *Options) string {
			t.Helper()
			return "exec:echo '" + strings.ReplaceAll(text, "\n", "'; echo '") + "'; exec sleep 60"
		},
		"a command that ends": func(t *testing.T, _ *Options) string {
			t.Helper()
			return "exec:echo '" + strings.ReplaceAll(text, "\n", "'; echo '") + "'"
		},
		"a socket": func(t *testing.T, _ *Options) string {
			t.Helper()
			path := socketPath(t)
			listener := listen(t, path)
			served := make(chan struct{})
			go func() {
				defer close(served)
				for {
					conn, err := listener.Accept()
					if err != nil {
						return // the test is over
					}
					_, _ = io.WriteString(conn, text)
					defer func() { _ = conn.Close() }()
				}
			}()
			t.Cleanup(func() {
				_ = listener.Close()
				<-served
			})
			return "ndjson:unix:" + path
		},
	} {
		t.Run(name, func(t *testing.T) {
			feedtest.Run(t, func(t *testing.T) feed.Source {
				t.Helper()
				opts := options()
				return newSource(t, address(t, &opts), opts)
			})
		})
	}
}
