package dataset_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"gyre/feed/dataset"
	"gyre/model/num"
)

// TestBadRows puts one bad row after the others of a file. It must be named by
// file, line and column, and everything else must load as if it were not there.
func TestBadRows(t *testing.T) {
	for name, c := range map[string]struct{ file, row, want string }{
		"instruments: no id":               {"instruments.csv", ",X,X,IT,", "instruments.csv:5:1: id is empty"},
		"instruments: id twice":            {"instruments.csv", "A,X,X,IT,", `instruments.csv:5:1: the id "A" is there already`},
		"instruments: no symbol":           {"instruments.csv", "X,,X,IT,", "instruments.csv:5:3: symbol is empty"},
		"closes: too few fields":           {"closes.csv", "2025-03-28,B", "closes.csv:6:1: the line has 2 fields, the header 7"},
		"closes: too many fields":          {"closes.csv", "2025-03-28,B,,,,1,1,1", "closes.csv:6:1: the line has 8 fields, the header 7"},
		"closes: a bare quote":             {"closes.csv", `2025-03-28,B"x,,,,1,1`, "closes.csv:6:13: a quoted field does not end, or a quote stands where none may be"},
		"closes: an open quote":            {"closes.csv", `2025-03-28,"B,,,,1,1`, "closes.csv:6:21: a quoted field does not end, or a quote stands where none may be"},
		"closes: unknown id":               {"closes.csv", "2025-03-28,NEW,,,,1,1", `closes.csv:6:12: there is no instrument "NEW" in instruments.csv`},
		"closes: unknown id, quoted":       {"closes.csv", `2025-03-28,"N""W",,,,1,1`, `closes.csv:6:12: there is no instrument "N\"W" in instruments.csv`},
		"closes: no id":                    {"closes.csv", "2025-03-28,,,,,1,1", `closes.csv:6:12: there is no instrument "" in instruments.csv`},
		"closes: twice":                    {"closes.csv", "2025-03-28,A,,,,1,1", `closes.csv:6:12: "A" has a close on 2025-03-28 already`},
		"closes: NaN":                      {"closes.csv", "2025-03-28,B,,,,NaN,1", `closes.csv:6:17: close "NaN": a price is written with digits and at most one point, as 20.50`},
		"closes: infinite":                 {"closes.csv", "2025-03-28,B,,,,+Inf,1", `closes.csv:6:17: close "+Inf": a price is written with digits and at most one point, as 20.50`},
		"closes: 1e300":                    {"closes.csv", "2025-03-28,B,,,,1e300,1", `closes.csv:6:17: close "1e300": a price is written with digits and at most one point, as 20.50`},
		"closes: hexadecimal":              {"closes.csv", "2025-03-28,B,,,,0x1p4,1", `closes.csv:6:17: close "0x1p4": a price is written with digits and at most one point, as 20.50`},
		"closes: negative price":           {"closes.csv", "2025-03-28,B,,,,-1.5,1", `closes.csv:6:17: close "-1.5": a price is above zero`},
		"closes: zero":                     {"closes.csv", "2025-03-28,B,,,,0,1", `closes.csv:6:17: close "0": a price is above zero`},
		"closes: empty":                    {"closes.csv", "2025-03-28,B,,,,,1", `closes.csv:6:17: close "": a price is written with digits and at most one point, as 20.50`},
		"closes: too large":                {"closes.csv", "2025-03-28,B,,,,99999999999,1", `closes.csv:6:17: close "99999999999": a price is at most 1000000000`},
		"closes: thousands":                {"closes.csv", `2025-03-28,B,,,,"1,234.5",1`, `closes.csv:6:17: close "1,234.5": a price is written with digits and at most one point, as 20.50`},
		"closes: Arabic digits":            {"closes.csv", "2025-03-28,B,,,,١٢,1", `closes.csv:6:17: close "١٢": a price is written with digits and at most one point, as 20.50`},
		"closes: a bad open":               {"closes.csv", "2025-03-28,B,x,,,1,1", `closes.csv:6:14: open "x": a price is written with digits and at most one point, as 20.50`},
		"closes: high below low":           {"closes.csv", "2025-03-28,B,1,1,2,1,1", "closes.csv:6:16: the high lies below the low"},
		"closes: negative volume":          {"closes.csv", "2025-03-28,B,,,,1,-1", `closes.csv:6:19: volume "-1" is out of range`},
		"closes: volume with point":        {"closes.csv", "2025-03-28,B,,,,1,1.5", `closes.csv:6:19: volume "1.5" is not a plain decimal number`},
		"closes: no date":                  {"closes.csv", ",B,,,,1,1", `closes.csv:6:1: date "" is not a date; write it as 2025-03-28`},
		"closes: another date form":        {"closes.csv", "28.03.2025,B,,,,1,1", `closes.csv:6:1: date "28.03.2025" is not a date; write it as 2025-03-28`},
		"closes: no such day":              {"closes.csv", "2025-02-30,B,,,,1,1", `closes.csv:6:1: date "2025-02-30" is not a date; write it as 2025-03-28`},
		"closes: a Sunday":                 {"closes.csv", "2025-03-30,B,,,,1,1", "closes.csv:6:1: the exchange was closed on 2025-03-30, or the calendar does not reach that far"},
		"closes: a day of mourning":        {"closes.csv", "2025-01-09,B,,,,1,1", "closes.csv:6:1: the exchange was closed on 2025-01-09, or the calendar does not reach that far"},
		"closes: year 9999":                {"closes.csv", "9999-03-26,B,,,,1,1", "closes.csv:6:1: the exchange was closed on 9999-03-26, or the calendar does not reach that far"},
		"closes: year 1":                   {"closes.csv", "0001-01-01,B,,,,1,1", "closes.csv:6:1: the exchange was closed on 0001-01-01, or the calendar does not reach that far"},
		"closes: escape in the id":         {"closes.csv", "2025-03-28,\x1b[31mB,,,,1,1", `closes.csv:6:12: there is no instrument "[31mB" in instruments.csv`},
		"closes: NUL":                      {"closes.csv", "2025-03-28,B,,,,1\x00,1", `closes.csv:6:17: close "1\x00": a price is written with digits and at most one point, as 20.50`},
		"members: unknown member":          {"members.csv", "RUT,NEW,,,", `members.csv:5:5: there is no instrument "NEW" in instruments.csv`},
		"members: leaves before it comes":  {"members.csv", "RUT,B2,2025-03-01,2025-02-01,", "members.csv:5:19: the stay ends on 2025-02-01, before it begins"},
		"members: twice at a time":         {"members.csv", "RUT,A,2024-12-01,,", `members.csv:5:7: "A" is in RUT already at that time`},
		"members: bad quantity":            {"members.csv", "RUT,B2,,,x", `members.csv:5:10: quantity "x" is not a plain decimal number`},
		"shares: none":                     {"shares.csv", "B,2025-03-01,0", `shares.csv:5:14: shares "0" is out of range`},
		"shares: when?":                    {"shares.csv", "B,,5", `shares.csv:5:3: known_at "" is not a time; write it as 2025-03-28T08:30:00-04:00`},
		"facts: negative debt":             {"facts.csv", "B,2025-03-01,-1,,,", `facts.csv:4:14: debt "-1" is negative`},
		"facts: exponent":                  {"facts.csv", "B,2025-03-01,1e9,,,", `facts.csv:4:14: debt "1e9" is not a plain decimal number`},
		"facts: too large":                 {"facts.csv", "B,2025-03-01,99999999999999999999,,,", `facts.csv:4:14: debt "99999999999999999999" is out of range`},
		"indices: twice":                   {"indices.csv", "SPX,,2025-03-28,,,,5,,", "indices.csv:5:6: SPX has a close on 2025-03-28 already"},
		"indices: a holiday":               {"indices.csv", "SPX,,2025-01-20,,,,5,,", `indices.csv:5:6: the exchange was closed on "2025-01-20", or the calendar does not reach that far`},
		"indices: outside the session":     {"indices.csv", "SPX,,2025-03-27,,,,5,17:00,", `indices.csv:5:22: high_at "17:00" lies outside the session`},
		"indices: no time of day":          {"indices.csv", "SPX,,2025-03-27,,,,5,,25:00", `indices.csv:5:23: low_at "25:00" is not a time of day; write it as 15:55`},
		"actions: unknown kind":            {"actions.csv", "A,2025-03-28,bonus,,,", `actions.csv:5:14: kind "bonus" must be split, cash_merger, delisting, special_dividend, spin_off, rename`},
		"actions: split without ratio":     {"actions.csv", "A,2025-03-28,split,,,", "actions.csv:5:14: a split needs a ratio"},
		"actions: ratio without old":       {"actions.csv", "A,2025-03-28,split,10,,", `actions.csv:5:20: ratio "10" is none; write new:old, such as 1:10 for a reverse split`},
		"actions: ratio of nothing":        {"actions.csv", "A,2025-03-28,split,0:10,,", `actions.csv:5:20: ratio "0:10" is none; write new:old, such as 1:10 for a reverse split`},
		"actions: merger without amount":   {"actions.csv", "A,2025-03-28,cash_merger,,,", "actions.csv:5:14: a cash_merger needs an amount"},
		"actions: a split twice":           {"actions.csv", "A,2025-03-28,split,1:10,,", `actions.csv:5:14: "A" has a split on 2025-03-28 already`},
		"actions: rename without symbol":   {"actions.csv", "A,2025-03-28,rename,,,", "actions.csv:5:14: a rename needs a new_symbol"},
		"events: no time":                  {"events.csv", "2025-04-01T25:00:00Z,x,US,3,,,,,,,", `events.csv:4:1: at "2025-04-01T25:00:00Z" is not a time; write it as 2025-03-28T08:30:00-04:00`},
		"events: a skipped hour":           {"events.csv", "2025-03-09T02:30,x,US,3,,,,,,,", "events.csv:4:1: at: there was no 2025-03-09T02:30: clocks in New York were put forward over that time"},
		"events: a day only":               {"events.csv", "2025-04-01,x,US,3,,,,,,,", `events.csv:4:1: at "2025-04-01" has no time of day; write it as 2025-03-28T08:30:00-04:00`},
		"events: importance":               {"events.csv", "2025-04-01T10:00:00Z,x,US,4,,,,,,,", `events.csv:4:27: importance "4" is out of range`},
		"ranges: low above high":           {"ranges.csv", "RUT,2025-03-31,2025-04-04,2110,2025,x,2025-03-28", "ranges.csv:3:32: the high does not lie above the low"},
		"ranges: ends before it begins":    {"ranges.csv", "RUT,2025-04-04,2025-03-31,1,2,x,2025-03-28", "ranges.csv:3:16: the range ends on 2025-03-31, before it begins"},
		"rates: cuts":                      {"rates.csv", "2025-03-28,two,2025,x", `rates.csv:3:12: cuts_priced "two" is not a plain decimal number`},
		"rates: too many cuts":             {"rates.csv", "2025-03-28,41,2025,x", `rates.csv:3:12: cuts_priced "41" is out of range`},
		"halts: state":                     {"halts.csv", "2025-03-28T11:00:00-04:00,A,X,", `halts.csv:4:29: state "X" must be H, R`},
		"ticks: price":                     {"ticks.csv", "2025-03-28T11:00:00-04:00,A,free,,", `ticks.csv:3:29: price "free": a price is written with digits and at most one point, as 20.50`},
		"spread_history: axis":             {"spread_history.csv", "2024-01-05,quality,RUT,5,1", `spread_history.csv:4:12: axis "quality" must be size, leverage`},
		"spread_history: exponent":         {"spread_history.csv", "2024-01-05,size,RUT,5,1e-3", `spread_history.csv:4:23: spread "1e-3" is not a plain decimal number`},
		"spread_history: too large":        {"spread_history.csv", "2024-01-05,size,RUT,5,1000.01", `spread_history.csv:4:23: spread "1000.01" is out of range`},
		"a line of nothing but commas":     {"members.csv", ",,,,", "members.csv:5:1: index is empty"},
		"a line that is longer than a MiB": {"members.csv", strings.Repeat("x", 3<<20), "members.csv:5:1: the line is longer than 1024 KiB"},
		"binary":                           {"members.csv", "\x00\x01\xff\xfe,,,,", `members.csv:5:1: index is empty`},
	} {
		t.Run(name, func(t *testing.T) {
			files := complete()
			want := load(t, folder(files))
			files[c.file] += c.row + "\n"
			ds := load(t, folder(files))
			var found []string
			for _, p := range ds.Problems {
				found = append(found, p.String())
				if strings.ContainsFunc(p.Message, unicode.IsControl) {
					t.Errorf("the message %q acts on a terminal", p.Message)
				}
			}
			if got := found[max(len(found)-1, 0):]; len(got) == 0 || got[0] != c.want {
				t.Errorf("got %q\nwant %q", found, c.want)
			}
			if ds.Reference.Skipped != 1 {
				t.Errorf("it counts %d skipped rows", ds.Reference.Skipped)
			}
			ds.Reference.Skipped = 0
			if !reflect.DeepEqual(ds.Reference, want.Reference) || !reflect.DeepEqual(ds.Halts, want.Halts) || !reflect.DeepEqual(ds.Ticks, want.Ticks) {
				t.Error("the other rows did not load as without it")
			}
		})
	}
}

