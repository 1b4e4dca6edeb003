//go:build realdata

package sync_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	fresh "gyre/feed/sync"
	"gyre/model/session"
)

// published is a publisher's own file.
func published(t *testing.T, name string) http.HandlerFunc {
	t.Helper()
	folder := os.Getenv("GYRE_REAL_DATA")
	if folder == "" {
		t.Fatal("set GYRE_REAL_DATA to the folder that has holdings, fundamentals and calendar")
	}
	file, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	text := io.Reader(file)
	if strings.HasSuffix(name, ".gz") {
		if text, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	body, err := io.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	return answer(string(body))
}

// TestRealFiles syncs the Russell 2000 of May 2025 from the files themselves.
// The SEC's list of tickers has all but a few of the members.
func TestRealFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := connected(map[string]http.HandlerFunc{
			patternBLS:     published(t, "calendar/bls_2023_2024.ics"),
			patternTickers: published(t, "fundamentals/sec_company_tickers_2024-11.json.gz"),
			patternFacts:   http.NotFound,
		})
		n.mux.HandleFunc("www.ishares.com/us/products/239710/ishares-russell-2000-etf/latest-holdings.csv", published(t, "holdings/IWM_2025-05-13.csv"))
		s, o := opened(t), options(n)
		o.Indices, o.Kinds = []string{"RUT"}, []fresh.Kind{fresh.Holdings, fresh.Closes, fresh.Calendar, fresh.Facts}
		o.Now = func() time.Time { return session.NewDate(2025, time.May, 13).At(21, 0) }
		for _, r := range synced(t, s, o) {
			t.Log(r.Report)
		}
		symbols, err := s.Symbols(t.Context())
		if err != nil || len(symbols) < 1900 {
			t.Fatalf("%d members, %v", len(symbols), err)
		}
		if asked := n.asked("data.sec.gov"); len(asked) < len(symbols)*9/10 {
			t.Errorf("the SEC is asked for %d companies of %d members", len(asked), len(symbols))
		}
		if got := rows(t, s, "closes"); got != 3*len(symbols) {
			t.Errorf("%d closes of %d members", got, len(symbols))
		}
		if got := rows(t, s, "events"); got < 300 {
			t.Errorf("%d releases", got)
		}
	})
}
