package members_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/members"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// company is a member of the smallest quartile and of the high third of both
// universes, who says the same of every window.
type company struct {
	symbol, name, sector string
	rank                 int32
	percent              float64 // the return; none where there is no price
	price                float64
	cap, turnover        num.Dollars // in millions
	debt                 string      // debt/EV, "" for none
	flags                model.MemberFlags
	micro                bool
}

func (c company) member(id int) model.Member {
	m := model.Member{
		ID: model.ID(id), Key: "key:" + c.symbol, Symbol: c.symbol, Name: c.name, Sector: c.sector, Flags: c.flags, InMicro: c.micro,
		Price: num.Price(c.price * float64(num.PriceScale)), Turnover: c.turnover * 1_000_000,
	}
	if c.price > 0 {
		m.At = time.Date(2025, time.March, 28, 15, 59, 0, 0, session.Zone())
	}
	for w := range session.WindowCount {
		m.Quartile[w], m.Third[w] = 3, [2]int8{2, 2}
		m.Rank[w], m.Cap[w] = c.rank, c.cap*1_000_000
		m.Return[w], m.HasReturn[w] = num.Return(c.percent*float64(num.ReturnScale)/100), c.price > 0
		if d, err := decimal.NewFromString(c.debt); err == nil {
			m.DebtEV[w] = num.NewFigure(d, 2)
		}
	}
	return m
}

// few are companies that differ in everything.
func few() []model.Member {
	all := []company{
		{"OMEGA", "Omega Oil & Gas", "EN", 1900, 10, 4.5, 80, 3, "0.61", 0, true},
		{"ALFA", "Alfa Biotech", "HC", 1801, -20, 12.25, 120, 9, "0.00", model.MemberHalted, false},
		{"GAMMA", "Gamma Bancorp", "FIN", 1700, 3.5, 31, 300, 1, "", model.MemberFinancial | model.MemberNoDebtData, false},
		{"BETA", "Beta Health", "HC", 1600, 0, 0, 410, 0, "0.35", model.MemberInvalid, false},
		{"DELTA", "Delta Oil Services", "EN", 0, 3.5, 0.004, 0, 0, "", model.MemberStale | model.MemberAdjusted, true},
	}
	rows := make([]model.Member, len(all))
	for i, c := range all {
		rows[i] = c.member(i)
	}
	return rows
}

// smallest is the group that all companies of this file are in.
func smallest() panel.MembersState {
	return panel.OpenMembers(model.GroupRef{Axis: model.AxisSize, Universe: "RUT", Bucket: 3})
}

// many are n companies of the smallest quartile, the same each time.
func many(n int) []model.Member {
	sectors := [...]string{"HC", "FIN", "IND", "IT", "CD", "EN", "MAT"}
	names := [...]string{"Harbour Therapeutics", "First County Bancshares", "Northgate Machine Works", "Quillon Systems", "Bellamy Stores", "Red Mesa Energy", "Tin Valley Metals"}
	flags := [...]model.MemberFlags{0, 0, 0, model.MemberOldFiling, 0, model.MemberAdjusted, model.MemberStale, 0, model.MemberNegativeEV, model.MemberHalted | model.MemberNoDebtData, 0}
	rows := make([]model.Member, n)
	for i := range rows {
		mix := i * 7919 % 1009
		c := company{
			symbol: fmt.Sprintf("%c%c%03d", 'A'+mix%26, 'A'+i%26, i%1000), name: names[i%len(names)], sector: sectors[i%len(sectors)],
			rank: int32(1471 + i), percent: float64(mix%601-310) / 9, price: 0.4 + float64(mix)/7,
			cap: num.Dollars(40 + (n-i)*300/n), turnover: num.Dollars(1 + mix%40), debt: fmt.Sprintf("0.%02d", mix%100),
			flags: flags[i%len(flags)], micro: i%3 > 0,
		}
		if c.sector == "FIN" {
			c.flags |= model.MemberFinancial
		}
		if i%97 == 50 {
			c.price, c.flags = 0, model.MemberInvalid
		}
		rows[i] = c.member(i)
	}
	return rows
}

// frame is the final frame with these members.
func frame(rows []model.Member) *model.Snapshot {
	snap := uitest.FinalFrame()
	snap.Members = rows
	return snap
}

// input shows a state in the week.
func input(snap *model.Snapshot, s panel.MembersState) panel.Input {
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: panel.State{Window: session.Week, Members: s}, Focused: true}
}

func view(snap *model.Snapshot, s panel.MembersState) *members.View {
	v := members.NewView(snap, s, session.Week)
	return &v
}
