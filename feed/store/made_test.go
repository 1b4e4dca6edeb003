package store_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gyre/feed/store"
)

// TestAStoreThatWasMadeForNothing is taken away again with its folders. What was
// there before, or has got something in it, stays.
func TestAStoreThatWasMadeForNothing(t *testing.T) {
	for name, c := range map[string]struct {
		before func(t *testing.T, root, path string)
		during func(t *testing.T, s *store.Store, path string)
		left   []string
	}{
		"nothing is put in": {nil, nil, nil},
		"closes are put in": {
			nil,
			func(t *testing.T, s *store.Store, _ string) {
				t.Helper()
				put(t, s, store.Batch{Closes: []store.Close{{Date: april(1), Symbol: "A", Close: dollars(1)}}})
			},
			[]string{"new", "new/folder", "new/folder/gyre.db"},
		},
		"a batch is interrupted": {
			nil,
			func(t *testing.T, s *store.Store, _ string) {
				t.Helper()
				ctx, stop := context.WithCancel(t.Context())
				stop()
				if _, err := s.Put(ctx, store.Batch{Closes: []store.Close{{Date: april(1), Symbol: "A", Close: dollars(1)}}}); err == nil {
					t.Fatal("it was taken in")
				}
			},
			nil,
		},
		"somebody else puts something in": {
			nil,
			func(t *testing.T, _ *store.Store, path string) {
				t.Helper()
				other, err := store.Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				put(t, other, store.Batch{Closes: []store.Close{{Date: april(1), Symbol: "A", Close: dollars(1)}}})
				if err := other.Close(); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"new", "new/folder", "new/folder/gyre.db"},
		},
		"another file came into its folder": {
			nil,
			func(t *testing.T, _ *store.Store, path string) {
				t.Helper()
				write(t, filepath.Join(filepath.Dir(path), "x"), "")
			},
			[]string{"new", "new/folder", "new/folder/x"},
		},
		"the folder was there": {
			func(t *testing.T, root, _ string) {
				t.Helper()
				if err := os.Mkdir(filepath.Join(root, "new"), 0o700); err != nil {
					t.Fatal(err)
				}
			},
			nil,
			[]string{"new"},
		},
		"an empty file was there": {
			func(t *testing.T, _, path string) {
				t.Helper()
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				write(t, path, "")
			},
			nil,
			[]string{"new", "new/folder", "new/folder/gyre.db"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			path := filepath.Join(root, "new", "folder", "gyre.db")
			if c.before != nil {
				c.before(t, root, path)
			}
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if c.during != nil {
				c.during(t, s, path)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if left := files(t, root); !slices.Equal(left, c.left) {
				t.Errorf("there is %q, want %q", left, c.left)
			}
		})
	}
}

// While another gyre has it open, a store is not taken away from it.
func TestAStoreThatIsOpenElsewhereStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gyre.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	other := openedAt(t, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, other, store.Batch{Closes: []store.Close{{Date: april(1), Symbol: "A", Close: dollars(1)}}})
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// files is everything below root.
func files(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if name, _ := filepath.Rel(root, path); name != "." {
			found = append(found, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
