package massive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gyre/feed/massive/massivetest"
	"gyre/model/session"
)

// plain asks a server with the test's key and without any patience.
type plain struct{ base string }

func (p plain) Get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+massivetest.Key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%d: %s", response.StatusCode, body)
	}
	return body, err
}

// testClient is a client of a fake server.
func testClient(t *testing.T, s *massivetest.Server) *Client {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return &Client{host: plain{server.URL}}
}

func TestWholeMarket(t *testing.T) {
	server := massivetest.New(t)
	for i := range 3000 {
		server.Set(fmt.Sprintf("S%04d", i), at("11:00:00"), "10.5", 1000.5)
	}
	server.Set("KIMpL", at("11:00:00"), "25.1", 7)
	found, refused, err := testClient(t, server).Snapshots(t.Context())
	if err != nil || refused != 0 || len(found) != 3001 || len(server.Requests()) != 1 {
		t.Fatalf("%d snapshots, %d refused, %v, in %d requests; want 3001 in one", len(found), refused, err, len(server.Requests()))
	}
	calendar := session.New()
	for i := range found {
		if p, _, single, ok := found[i].Last(calendar); !ok || !single || p == 0 {
			t.Fatalf("%+v has no last price", found[i])
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*massivetest.Server)
		want    string
	}{
		"a plan without snapshots": {func(s *massivetest.Server) { s.NoSnapshots = true }, "403"},
		"too many requests":        {func(s *massivetest.Server) { s.Fail("", massivetest.Status(429, "3")) }, "429"},
		"out of order":             {func(s *massivetest.Server) { s.Fail("", massivetest.Status(503, "")) }, "503"},
		"half an answer":           {func(s *massivetest.Server) { s.Fail("", massivetest.Cut) }, "EOF"},
		"another answer":           {func(s *massivetest.Server) { s.Fail("", massivetest.Body("busy")) }, "Massive"},
	} {
		t.Run(name, func(t *testing.T) {
			server := massivetest.New(t)
			server.Set("AAA", at("11:00:00"), "10.5", 1000)
			client := testClient(t, server)
			c.prepare(server)
			if found, _, err := client.Snapshots(t.Context()); err == nil || found != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%d snapshots, %v; want an error that says %q", len(found), err, c.want)
			}
		})
	}
}

func TestClosesAreOfTheDateAskedFor(t *testing.T) {
	server := massivetest.New(t)
	body := func(t int64) string {
		return fmt.Sprintf(`{"adjusted":false,"results":[{"T":"AAA","c":10,"t":%d,"v":5}],"status":"OK"}`, t)
	}
	server.Answer("/v2/aggs/grouped/locale/us/market/stocks/2025-03-28", body(at("16:00:00").UnixMilli()))
	server.Answer("/v2/aggs/grouped/locale/us/market/stocks/2025-03-27", body(at("16:00:00").UnixMilli()))
	client := testClient(t, server)
	if bars, err := client.Closes(t.Context(), friday); err != nil || len(bars) != 1 || bars[0].Close != 10_000_000 {
		t.Errorf("%+v, %v; want one bar", bars, err)
	}
	if !strings.Contains(server.Requests()[0], "adjusted=false") {
		t.Errorf("asked for %s; adjusted closes would be wrong after a split", server.Requests()[0])
	}
	if bars, err := client.Closes(t.Context(), friday-1); err == nil {
		t.Errorf("the closes of another day are taken: %+v", bars)
	}
	if bars, err := client.Closes(t.Context(), friday+1); err != nil || len(bars) != 0 {
		t.Errorf("a Saturday gives %+v, %v", bars, err)
	}
}

func TestSplitsGoOnAtTheCursorOnOurHost(t *testing.T) {
	server := massivetest.New(t)
	split := func(symbol string) string {
		return `{"execution_date":"2025-03-28","split_from":1,"split_to":2,"ticker":"` + symbol + `"}`
	}
	server.Answer("/v3/reference/splits",
		`{"results":[`+split("AAA")+`],"next_url":"https://elsewhere.example/v3/reference/splits?cursor=1"}`,
		`{"results":[`+split("BBB")+`]}`)
	splits, refused, err := testClient(t, server).Splits(t.Context(), friday-7, friday)
	if err != nil || refused != 0 || len(splits) != 2 || splits[1].Symbol != "BBB" {
		t.Errorf("%+v, %d refused, %v; want AAA and BBB", splits, refused, err)
	}
	server.Answer("/v3/reference/splits", `{"results":[],"next_url":"https://elsewhere.example/?cursor=0"}`, `{"results":[],"next_url":"https://elsewhere.example/?cursor=0"}`)
	if _, _, err := testClient(t, server).Splits(t.Context(), friday-7, friday); !errors.Is(err, errPages) {
		t.Errorf("pages without end give %v, want errPages", err)
	}
}

func TestIndicesDaysAndStatus(t *testing.T) {
	server := massivetest.New(t)
	server.SetIndex("I:RUT", at("11:00:00"), "2023.27")
	server.Answer("/v1/marketstatus/upcoming", `[{"exchange":"NYSE","name":"Good Friday","date":"2025-04-18","status":"closed"}]`)
	server.Answer("/v1/marketstatus/now", `{"market":"open","serverTime":"2025-03-28T11:00:00-04:00"}`)
	client := testClient(t, server)
	indices, err := client.Indices(t.Context(), []string{"RUT", "SPX"})
	if err != nil || len(indices) != 2 || indices[0].Level != 2_023_270_000 || indices[1].Problem != "NOT_FOUND" {
		t.Errorf("indices %+v, %v", indices, err)
	}
	if days, err := client.Holidays(t.Context()); err != nil || len(days) != 1 {
		t.Errorf("holidays %+v, %v", days, err)
	}
	if status, err := client.Status(t.Context()); err != nil || !status.Now.Equal(at("11:00:00")) {
		t.Errorf("status %+v, %v", status, err)
	}
}
