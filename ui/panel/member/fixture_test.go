package member_test

import (
	"math"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

const key = "key:HRBR"

// company is a page with something in every place.
func company() *model.MemberPage {
	m := model.Member{
		ID: 7, Key: key, Symbol: "HRBR", Name: "Harbour Therapeutics", Sector: "HC", InMicro: true,
		Price: 12_340_000, At: at(28, 10, 11), Turnover: 2_940_000, Flags: model.MemberHalted | model.MemberAdjusted,
	}
	p := &model.MemberPage{Member: m, PrevClose: figure("12.79")}
	for w := range session.WindowCount {
		p.Return[w], p.HasReturn[w] = num.Return(-3_518_000_00*(w+1)), true
		p.Rank[w], p.Quartile[w], p.Third[w] = int32(1660+w), 3, [2]int8{2, 1}
		p.Cap[w], p.DebtEV[w] = 318_200_000, figure("0.34")
		p.Bridge[w] = bridge()
		p.Curves[w] = curve()
	}
	p.Actions = []model.Action{
		{ExDate: session.NewDate(2024, time.May, 17), Kind: model.ActionSpecial, Amount: 1_500_000},
		{ExDate: session.NewDate(2025, time.March, 26), Kind: model.ActionSplit, New: 1, Old: 10},
	}
	p.Incidents = []model.Incident{
		{At: at(28, 9, 58), Kind: model.IncidentRejected, Symbol: "HRBR", Detail: "0.41 (8.9 MAD)"},
		{At: at(28, 10, 12), Kind: model.IncidentHalt, Symbol: "HRBR", Detail: "T1"},
	}
	return p
}

// bridge adds up: 318.2 + 120.4 + 0 - 81.1 = 357.5; minority interest is not given.
func bridge() model.EVBridge {
	known := func(d num.Dollars) model.Amount { return model.Amount{Dollars: d, Known: true} }
	return model.EVBridge{
		Base: session.NewDate(2025, time.March, 21), Cap: 318_200_000, Debt: known(120_400_000), Preferred: known(0), Cash: known(81_100_000),
		EV: 357_500_000, DebtEV: figure("0.34"), Filed: time.Date(2024, time.November, 6, 17, 0, 0, 0, session.Zone()), Age: 134*24*time.Hour + 23*time.Hour,
	}
}

func curve() *model.Curve {
	c := &model.Curve{Lines: [][]float64{nil}}
	add := func(t time.Time, v float64) { c.At, c.Lines[0] = append(c.At, t), append(c.Lines[0], v) }
	for i, day := range []int{21, 24, 25, 26, 27} {
		add(at(day, 16, 0), 12+math.Sin(float64(i)))
	}
	for i := range 9 {
		add(at(28, 9, 30).Add(time.Duration(i)*5*time.Minute), 12.5-float64(i)/50)
	}
	return c
}

func at(day, hour, minute int) time.Time {
	return time.Date(2025, time.March, day, hour, minute, 0, 0, session.Zone())
}

func figure(s string) num.Figure {
	d := decimal.RequireFromString(s)
	return num.NewFigure(d, -d.Exponent())
}

// frame is the final frame with a page that was asked for.
func frame(p *model.MemberPage) *model.Snapshot {
	snap := uitest.FinalFrame()
	snap.Query.Page, snap.Page = key, p
	return snap
}

func input(snap *model.Snapshot) panel.Input {
	state := panel.State{Window: session.Week, Query: model.Query{Page: key}}
	return panel.Input{Snap: snap, Theme: theme.New(theme.Options{}), State: state, Focused: true}
}