// TestUncleanTextIsCleanedAndCounted keeps rows whose text only needs cleaning.
func TestUncleanTextIsCleanedAndCounted(t *testing.T) {
	files := complete()
	files["instruments.csv"] += "E,EEE,\x1b]0;owned\aEvil \u202eInc,IT,\n"
	files["events.csv"] += "2025-04-02T16:00:00-04:00,Tariffs\x1b[2J,US,3,,,,,,,x\n"
	ds := load(t, folder(files))
	if got := ds.Reference.Instruments[3].Name; got != "]0;ownedEvil Inc" {
		t.Errorf("the name is %q", got)
	}
	if got := ds.Reference.Events[2].Title; got != "Tariffs[2J" {
		t.Errorf("the title is %q", got)
	}
	want := []dataset.Problem{
		{File: "instruments.csv", Line: 5, Column: 7, Message: `the text was not clean and is read as "]0;ownedEvil Inc"`},
		{File: "events.csv", Line: 4, Column: 27, Message: `the text was not clean and is read as "Tariffs[2J"`},
	}
	if !reflect.DeepEqual(ds.Problems, want) || ds.Reference.Skipped != 0 {
		t.Errorf("got %v and %d skipped rows", ds.Problems, ds.Reference.Skipped)
	}
}

func TestShareClassesOfNothing(t *testing.T) {
	files := complete()
	files["instruments.csv"] += "C1,C1,Unknown primary,IT,NONE\nC2,C2,Class of a class,IT,B2\nC3,C3,Class of itself,IT,C3\n"
	ds := load(t, folder(files))
	for id := 3; id <= 5; id++ {
		if in := ds.Reference.Instruments[id]; int(in.ShareClassOf) != id {
			t.Errorf("%s is a class of %d, not a company of its own", in.Key, in.ShareClassOf)
		}
	}
	want := []string{
		`instruments.csv:5:26: "NONE" is no company's primary line; the name counts as a company of its own`,
		`instruments.csv:6:27: "B2" is no company's primary line; the name counts as a company of its own`,
	}
	if got := fmt.Sprint(ds.Problems); got != fmt.Sprint(want) {
		t.Errorf("got %s", got)
	}
}

