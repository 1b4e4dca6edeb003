package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel/say"
)

// Members are companies of a snapshot as they are listed on a screen.
type Members struct {
	Rows []*model.Member // in their order
	N    int             // companies that the group's mean is of
}

// Render writes one company a row as CSV: what the table of members shows of
// it over window w. Returns are percent and contributions percentage points;
// cap and turnover are whole dollars. What is not known is n/a.
func (m Members) Render(w session.Window) ([]byte, error) {
	w = say.Chosen(w)
	head := []string{"rank", "symbol", "name", "sector", "cap", "last", "last_trade"}
	for _, window := range session.Windows() {
		head = append(head, window.String()+"_pct")
	}
	head = append(head, "contribution_pp", "debt_ev", "turnover", "also_micro", "flags")
	rows := [][]string{head}
	for _, member := range m.Rows {
		rows = append(rows, m.row(member, w))
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return nil, fmt.Errorf("writing the members as CSV: %w", err)
	}
	return b.Bytes(), nil
}

func (m Members) row(of *model.Member, w session.Window) []string {
	positive := func(n int64) string {
		if n <= 0 {
			return unknown
		}
		return strconv.FormatInt(n, 10)
	}
	price, turnover := unknown, unknown
	if of.Price > 0 {
		price, turnover = of.Price.Decimal().String(), strconv.FormatInt(int64(of.Turnover), 10)
	}
	row := []string{
		positive(int64(of.Rank[w])), inert(printable(of.Symbol)), inert(printable(of.Name)), inert(printable(of.Sector)),
		positive(int64(of.Cap[w])), price, orUnknown(string(instant(of.At))),
	}
	for _, window := range session.Windows() {
		r := num.Figure{}
		if of.HasReturn[window] {
			r = num.Percent(of.Return[window])
		}
		row = append(row, orUnknown(r.String()))
	}
	var flags []string
	for _, flag := range say.Flags() {
		if of.Flags&flag.Is != 0 {
			flags = append(flags, flag.Word)
		}
	}
	return append(row,
		orUnknown(model.Contribution(of, w, m.N).String()), orUnknown(of.DebtEV[w].String()), turnover,
		strconv.FormatBool(of.InMicro), strings.Join(flags, " "))
}
