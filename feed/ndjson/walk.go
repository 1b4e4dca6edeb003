package ndjson

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
)

// walk is where a tail stands.
type walk struct {
	tail
	in      *intake
	current *follow   // the file at the path, or the last one that was there
	cut     bool      // it was cut to nothing, and nothing was read of it since
	old     shelf     // what was at the path before
	turned  time.Time // when the file was rotated last
}

// newWalk begins a walk. What rotation has made before is not its business.
func newWalk(t tail, in *intake) *walk {
	w := &walk{tail: t, in: in, old: shelf{linger: t.linger}}
	for _, s := range siblings(t.path) {
		w.old.shut = append(w.old.shut, s.info)
	}
	return w
}

func (w *walk) close() {
	closeAll(w.old.open)
	if w.current != nil {
		w.current.close()
	}
}

func closeAll(files []*follow) {
	for _, f := range files {
		f.close()
	}
}

// look reads everything that is new, or, thorough, everything that is new and
// everything that was missed. The error says why there is nothing to read from.
func (w *walk) look(ctx context.Context, thorough bool) error {
	for ctx.Err() == nil {
		w.old.read(ctx)
		if w.current != nil {
			w.readCurrent(ctx)
		}
		if thorough && time.Since(w.turned) < w.linger {
			w.lookBack(ctx)
		}
		info, err := os.Stat(w.path)
		if err != nil {
			return w.gone(err)
		}
		if w.current != nil && os.SameFile(w.current.info, info) {
			return nil
		}
		next, err := openFollow(w.path, w.in)
		if err != nil {
			return w.gone(err)
		}
		w.turn(ctx, next)
	}
	return nil
}

// readCurrent reads the current file to its end, and again from its beginning
// where it was cut to nothing or written anew.
func (w *walk) readCurrent(ctx context.Context) {
	room := make([]byte, pieceSize)
	for ctx.Err() == nil {
		if w.cut && !w.begin(ctx, room) {
			return
		}
		piece, ok := w.current.next(room)
		switch {
		case !ok:
			w.cut, w.turned = true, time.Now()
		case len(piece) == 0:
			return
		default:
			w.current.take(piece)
		}
	}
}

// begin reads the first piece of a file that was cut to nothing, when all that
// was in it before has been read. Rotation has copied it: one copy goes on where
// the file was left, others were made and cut again while nobody looked. A copy
// of what is in the file now is left alone. It is false while there is no line.
func (w *walk) begin(ctx context.Context, room []byte) bool {
	for ctx.Err() == nil {
		before := w.missed(nil)
		now := firstLine(w.current.file, room)
		w.catchUp(ctx, w.sort(before, now))
		w.current.again()
		// Were there more copies meanwhile, then what was read does not come next.
		after := w.missed(nil)
		more := slices.ContainsFunc(after, func(f *follow) bool { return !beginsLike(f.file, now) })
		closeAll(after)
		switch {
		case more:
		case len(now) == 0:
			return false
		default:
			w.cut = false
			w.current.take(now)
			return true
		}
	}
	return false
}

// lookBack looks once more for what rotation has made. Where it gives files new
// names while they are read, one can be missed.
func (w *walk) lookBack(ctx context.Context) {
	if w.current == nil || w.cut {
		return
	}
	found := w.missed(nil)
	still := w.current.goesOnIn(w.current.file) // else it was cut, and some may be copies of what is in it now
	w.catchUp(ctx, slices.DeleteFunc(found, func(f *follow) bool {
		copied := !still || beginsLike(f.file, w.current.head)
		if copied {
			f.close()
		}
		return copied
	}))
}

// sort picks from the copies of a file that was cut to nothing those that are to
// be read. Now is what it begins with now.
func (w *walk) sort(copies []*follow, now []byte) []*follow {
	var unread []*follow
	wentOn := false
	for _, f := range copies {
		switch {
		case beginsLike(f.file, now):
			f.close()
		case !beginsLike(f.file, w.current.head):
			unread = append(unread, f)
		case !wentOn && w.current.goesOnIn(f.file):
			f.takeOver(w.current)
			unread, wentOn = append(unread, f), true
		default: // somebody's copy
			w.old.close(f)
		}
	}
	return unread
}

// turn goes over to the file that is at the path now. What became of the one
// that was there is read to its end, and so are those that came and went
// between the two.
func (w *walk) turn(ctx context.Context, next *follow) {
	if last := w.current; last != nil {
		last.read(ctx) // what came before the new file was begun
		w.old.put(last)
		w.turned = time.Now()
		between := slices.DeleteFunc(w.missed(next), func(f *follow) bool {
			copied := beginsLike(f.file, last.head)
			if copied {
				w.old.close(f)
			}
			return copied
		})
		w.catchUp(ctx, between)
	}
	w.current, w.cut = next, false
	if back := w.old.takeBack(next.info); back != nil {
		next.close()
		w.current = back
	}
}

// catchUp reads files that are not at the path any more.
func (w *walk) catchUp(ctx context.Context, files []*follow) {
	for _, f := range files {
		f.read(ctx)
		w.old.put(f)
	}
}

// missed are the files that rotation has made and that were not read. Next is
// the file that is at the path now, where it is another than the current one.
func (w *walk) missed(next *follow) []*follow {
	known := func(info os.FileInfo) bool {
		return os.SameFile(w.current.info, info) || next != nil && os.SameFile(next.info, info) || w.old.knows(info)
	}
	var found []*follow
	for _, s := range siblings(w.path) {
		if known(s.info) {
			continue
		}
		f, err := openFollow(s.path, w.in)
		if err != nil {
			continue // renamed again, or deleted
		}
		// Under that name there may be another file by now; and of one that is
		// empty nobody can tell yet what it is a copy of.
		if f.info.Size() == 0 || known(f.info) || slices.ContainsFunc(found, func(other *follow) bool { return os.SameFile(other.info, f.info) }) {
			f.close()
			continue
		}
		found = append(found, f)
	}
	return found
}

// gone says why there is no file.
func (w *walk) gone(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && w.current != nil:
		return errors.New("the file is gone; waiting for it to come back")
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("the file is not there yet; waiting for it")
	}
	if path := new(os.PathError); errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("the file cannot be read: %w", err)
}