// TestOneBadLineInAThousand counts what is left.
func TestOneBadLineInAThousand(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("date,id,close\n")
	var instruments strings.Builder
	instruments.WriteString("id,symbol,name,sector,share_class_of\n")
	for i := range 1000 {
		fmt.Fprintf(&instruments, "N%d,N%d,,,\n", i, i)
		price := "1.25"
		if i == 499 {
			price = "1.2.5"
		}
		fmt.Fprintf(&rows, "2025-03-28,N%d,%s\n", i, price)
	}
	ds := load(t, folder(map[string]string{"instruments.csv": instruments.String(), "closes.csv": rows.String()}))
	loaded := 0
	for _, p := range ds.Reference.Closes[0].Price {
		if p == num.PriceScale*5/4 {
			loaded++
		}
	}
	if loaded != 999 || ds.ProblemCount != 1 || ds.Problems[0].Line != 501 {
		t.Errorf("%d loaded, problems %v", loaded, ds.Problems)
	}
}

func TestOnlyTheFirstProblemsAreKept(t *testing.T) {
	files := complete()
	files["closes.csv"] += strings.Repeat("nonsense\n", 5000)
	ds := load(t, folder(files))
	if len(ds.Problems) != dataset.MaxProblems || ds.ProblemCount != 5000 || ds.Reference.Skipped != 5000 {
		t.Errorf("%d kept of %d, %d skipped", len(ds.Problems), ds.ProblemCount, ds.Reference.Skipped)
	}
}

