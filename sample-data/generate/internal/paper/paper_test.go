package paper

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"gyre/feed/sim"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/sample-data/generate/internal/synth"
)

// tiny is a market of two companies over two sessions.
func tiny() *synth.Market {
	calendar := session.New()
	tuesday, _ := calendar.On(session.NewDate(2025, 3, 25))
	wednesday, _ := calendar.On(session.NewDate(2025, 3, 26))
	filed := session.NewDate(2025, time.February, 20).At(16, 30)
	m := &synth.Market{
		Companies: []synth.Company{
			{ID: "S0001", Symbol: "S0001", Name: "Sample Health S0001", Sector: "HC", Micro: true},
			{ID: "M0001", Symbol: "M0001", Name: "Sample Energy M0001", Sector: "EN", Micro: true, Only: true},
		},
		Sessions: []session.Session{tuesday, wednesday},
		Price:    [][]num.Price{{5_000_000, 300_000}, {5_250_000, 12_340_000}},
		Volume:   [][]int64{{700, 1200}, {100, 9900}},
	}
	m.Bars = make([][]sim.Bar, 2)
	m.Bars[1] = []sim.Bar{{Open: 5_100_000, High: 5_300_000, Low: 5_000_000}, {Open: 300_000, High: 13_000_000, Low: 290_000}}
	m.Books.Shares = []model.ShareCount{{ID: 0, KnownAt: filed, Shares: 1000}, {ID: 1, KnownAt: filed, Shares: 2000}}
	m.Books.Facts = []model.Facts{{ID: 0, KnownAt: filed, Cash: model.Amount{Dollars: 7000, Known: true}}}
	m.Defects = synth.Defects{
		Silent: make([]bool, 2),
		Merger: synth.Merger{Company: 1, Session: 9, Amount: 14_500_000},
		Split:  synth.Split{Company: 0, Session: 1, New: 1, Old: 10},
		Rename: synth.Rename{Company: 1, Session: 1, Symbol: "M9001"},
		Halts:  []synth.Halt{{Company: 0, At: wednesday.Date.At(10, 12), Code: "T1"}},
		Late:   []synth.LateOpen{{Company: 0, Minute: 7}},
		Tick:   synth.BadTick{Company: 1, At: tuesday.Date.At(11, 7), Price: 410_000},
	}
	m.History = []synth.HistoryPoint{{Date: tuesday.Date, Axis: "size", Universe: "RUT", Sessions: 5, Spread: -.0244}}
	return m
}

func text(rows [][]string) string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = strings.Join(row, ",")
	}
	return strings.Join(lines, "\n")
}

// What is in the money of the last session within the generator was another
// number on paper before the split.
func TestClosesAreThoseOfTheDay(t *testing.T) {
	want := "date,id,open,high,low,close,volume\n" +
		"2025-03-25,S0001,,,,0.5000,7000\n" +
		"2025-03-25,M0001,,,,0.3000,1200\n" +
		"2025-03-26,S0001,5.10,5.30,5.00,5.25,100\n" +
		"2025-03-26,M0001,0.3000,13.00,0.2900,12.34,9900"
	if got := text(closes(tiny())); got != want {
		t.Errorf("closes.csv:\n%s\nwant\n%s", got, want)
	}
}

func TestSharesAreThoseOfTheFiling(t *testing.T) {
	want := "id,known_at,shares\n" +
		"S0001,2025-02-20T16:30:00-05:00,10000\n" +
		"M0001,2025-02-20T16:30:00-05:00,2000"
	if got := text(shares(tiny())); got != want {
		t.Errorf("shares.csv:\n%s\nwant\n%s", got, want)
	}
}

func TestSmallFiles(t *testing.T) {
	for name, c := range map[string]struct {
		rows func(*synth.Market) [][]string
		want string
	}{
		"instruments": {instruments, "id,symbol,name,sector,share_class_of\nS0001,S0001,Sample Health S0001,HC,\nM0001,M0001,Sample Energy M0001,EN,"},
		"members":     {members, "index,id,from,to,quantity\nRUT,S0001,2024-06-28,,\nRMICRO,S0001,2024-06-28,,\nRMICRO,M0001,2024-06-28,,"},
		"facts":       {facts, "id,known_at,debt,preferred,minority,cash\nS0001,2025-02-20T16:30:00-05:00,,,,7000"},
		"halts":       {halts, "at,id,state,code\n2025-03-26T10:12:00-04:00,S0001,H,T1"},
		"history":     {history, "date,axis,universe,sessions,spread\n2025-03-25,size,RUT,5,-2.4400"},
		"ticks": {ticks, "at,id,price,volume,conditions\n2025-03-25T11:07:00-04:00,M0001,0.4100,,\n" +
			"2025-03-26T09:37:00-04:00,S0001,5.10,,O"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := text(c.rows(tiny())); got != c.want {
				t.Errorf("\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestActions(t *testing.T) {
	m := tiny()
	m.Defects.Merger.Session = 1
	want := "id,ex_date,kind,ratio,amount,new_symbol\n" +
		"M0001,2025-03-26,cash_merger,,14.50,\n" +
		"S0001,2025-03-26,split,1:10,,\n" +
		"M0001,2025-03-26,rename,,,M9001"
	if got := text(actions(m)); got != want {
		t.Errorf("actions.csv:\n%s\nwant\n%s", got, want)
	}
}

// The same rows give the same bytes, and those give the rows back.
func TestCompressionIsRepeatable(t *testing.T) {
	rows := [][]string{{"id", "close"}}
	for i := range 5000 {
		rows = append(rows, []string{"S0001", strings.Repeat("7", i%9)})
	}
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := compress(b, rows); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs differ")
	}
	z, err := zstd.NewReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	plain, err := io.ReadAll(z)
	if err != nil || string(plain) != text(rows)+"\n" {
		t.Errorf("%d bytes come back, %v", len(plain), err)
	}
}

func TestWriteNamesTheFileItCannotWrite(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "facts.csv.zst"), 0o755); err != nil {
		t.Fatal(err)
	}
	m := tiny()
	m.Defects.Merger.Session = 1
	err := Write(folder, m)
	if err == nil || !strings.Contains(err.Error(), "facts.csv.zst cannot be written") {
		t.Errorf("error %v", err)
	}
}
