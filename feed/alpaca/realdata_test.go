//go:build realdata

package alpaca

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"gyre/model"
	"gyre/model/session"
)

// realBody is one of Alpaca's own answers.
func realBody(t *testing.T, name string) []byte {
	t.Helper()
	folder := os.Getenv("GYRE_REAL_DATA")
	if folder == "" {
		t.Fatal("set GYRE_REAL_DATA to the folder that has vendor/alpaca")
	}
	body, err := os.ReadFile(filepath.Join(folder, "vendor", "alpaca", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestRealSnapshots(t *testing.T) {
	found, refused, err := decodeSnapshots(realBody(t, "md_TestSnapshots_1.json"))
	if err != nil || refused != 0 || len(found) != 2 {
		t.Fatalf("%+v, %d refused, %v; want AAPL and MSFT", found, refused, err)
	}
	monday := session.NewDate(2021, 5, 3)
	for i := range found {
		s := &found[i]
		p, at, single, ok := s.Last(session.New())
		if !ok || !single || p != s.Trade.Price || !at.Equal(s.Trade.At) || s.Day.Date() != monday {
			t.Errorf("%s: %d at %s, %v, %v", s.Symbol, p, at, single, ok)
		}
		if s.Symbol == "AAPL" && s.PreviousClose(monday) != (Close{session.NewDate(2021, 4, 30), 131_460_000}) {
			t.Errorf("AAPL's previous close is %+v", s.PreviousClose(monday))
		}
		if s.Symbol == "MSFT" && s.PreviousClose(monday) != (Close{}) {
			t.Errorf("MSFT's previous close is %+v although the answer has none", s.PreviousClose(monday))
		}
	}
}

func TestRealBars(t *testing.T) {
	bars, next, err := decodeBars(realBody(t, "md_TestGetMultiBars_1.json"))
	if err != nil || next != "" || len(bars) != 6 {
		t.Fatalf("%d bars, next %q, %v; want 6", len(bars), next, err)
	}
	for _, bar := range bars {
		if d := bar.Date(); d < session.NewDate(2021, 10, 13) || d > session.NewDate(2021, 10, 15) || bar.Volume == 0 || bar.Low == 0 {
			t.Errorf("%+v", bar)
		}
	}
}

func TestRealAuctions(t *testing.T) {
	closes, next, err := decodeAuctions(realBody(t, "md_TestGetAuctions_1.json"))
	if err != nil || next == "" || len(closes) != 2 {
		t.Fatalf("%+v, next %q, %v; want two closes and a next page", closes, next, err)
	}
	if closes[0].Price != 142_410_000 || closes[1].Price != 143_750_000 {
		t.Errorf("AAPL closed at %d and %d, want 142.41 and 143.75, which Nasdaq crossed", closes[0].Price, closes[1].Price)
	}
}

func TestRealActions(t *testing.T) {
	actions, refused, next, err := decodeActions(realBody(t, "md_TestGetCorporateActions_1.json"))
	if err != nil || refused != 0 || next != "" {
		t.Fatalf("%d refused, next %q, %v", refused, next, err)
	}
	kinds := map[model.ActionKind]int{}
	for _, a := range actions {
		kinds[a.Kind]++
		if a.Symbol == "NVDL" && (a.New != 6 || a.Old != 1 || a.ExDate != session.NewDate(2024, 3, 13)) {
			t.Errorf("NVDL's split is %+v", a)
		}
	}
	if kinds[model.ActionSplit] != 2 || kinds[model.ActionRename] != 9 || kinds[model.ActionDelisting] != 4 {
		t.Errorf("kinds %v, want 2 splits, 9 renames, 4 that end", kinds)
	}
}

func TestRealStreamMessages(t *testing.T) {
	lists, errorCodes := 0, map[int]bool{}
	for line := range bytes.SplitSeq(realBody(t, "stream_messages_from_docs.jsonl"), []byte("\n")) {
		if len(line) == 0 || line[0] != '[' {
			continue
		}
		lists++
		messages, refused, err := decodeMessages(line)
		if err != nil || refused != 0 || len(messages) != 1 {
			t.Errorf("%s: %d refused, %v", line, refused, err)
			continue
		}
		if messages[0].Type == "error" {
			errorCodes[messages[0].Code] = true
		}
	}
	if lists < 10 || !errorCodes[402] || !errorCodes[405] || !errorCodes[409] {
		t.Errorf("%d lists, error codes %v", lists, errorCodes)
	}
}
