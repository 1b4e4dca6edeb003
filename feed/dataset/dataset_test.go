package dataset_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/dataset"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// complete is a small dataset with every file.
func complete() map[string]string {
	return map[string]string{
		"dataset.toml": `name = "two companies"
sample = true
seed = 7
intraday = "synthetic"
from = "2025-03-27"
to = "2025-03-28"
start = "2025-03-28T09:25"
speed = 60
`,
		"instruments.csv": `id,symbol,name,sector,share_class_of
A,AAA,"Alpha, Inc.",IT,
B,BBB,Beta,FIN,
B2,BBB.B,Beta class B,FIN,B
`,
		"closes.csv": `date,id,open,high,low,close,volume
2025-03-27,A,,,,10,1000
2025-03-27,B,,,,20.5,
2025-03-28,A,10,10.5,9.75,9.9,2000
2025-03-28,B2,,,,0.0625,50
`,
		"members.csv": `index,id,from,to,quantity
RUT,B,2024-07-01,,
RUT,A,2024-07-01,2025-03-28,500
RMICRO,B,,,
`,
		"shares.csv": `id,known_at,shares
B,2025-02-01T17:00:00-05:00,200
A,2025-01-31,100
A,2024-11-29,90
`,
		"facts.csv": `id,known_at,debt,preferred,minority,cash
A,2025-02-14T16:05:00,1000000,,-5,0
B,2025-02-14,,,,
`,
		"indices.csv": `symbol,name,date,open,high,low,close,high_at,low_at
RUT,Russell 2000,2025-03-28,2063.31,2063.31,2013.00,2023.27,09:30,13:35
RUT,Russell 2000,2025-03-27,,,,2065.70,,
SPX,S&P 500,2025-03-28,,,,5580.94,,
`,
		"actions.csv": `id,ex_date,kind,ratio,amount,new_symbol
A,2025-03-28,split,1:10,,
B,2025-03-27,cash_merger,,21.5,
B,2025-03-28,rename,,,BETA
`,
		"events.csv": `at,title,country,importance,consensus,previous,revised,actual,known_at,listed,source
2025-04-01T10:00:00-04:00,ISM manufacturing,US,3,49.5,50.3,,49.0,,,ISM
2025-03-28T08:30:00-04:00,Core PCE y/y,US,3,2.7,2.6,2.7,2.8,2025-03-28T08:30:00-04:00,2025-03-01,BEA
`,
		"ranges.csv": `symbol,from,to,low,high,source,known_at
RUT,2025-03-31,2025-04-04,2025,2110,a broker,2025-03-28T09:00:00-04:00
`,
		"rates.csv": `known_at,cuts_priced,year,source
2025-03-28T09:00:00-04:00,2,2025,the note
`,
		"halts.csv": `at,id,state,code
2025-03-28T11:00:00-04:00,B,R,
2025-03-28T10:42:00-04:00,B,h,T1
`,
		"ticks.csv": `at,id,price,volume,conditions
2025-03-28T11:07:00-04:00,A,99.5,1200,@ I
`,
		"spread_history.csv": `date,axis,universe,sessions,spread
2024-01-05,leverage,RMICRO,5,-0.25
2024-01-04,size,RUT,1,2.44
`,
		"note.toml": "known_at = 2025-03-28T09:00:00-04:00\n[claims]\n",
	}
}

