//go:build realdata

package massive

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"gyre/model/num"
	"gyre/model/session"
)

// realBody is one of Massive's own answers.
func realBody(t *testing.T, name string) []byte {
	t.Helper()
	folder := os.Getenv("GYRE_REAL_DATA")
	if folder == "" {
		t.Fatal("set GYRE_REAL_DATA to the folder that has vendor/massive")
	}
	body, err := os.ReadFile(filepath.Join(folder, "vendor", "massive", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestRealSnapshots(t *testing.T) {
	for name, c := range map[string]struct {
		count int
		first string
		last  num.Price
	}{
		"example_snapshot_all.json":                                     {1, "BCAT", 20_506_000},
		"mocks/v2_snapshot_locale_us_markets_stocks_tickers_index.json": {1, "BCAT", 20_506_000},
		"mocks/v2_snapshot_locale_us_markets_stocks_gainers.json":       {2, "NVCN", 6_420_000},
	} {
		t.Run(name, func(t *testing.T) {
			found, refused, err := decodeSnapshots(realBody(t, name))
			if err != nil || refused != 0 || len(found) < c.count || found[0].Symbol != c.first {
				t.Fatalf("%d snapshots, %d refused, %v", len(found), refused, err)
			}
			for i := range found {
				if found[i].Updated.IsZero() || found[i].Trade.At.IsZero() || found[i].Minute.At.IsZero() || found[i].Day.Volume == 0 {
					t.Errorf("%+v", found[i])
				}
			}
			if p, at, _, ok := found[0].Last(session.New()); !ok || p != c.last {
				t.Errorf("%s is at %d (%s), %v; want %d", c.first, p, at, ok, c.last)
			}
		})
	}
}

func TestRealGrouped(t *testing.T) {
	for name, count := range map[string]int{
		"example_grouped_daily.json": 3,
		"mocks/v2_aggs_grouped_locale_us_market_stocks_2005-04-04_adjusted_true.json": 1,
		"mocks/v2_aggs_ticker_AAPL_prev.json":                                         1,
	} {
		bars, err := decodeGrouped(realBody(t, name))
		if err != nil || len(bars) != count {
			t.Errorf("%s: %+v, %v; want %d", name, bars, err, count)
			continue
		}
		if name == "example_grouped_daily.json" && (bars[0].Symbol != "KIM.PRL" || bars[1].Volume != 25_933 || session.DateOf(bars[0].At) != session.NewDate(2020, 10, 14)) {
			t.Errorf("%s: %+v", name, bars)
		}
	}
}

func TestRealSplits(t *testing.T) {
	splits, refused, _, err := decodeSplits(realBody(t, "mocks/v3_reference_splits.json"))
	if err != nil || refused != 0 || len(splits) != 10 {
		t.Fatalf("%d splits, %d refused, %v; want 10", len(splits), refused, err)
	}
	if splits[0] != (Split{"GOOGL", session.NewDate(2022, 7, 18), 20, 1}) || splits[9] != (Split{"CIG.C", session.NewDate(2022, 5, 2), 4, 3}) {
		t.Errorf("the first is %+v, the last %+v", splits[0], splits[9])
	}
}

func TestRealIndices(t *testing.T) {
	indices, err := decodeIndices(realBody(t, "example_v3_snapshot_indices.json"))
	if err != nil || len(indices) != 3 {
		t.Fatalf("%+v, %v; want three", indices, err)
	}
	if indices[0].Symbol != "DJI" || indices[0].Level != 3_822_390_000 || indices[1].Problem != "NOT_FOUND" || indices[2].Problem != "NOT_ENTITLED" {
		t.Errorf("%+v", indices)
	}
}

func TestRealDays(t *testing.T) {
	if status, err := decodeStatus(realBody(t, "mocks/v1_marketstatus_now.json")); err != nil || status.Market != "extended-hours" {
		t.Errorf("%+v, %v", status, err)
	}
	days, err := decodeHolidays(realBody(t, "mocks/v1_marketstatus_upcoming.json"))
	if err != nil || len(days) != 7 {
		t.Fatalf("%+v, %v; want the seven of the NYSE", days, err)
	}
	revised, err := revise(session.New(), days)
	if err != nil {
		t.Fatal(err)
	}
	ours := session.New()
	for d := session.NewDate(2022, 5, 1); d <= session.NewDate(2022, 12, 31); d++ {
		a, isOurs := ours.On(d)
		b, isTheirs := revised.On(d)
		if isOurs != isTheirs || a.Minutes() != b.Minutes() {
			t.Errorf("%s: %v of %d minutes in our calendar, %v of %d in theirs", d, isOurs, a.Minutes(), isTheirs, b.Minutes())
		}
	}
}

func TestRealStreamMessages(t *testing.T) {
	var byChannel map[string]json.RawMessage
	if err := json.Unmarshal(realBody(t, "example_ws_messages.json"), &byChannel); err != nil {
		t.Fatal(err)
	}
	for channel, prices := range map[string]num.Price{"/stocks/A": 25_390_000, "/stocks/AM": 448_600} {
		messages, refused, err := decodeMessages([]byte("[" + string(byChannel[channel]) + "]"))
		if err != nil || refused != 0 || len(messages) != 1 {
			t.Errorf("%s: %d refused, %v", channel, refused, err)
			continue
		}
		if got, _ := messages[0].tell(); got.price != prices {
			t.Errorf("%s tells %+v, want the price %d", channel, got, prices)
		}
	}
}

func TestRealPlan(t *testing.T) {
	for _, name := range []string{"example_v3_snapshot.json", "example_v3_snapshot_indices.json", "mocks/v3_snapshot.json"} {
		if plan, err := decodePlan(realBody(t, name)); plan != PlanLive || err != nil {
			t.Errorf("%s: %s, %v; want live, as it says REAL-TIME", name, plan, err)
		}
	}
}
