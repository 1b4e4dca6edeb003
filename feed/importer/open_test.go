package importer_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"gyre/feed/importer"
)

const twoCloses = "Date,Symbol,Close\n2025-03-27,ABC,10\n2025-03-28,ABC,10.5\n"

// compressed is a text behind one of the compressors.
func compressed(tb testing.TB, text string, with func(io.Writer) (io.WriteCloser, error)) string {
	tb.Helper()
	var b bytes.Buffer
	w, err := with(&b)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func gzipped(tb testing.TB, text string) string {
	tb.Helper()
	return compressed(tb, text, func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil })
}

// What a file is, its first bytes say, whatever its name.
func TestCompressionIsFoundByTheFirstBytes(t *testing.T) {
	for name, text := range map[string]string{
		"plain":              twoCloses,
		"byte order mark":    "\uFEFF" + twoCloses,
		"gzip":               gzipped(t, twoCloses),
		"gzip with a mark":   gzipped(t, "\uFEFF"+twoCloses),
		"zstd":               compressed(t, twoCloses, func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) }),
		"CR LF":              strings.ReplaceAll(twoCloses, "\n", "\r\n"),
		"no end of the line": strings.TrimSuffix(twoCloses, "\n"),
		"blank lines above":  "\n\u00a0\n" + twoCloses,
		"semicolons":         strings.ReplaceAll(twoCloses, ",", ";"),
		"tabs":               strings.ReplaceAll(twoCloses, ",", "\t"),
	} {
		t.Run(name, func(t *testing.T) {
			batch, _ := closes(t, text, importer.Mapping{})
			if len(batch.Closes) != 2 || batch.Closes[1].Close != dollars(t, "10.5") {
				t.Errorf("got %v", printed(batch))
			}
		})
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"empty":            {"", importer.ErrNoData, "empty"},
		"blank":            {" \n\n", importer.ErrNoData, "empty"},
		"a page":           {"<!DOCTYPE html><html><body>Russell 2000</body></html>", importer.ErrWebPage, "browser"},
		"a page in a zip":  {gzipped(t, "\n <HTML>"), importer.ErrWebPage, "browser"},
		"a page with mark": {"\uFEFF<html>", importer.ErrWebPage, "browser"},
		"an XML sheet":     {`<?xml version="1.0"?><ss:Workbook>`, importer.ErrFormat, "CSV"},
		"a workbook":       {"PK\x03\x04rest", importer.ErrFormat, "CSV"},
		"a message":        {`{"error":"rate limit"}`, importer.ErrFormat, "JSON"},
		"UTF-16":           {"\xff\xfeD\x00a\x00", importer.ErrFormat, "UTF-16"},
		"NUL bytes":        {"Date,\x00Close\n", importer.ErrFormat, "columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, report, err := importer.Closes(strings.NewReader(c.text), "got.csv", importer.Mapping{})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "got.csv") {
				t.Errorf("Closes: %v, want %v that names the file and says %q", err, c.want, c.says)
			}
			_, listReport, err := importer.Holdings(strings.NewReader(c.text), "got.csv", importer.Options{})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), "got.csv") {
				t.Errorf("Holdings: %v, want %v", err, c.want)
			}
			if report == nil || listReport == nil {
				t.Error("there is no report")
			}
		})
	}
}

// A file that cannot be read to its end is not imported by halves.
func TestBrokenReadsAreErrors(t *testing.T) {
	whole := gzipped(t, strings.Repeat(twoCloses, 1_000))
	for name, r := range map[string]io.Reader{
		"cut gzip":     strings.NewReader(whole[:len(whole)-20]),
		"read failure": io.MultiReader(strings.NewReader(twoCloses), iotest.ErrReader(errors.New("the disk is gone"))),
		"at once":      iotest.ErrReader(errors.New("the disk is gone")),
	} {
		t.Run(name, func(t *testing.T) {
			batch, _, err := importer.Closes(r, "closes.csv.gz", importer.Mapping{})
			if err == nil || len(batch.Closes) > 0 {
				t.Errorf("%d closes and the error %v", len(batch.Closes), err)
			}
		})
	}
}
