package ndjson

import (
	"context"
	"os"
	"slices"
	"time"
)

// How many old files are kept open, and how many are remembered.
const (
	maxOpen = 64
	maxShut = 10_000
)

// shelf is what is known of the files that rotation has made: those that were
// read and may still be written to are open, of the others it is remembered how
// they were left. A file that is not on the shelf has not been read.
type shelf struct {
	linger time.Duration // how long a file may still be written to
	open   []*follow     // in the order in which they were read
	shut   []os.FileInfo
}

// put puts a file on the shelf that was read.
func (s *shelf) put(f *follow) {
	f.left = time.Now()
	if s.open = append(s.open, f); len(s.open) > maxOpen {
		s.close(s.open[0])
		s.open = s.open[1:]
	}
}

// close closes a file that was read, and remembers it as it is.
func (s *shelf) close(f *follow) {
	if info, err := f.file.Stat(); err == nil {
		s.shut = append(s.shut, info)
		s.shut = s.shut[max(0, len(s.shut)-maxShut):]
	}
	f.close()
}

// knows tells whether a file was read.
func (s *shelf) knows(info os.FileInfo) bool {
	for _, f := range s.open {
		if os.SameFile(f.info, info) {
			return f.goesOnIn(f.file) // else something else was written into it
		}
	}
	return slices.ContainsFunc(s.shut, func(known os.FileInfo) bool {
		return os.SameFile(known, info) && known.ModTime().Equal(info.ModTime()) && known.Size() == info.Size()
	})
}

// read reads what was written to the open files since, and closes those that
// were left long ago or hold something else now.
func (s *shelf) read(ctx context.Context) {
	s.open = slices.DeleteFunc(s.open, func(f *follow) bool {
		switch {
		case !f.read(ctx):
			f.close()
			return true
		case time.Since(f.left) > s.linger:
			s.close(f)
			return true
		}
		return false
	})
}

// takeBack takes a file from the shelf that is in use again, if it is there.
func (s *shelf) takeBack(info os.FileInfo) *follow {
	i := slices.IndexFunc(s.open, func(f *follow) bool { return os.SameFile(f.info, info) })
	if i < 0 {
		return nil
	}
	f := s.open[i]
	s.open = slices.Delete(s.open, i, i+1)
	return f
}
