package alpaca

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestDecodeBars(t *testing.T) {
	bars, next, err := decodeBars([]byte(`{"bars":{"AAA":[
		{"t":"2025-03-26T04:00:00Z","o":10,"h":11,"l":9.5,"c":10.5,"v":7000,"n":9,"vw":10.1},
		{"t":"2025-03-27T04:00:00Z","o":0,"h":0,"l":0,"c":0,"v":0,"n":0,"vw":0}],
		"BBB":[{"t":"2025-01-15T05:00:00Z","o":3,"h":3,"l":3,"c":3.0001,"v":1,"n":1,"vw":3}]},"next_page_token":"QUFB"}`))
	if err != nil || next != "QUFB" || len(bars) != 2 {
		t.Fatalf("%d bars, next %q, %v; want 2 (a bar of zeros is none), QUFB", len(bars), next, err)
	}
	slices.SortFunc(bars, func(a, b DailyBar) int { return cmp.Compare(a.Symbol, b.Symbol) })
	if bars[0].Date() != session.NewDate(2025, 3, 26) || bars[1].Date() != session.NewDate(2025, 1, 15) {
		t.Errorf("dates %s and %s: midnight in New York is 04:00 UTC in summer and 05:00 in winter", bars[0].Date(), bars[1].Date())
	}
	if bars[0].High != 11_000_000 || bars[1].Close != 3_000_100 {
		t.Errorf("bars %+v", bars)
	}
	if _, next, err := decodeBars([]byte(`{"bars":null,"next_page_token":null}`)); next != "" || err != nil {
		t.Errorf("an empty answer gives next %q, %v", next, err)
	}
}

func TestDecodeAuctions(t *testing.T) {
	closing := func(prints string) string {
		return `{"auctions":{"AAA":[{"d":"2025-03-28","o":[{"t":"2025-03-28T13:30:00Z","x":"Q","p":9,"s":999999,"c":"O"}],"c":[` +
			prints + `]}]},"next_page_token":null}`
	}
	const arca = `{"t":"2025-03-28T20:00:00.15Z","x":"P","p":10.11,"s":100,"c":"M"}`
	for name, c := range map[string]struct {
		prints string
		want   num.Price
	}{
		"the listing exchange's word": {
			arca + `,{"t":"2025-03-28T20:00:01.1Z","x":"Q","p":10.12,"s":79271,"c":"6"},{"t":"2025-03-28T20:00:01.7Z","x":"Q","p":10.13,"s":79271,"c":"M"}`, 10_130_000,
		},
		"in whatever order": {
			`{"t":"2025-03-28T20:00:01.7Z","x":"Q","p":10.13,"s":79271,"c":"M"},{"t":"2025-03-28T20:00:01.1Z","x":"Q","p":10.12,"s":79271,"c":"6"},` + arca, 10_130_000,
		},
		"only what was crossed": {`{"t":"2025-03-28T20:00:01.1Z","x":"N","p":10.12,"s":79271,"c":"6"}`, 10_120_000},
		"only another exchange": {arca, 10_110_000},
		"another condition":     {`{"t":"2025-03-28T20:00:01.1Z","x":"N","p":10.12,"s":79271,"c":"@"}`, 0},
		"no price":              {`{"t":"2025-03-28T20:00:01.1Z","x":"N","p":0,"s":79271,"c":"M"}`, 0},
		"nothing":               {"", 0},
	} {
		t.Run(name, func(t *testing.T) {
			closes, _, err := decodeAuctions([]byte(closing(c.prints)))
			if err != nil {
				t.Fatal(err)
			}
			var got num.Price
			if len(closes) == 1 && closes[0].Symbol == "AAA" && closes[0].Date == friday {
				got = closes[0].Price
			}
			if got != c.want {
				t.Errorf("closes %+v, want %d", closes, c.want)
			}
		})
	}
}

