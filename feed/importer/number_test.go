package importer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gyre/model/num"
)

func TestNumbersAsFilesWriteThem(t *testing.T) {
	for name, c := range map[string]struct {
		sample []string // of the file
		text   string
		want   string // "" no number
	}{
		"American":            {[]string{"0.64", "1,250,000.00"}, "1,250,000.00", "1250000"},
		"American, whole":     {[]string{"0.64"}, "1,250", "1250"},
		"German":              {[]string{"3,61", "1.250.000,00"}, "1.250.000,00", "1250000"},
		"German, whole":       {[]string{"3,61"}, "1.250", "1250"},
		"Swiss":               {[]string{"3.61", "1'250'000"}, "1'250'000.50", "1250000.5"},
		"typographic":         {[]string{"3.61"}, "1’250’000.50", "1250000.5"},
		"with blanks":         {[]string{"3,61"}, "1\u202f250\u00a0000,50", "1250000.5"},
		"negative":            {[]string{"0.64"}, "-1,250.5", "-1250.5"},
		"nothing decisive":    {[]string{"1,250", "100"}, "1,250", "1250"},
		"groups alone tell":   {[]string{"1.250.000"}, "1.250.000", "1250000"},
		"none":                {[]string{"0.64"}, "-", ""},
		"empty":               {[]string{"0.64"}, "", ""},
		"text":                {[]string{"0.64"}, "n/a", ""},
		"exponent":            {[]string{"0.64"}, "1e9", ""},
		"more than a million": {[]string{"0.64"}, "9,999,999,999,999,999", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var sample vote
			for _, text := range c.sample {
				sample.take(text)
			}
			got, ok := sample.style().number(c.text)
			if ok != (c.want != "") || ok && got.String() != c.want {
				t.Errorf("%q is read as %s, %t, want %q", c.text, got, ok, c.want)
			}
		})
	}
}

// A file's numbers are read as they were meant whatever stands between their
// thousands, once a weight of it has shown its decimal point.
func TestNumbersSurviveEveryStyle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Int64Range(0, 999_999_999_999).Draw(t, "cents")
		marks := rapid.SampledFrom([][2]string{{",", "."}, {".", ","}, {"'", "."}, {"’", "."}, {" ", ","}, {"\u00a0", ","}, {"", "."}}).Draw(t, "marks")
		plain := num.Scaled(want, 2, 2).String()
		whole, cents, _ := strings.Cut(plain, ".")
		whole = strings.ReplaceAll(whole, ",", "")
		for at := len(whole) - 3; at > 0; at -= 3 {
			whole = whole[:at] + marks[0] + whole[at:]
		}
		var sample vote
		sample.take("3" + marks[1] + "61")
		got, ok := sample.style().number(whole + marks[1] + cents)
		if !ok || !got.Shift(2).IsInteger() || got.Shift(2).IntPart() != want {
			t.Fatalf("%s is read as %s, want %d cents", whole+marks[1]+cents, got, want)
		}
	})
}

