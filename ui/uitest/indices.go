package uitest

import (
	"time"

	"gyre/model"
	"gyre/model/session"
)

func indices(axis timeAxis) []model.Index {
	closing := at(time.March, 28, 16, 0)
	russell := model.Index{
		Symbol: "RUT", Name: "Russell 2000", Level: fig("2023.27"), At: closing, Official: true,
		PrevClose: fig("2065.70"), Change: fig("-42.43"), Open: fig("2063.31"), High: fig("2063.31"), Low: fig("2013.00"),
		Returns:   figs("-2.05", "-1.64", "-6.46", "-6.46", "-9.86", "-9.28"),
		Base:      figs("2065.70", "2056.98", "2163.07", "2163.07", "2244.59", "2230.16"),
		MonthRank: 3, MonthDays: 20, VsSMA20: fig("-1.83"), VsSMA50: fig("-7.29"), WeekSigma: fig("2.90"),
		Range: &model.RangePlace{
			From: session.NewDate(2025, time.March, 31), To: session.NewDate(2025, time.April, 4),
			Low: fig("2025"), High: fig("2110"), Source: "note", State: model.RangeBelow,
			Distance: fig("-1.73"), DistPct: fig("-0.09"), ToLowPct: fig("0.09"), ToHighPct: fig("4.29"),
			Place: fig("-0.02"), HalfSigmas: fig("0.7"),
		},
	}
	sp := model.Index{
		Symbol: "SPX", Name: "S&P 500", Level: fig("5580.94"), At: closing, Official: true,
		PrevClose: fig("5693.31"), Change: fig("-112.37"), Open: fig("5679.20"), High: fig("5685.89"), Low: fig("5572.42"),
		Returns:   figs("-1.97", "-1.53", "-6.27", "-6.27", "-6.53", "-5.11"),
		Base:      figs("5693.31", "5667.56", "5954.50", "5954.50", "5970.84", "5881.63"),
		MonthRank: 2, MonthDays: 20, VsSMA20: fig("-1.45"), VsSMA50: fig("-5.62"), WeekSigma: fig("2.31"),
	}
	for _, w := range session.Windows() {
		russell.Curves[w] = &model.Curve{At: axis.times(w), Lines: [][]float64{axis.levels(w, russell2000(), 2013)}}
		sp.Curves[w] = &model.Curve{At: axis.times(w), Lines: [][]float64{axis.levels(w, sp500(), 5572.42)}}
	}
	return []model.Index{russell, sp}
}

func pair() model.Pair {
	p := model.Pair{
		A: "RUT", B: "SPX", Known: true, Ratio: fig("0.3625"), Beta: fig("1.08"),
		Spread:   figs("-0.08", "-0.11", "-0.19", "-0.19", "-3.33", "-4.16"),
		Adjusted: figs("0.09", "0.02", "0.34", "0.34", "-2.78", "-3.73"),
		Relative: figs("-0.08", "-0.11", "-0.20", "-0.20", "-3.56", "-4.39"),
		Z0:       figs("-0.1", "-0.1", "-0.1", "-0.1", "-1.0", "-1.1"),
		Z:        figs("0.1", "0.2", "0.3", "0.3", "-0.2", "-0.3"),
	}
	for w := range p.State {
		p.State[w] = model.StateNone
	}
	p.State[session.Quarter], p.State[session.YearToDate] = model.StateTilt, model.StateTilt
	return p
}
