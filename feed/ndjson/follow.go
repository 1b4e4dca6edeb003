package ndjson

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"time"
)

// markSize is how much of a file is remembered at its beginning and before the
// place up to which it was read, to know them again.
const markSize = 512

// pieceSize is how much of a file is read at once.
const pieceSize = 64 << 10

// follow is a file that is read as it grows. It stays open under whatever name,
// so that no other file can pass for it.
type follow struct {
	file   *os.File
	info   os.FileInfo // as it was when it was opened; tells it from others
	lines  *stream
	offset int64
	head   []byte    // the first bytes
	mark   []byte    // the bytes before offset
	left   time.Time // when another file took its place
}

var errNoFile = errors.New("it is not a regular file; pipe it into gyre --feed ndjson:- instead")

// openFollow opens a file at its beginning.
func openFollow(path string, in *intake) (*follow, error) {
	info, err := os.Stat(path) // before it is opened: to open a pipe is to wait for its writer
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err != nil {
		_ = file.Close() // it says no more than the error
		return nil, err
	}
	return &follow{file: file, info: info, lines: in.stream()}, nil
}

// close closes the file; a last line without end counts as one.
func (f *follow) close() {
	f.lines.end()
	_ = f.file.Close() // nothing was written
}

// next is the next piece, in room; empty at the end of the file. It is false
// where what was read before is not there any more: the file was cut to
// nothing, or written anew.
func (f *follow) next(room []byte) (piece []byte, ok bool) {
	n, _ := f.file.ReadAt(room, f.offset) // an error is the end, for now
	if !f.goesOnIn(f.file) {              // asked after reading, so that the piece belongs there
		return nil, false
	}
	return room[:n], true
}

// take takes in the next piece.
func (f *follow) take(piece []byte) {
	if room := markSize - len(f.head); room > 0 {
		f.head = append(f.head, piece[:min(room, len(piece))]...)
	}
	f.mark = append(f.mark, piece[max(0, len(piece)-markSize):]...)
	f.mark = append(f.mark[:0], f.mark[max(0, len(f.mark)-markSize):]...)
	if f.offset == 0 {
		// A writer that does not append leaves a hole of zeros where it goes on.
		piece, f.offset = bytes.TrimLeft(piece, "\x00"), int64(len(piece))
	} else {
		f.offset += int64(len(piece))
	}
	f.lines.add(piece)
}

// read takes in everything to the end. It is false as next is.
func (f *follow) read(ctx context.Context) bool {
	room := make([]byte, pieceSize)
	for ctx.Err() == nil {
		piece, ok := f.next(room)
		if !ok {
			return false
		}
		if len(piece) == 0 {
			break
		}
		f.take(piece)
	}
	return true
}

// again begins anew.
func (f *follow) again() {
	f.lines.end()
	f.offset, f.head, f.mark = 0, nil, nil
}

// goesOnIn tells whether the other file has what was read from this one last,
// at the same place.
func (f *follow) goesOnIn(other io.ReaderAt) bool {
	got := make([]byte, len(f.mark))
	n, _ := other.ReadAt(got, f.offset-int64(len(f.mark)))
	return n == len(f.mark) && bytes.Equal(got, f.mark)
}

// takeOver goes on where another one is, in the middle of a line if need be. The
// other one begins a line.
func (f *follow) takeOver(other *follow) {
	f.offset, f.head, f.mark = other.offset, bytes.Clone(other.head), bytes.Clone(other.mark)
	f.lines, other.lines = other.lines, f.lines
}

// beginsLike tells whether one of two that have a beginning is a copy of the
// other: they begin with the same bytes, as far as both go.
func beginsLike(file io.ReaderAt, head []byte) bool {
	head = head[:min(len(head), markSize)]
	got := make([]byte, len(head))
	n, _ := file.ReadAt(got, 0)
	return n > 0 && bytes.Equal(got[:n], head[:n])
}

// firstLine is the first piece of a file, or nothing while it has not even a
// line: less does not tell one file from another.
func firstLine(file io.ReaderAt, room []byte) []byte {
	n, _ := file.ReadAt(room, 0)
	if bytes.IndexByte(room[:n], '\n') < 0 && n < markSize {
		return nil
	}
	return room[:n]
}
