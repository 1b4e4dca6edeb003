package importer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// peekSize is how much of a file is looked at to tell what it is.
const peekSize = 4 << 10

// open is the text of a file, decompressed where its first bytes say that it
// is compressed, and without a byte order mark. done must be called. The error
// wraps ErrWebPage, ErrFormat or ErrNoData where the file is none to read.
func open(r io.Reader, limit int64) (text *bufio.Reader, done func(), err error) {
	raw := bufio.NewReaderSize(r, peekSize)
	plain, done, err := decompress(raw)
	if err != nil {
		return nil, nil, err
	}
	text = bufio.NewReaderSize(&limited{r: plain, left: limit}, 64<<10)
	head, err := text.Peek(peekSize)
	if err != nil && !errors.Is(err, io.EOF) {
		done()
		return nil, nil, err
	}
	if err := recognise(head); err != nil {
		done()
		return nil, nil, err
	}
	if bytes.HasPrefix(head, []byte("\uFEFF")) {
		_, err = text.Discard(len("\uFEFF"))
	} else {
		err = nil
	}
	return text, done, err
}

// decompress puts the decompressor that the first bytes ask for before raw.
func decompress(raw *bufio.Reader) (plain io.Reader, done func(), err error) {
	magic, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, nil, err
		}
		return z, func() { _ = z.Close() }, nil
	case bytes.Equal(magic, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(raw, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	default:
		return raw, func() {}, nil
	}
}

// recognise refuses what is not text with columns, by its first bytes.
func recognise(head []byte) error {
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\uFEFF"))))
	switch {
	case len(start) == 0:
		return fmt.Errorf("%w: it is empty", ErrNoData)
	case bytes.HasPrefix(start, []byte("<?xml")) && !bytes.Contains(start, []byte("<html")):
		return fmt.Errorf("%w but XML, perhaps a spreadsheet; save it as CSV", ErrFormat)
	case start[0] == '<' && !bytes.HasPrefix(start, []byte("<ticker>")):
		return fmt.Errorf("%w and not the file that its name promises; the publisher has moved the file or turns programs away: download it with a browser", ErrWebPage)
	case bytes.HasPrefix(start, []byte("{")):
		return fmt.Errorf("%w but JSON, perhaps a message of the publisher", ErrFormat)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return fmt.Errorf("%w but an archive or a spreadsheet; unpack it, or save it as CSV", ErrFormat)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return fmt.Errorf("%w in UTF-8 but in UTF-16; save it as CSV in UTF-8", ErrFormat)
	case bytes.IndexByte(head, 0) >= 0:
		return ErrFormat
	default:
		return nil
	}
}

// limited reads at most left bytes and then fails: unlike with io.LimitReader,
// a cut file cannot be taken for a whole one.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}
