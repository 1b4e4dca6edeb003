package alpaca

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
	"time"

	"gyre/feed/alpaca/alpacatest"
	"gyre/model"
	"gyre/model/session"
)

// plain asks a server with the test's keys and without any patience.
type plain struct{ base string }

func (p plain) Get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("APCA-API-KEY-ID", alpacatest.KeyID)
	request.Header.Set("APCA-API-SECRET-KEY", alpacatest.Secret)
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
func testClient(t *testing.T, s *alpacatest.Server) *Client {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return &Client{data: plain{server.URL}, trading: plain{server.URL}}
}

func TestSweepGoesInChunks(t *testing.T) {
	server := alpacatest.New(t)
	var symbols []string
	for i := range 1201 {
		symbol := fmt.Sprintf("S%04d", i)
		symbols = append(symbols, symbol)
		if i%2 == 0 {
			server.Set(symbol, alpacatest.Figures{At: at("11:00:00"), Price: "10.5", Volume: 7, Day: friday.Time()})
		}
	}
	found, refused, err := testClient(t, server).Snapshots(t.Context(), FeedDelayed, symbols)
	if err != nil || refused != 0 || len(found) != 601 {
		t.Errorf("%d snapshots, %d refused, %v; want the 601 that there are", len(found), refused, err)
	}
	requests := server.Requests()
	if len(requests) != 3 {
		t.Fatalf("%d requests, want 3 of at most 500 symbols", len(requests))
	}
	for i, want := range []int{500, 500, 201} {
		query, _ := url.Parse(requests[i])
		if got := len(strings.Split(query.Query().Get("symbols"), ",")); got != want || query.Query().Get("feed") != "delayed_sip" {
			t.Errorf("request %d asks for %d symbols of %s, want %d of delayed_sip", i, got, query.Query().Get("feed"), want)
		}
	}
}

// A sweep that failed goes on where it failed, so that a host that is down is
// asked one thing at a time, and a good sweep is whole all the same.
func TestASweepBeginsWithWhatFailed(t *testing.T) {
	server := alpacatest.New(t)
	var symbols []string
	for i := range 1201 {
		symbols = append(symbols, fmt.Sprintf("S%04d", i))
		server.Set(symbols[i], alpacatest.Figures{At: at("11:00:00"), Price: "10.5", Volume: 7, Day: friday.Time()})
	}
	pass := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) }
	down := alpacatest.Status(http.StatusServiceUnavailable, "")
	server.Fail("/v2/stocks/snapshots", pass, down, down, down)
	s := sweep{client: testClient(t, server)}
	for i, want := range []int{2, 1, 1} {
		before := len(server.Requests())
		if _, _, err := s.run(t.Context(), FeedDelayed, symbols); err == nil {
			t.Error("a sweep with a hole in it went well")
		}
		if n := len(server.Requests()) - before; n != want {
			t.Errorf("sweep %d of a host that is down asked %d times, want %d", i, n, want)
		}
	}
	found, _, err := s.run(t.Context(), FeedDelayed, symbols)
	if err != nil || len(found) != len(symbols) || found[0].Symbol < "S0500" {
		t.Errorf("%d snapshots, %v; want all %d, from the second chunk on", len(found), err, len(symbols))
	}
}

func TestHalfASweepIsNone(t *testing.T) {
	for name, fault := range map[string]http.HandlerFunc{
		"refused":      alpacatest.Status(http.StatusTooManyRequests, "1"),
		"failed":       alpacatest.Status(http.StatusInternalServerError, ""),
		"cut":          alpacatest.Cut,
		"another body": alpacatest.Body("<html>"),
	} {
		t.Run(name, func(t *testing.T) {
			server := alpacatest.New(t)
			server.Set("S0000", alpacatest.Figures{At: at("11:00:00"), Price: "10.5", Day: friday.Time()})
			symbols := make([]string, chunk+1)
			for i := range symbols {
				symbols[i] = fmt.Sprintf("S%04d", i)
			}
			client := testClient(t, server)
			server.Fail("/v2/stocks/snapshots", func(w http.ResponseWriter, r *http.Request) {
				server.Fail("/v2/stocks/snapshots", fault) // the second one
				alpacatest.Body(`{"S0000":{"dailyBar":{"t":"2025-03-28T04:00:00Z","c":1}}}`)(w, r)
			})
			if found, _, err := client.Snapshots(t.Context(), FeedDelayed, symbols); err == nil || found != nil {
				t.Errorf("%d snapshots, %v; want an error and none", len(found), err)
			}
		})
	}
}