// TestUnusable lists what makes a dataset as a whole unusable. Each is one
// sentence that says what to do or where to look.
func TestUnusable(t *testing.T) {
	without := func(name string) map[string]string {
		files := complete()
		delete(files, name)
		return files
	}
	with := func(name, text string) map[string]string {
		files := complete()
		files[name] = text
		return files
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"an empty folder":                       {nil, "the dataset folder test is empty; it must hold at least instruments.csv and closes.csv"},
		"other files only":                      {map[string]string{"README.md": "hello"}, "dataset test: instruments.csv is not there (nor instruments.csv.gz or instruments.csv.zst): file does not exist; without it there is nothing to show"},
		"no closes":                             {without("closes.csv"), "dataset test: closes.csv is not there (nor closes.csv.gz or closes.csv.zst): file does not exist; without it there is nothing to show"},
		"two forms of a file":                   {with("members.csv.gz", "x"), "dataset test: members.csv and members.csv.gz are both there; keep one of them"},
		"an empty file":                         {with("members.csv", ""), "dataset test: members.csv is empty; its first line must name the columns"},
		"no rows of closes":                     {with("closes.csv", "date,id,close\n"), "dataset test: closes.csv has no usable row; it must hold at least one session's closes"},
		"no usable closes":                      {with("closes.csv", "date,id,close\nx,y,z\n"), "dataset test: closes.csv has no usable row; it must hold at least one session's closes"},
		"a missing column":                      {with("closes.csv", "date,id,price\n"), `dataset test: closes.csv has no column "close"; its first line must name it`},
		"a missing column of an optional file":  {with("shares.csv", "id,shares\n"), `dataset test: shares.csv has no column "known_at"; its first line must name it`},
		"a column twice":                        {with("shares.csv", "id,known_at,id,shares\n"), `dataset test: shares.csv has two columns "id"; keep one of them`},
		"a broken header":                       {with("shares.csv", "id,\"known_at,shares\nA,2025-01-31,1\n"), "dataset test: shares.csv:1:20: the header is broken: a quoted field does not end, or a quote stands where none may be"},
		"no gzip":                               {with2(complete(), "closes.csv", "closes.csv.gz", "date,id,close\n"), "dataset test: closes.csv.gz cannot be read: gzip: invalid header"},
		"no zstd":                               {with2(complete(), "closes.csv", "closes.csv.zst", "date,id,close\n"), "dataset test: closes.csv.zst cannot be read to its end: invalid input: magic number mismatch"},
		"a cut gzip":                            {with2(complete(), "closes.csv", "closes.csv.gz", zip(t, complete()["closes.csv"])[:60]), "dataset test: closes.csv.gz cannot be read to its end: unexpected EOF"},
		"a cut zstd":                            {with2(complete(), "closes.csv", "closes.csv.zst", string(compress(t, []byte(complete()["closes.csv"])))[:60]), "dataset test: closes.csv.zst cannot be read to its end: unexpected EOF"},
		"dataset.toml":                          {with("dataset.toml", "name = \n"), "dataset test: dataset.toml:1:8: this is not TOML: "},
		"dataset.toml, a type":                  {with("dataset.toml", "seed = \"x\"\n"), `dataset test: dataset.toml:1:1: seed: "x" is not allowed; write a whole number, such as 60`},
		"dataset.toml, intraday":                {with("dataset.toml", "intraday = \"real\"\n"), `dataset test: dataset.toml:1:1: intraday: it must be "synthetic" or left out`},
		"dataset.toml, speed":                   {with("dataset.toml", "speed = -1\n"), "dataset test: dataset.toml:1:1: speed: give market seconds per second, 1 to 3600, such as 60"},
		"dataset.toml, from":                    {with("dataset.toml", "from = \"soon\"\n"), `dataset test: dataset.toml:1:1: from: "soon" is not a time; write it as 2025-03-28T08:30:00-04:00`},
		"dataset.toml, from > to":               {with("dataset.toml", "from = 2025-03-28\nto = 2025-03-27\n"), "dataset test: dataset.toml:1:1: from: it does not lie before to"},
		"dataset.toml, the place":               {with("dataset.toml", "# mine\nname = \"x\"\n  sample = \"yes\"\n[x]\nsample = 1\n"), `dataset test: dataset.toml:3:3: sample: "yes" is not allowed; write true or false, without quotes`},
		"dataset.toml, a name of two":           {with("dataset.toml", "name = [\"x\", \"y\"]\n"), `dataset test: dataset.toml:1:1: name: a list is not allowed; write text in quotes`},
		"dataset.toml, a table for a key":       {with("dataset.toml", "\n[speed]\nx = 1\n"), `dataset test: dataset.toml:2:2: speed: a table is not allowed; write a whole number, such as 60`},
		"dataset.toml, a negative seed":         {with("dataset.toml", "seed = -1\n"), "dataset test: dataset.toml:1:1: seed: it is negative; give a whole number from 0 on"},
		"dataset.toml, from after the closes":   {with("dataset.toml", "name = \"x\"\nfrom = '9999-01-01'\n"), "dataset test: dataset.toml:2:1: from: it lies after the last close, that of 2025-03-28; give an earlier day"},
		"dataset.toml, to before the closes":    {with("dataset.toml", "to = 2020-01-02\n"), "dataset test: dataset.toml:1:1: to: it lies before the first session, 2025-03-27; give a later day"},
		"dataset.toml, to long after them":      {with("dataset.toml", "to = 9999-01-01\n"), "dataset test: dataset.toml:1:1: to: it lies more than a week after the last close, that of 2025-03-28; give an earlier day"},
		"dataset.toml, start before from":       {with("dataset.toml", "from = 2025-03-28\nstart = 2025-03-27\n"), "dataset test: dataset.toml:2:1: start: it lies outside of the replay, which goes from 2025-03-28 09:25 to 2025-03-28 16:00"},
		"dataset.toml, start before the closes": {with("dataset.toml", "start = '2020-01-01'\n"), "dataset test: dataset.toml:1:1: start: it lies outside of the replay, which goes from 2025-03-27 16:00 to 2025-03-28 16:00"},
		"dataset.toml, start after to":          {with("dataset.toml", "start = 2025-03-29T10:00:00\n"), "dataset test: dataset.toml:1:1: start: it lies outside of the replay, which goes from 2025-03-27 16:00 to 2025-03-28 16:00"},
		"dataset.toml, a time that never was":   {with("dataset.toml", "from = \"2025-03-09 02:30\"\n"), "dataset test: dataset.toml:1:1: from: there was no 2025-03-09 02:30: clocks in New York were put forward over that time"},
		"no instruments":                        {with("instruments.csv", "id,symbol,name,sector,share_class_of\n"), "dataset test: instruments.csv has no usable row; it must hold at least one instrument"},
		"closes of nobody":                      {with("closes.csv", "date,id,close\n2025-03-28,nobody,1\n"), "dataset test: closes.csv has no usable row; it must hold at least one session's closes"},
		"dataset.toml, too long":                {with("dataset.toml", strings.Repeat("#", 2<<20)), "dataset test: dataset.toml holds more than 1024 KiB; it cannot be what it should"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dataset.Load(t.Context(), folder(c.files), "test")
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Fatalf("got  %v\nwant %s", err, c.want)
			}
			if strings.ContainsFunc(err.Error(), unicode.IsControl) {
				t.Errorf("the error is not one line: %q", err)
			}
		})
	}
}

