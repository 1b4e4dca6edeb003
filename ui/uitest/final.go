// Package uitest holds hand-built snapshots to draw against: one like the last
// frame of the sample week, and a few that try a panel's manners.
package uitest

import (
	"time"

	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// FinalFrame is the moment of the close on Friday 28 March 2025. Index levels,
// range and events are those of the day; the groups are plausible, and
// everything is there that a query may ask for.
func FinalFrame() *model.Snapshot {
	calendar := session.New()
	closing := at(time.March, 28, 16, 0)
	today, _ := calendar.On(session.NewDate(2025, time.March, 28))
	nextOpen, _ := calendar.NextOpen(closing)
	s := &model.Snapshot{
		AsOf: closing, Epoch: 1, Mode: model.ModeReplay, Sample: true, Name: "sample",
		Clock:     model.Clock{Phase: session.Post, Session: today, NextOpen: nextOpen},
		Feed:      model.Feed{Name: "replay", Phase: model.FeedOK, Age: 200 * time.Millisecond},
		Universes: universes(),
		Rates:     model.Rates{Known: true, Cuts: "2", Year: 2025, Quoted: true, AsOf: at(time.March, 28, 9, 0), Source: "note"},
		Calendar:  events(),
		Alerts: []model.Alert{
			{At: at(time.March, 28, 13, 35), Kind: "low", Text: "R2000 day low 2,013.00 -2.55 %"},
			{At: closing, Kind: "range-close", Text: "R2000 closed below the week's range 2,023.27 < 2,025"},
		},
		Quality: quality(),
	}
	for w := range s.Windows {
		base, _ := calendar.Base(session.Window(w), today.Date)
		s.Windows[w] = model.WindowInfo{Base: base.Date, Sessions: calendar.Between(base.Date, today.Date)}
	}
	axis := newTimeAxis(calendar, s)
	s.Indices = indices(axis)
	s.Size = size(axis)
	s.Leverage = leverage(axis)
	s.Pair = pair()
	s.Verdicts = verdicts()
	details(s, axis)
	return s
}

func universes() []model.Coverage {
	return []model.Coverage{
		{Universe: "RUT", Members: 1960, Valid: 1902, Invalid: 58, Stale: 58, Halted: 2, Pct: fig("97.0"), CapPct: fig("99.1")},
		{Universe: "RMICRO", Members: 1500, Valid: 1442, Invalid: 58, Stale: 51, Halted: 2, Pct: fig("96.1"), CapPct: fig("97.8")},
	}
}

func quality() model.Quality {
	return model.Quality{
		Stale: 58, Halted: 2, Rejected: 1, Unprinted: 58, Late: 14,
		Incidents: []model.Incident{
			{At: at(time.March, 25, 9, 30), Kind: model.IncidentMerger, Symbol: "S0733", Detail: "cash 41.50"},
			{At: at(time.March, 26, 9, 30), Kind: model.IncidentSplit, Symbol: "S1911", Detail: "1:10"},
			{At: at(time.March, 28, 9, 31), Kind: model.IncidentLateOpen, Count: 14},
			{At: at(time.March, 28, 10, 12), Kind: model.IncidentHalt, Symbol: "S1481", Detail: "T1"},
			{At: at(time.March, 28, 10, 12), Kind: model.IncidentHalt, Symbol: "S1480", Detail: "LUDP"},
			{At: at(time.March, 28, 11, 7), Kind: model.IncidentRejected, Symbol: "S1902", Detail: "0.41 (8.9 MAD)"},
		},
	}
}

func verdicts() model.PerWindow[model.Verdict] {
	var all model.PerWindow[model.Verdict]
	for w := range all {
		all[w] = model.Verdict{
			State:    model.StateTilt,
			Size:     model.AxisVerdict{State: model.StateTilt, Sign: -1, Z0: fig("-1.2"), Z: fig("-0.4"), Trend: model.TrendContinuing},
			Leverage: model.AxisVerdict{State: model.StateNone, Sign: 1, Z0: fig("0.6"), Z: fig("0.2"), Trend: model.TrendContinuing},
			Dots:     model.Dots{SignsAgree: true, Covered: true}, Coverage: fig("97.0"),
			Text: session.Window(w).String() + " TILT: INTO LARGE CAPS - z0 -1.2 - coverage 97.0 %",
		}
	}
	all[session.Week] = model.Verdict{
		State:      model.StateRotation,
		Size:       model.AxisVerdict{State: model.StateRotation, Sign: -1, Z0: fig("-2.1"), Z: fig("-1.1"), Trend: model.TrendSpeedingUp},
		Leverage:   model.AxisVerdict{State: model.StateRotation, Sign: 1, Z0: fig("1.9"), Z: fig("1.2"), Trend: model.TrendSpeedingUp},
		LeverageIn: "RMICRO", MicroMore: true,
		Dots:     model.Dots{CIExcludesZero: true, SignsAgree: true, Covered: true, Unusual: true},
		Coverage: fig("97.0"),
		Text:     "1W ROTATION: INTO LARGE CAPS, INTO HIGH DEBT/EV (micro > R2000) - z0 -2.1 - coverage 97.0 %",
	}
	return all
}

// fig is the figure of a decimal text; nothing for "".
func fig(s string) num.Figure {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return num.Figure{}
	}
	return num.NewFigure(d, max(-d.Exponent(), 0))
}

// figs is one figure for each window, in their order.
func figs(texts ...string) model.PerWindow[num.Figure] {
	var all model.PerWindow[num.Figure]
	for w := range min(len(texts), len(all)) {
		all[w] = fig(texts[w])
	}
	return all
}

// at is an instant of 2025 in New York.
func at(m time.Month, d, hour, minute int) time.Time {
	return time.Date(2025, m, d, hour, minute, 0, 0, session.Zone())
}
