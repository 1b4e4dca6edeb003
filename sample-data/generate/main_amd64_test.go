package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is the folder of the committed files.
const sample = ".."

// typed are the files that are typed in by hand and that generate reads.
func typed(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"dataset.toml", "indices.csv"} {
		text, err := os.ReadFile(filepath.Join(sample, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// What is committed is what the generator makes, byte for byte.
func TestGenerateMakesTheCommittedFiles(t *testing.T) {
	folder := typed(t)
	if err := generate(folder); err != nil {
		t.Fatal(err)
	}
	made, err := filepath.Glob(filepath.Join(folder, "*.csv*"))
	if err != nil || len(made) < 9 {
		t.Fatalf("%d files, %v", len(made), err)
	}
	for _, path := range made {
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(sample, filepath.Base(path)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs; run go generate ./sample-data/...", filepath.Base(path))
		}
	}
}

func TestGenerateSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"no settings":  {"dataset.toml", "", "dataset.toml"},
		"bad settings": {"dataset.toml", "seed = [", "dataset.toml"},
		"no closes":    {"indices.csv", "", "indices.csv"},
		"bad closes":   {"indices.csv", "symbol\n", "indices.csv:1"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := typed(t)
			path := filepath.Join(folder, c.file)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if c.text != "" {
				if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := generate(folder); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}
