package report_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/report"
)

// TestMembersAsATable has a company of which all is known, one of which nothing
// is, and one whose name a spreadsheet would take for a formula.
func TestMembersAsATable(t *testing.T) {
	full := model.Member{
		Symbol: "AAA", Name: "Alpha, Inc.", Sector: "IT", Price: num.Price(12_345_600), Turnover: 38_700_000, InMicro: true,
		At:    time.Date(2025, time.March, 28, 15, 59, 58, 0, session.Zone()),
		Flags: model.MemberHalted | model.MemberOldFiling,
	}
	full.Cap[session.Week], full.Rank[session.Week] = 7_422_700_000, 20
	full.Return[session.Week], full.HasReturn[session.Week] = num.Return(2_441_000_000), true
	full.DebtEV[session.Week] = num.Scaled(11, 2, 2)
	evil := model.Member{Symbol: "BBB", Name: "=HYPERLINK(\"x\")\x1b[31m", Flags: model.MemberInvalid}

	content, err := report.Members{Rows: []*model.Member{&full, &evil}, N: 479}.Render(session.Week)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows (%v)", len(rows), err)
	}
	for i, want := range []string{
		"20|AAA|Alpha, Inc.|IT|7422700000|12.3456|2025-03-28T15:59:58-04:00|n/a|24.41|n/a|n/a|n/a|n/a|0.051|0.11|38700000|true|halted old filing",
		"n/a|BBB|'=HYPERLINK(\"x\")[31m||n/a|n/a|n/a|n/a|n/a|n/a|n/a|n/a|n/a|n/a|n/a|n/a|false|no price",
	} {
		if got := strings.Join(rows[i+1], "|"); got != want {
			t.Errorf("row %d is\n%s, want\n%s", i+1, got, want)
		}
	}
}