// folder is a dataset folder with the given files.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// load loads a dataset that must load.
func load(t *testing.T, fsys fs.FS) *dataset.Dataset {
	t.Helper()
	ds, err := dataset.Load(t.Context(), fsys, "test")
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// ny is a moment in New York, written as 2025-03-28 09:30:00.
func ny(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(time.DateTime, text, session.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func day(d int) session.Date { return session.NewDate(2025, 3, d) }

func TestLoadReadsEveryFile(t *testing.T) {
	ds := load(t, folder(complete()))
	if ds.ProblemCount != 0 {
		t.Fatalf("there are problems: %v", ds.Problems)
	}
	known := func(d num.Dollars) model.Amount { return model.Amount{Dollars: d, Known: true} }
	want := &model.Reference{
		Name: "two companies", Sample: true, Calendar: ds.Reference.Calendar,
		Instruments: []model.Instrument{
			{Key: "A", Symbol: "AAA", Name: "Alpha, Inc.", Sector: "IT", ShareClassOf: 0},
			{Key: "B", Symbol: "BBB", Name: "Beta", Sector: "FIN", ShareClassOf: 1},
			{Key: "B2", Symbol: "BBB.B", Name: "Beta class B", Sector: "FIN", ShareClassOf: 1},
		},
		Members: []model.Membership{
			{Index: "RMICRO", ID: 1},
			{Index: "RUT", ID: 0, From: session.NewDate(2024, 7, 1), To: day(28), Quantity: 500},
			{Index: "RUT", ID: 1, From: session.NewDate(2024, 7, 1)},
		},
		Shares: []model.ShareCount{
			{ID: 0, KnownAt: ny(t, "2024-11-29 13:00:00"), Shares: 90}, // a half day
			{ID: 0, KnownAt: ny(t, "2025-01-31 16:00:00"), Shares: 100},
			{ID: 1, KnownAt: ny(t, "2025-02-01 17:00:00"), Shares: 200},
		},
		Facts: []model.Facts{
			{ID: 0, KnownAt: ny(t, "2025-02-14 16:05:00"), Debt: known(1_000_000), Minority: known(-5), Cash: known(0)},
			{ID: 1, KnownAt: ny(t, "2025-02-14 16:00:00")},
		},
		Actions: []model.Action{
			{ID: 1, ExDate: day(27), Kind: model.ActionCashMerger, Amount: 21_500_000},
			{ID: 0, ExDate: day(28), Kind: model.ActionSplit, New: 1, Old: 10},
			{ID: 1, ExDate: day(28), Kind: model.ActionRename, Symbol: "BETA"},
		},
		Closes: []model.CloseColumn{
			{Date: day(27), Price: []num.Price{10_000_000, 20_500_000, 0}, Volume: []int64{1000, 0, 0}},
			{Date: day(28), Price: []num.Price{9_900_000, 0, 62_500}, Volume: []int64{2000, 0, 50}},
		},
		Indices: []model.IndexSeries{
			{Symbol: "RUT", Name: "Russell 2000", Days: []model.IndexDay{
				{Date: day(27), Close: 2_065_700_000},
				{Date: day(28), Open: 2_063_310_000, High: 2_063_310_000, Low: 2_013_000_000, Close: 2_023_270_000},
			}},
			{Symbol: "SPX", Name: "S&P 500", Days: []model.IndexDay{{Date: day(28), Close: 5_580_940_000}}},
		},
		Events: []model.Event{
			{
				At: ny(t, "2025-03-28 08:30:00"), Title: "Core PCE y/y", Country: "US", Importance: 3,
				Consensus: "2.7", Previous: "2.6", Revised: "2.7", Actual: "2.8",
				KnownAt: ny(t, "2025-03-28 08:30:00"), Listed: ny(t, "2025-03-01 16:00:00"), Source: "BEA",
			},
			{
				At: ny(t, "2025-04-01 10:00:00"), Title: "ISM manufacturing", Country: "US", Importance: 3,
				Consensus: "49.5", Previous: "50.3", Actual: "49.0", KnownAt: ny(t, "2025-04-01 10:00:00"), Source: "ISM",
			},
		},
		Ranges: []model.Range{{
			Symbol: "RUT", From: day(31), To: session.NewDate(2025, 4, 4), Low: 2_025_000_000, High: 2_110_000_000,
			Source: "a broker", KnownAt: ny(t, "2025-03-28 09:00:00"),
		}},
		Rates: []model.RateQuote{{KnownAt: ny(t, "2025-03-28 09:00:00"), CutsPriced: "2", Year: 2025, Source: "the note"}},
		Spreads: []model.SpreadPoint{
			{Date: session.NewDate(2024, 1, 4), Axis: model.AxisSize, Universe: "RUT", Sessions: 1, Spread: 244_000_000},
			{Date: session.NewDate(2024, 1, 5), Axis: model.AxisLeverage, Universe: "RMICRO", Sessions: 5, Spread: -25_000_000},
		},
	}
	got, wanted := reflect.ValueOf(*ds.Reference), reflect.ValueOf(*want)
	for i := range got.NumField() {
		if !reflect.DeepEqual(got.Field(i).Interface(), wanted.Field(i).Interface()) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", got.Type().Field(i).Name, got.Field(i), wanted.Field(i))
		}
	}
}

func TestLoadReadsWhatReplaysNeed(t *testing.T) {
	ds := load(t, folder(complete()))
	for name, c := range map[string]struct{ got, want any }{
		"days": {ds.Days, []dataset.Day{
			{Date: day(27)},
			{Date: day(28), Open: []num.Price{10_000_000, 0, 0}, High: []num.Price{10_500_000, 0, 0}, Low: []num.Price{9_750_000, 0, 0}},
		}},
		"extremes": {ds.Extremes, [][]dataset.Extremes{
			{{}, {HighAt: ny(t, "2025-03-28 09:30:00"), LowAt: ny(t, "2025-03-28 13:35:00")}},
			{{}},
		}},
		"halts": {ds.Halts, []dataset.Halt{
			{At: ny(t, "2025-03-28 10:42:00"), ID: 1, Code: "T1"},
			{At: ny(t, "2025-03-28 11:00:00"), ID: 1, Resume: true},
		}},
		"ticks": {ds.Ticks, []dataset.Tick{
			{At: ny(t, "2025-03-28 11:07:00"), ID: 0, Price: 99_500_000, Volume: 1200, Flags: model.FlagNoLast},
		}},
		"settings": {ds.Settings, dataset.Settings{
			Name: "two companies", Sample: true, Seed: 7, Synthetic: true, Speed: 60,
			From: ny(t, "2025-03-27 09:25:00"), To: ny(t, "2025-03-28 16:00:00"), Start: ny(t, "2025-03-28 09:25:00"),
		}},
		"note":               {string(ds.Note), complete()["note.toml"]},
		"the note's instant": {ds.NoteKnownAt, ny(t, "2025-03-28 09:00:00")},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, c.got, c.want)
		}
	}
}

