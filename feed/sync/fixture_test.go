package sync_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/store"
	fresh "gyre/feed/sync"
	"gyre/feed/web"
	"gyre/model/num"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is a key that must appear nowhere.
const canary = "CANARY-KEY-4711"

// contact is invented.
const contact = "somebody@example.org"

// thursday is the last session that is over at evening.
var thursday = session.NewDate(2025, time.March, 27)

// evening is when the tests sync: Thursday, 21:00 in New York.
func evening() time.Time { return thursday.At(21, 0) }

func dollars(d int) num.Price { return num.Price(d) * num.PriceScale }

// request is what a host was asked.
type request struct {
	at         time.Time
	host, path string
	query      string
	agent      string
}

// internet answers for every publisher, without a network.
type internet struct {
	mux  *http.ServeMux
	mu   sync.Mutex
	log  []request
	seen func(request) // called before the answer; may be nil
}

// RoundTrip answers at once.
func (n *internet) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	asked := request{at: time.Now(), host: r.URL.Host, path: r.URL.Path, query: r.URL.RawQuery, agent: r.UserAgent()}
	n.mu.Lock()
	n.log = append(n.log, asked)
	n.mu.Unlock()
	if n.seen != nil {
		n.seen(asked)
	}
	w := httptest.NewRecorder()
	r.Host, r.RequestURI = r.URL.Host, r.URL.RequestURI()
	n.mux.ServeHTTP(w, r)
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

// asked are the paths that hosts ending in host were asked for.
func (n *internet) asked(host string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var paths []string
	for _, r := range n.log {
		if strings.HasSuffix(r.host, host) {
			paths = append(paths, r.path)
		}
	}
	return paths
}

// forget begins a new log.
func (n *internet) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.log = nil
}

