package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gyre/feed/clean"
)

// ErrContent says that a file is text, but not what the importer reads.
var ErrContent = errors.New("its content is not what is expected")

// maxWhole bounds, in bytes, a file that is read at once: the facts of the
// largest companies have 10 MB.
const maxWhole = 32 << 20

// whole is all of a file, decompressed and without a byte order mark. The error
// wraps ErrWebPage, ErrFormat, ErrNoData or ErrTooLarge.
func whole(r io.Reader) ([]byte, error) {
	plain, done, err := decompress(bufio.NewReaderSize(r, peekSize))
	if err != nil {
		return nil, err
	}
	defer done()
	text, err := io.ReadAll(&limited{r: plain, left: maxWhole})
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if start := bytes.TrimSpace(text); len(start) > 0 && start[0] == '{' {
		return text, nil
	}
	return text, recognise(text[:min(len(text), peekSize)])
}

// unmarshal reads JSON. The error wraps ErrContent and says where.
func unmarshal(text []byte, into any) error {
	err := json.Unmarshal(text, into)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		line, column := lineAt(text, syntax.Offset)
		return fmt.Errorf("%w: it is no JSON at line %d, column %d; load it again", ErrContent, line, column)
	case errors.As(err, &kind):
		line, column := lineAt(text, kind.Offset)
		where, _ := clean.Text(kind.Field)
		return fmt.Errorf("%w: %s at line %d, column %d is a JSON %s and of another kind than the publisher's", ErrContent, where, line, column, firstWord(kind.Value))
	default:
		return fmt.Errorf("%w: it is no JSON", ErrContent)
	}
}

// firstWord is a kind of JSON value without the value.
func firstWord(s string) string {
	word, _, _ := bytes.Cut([]byte(s), []byte(" "))
	return string(word)
}

// lineAt is the line and the column of the last byte read before an offset,
// both counted from 1.
func lineAt(text []byte, offset int64) (line, column int) {
	before := text[:max(0, min(int64(len(text)), offset-1))]
	return 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')
}