func TestDecodeActions(t *testing.T) {
	for name, c := range map[string]struct {
		kind, sent string
		want       Action
	}{
		"a split": {
			"forward_splits", `{"ex_date":"2025-03-13","new_rate":5,"old_rate":1,"process_date":"2025-03-13","symbol":"AAA"}`,
			Action{Symbol: "AAA", Kind: model.ActionSplit, New: 5, Old: 1},
		},
		"a reverse split": {
			"reverse_splits", `{"ex_date":"2025-03-13","new_rate":1,"old_rate":20,"symbol":"AAA"}`,
			Action{Symbol: "AAA", Kind: model.ActionSplit, New: 1, Old: 20},
		},
		"three for two": {
			"forward_splits", `{"ex_date":"2025-03-13","new_rate":1.5,"old_rate":1,"symbol":"AAA"}`,
			Action{Symbol: "AAA", Kind: model.ActionSplit, New: 3, Old: 2},
		},
		"a stock dividend of 5 %": {
			"stock_dividends", `{"ex_date":"2025-03-13","rate":0.05,"symbol":"AAA"}`,
			Action{Symbol: "AAA", Kind: model.ActionSplit, New: 21, Old: 20},
		},
		"bought for cash": {
			"cash_mergers", `{"acquirer_symbol":"BIG","acquiree_symbol":"AAA","rate":23.5,"effective_date":"2025-03-13","process_date":"2025-03-12"}`,
			Action{Symbol: "AAA", Kind: model.ActionCashMerger, Amount: 23_500_000},
		},
		"bought for shares": {
			"stock_mergers", `{"acquiree_rate":1,"acquiree_symbol":"AAA","acquirer_rate":0.13091,"acquirer_symbol":"BIG","effective_date":"2025-03-13"}`,
			Action{Symbol: "AAA", Kind: model.ActionDelisting},
		},
		"worthless": {
			"worthless_removals", `{"process_date":"2025-03-13","symbol":"AAA"}`,
			Action{Symbol: "AAA", Kind: model.ActionDelisting},
		},
		"a special dividend": {
			"cash_dividends", `{"ex_date":"2025-03-13","rate":4.25,"special":true,"symbol":"AAA"}`,
			Action{Symbol: "AAA", Kind: model.ActionSpecial, Amount: 4_250_000},
		},
		"a spin-off": {
			"spin_offs", `{"ex_date":"2025-03-13","source_symbol":"AAA","source_rate":4,"new_symbol":"KID","new_rate":1}`,
			Action{Symbol: "AAA", Kind: model.ActionSpinOff, New: 1, Old: 4, NewSymbol: "KID"},
		},
		"a new name": {
			"name_changes", `{"old_symbol":"AAA","new_symbol":"ZZZ","process_date":"2025-03-13"}`,
			Action{Symbol: "AAA", Kind: model.ActionRename, NewSymbol: "ZZZ"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.want.ExDate = session.NewDate(2025, 3, 13)
			actions, refused, _, err := decodeActions([]byte(`{"corporate_actions":{"` + c.kind + `":[` + c.sent + `]},"next_page_token":null}`))
			if err != nil || refused != 0 || len(actions) != 1 || actions[0] != c.want {
				t.Errorf("got %+v, %d refused, %v; want %+v", actions, refused, err, c.want)
			}
		})
	}
}

func TestDecodeActionsLeavesOut(t *testing.T) {
	actions, refused, next, err := decodeActions([]byte(`{"corporate_actions":{
		"cash_dividends":[{"ex_date":"2025-03-13","rate":0.25,"special":false,"symbol":"AAA"}],
		"rights_distributions":[{"source_symbol":"AAA"}],
		"forward_splits":[{"ex_date":"2025-03-13","new_rate":0,"old_rate":1,"symbol":"AAA"},{"ex_date":"soon","new_rate":2,"old_rate":1,"symbol":"AAA"},
			{"ex_date":"2025-03-13","new_rate":1e300,"old_rate":1,"symbol":"AAA"},{"ex_date":"2025-03-13","new_rate":2,"old_rate":1,"symbol":""}]
		},"next_page_token":"more"}`))
	if err != nil || len(actions) != 0 || refused != 4 || next != "more" {
		t.Errorf("%+v, %d refused, next %q, %v; want none, 4 splits refused, more", actions, refused, next, err)
	}
}