// answer lets a pattern be answered with a text from now on, in place of what
// it was answered with before.
func answer(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

// members is how many companies the list of the fixture has: what the count band
// of the S&P 500 allows.
const members = 500

// symbol is the name of a company, AAAA and on.
func symbol(i int) string {
	letters := []byte("AAAA")
	for place := 3; i > 0; place-- {
		letters[place] += byte(i % 20)
		i /= 20
	}
	return string(letters)
}

// holdings is a list of invented companies in the publisher's form.
func holdings(asOf string) string {
	var b strings.Builder
	b.WriteString("\uFEFFAn invented fund\nFund Holdings as of,\"" + asOf + "\"\n\u00A0\n" +
		"Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Notional Value,Quantity,Price,Location,Exchange,Currency,FX Rate,Market Currency,Accrual Date\n")
	for i := range members {
		fmt.Fprintf(&b, "%q,\"COMPANY %d\",\"Industrials\",\"Equity\",\"2,000.00\",\"0.20\",\"2,000.00\",\"100.00\",\"20.00\",\"United States\",\"NASDAQ\",\"USD\",\"1.00\",\"USD\",\"-\"\n", symbol(i), i)
	}
	b.WriteString("\"USD\",\"US DOLLAR\",\"Cash and/or Derivatives\",\"Cash\",\"5.00\",\"0.00\",\"5.00\",\"5.00\",\"100.00\",\"United States\",\"-\",\"USD\",\"1.00\",\"USD\",\"-\"\n")
	return b.String()
}

// filers is how many of the companies file with the SEC.
const filers = 12

// tickers is the SEC's list of the companies that file.
func tickers() string {
	var rows []string
	for i := range filers {
		rows = append(rows, fmt.Sprintf(`"%d":{"cik_str":%d,"ticker":%q,"title":"Company %d"}`, i, 1000+i, symbol(i), i))
	}
	return "{" + strings.Join(rows, ",") + "}"
}

// companyFacts is what the SEC has of one company.
func companyFacts(w http.ResponseWriter, r *http.Request) {
	var cik int
	if _, err := fmt.Sscanf(r.PathValue("file"), "CIK%d.json", &cik); err != nil {
		http.NotFound(w, r)
		return
	}
	_, _ = fmt.Fprintf(w, `{"cik":%d,"entityName":"Company","facts":{
"dei":{"EntityCommonStockSharesOutstanding":{"units":{"shares":[{"end":"2025-02-14","val":1000000,"form":"10-K","filed":"2025-02-20"}]}}},
"us-gaap":{"LongTermDebt":{"units":{"USD":[{"end":"2024-12-31","val":5000000,"form":"10-K","filed":"2025-02-20"}]}},
"CashAndCashEquivalentsAtCarryingValue":{"units":{"USD":[{"end":"2024-12-31","val":700000,"form":"10-K","filed":"2025-02-20"}]}}}}}`, cik)
}

// alpacaBars are bars at 20 dollars of every symbol and session that is asked for.
func alpacaBars(w http.ResponseWriter, r *http.Request) {
	from, _ := session.ParseDate(r.URL.Query().Get("start"))
	to, _ := session.ParseDate(r.URL.Query().Get("end"))
	var all []string
	for _, s := range strings.Split(r.URL.Query().Get("symbols"), ",") {
		var bars []string
		for _, day := range session.New().Range(from, to) {
			bars = append(bars, fmt.Sprintf(`{"t":%q,"o":20,"h":21,"l":19,"c":20,"v":1000}`, day.Date.Time().UTC().Format(time.RFC3339)))
		}
		all = append(all, fmt.Sprintf("%q:[%s]", s, strings.Join(bars, ",")))
	}
	_, _ = fmt.Fprintf(w, `{"bars":{%s},"next_page_token":null}`, strings.Join(all, ","))
}

// grouped is Massive's answer for one session with closes of the first n companies.
func grouped(date session.Date, n int) string {
	var rows []string
	for i := range n {
		rows = append(rows, fmt.Sprintf(`{"T":%q,"o":20,"h":21,"l":19,"c":20,"v":1000,"t":%d}`, symbol(i), date.At(16, 0).UnixMilli()))
	}
	return `{"status":"OK","results":[` + strings.Join(rows, ",") + `]}`
}

// massiveBars are closes of all companies in every session.
func massiveBars(w http.ResponseWriter, r *http.Request) {
	date, err := session.ParseDate(r.PathValue("date"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write([]byte(grouped(date, members)))
}

// The patterns of what is asked.
const (
	patternHoldings = "www.ishares.com/us/products/239726/ishares-core-sp-500-etf/latest-holdings.csv"
	patternBLS      = "www.bls.gov/schedule/news_release/bls.ics"
	patternBEA      = "www.bea.gov/news/schedule/ics/online-calendar-subscription.ics"
	patternFed      = "www.federalreserve.gov/json/calendar.json"
	patternEFFR     = "markets.newyorkfed.org/api/rates/unsecured/effr/last/10.json"
	patternTickers  = "www.sec.gov/files/company_tickers.json"
	patternFacts    = "data.sec.gov/api/xbrl/companyfacts/{file}"
	patternBars     = "data.alpaca.markets/v2/stocks/bars"
	patternActions  = "data.alpaca.markets/v1/corporate-actions"
	patternGrouped  = "api.massive.com/v2/aggs/grouped/locale/us/market/stocks/{date}"
	patternSplits   = "api.massive.com/v3/reference/splits"
)

// ics is a calendar with one release.
const ics = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=US-Eastern:20250404T083000\nSUMMARY:Employment Situation\nEND:VEVENT\nEND:VCALENDAR\n"

// connected is a network on which everybody answers, but for those named in
// place of whom others answer.
func connected(instead map[string]http.HandlerFunc) *internet {
	n := &internet{mux: http.NewServeMux()}
	for pattern, handler := range map[string]http.HandlerFunc{
		patternHoldings: answer(holdings("Mar 26, 2025")),
		patternBLS:      answer(ics),
		patternBEA:      answer(strings.ReplaceAll(ics, "Employment Situation", "Gross Domestic Product")),
		patternFed:      answer("\uFEFF" + `{"events":[{"title":"FOMC Meeting","type":"FOMC","month":"2025-05","days":"6, 7","time":"2:00 p.m."}]}`),
		patternEFFR:     answer(`{"refRates":[{"effectiveDate":"2025-03-26","type":"EFFR","percentRate":4.33,"targetRateFrom":4.25,"targetRateTo":4.50}]}`),
		patternTickers:  answer(tickers()),
		patternFacts:    companyFacts,
		patternBars:     alpacaBars,
		patternActions: answer(`{"corporate_actions":{"reverse_splits":[
{"symbol":"AAAB","new_rate":1,"old_rate":20,"ex_date":"2025-03-26"},{"symbol":"NOBODY","new_rate":1,"old_rate":2,"ex_date":"2025-03-26"},
{"symbol":"AAAC","new_rate":0,"old_rate":2,"ex_date":"2025-03-26"}]},"next_page_token":null}`),
		patternGrouped: massiveBars,
		patternSplits:  answer(`{"results":[{"ticker":"AAAD","execution_date":"2025-03-25","split_from":1,"split_to":3}]}`),
	} {
		if other, ok := instead[pattern]; ok {
			handler = other
		}
		n.mux.HandleFunc(pattern, handler)
	}
	return n
}

// options are those of an account at Alpaca, for the S&P 500 and 3 sessions.
func options(n *internet) fresh.Options {
	return fresh.Options{
		Indices: []string{"SPX"}, Vendor: fresh.Alpaca, Contact: contact, Sessions: 3,
		AlpacaKeyID: web.NewSecret("AK" + canary), AlpacaSecret: web.NewSecret(canary), MassiveKey: web.NewSecret(canary),
		Transport: n, Now: evening,
	}
}

func opened(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "gyre.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func planned(t *testing.T, s *store.Store, o fresh.Options) *fresh.Plan {
	t.Helper()
	p, err := fresh.NewPlan(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// synced runs a plan in which nothing may fail.
func synced(t *testing.T, s *store.Store, o fresh.Options) []fresh.Result {
	t.Helper()
	results := planned(t, s, o).Run(t.Context(), nil)
	for _, r := range results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
	return results
}

// rows are how many rows of a kind a store has.
func rows(t *testing.T, s *store.Store, table string) int {
	t.Helper()
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(info.Tables, func(x store.Table) bool { return x.Name == table })
	if i < 0 {
		t.Fatalf("there is no table of %s", table)
	}
	return info.Tables[i].Rows
}
