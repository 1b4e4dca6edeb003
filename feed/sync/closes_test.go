package sync_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"gyre/feed/store"
	fresh "gyre/feed/sync"
	"gyre/model/session"
)

// TestSessionsThatAreNotWhole are a vendor's who has not everything.
func TestSessionsThatAreNotWhole(t *testing.T) {
	tuesday, wednesday := thursday-2, thursday-1
	for name, c := range map[string]struct {
		has    map[session.Date]int // closes of a session; all where not named
		closes int
		warns  string
		fails  string
		next   string // what is asked for next
	}{
		"all of them":              {nil, 3 * members, "", "", ""},
		"none yet of the last one": {map[session.Date]int{thursday: 0}, 2 * members, "no closes of 2025-03-27 yet", "", "/2025-03-27"},
		"none of one before":       {map[session.Date]int{wednesday: 0}, 2 * members, "no closes of 2025-03-26, which the calendar has", "", ""},
		"few of the last one":      {map[session.Date]int{thursday: members/2 - 1}, 2 * members, "", "2025-03-27: the vendor has only some", "/2025-03-27"},
		"half of the last one":     {map[session.Date]int{thursday: members / 2}, 2*members + members/2, "", "", ""},
		"few of one before":        {map[session.Date]int{wednesday: 10}, members, "", "2025-03-26: the vendor has only some", "/2025-03-26"},
		"few of the first one":     {map[session.Date]int{tuesday: 10}, 0, "", "2025-03-25: the vendor has only some", "/2025-03-25"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n, s := connected(map[string]http.HandlerFunc{patternGrouped: func(w http.ResponseWriter, r *http.Request) {
					date, err := session.ParseDate(r.PathValue("date"))
					count, named := c.has[date]
					if !named {
						count = members
					}
					if err != nil {
						count = 0
					}
					_, _ = w.Write([]byte(grouped(date, count)))
				}}), opened(t)
				// Monday's are known, and whose they are.
				o := options(n)
				o.Kinds = []fresh.Kind{fresh.Holdings}
				synced(t, s, o)
				var monday []store.Close
				for i := range members {
					monday = append(monday, store.Close{Date: thursday - 3, Symbol: symbol(i), Close: dollars(19)})
				}
				if _, err := s.Put(t.Context(), store.Batch{Closes: monday}); err != nil {
					t.Fatal(err)
				}
				o.Kinds, o.Vendor = []fresh.Kind{fresh.Closes}, fresh.Massive
				r := planned(t, s, o).Run(t.Context(), nil)[0]
				if got := rows(t, s, "closes") - members; got != c.closes {
					t.Errorf("%d closes are taken in, want %d", got, c.closes)
				}
				if (r.Err != nil) != (c.fails != "") || r.Err != nil && !strings.Contains(r.Err.Error(), c.fails) {
					t.Errorf("it ends with %v, want %q", r.Err, c.fails)
				}
				if text := r.Report.String(); !strings.Contains(text, c.warns) || (len(r.Report.Warnings) > 0) != (c.warns != "") {
					t.Errorf("its report is %s, want %q", text, c.warns)
				}
				n.forget()
				planned(t, s, o).Run(t.Context(), nil)
				if asked := n.asked("api.massive.com"); c.next == "" && len(asked) != 0 || c.next != "" && (len(asked) == 0 || !strings.HasSuffix(asked[0], c.next)) {
					t.Errorf("then %v is asked for, want %q", asked, c.next)
				}
			})
		})
	}
}

// TestThePastOfNewMembers joined a list after its closes were asked for.
func TestThePastOfNewMembers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, s := connected(nil), opened(t)
		o := options(n)
		o.Kinds = []fresh.Kind{fresh.Holdings}
		synced(t, s, o)
		var known []store.Close
		for i := range members - 2 {
			known = append(known, store.Close{Date: thursday, Symbol: symbol(i), Close: dollars(19)})
		}
		if _, err := s.Put(t.Context(), store.Batch{Closes: known}); err != nil {
			t.Fatal(err)
		}
		o.Kinds = []fresh.Kind{fresh.Closes}
		n.forget()
		synced(t, s, o)
		if len(n.log) != 1 || !strings.Contains(n.log[0].query, "start=2025-03-25") || strings.Contains(n.log[0].query, symbol(0)) || !strings.Contains(n.log[0].query, symbol(members-1)) {
			t.Errorf("it asks %+v", n.log)
		}
		if got := rows(t, s, "closes"); got != members-2+2*3 {
			t.Errorf("there are %d closes", got)
		}
		n.forget()
		synced(t, s, o)
		if len(n.log) != 0 {
			t.Errorf("then it asks %+v", n.log)
		}
	})
}

func TestAlpacaNeedsAList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := options(connected(nil))
		o.Kinds = []fresh.Kind{fresh.Closes}
		if r := planned(t, opened(t), o).Run(t.Context(), nil); r[0].Err == nil || !strings.Contains(r[0].Err.Error(), "sync or import holdings first") {
			t.Errorf("it says %v", r[0].Err)
		}
	})
}

func TestSplitsOfMassive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, s := connected(nil), opened(t)
		o := options(n)
		o.Vendor, o.Kinds = fresh.Massive, []fresh.Kind{fresh.Closes, fresh.Actions}
		synced(t, s, o)
		i := len(n.log) - 1
		if !strings.Contains(n.log[i].query, "execution_date.gte=2025-03-25&execution_date.lte=2025-03-28") {
			t.Errorf("splits are asked for with %s; want those of the next session as well", n.log[i].query)
		}
		if rows(t, s, "actions") != 1 {
			t.Errorf("there are %d actions", rows(t, s, "actions"))
		}
	})
}

// TestAWrongSymbolInAList is a warrant's under a stock's name. The closes of the
// whole market come first and tell.
func TestAWrongSymbolInAList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		last := symbol(members - 1)
		n, s := connected(map[string]http.HandlerFunc{
			patternHoldings: answer(strings.ReplaceAll(holdings("Mar 27, 2025"), last, last+"W")),
		}), opened(t)
		o := options(n)
		o.Vendor, o.Kinds = fresh.Massive, []fresh.Kind{fresh.Holdings, fresh.Closes}
		results := synced(t, s, o)
		if report := results[1].Report.String(); !strings.Contains(report, "it is read as "+last) {
			t.Errorf("the report is %s", report)
		}
		if symbols, err := s.Symbols(t.Context()); err != nil || len(symbols) != members || symbols[members-1] != last {
			t.Errorf("%d members, the last one %s, %v", len(symbols), symbols[len(symbols)-1], err)
		}
	})
}