// A note that cannot be used costs the note alone; whoever reads it says why.
func TestABrokenNoteLeavesTheRest(t *testing.T) {
	whole, err := dataset.Load(t.Context(), folder(complete()), "test")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text     string
		kept     bool
		problems int
	}{
		"no TOML":                      {"[claim\n", true, 0},
		"a time that is none":          {"known_at = 5\n", true, 0},
		"more than a note can ever be": {strings.Repeat("#", 2<<20), false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			files := complete()
			files["note.toml"] = c.text
			ds, err := dataset.Load(t.Context(), folder(files), "test")
			if err != nil {
				t.Fatal(err)
			}
			if len(ds.Reference.Closes) != len(whole.Reference.Closes) || len(ds.Reference.Events) != len(whole.Reference.Events) || !ds.NoteKnownAt.IsZero() {
				t.Error("it is not the rest")
			}
			if (ds.Note != nil) != c.kept || ds.ProblemCount-whole.ProblemCount != c.problems {
				t.Errorf("kept %t, problems %v", ds.Note != nil, ds.Problems)
			}
		})
	}
}

// with2 replaces one file by another.
func with2(files map[string]string, old, name, text string) map[string]string {
	delete(files, old)
	files[name] = text
	return files
}

func TestAFolderThatIsNotThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nowhere")
	_, err := dataset.Load(t.Context(), os.DirFS(dir), dir)
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "the dataset folder "+dir+" is not there; give the path of a folder") {
		t.Errorf("got %v", err)
	}
}

func TestAFileInsteadOfAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "closes.csv")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := dataset.Load(t.Context(), os.DirFS(file), file)
	if err == nil || !strings.HasPrefix(err.Error(), file+" is no folder; give the path of a folder that holds instruments.csv and closes.csv") {
		t.Errorf("got %v", err)
	}
}

// locked is a folder in which one file may not be opened, or fails while it
// is read.
type locked struct {
	fstest.MapFS

	file    string
	reading bool
}

func (l locked) Open(name string) (fs.File, error) {
	f, err := l.MapFS.Open(name)
	if err != nil || name != l.file {
		return f, err
	}
	if l.reading {
		return failing{f}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.Join(fs.ErrPermission, f.Close())}
}

// failing is a file on a disk that is broken.
type failing struct{ fs.File }

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestUnreadableFiles(t *testing.T) {
	for name, c := range map[string]struct {
		fsys locked
		want string
	}{
		"required":       {locked{file: "closes.csv"}, "dataset test: closes.csv cannot be opened: permission denied"},
		"optional":       {locked{file: "members.csv"}, "dataset test: members.csv cannot be opened: permission denied"},
		"settings":       {locked{file: "dataset.toml"}, "dataset test: dataset.toml cannot be opened: permission denied"},
		"while settings": {locked{file: "dataset.toml", reading: true}, "dataset test: dataset.toml cannot be read: unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			c.fsys.MapFS = folder(complete())
			_, err := dataset.Load(t.Context(), c.fsys, "test")
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestTooManyInstruments(t *testing.T) {
	var text strings.Builder
	text.WriteString("id,symbol,name,sector,share_class_of\n")
	for i := range 20_001 {
		fmt.Fprintf(&text, "N%d,N,,,\n", i)
	}
	files := complete()
	files["instruments.csv"] = text.String()
	_, err := dataset.Load(t.Context(), folder(files), "test")
	if err == nil || err.Error() != "dataset test: instruments.csv has more than 20000 instruments" {
		t.Errorf("got %v", err)
	}
}

// FuzzLoad writes anything into any file. Whatever it is, loading neither
// panics nor lets through what could act on a terminal.
func FuzzLoad(f *testing.F) {
	for name, text := range complete() {
		f.Add(name, []byte(text))
	}
	f.Add("closes.csv.gz", []byte("\x1f\x8b\x08\x00"))
	f.Add("closes.csv.zst", []byte("\x28\xb5\x2f\xfd"))
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		files := folder(complete())
		if fs.ValidPath(name) && name != "." {
			delete(files, strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst"))
			files[name] = &fstest.MapFile{Data: text}
		}
		ds, err := dataset.Load(t.Context(), files, "test")
		if err != nil {
			if strings.ContainsFunc(err.Error(), unicode.IsControl) {
				t.Errorf("the error holds control characters: %q", err)
			}
			return
		}
		for _, p := range ds.Problems {
			if strings.ContainsFunc(p.String(), unicode.IsControl) {
				t.Errorf("a problem holds control characters: %q", p)
			}
		}
		for _, c := range ds.Reference.Closes {
			for _, p := range c.Price {
				if p < 0 || p > num.MaxPrice {
					t.Errorf("a close of %d", p)
				}
			}
		}
	})
}