func TestPricesWithBinaryNoise(t *testing.T) {
	for text, want := range map[string]num.Price{
		"10.5":                 10_500_000,
		"1750.72998046875":     1_750_730_000, // single precision
		"158.47000122070312":   158_470_000,
		"0.30000001192092896":  300_000,
		"158.47000000000003":   158_470_000, // double precision
		"0.12345678":           123_457,
		"2023.270000000000000": 2_023_270_000,
	} {
		if got, err := price(text); got != want || err != nil {
			t.Errorf("price(%q) = %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"0.00000001", "1.2.3", "0.0000000x", "NaN", "99999999999.0000001"} {
		if got, err := price(text); err == nil {
			t.Errorf("price(%q) = %d", text, got)
		}
	}
}

func TestSpellingsOfSymbols(t *testing.T) {
	for text, want := range map[string]struct {
		symbol string
		of     paper
	}{
		"BRK.B": {"BRK.B", paperStock}, "BRK/B": {"BRK.B", paperStock}, "BRK-B": {"BRK.B", paperStock}, "BRK B": {"BRK.B", paperStock},
		"brk.b ": {"BRK.B", paperStock}, "BRKB": {"BRKB", paperStock}, "NA": {"NA", paperStock}, "B4B": {"B4B", paperStock},
		"ABR^D": {"ABR^D", paperPreferred}, "ABR-PD": {"ABR-PD", paperPreferred}, "ABR.PRD": {"ABR.PRD", paperPreferred}, "ABR-P": {"ABR-P", paperPreferred},
		"RAC/WS": {"RAC/WS", paperWarrant}, "RAC.WS.A": {"RAC.WS.A", paperWarrant}, "RAC-WT": {"RAC-WT", paperWarrant},
		"RAC RT": {"RAC RT", paperRight}, "RAC/U": {"RAC/U", paperUnit}, "RAC-UN": {"RAC-UN", paperUnit},
		"": {"", paperUnknown}, "-": {"-", paperUnknown}, "A.": {"A.", paperUnknown}, "A B C": {"A B C", paperUnknown}, "TOOLONGNAME": {"TOOLONGNAME", paperUnknown},
		"A.XYZ": {"A.XYZ", paperUnknown}, "Ä": {"Ä", paperUnknown},
	} {
		if symbol, of := canonical(text); symbol != want.symbol || of != want.of {
			t.Errorf("canonical(%q) = %q, %s, want %q, %s", text, symbol, of, want.symbol, want.of)
		}
	}
}

func TestNamesOfIndices(t *testing.T) {
	for text, want := range map[string]string{
		"^RUT": "RUT", "RUT": "RUT", "I:RUT": "RUT", ".RUT": "RUT", "$RUT": "RUT", "^GSPC": "SPX", "I:SPX": "SPX", ".INX": "SPX", "^RUMIC": "RMICRO", "^vix": "VIX",
	} {
		if got := indexOf(text); got != want {
			t.Errorf("indexOf(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTooLargeIsNotCut(t *testing.T) {
	text, done, err := open(strings.NewReader(strings.Repeat("a,b,c\n", 2_000)), 6_000)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for err == nil {
		_, err = text.ReadString('\n')
	}
	if err.Error() != ErrTooLarge.Error() {
		t.Errorf("reading on gives %v", err)
	}
}

func TestRatiosOfSharesThatAreSplits(t *testing.T) {
	for name, c := range map[string]struct {
		before, after int64
		want          [2]int64 // newer for older; zero: none
	}{
		"one for thirty":              {173_662_376, 5_788_745, [2]int64{1, 30}},
		"one for 25, shares rounded":  {184_547_688, 7_359_929, [2]int64{1, 25}},
		"one for 28 exactly":          {23_341_337, 833_620, [2]int64{1, 28}},
		"nearly one for 18":           {23_310_000, 1_299_000, [2]int64{}},
		"one for 12.92":               {45_480_000, 3_520_000, [2]int64{}},
		"two for five":                {107_970_559, 43_188_224, [2]int64{2, 5}},
		"one for 300":                 {16_333_900, 54_446, [2]int64{1, 300}},
		"two for one":                 {1_000_003, 2_000_006, [2]int64{2, 1}},
		"three for two":               {2_000_004, 3_000_006, [2]int64{3, 2}},
		"an offering of 87 percent":   {1_000_000, 1_870_000, [2]int64{}},
		"an offering that doubles it": {1_000_000, 2_011_000, [2]int64{}},
		"none":                        {1_000_000, 1_000_000, [2]int64{}},
		"one for a million":           {1_000_000, 1, [2]int64{}},
	} {
		newer, older, ok := wholeRatio(c.before, c.after)
		if got := [2]int64{newer, older}; got != c.want || ok != (c.want != [2]int64{}) {
			t.Errorf("%s: got %v, %t, want %v", name, got, ok, c.want)
		}
	}
}
