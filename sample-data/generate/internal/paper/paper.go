// Package paper writes the sample's files in the dataset format.
package paper

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"gyre/model"
	"gyre/model/num"
	"gyre/sample-data/generate/internal/synth"
)

// instant is how moments are written.
const instant = time.RFC3339

// Write writes the files of the made-up market into a folder. Equal markets
// give equal files.
func Write(folder string, m *synth.Market) error {
	for _, f := range []struct {
		name string
		rows func(*synth.Market) [][]string
	}{
		{"instruments.csv", instruments},
		{"members.csv", members},
		{"shares.csv.zst", shares},
		{"facts.csv.zst", facts},
		{"closes.csv.zst", closes},
		{"actions.csv", actions},
		{"halts.csv", halts},
		{"ticks.csv", ticks},
		{"spread_history.csv", history},
	} {
		if err := write(filepath.Join(folder, f.name), f.rows(m)); err != nil {
			return fmt.Errorf("%s cannot be written: %w", f.name, err)
		}
	}
	return nil
}

// write writes one file, compressed where its name says so.
func write(path string, rows [][]string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if !strings.HasSuffix(path, ".zst") {
		return csv.NewWriter(f).WriteAll(rows)
	}
	return compress(f, rows)
}

// window is how far back the encoder looks. Whoever reads the file keeps twice as
// much; a larger one does not make these files smaller.
const window = 128 << 10

// compress writes rows through an encoder whose output depends on nothing but
// its input.
func compress(w io.Writer, rows [][]string) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window), zstd.WithEncoderCRC(true))
	if err != nil {
		return err
	}
	if err := csv.NewWriter(z).WriteAll(rows); err != nil {
		return err
	}
	return z.Close()
}

// instruments are the companies.
func instruments(m *synth.Market) [][]string {
	rows := [][]string{{"id", "symbol", "name", "sector", "share_class_of"}}
	for _, c := range m.Companies {
		rows = append(rows, []string{c.ID, c.Symbol, c.Name, c.Sector, ""})
	}
	return rows
}

// members are the stays in the indices. All began with the reconstitution of
// June 2024, and none ends.
func members(m *synth.Market) [][]string {
	const since = "2024-06-28"
	rows := [][]string{{"index", "id", "from", "to", "quantity"}}
	for _, index := range []struct {
		symbol string
		has    func(*synth.Company) bool
	}{
		{"RUT", func(c *synth.Company) bool { return !c.Only }},
		{"RMICRO", func(c *synth.Company) bool { return c.Micro }},
	} {
		for i := range m.Companies {
			if c := &m.Companies[i]; index.has(c) {
				rows = append(rows, []string{index.symbol, c.ID, since, "", ""})
			}
		}
	}
	return rows
}

// shares are the share counts. Before a split they were others.
func shares(m *synth.Market) [][]string {
	rows := [][]string{{"id", "known_at", "shares"}}
	for _, s := range m.Books.Shares {
		rows = append(rows, []string{m.Companies[s.ID].ID, s.KnownAt.Format(instant), whole(s.Shares * m.SplitFactor(s.KnownAt, int(s.ID)))})
	}
	return rows
}

// facts are the balance sheets.
func facts(m *synth.Market) [][]string {
	rows := [][]string{{"id", "known_at", "debt", "preferred", "minority", "cash"}}
	for _, f := range m.Books.Facts {
		rows = append(rows, []string{
			m.Companies[f.ID].ID, f.KnownAt.Format(instant),
			dollars(f.Debt), dollars(f.Preferred), dollars(f.Minority), dollars(f.Cash),
		})
	}
	return rows
}

// closes are the prices as they were printed on the day.
func closes(m *synth.Market) [][]string {
	rows := make([][]string, 1, 1+len(m.Sessions)*len(m.Companies))
	rows[0] = []string{"date", "id", "open", "high", "low", "close", "volume"}
	for d, s := range m.Sessions {
		date := s.Date.String()
		for i := range m.Companies {
			if !m.Traded(d, i) {
				continue
			}
			factor := m.SplitFactor(s.Closes, i)
			var open, high, low string
			if bars := m.Bars[d]; bars != nil {
				open, high, low = price(bars[i].Open, factor), price(bars[i].High, factor), price(bars[i].Low, factor)
			}
			rows = append(rows, []string{date, m.Companies[i].ID, open, high, low, price(m.Price[d][i], factor), whole(m.Volume[d][i] * factor)})
		}
	}
	return rows
}

// actions are the corporate actions.
func actions(m *synth.Market) [][]string {
	x := &m.Defects
	date := func(d int) string { return m.Sessions[d].Date.String() }
	return [][]string{
		{"id", "ex_date", "kind", "ratio", "amount", "new_symbol"},
		{m.Companies[x.Merger.Company].ID, date(x.Merger.Session), "cash_merger", "", price(x.Merger.Amount, 1), ""},
		{m.Companies[x.Split.Company].ID, date(x.Split.Session), "split", fmt.Sprintf("%d:%d", x.Split.New, x.Split.Old), "", ""},
		{m.Companies[x.Rename.Company].ID, date(x.Rename.Session), "rename", "", "", x.Rename.Symbol},
	}
}

// halts are the names in which trading stopped.
func halts(m *synth.Market) [][]string {
	rows := [][]string{{"at", "id", "state", "code"}}
	for _, h := range m.Defects.Halts {
		rows = append(rows, []string{h.At.Format(instant), m.Companies[h.Company].ID, "H", h.Code})
	}
	return rows
}

// ticks are the bad print, and the opening prints of names that opened late.
// O is the tape's sale condition of an opening print.
func ticks(m *synth.Market) [][]string {
	bad, last := m.Defects.Tick, len(m.Sessions)-1
	rows := [][]string{
		{"at", "id", "price", "volume", "conditions"},
		{bad.At.Format(instant), m.Companies[bad.Company].ID, price(bad.Price, 1), "", ""},
	}
	for _, l := range m.Defects.Late {
		at := m.Sessions[last].Opens.Add(time.Duration(l.Minute) * time.Minute)
		rows = append(rows, []string{at.Format(instant), m.Companies[l.Company].ID, price(m.Bars[last][l.Company].Open, 1), "", "O"})
	}
	return rows
}

// history are the spreads of the time before the closes, in percentage points.
func history(m *synth.Market) [][]string {
	rows := [][]string{{"date", "axis", "universe", "sessions", "spread"}}
	for _, p := range m.History {
		rows = append(rows, []string{
			p.Date.String(), p.Axis, p.Universe, strconv.Itoa(p.Sessions), strconv.FormatFloat(100*p.Spread, 'f', 4, 64),
		})
	}
	return rows
}

func whole(n int64) string { return strconv.FormatInt(n, 10) }

// dollars is an amount, empty where it is not known.
func dollars(a model.Amount) string {
	if !a.Known {
		return ""
	}
	return whole(int64(a.Dollars))
}

// price is a price as it was printed, in cents or, below a dollar, in
// hundredths of cents.
func price(p num.Price, factor int64) string {
	p /= num.Price(factor)
	places := int32(2)
	if p < num.PriceScale {
		places = 4
	}
	return p.Decimal().StringFixed(places)
}
