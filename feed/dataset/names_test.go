package dataset_test

import (
	"testing"
	"testing/fstest"
)

// TestIndicesThatGiveNoName have the name that everybody knows them by.
func TestIndicesThatGiveNoName(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	ds := load(t, fstest.MapFS{
		"instruments.csv": file("id,symbol,name,sector,share_class_of\nA,A,Alpha,IT,\n"),
		"closes.csv":      file("date,id,open,high,low,close,volume\n2025-03-28,A,10,10,10,10,100\n"),
		"indices.csv":     file("date,symbol,open,high,low,close\n2025-03-28,RUT,,,,2023.27\n2025-03-28,SPX,,,,5580.94\n2025-03-28,NDX,,,,19281.4\n"),
	})
	want := map[string]string{"RUT": "Russell 2000", "SPX": "S&P 500", "NDX": "NDX"}
	if len(ds.Reference.Indices) != len(want) {
		t.Fatalf("%d indices", len(ds.Reference.Indices))
	}
	for _, series := range ds.Reference.Indices {
		if series.Name != want[series.Symbol] {
			t.Errorf("%s is called %q, want %q", series.Symbol, series.Name, want[series.Symbol])
		}
	}
}