func TestRatio(t *testing.T) {
	for _, c := range []struct {
		above, below json.Number
		a, b         int64
	}{
		{"2", "1", 2, 1},
		{"10", "4", 5, 2},
		{"1", "25", 1, 25},
		{"1.1", "1", 11, 10},
		{"0.13091", "1", 13091, 100_000},
		{"1.123456789", "1", 1_123_457, 1_000_000},
		{"0", "1", 0, 0},
		{"-2", "1", 0, 0},
		{"", "1", 0, 0},
		{"NaN", "1", 0, 0},
		{"2000000", "1", 0, 0},
		{"0.0000001", "1", 0, 0},
	} {
		if a, b, ok := ratio(c.above, c.below); a != c.a || b != c.b || ok != (c.a > 0) {
			t.Errorf("%s to %s is %d:%d, %v; want %d:%d", c.above, c.below, a, b, ok, c.a, c.b)
		}
	}
}

func TestDays(t *testing.T) {
	days, err := decodeCalendar([]byte(`[{"date":"2025-03-28","open":"09:30","close":"16:00","session_open":"0400","session_close":"2000"},
		{"date":"2025-03-31","open":"09:30","close":"13:00"},{"date":"2025-04-02","open":"09:30","close":"16:00"},
		{"date":"never","open":"09:30","close":"16:00"},{"date":"2025-04-03","open":"16:00","close":"09:30"}]`))
	if err != nil || len(days) != 3 {
		t.Fatalf("%v, %v; want three days", days, err)
	}
	revised, err := revise(session.New(), days)
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := revised.On(session.NewDate(2025, 3, 31)); !ok || s.Minutes() != 210 {
		t.Errorf("31 March is %+v, %v; want the half day that the vendor tells", s, ok)
	}
	if _, ok := revised.On(session.NewDate(2025, 4, 1)); ok {
		t.Error("1 April is a session although the vendor leaves it out")
	}
	if _, ok := revised.On(session.NewDate(2025, 4, 3)); !ok {
		t.Error("3 April, of which the vendor says nothing that can be read, is no session any more")
	}
	short := []session.Session{session.FullDay(session.NewDate(2025, 1, 2)), session.FullDay(session.NewDate(2025, 12, 31))}
	if _, err := revise(session.New(), short); err == nil || !strings.Contains(err.Error(), "leave out") {
		t.Errorf("a list of two days in a year is believed (%v)", err)
	}
	if same, err := revise(session.New(), nil); err != nil || same.Last() != session.New().Last() {
		t.Errorf("no days change the calendar (%v)", err)
	}
}

func TestDecodeClock(t *testing.T) {
	clock, err := decodeClock([]byte(`{"timestamp":"2025-03-28T11:00:00.5-04:00","is_open":true,"next_open":"2025-03-31T09:30:00-04:00","next_close":"2025-03-28T16:00:00-04:00"}`))
	want := Clock{Now: at("11:00:00.5"), Open: true, NextOpen: session.NewDate(2025, 3, 31).At(9, 30), NextClose: at("16:00:00")}
	if err != nil || !clock.Now.Equal(want.Now) || !clock.Open || !clock.NextOpen.Equal(want.NextOpen) || !clock.NextClose.Equal(want.NextClose) {
		t.Errorf("%+v, %v; want %+v", clock, err, want)
	}
	for _, body := range []string{`{}`, `{"timestamp":"now"}`, `[]`, ``} {
		if clock, err := decodeClock([]byte(body)); err == nil {
			t.Errorf("%q gives %+v", body, clock)
		}
	}
}

func TestInstant(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2025-03-28T15:00:00Z":                at("11:00:00"),
		"2025-03-28T15:00:00.5Z":              at("11:00:00.5"),
		"2025-03-28T11:00:00.500000000-04:00": at("11:00:00.5"),
		"2025-03-28":                          {},
		"1743174000":                          {},
		"":                                    {},
	} {
		if got := instant(text); !got.Equal(want) {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