// TestLoadReadsEveryForm writes the same closes in all the ways that the
// format allows.
func TestLoadReadsEveryForm(t *testing.T) {
	files := complete()
	want := load(t, folder(files)).Reference.Closes
	text := files["closes.csv"]
	for name, c := range map[string]struct{ file, text string }{
		"gzip":                {"closes.csv.gz", zip(t, text)},
		"zstd":                {"closes.csv.zst", string(compress(t, []byte(text)))},
		"byte order mark":     {"closes.csv", "\ufeff" + text},
		"Windows line ends":   {"closes.csv", strings.ReplaceAll(text, "\n", "\r\n")},
		"no last line end":    {"closes.csv", strings.TrimSuffix(text, "\n")},
		"blank lines":         {"closes.csv", strings.ReplaceAll(text, "\n", "\n\n")},
		"capitals and spaces": {"closes.csv", strings.Replace(text, "date,id,open", "Date, ID ,OPEN", 1)},
		"unknown columns":     {"closes.csv", "x," + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\nnonsense,")},
		"quoted fields":       {"closes.csv", strings.ReplaceAll(text, ",A,", `,"A",`)},
		"dates out of order":  {"closes.csv", reversed(text)},
		"other order of columns": {"closes.csv", `volume,close,low,high,open,id,date
1000,10,,,,A,2025-03-27
,20.5,,,,B,2025-03-27
2000,9.9,9.75,10.5,10,A,2025-03-28
50,0.0625,,,,B2,2025-03-28
`},
	} {
		t.Run(name, func(t *testing.T) {
			files := complete()
			delete(files, "closes.csv")
			files[c.file] = c.text
			ds := load(t, folder(files))
			if !reflect.DeepEqual(ds.Reference.Closes, want) || ds.ProblemCount > 0 {
				t.Errorf("got %+v, problems %v", ds.Reference.Closes, ds.Problems)
			}
		})
	}
}

// zip is text in the gz format.
func zip(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// reversed is a file with its rows from the last to the first.
func reversed(text string) string {
	header, rows, _ := strings.Cut(strings.TrimSuffix(text, "\n"), "\n")
	lines := strings.Split(rows, "\n")
	for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 {
		lines[i], lines[j] = lines[j], lines[i]
	}
	return header + "\n" + strings.Join(lines, "\n") + "\n"
}

func TestLoadNeedsOnlyInstrumentsAndCloses(t *testing.T) {
	files := complete()
	ds := load(t, folder(map[string]string{"instruments.csv": files["instruments.csv"], "closes.csv": files["closes.csv"]}))
	want := []string{
		"members.csv", "shares.csv", "facts.csv", "indices.csv", "actions.csv", "events.csv", "ranges.csv", "rates.csv",
		"halts.csv", "ticks.csv", "spread_history.csv", "note.toml",
	}
	if !reflect.DeepEqual(ds.Reference.Missing, want) || ds.ProblemCount != 0 {
		t.Errorf("missing %v, problems %v", ds.Reference.Missing, ds.Problems)
	}
	if ds.Reference.Name != "test" || ds.Reference.Sample {
		t.Errorf("it calls itself %q, sample %t", ds.Reference.Name, ds.Reference.Sample)
	}
}

func TestLoadOfAFolderOnDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range complete() {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "dataset.toml")); err != nil {
		t.Fatal(err)
	}
	ds, err := dataset.Load(t.Context(), os.DirFS(dir), dir)
	if err != nil || ds.Reference.Name != "my data" {
		t.Errorf("got %v, %v", ds, err)
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := dataset.Load(ctx, large(t, 500, 60), "test")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
