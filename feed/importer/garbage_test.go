package importer_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/feed/importer"
	"gyre/model/num"
)

// mangled is a good file with some of its bytes changed, cut out or repeated.
func mangled(t *rapid.T, good string) []byte {
	text := []byte(good)
	for range rapid.IntRange(1, 8).Draw(t, "changes") {
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			text[at] = rapid.SampledFrom([]byte("\x00\x1b\"\n,;-.^/ \xff9A")).Draw(t, "byte")
		case 1:
			text = append(text[:at:at], text[min(len(text), at+rapid.IntRange(1, 200).Draw(t, "cut")):]...)
		case 2:
			text = append(text[:at:at], append([]byte(`"",`), text[at:]...)...)
		default:
			text = append(text, text[at:]...)
		}
		if len(text) == 0 {
			return []byte("x")
		}
	}
	return text
}

// Whatever a file holds, nothing panics, nothing of a refused file is handed
// over, and what is handed over is sound: every symbol is one, every price and
// quantity above zero, every row either kept or accounted for.
func TestMangledFiles(t *testing.T) {
	wide := "Date,ABC,BRK-B\n2025-03-27,10,500\n2025-03-28,10.5,501\n"
	long := "Date,Symbol,Close,Cap\n2025-03-27,ABC,10,30000000\n2025-03-28,ABC,300,30000000\n2025-03-31,ABC,301,30100000\n"
	rapid.Check(t, func(t *rapid.T) {
		text := mangled(t, american)
		batch, report, err := importer.Holdings(bytes.NewReader(text), "list.csv", importer.Options{Index: "X", CountBand: anyCount(), AsOf: 20_000})
		if (err == nil) != (len(batch.Lists) == 1) || report == nil {
			t.Fatalf("%d lists, the error %v", len(batch.Lists), err)
		}
		for _, l := range batch.Lists {
			for _, m := range l.Members {
				if !sound(m.Symbol) || m.Quantity < 0 || strings.ContainsAny(m.Name, "\x00\x1b\n") {
					t.Fatalf("the member %+v of %q", m, text)
				}
			}
		}
		for _, c := range []struct {
			good    string
			mapping importer.Mapping
		}{{wide, importer.Mapping{Wide: true, Calendar: nyse}}, {long, importer.Mapping{MarketCap: "Cap", Calendar: nyse}}} {
			batch, report, err := importer.Closes(bytes.NewReader(mangled(t, c.good)), "closes.csv", c.mapping)
			if (err == nil) != (len(batch.Closes) > 0) || report == nil {
				t.Fatalf("%d closes, the error %v", len(batch.Closes), err)
			}
			for _, x := range batch.Closes {
				if !sound(x.Symbol) || x.Close <= 0 || x.Close > num.MaxPrice {
					t.Fatalf("the close %+v", x)
				}
			}
			for _, x := range batch.Shares {
				if x.Shares <= 0 {
					t.Fatalf("the shares %+v", x)
				}
			}
			if !c.mapping.Wide && err == nil && report.Read != report.Kept+report.Omitted() {
				t.Fatalf("a row is not accounted for:\n%s", report)
			}
		}
	})
}

// sound tells whether a symbol is of letters and digits, with a point at most.
func sound(symbol string) bool {
	rest := strings.Trim(symbol, ".ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
	return symbol != "" && rest == "" && strings.Count(symbol, ".") <= 1
}