func TestPagesAreReadToTheLast(t *testing.T) {
	server := alpacatest.New(t)
	client := testClient(t, server)
	bar := func(day int, price string) string {
		return fmt.Sprintf(`{"t":"2025-03-%dT04:00:00Z","o":1,"h":1,"l":1,"c":%s,"v":1}`, day, price)
	}
	server.Pages("/v2/stocks/bars",
		`{"bars":{"AAA":[`+bar(26, "1")+`]},"next_page_token":"two"}`,
		`{"bars":{"AAA":[`+bar(27, "2")+`]},"next_page_token":"three"}`,
		`{"bars":{"BBB":[`+bar(27, "3")+`]},"next_page_token":null}`)
	bars, err := client.DailyBars(t.Context(), []string{"AAA", "BBB"}, friday-2, friday-1)
	if err != nil || len(bars) != 3 || bars[2].Symbol != "BBB" {
		t.Errorf("%+v, %v; want three bars of three pages", bars, err)
	}
	if first := server.Requests()[0]; !strings.Contains(first, "adjustment=raw") || !strings.Contains(first, "start=2025-03-26") || !strings.Contains(first, "end=2025-03-27") {
		t.Errorf("asked for %s", first)
	}
}

func TestPagesThatDoNotEnd(t *testing.T) {
	server := alpacatest.New(t)
	server.Pages("/v1/corporate-actions", `{"corporate_actions":{},"next_page_token":"again"}`, `{"corporate_actions":{},"next_page_token":"again"}`)
	if _, _, err := testClient(t, server).Actions(t.Context(), friday, friday); !errors.Is(err, errPages) {
		t.Errorf("got %v, want errPages", err)
	}
}

func TestOfficialClosesAreOfTheDay(t *testing.T) {
	server := alpacatest.New(t)
	server.Pages("/v2/stocks/auctions", `{"auctions":{"AAA":[
		{"d":"2025-03-27","o":[],"c":[{"t":"2025-03-27T20:00:01Z","x":"Q","p":9,"s":500,"c":"M"}]},
		{"d":"2025-03-28","o":[],"c":[{"t":"2025-03-28T20:00:01Z","x":"Q","p":10,"s":500,"c":"M"}]}]},"next_page_token":null}`)
	closes, err := testClient(t, server).OfficialCloses(t.Context(), []string{"AAA"}, session.FullDay(friday))
	if err != nil || len(closes) != 1 || closes[0].Price != 10_000_000 {
		t.Errorf("%+v, %v; want Friday's 10.00", closes, err)
	}
	asked, _ := url.Parse(server.Requests()[0])
	if start := asked.Query().Get("start"); start != "2025-03-28T20:00:00Z" {
		t.Errorf("asked from %s, want from the close", start)
	}
}

func TestActionsDaysAndClock(t *testing.T) {
	server := alpacatest.New(t)
	server.Pages("/v1/corporate-actions", `{"corporate_actions":{"forward_splits":[{"ex_date":"2025-03-28","new_rate":2,"old_rate":1,"symbol":"AAA"}]},"next_page_token":null}`)
	server.Days(`[{"date":"2025-03-28","open":"09:30","close":"16:00"}]`)
	client := testClient(t, server)
	actions, refused, err := client.Actions(t.Context(), friday, friday+7)
	if err != nil || refused != 0 || len(actions) != 1 || actions[0].Kind != model.ActionSplit {
		t.Errorf("actions %+v, %d refused, %v", actions, refused, err)
	}
	days, err := client.Days(t.Context(), friday, friday)
	if err != nil || len(days) != 1 || days[0] != session.FullDay(friday) {
		t.Errorf("days %+v, %v", days, err)
	}
	clock, err := client.Clock(t.Context())
	if err != nil || clock.Now.Sub(at("11:00:00")) != 123456789*time.Nanosecond {
		t.Errorf("clock %+v, %v", clock, err)
	}
}

func TestFeedsSayWhatTheyAre(t *testing.T) {
	for feed, want := range map[Feed]struct {
		label string
		delay time.Duration
	}{
		FeedSIP: {"alpaca sip", 0}, FeedDelayed: {"alpaca delayed_sip", 15 * time.Minute}, FeedIEX: {"alpaca iex only", 0},
	} {
		if feed.Label() != want.label || feed.Delay() != want.delay {
			t.Errorf("%s is %q, %s late", feed, feed.Label(), feed.Delay())
		}
	}
}
