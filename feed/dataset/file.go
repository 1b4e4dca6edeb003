package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Limits of a dataset, so that no file can exhaust the memory.
const (
	maxLine        = 1 << 20
	maxFile        = 1 << 30 // decompressed
	maxSmallFile   = 1 << 20 // dataset.toml, note.toml
	maxWindow      = 64 << 20
	maxRows        = 5_000_000 // of any file but closes.csv, which maxCells bounds
	maxInstruments = 20_000
	maxCells       = 50_000_000 // instruments times sessions
)

// errTooLarge is what reading a file beyond maxFile gives.
var errTooLarge = fmt.Errorf("it holds more than %d MiB", maxFile>>20)

// file is one open file of a dataset, decompressed.
type file struct {
	io.Reader

	name   string // as found, such as closes.csv.zst
	closes []func()
}

// Close closes the file and its decompressor.
func (f *file) Close() {
	for _, closeIt := range f.closes {
		closeIt()
	}
}

// open finds base, base.gz or base.zst. The error wraps fs.ErrNotExist where
// there is none of them.
func open(fsys fs.FS, base string) (*file, error) {
	var found []string
	for _, name := range []string{base, base + ".gz", base + ".zst"} {
		switch there, err := stat(fsys, name); {
		case err != nil:
			return nil, err
		case there:
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("%s is not there (nor %s.gz or %s.zst): %w", base, base, base, fs.ErrNotExist)
	case 1:
	default:
		return nil, fmt.Errorf("%s and %s are both there; keep one of them", found[0], found[1])
	}
	raw, err := fsys.Open(found[0])
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w", found[0], reason(err))
	}
	f := &file{name: found[0], closes: []func(){func() { _ = raw.Close() }}}
	if err := f.decompress(raw); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s cannot be read: %w", f.name, err)
	}
	return f, nil
}

// stat says whether a file is there. A pipe, a socket or a device is an error:
// opening one may wait for ever, and reading one may never end.
func stat(fsys fs.FS, name string) (bool, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%s cannot be opened: %w", name, reason(err))
	case info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice) != 0:
		return false, fmt.Errorf("%s is a pipe, a socket or a device; put an ordinary file in its place", name)
	}
	return true, nil
}

// decompress puts the decompressor that the name asks for before raw.
func (f *file) decompress(raw io.Reader) error {
	var plain io.Reader
	switch f.name[len(f.name)-3:] {
	case ".gz":
		z, err := gzip.NewReader(raw)
		if err != nil {
			return err
		}
		plain = z
	case "zst":
		z, err := zstd.NewReader(raw, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return err
		}
		f.closes = append([]func(){z.Close}, f.closes...)
		plain = z
	default:
		plain = raw
	}
	f.Reader = &limited{r: plain, left: maxFile}
	return nil
}

// limited reads at most left bytes, and then fails: unlike with
// io.LimitReader, a cut file cannot be taken for a whole one.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// readSmall reads a whole file of at most maxSmallFile; nil where there is none.
func readSmall(fsys fs.FS, name string) ([]byte, error) {
	if there, err := stat(fsys, name); err != nil || !there {
		return nil, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w", name, reason(err))
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxSmallFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, reason(err))
	}
	if len(text) > maxSmallFile {
		return nil, fmt.Errorf("%s holds more than %d KiB; it cannot be what it should", name, maxSmallFile>>10)
	}
	return text, nil
}

// reason is the cause of a path error without the path, which the sentence
// around it names already.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
