package uitest

import (
	"strconv"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// quartile is what one size bucket shows in every window.
type quartile struct {
	means                                []string // one for each window
	week                                 model.PerStat
	advancing, above20, above50          string
	turnover, weight                     string
	beta                                 float64
	differsInWeek                        bool
	invalid, halted, n, staleInThisGroup int
}

func quartiles() []quartile {
	return []quartile{
		{
			means: []string{"-1.68", "0.35", "-4.25", "-4.25", "-3.19", "-2.75"}, week: stats("0.35", "-0.05", "-0.08", "-1.24"),
			advancing: "49", above20: "48", above50: "33", turnover: "71", weight: "64", beta: 0.6, differsInWeek: true,
			n: 490, invalid: 12, staleInThisGroup: 9,
		},
		{
			means: []string{"-2.37", "-2.40", "-7.57", "-7.57", "-14.50", "-14.21"}, week: stats("-2.40", "-2.64", "-2.36", "-2.30"),
			advancing: "29", above20: "29", above50: "17", turnover: "17", weight: "22", beta: 0.9,
			n: 490, invalid: 13, staleInThisGroup: 11,
		},
		{
			means: []string{"-2.12", "-2.60", "-8.61", "-8.61", "-17.41", "-16.18"}, week: stats("-2.60", "-2.76", "-2.62", "-2.51"),
			advancing: "31", above20: "28", above50: "14", turnover: "8", weight: "10", beta: 1,
			n: 490, invalid: 15, staleInThisGroup: 14,
		},
		{
			means: []string{"-2.10", "-2.09", "-8.95", "-8.95", "-19.08", "-18.58"}, week: stats("-2.09", "-2.31", "-2.27", "-2.06"),
			advancing: "36", above20: "31", above50: "9", turnover: "4", weight: "4", beta: 1.1,
			n: 490, invalid: 18, halted: 2, staleInThisGroup: 24,
		},
	}
}

func size(axis timeAxis) model.Size {
	s := model.Size{Universe: "RUT"}
	all := quartiles()
	for i, q := range all {
		bucket := model.Bucket{ID: "Q" + strconv.Itoa(i+1)}
		for w := range bucket.Groups {
			g := model.Group{
				N: q.n, Invalid: q.invalid, Halted: q.halted, Stale: q.staleInThisGroup, Return: stats(q.means[w], q.means[w], q.means[w], q.means[w]),
				Advancing: fig(q.advancing), Above20: fig(q.above20), Above50: fig(q.above50), Turnover: fig(q.turnover), Volume: fig("1.05"), Weight: fig(q.weight),
			}
			if session.Window(w) == session.Week {
				g.Return, g.Differ = q.week, q.differsInWeek
			}
			bucket.Groups[w] = g
		}
		s.Buckets = append(s.Buckets, bucket)
	}
	spreads := []string{"-0.42", "-2.44", "-4.70", "-4.70", "-15.89", "-15.83"}
	for w := range s.Spread {
		s.Spread[w] = model.Spread{
			Return: stats(spreads[w], spreads[w], spreads[w], spreads[w]), CI: [2]num.Figure{fig("-6.10"), fig("0.40")},
			CIMethod: model.CIBootstrap, T: fig("-1.9"), Z0: fig("-1.2"), Z: fig("-0.4"), History: 60,
			Trend: model.TrendContinuing, NoOutlier: fig(spreads[w]),
		}
		s.Recon[w] = model.Reconcile{Implied: fig("-1.64"), Printed: fig("-1.64"), Gap: fig("0.002"), State: model.ReconcileOK}
	}
	s.Spread[session.Week] = model.Spread{
		Return: stats("-2.44", "-2.26", "-2.19", "-0.82"), CI: [2]num.Figure{fig("-3.60"), fig("-1.28")},
		CIMethod: model.CIBootstrap, T: fig("-4.1"), Z0: fig("-2.1"), Z: fig("-1.1"), History: 60,
		Trend: model.TrendSpeedingUp, NoOutlier: fig("-2.31"),
		SectorCI: [2]num.Figure{fig("-3.31"), fig("-1.42")}, BetaGap: fig("0.08"), BetaAdjusted: fig("-2.30"),
	}
	for _, w := range session.Windows() {
		s.RankedOn[w] = axis.sessions[axis.bases[w]].Date
		levels := axis.levels(w, russell2000(), 2013)
		curve := &model.Curve{At: axis.times(w)}
		for i, q := range all {
			final := s.Buckets[i].Groups[w].Return[model.Mean].Float()
			curve.Lines = append(curve.Lines, percent(levels, final, q.beta))
		}
		s.Curves[w] = curve
	}
	return s
}

func leverage(axis timeAxis) []model.Leverage {
	russell := leverageOf(axis, "RUT",
		[3]string{"-1.82", "-2.20", "-0.92"}, []string{"0.21", "0.90", "1.10", "1.10", "1.40", "1.22"}, "1.5", "1.81")
	micro := leverageOf(axis, "RMICRO",
		[3]string{"-3.40", "-3.00", "-1.10"}, []string{"0.44", "2.30", "2.60", "2.60", "3.90", "3.75"}, "2.6", "3.40")
	for w := range russell.Excluded {
		russell.Excluded[w] = model.Excluded{Financials: 533, NoDebtData: 41, OldFiling: 9, EVNotPositive: 100, NoCap: 3, FlaggedOld: 22}
		micro.Excluded[w] = model.Excluded{Financials: 369, NoDebtData: 37, OldFiling: 11, EVNotPositive: 85, NoCap: 2, FlaggedOld: 30}
	}
	return []model.Leverage{russell, micro}
}

// leverageOf makes the view of one universe. The three bucket means are the
// week's; other windows are shifted by what their spread differs from it.
func leverageOf(axis timeAxis, universe string, week [3]string, spreads []string, t, neutral string) model.Leverage {
	l := model.Leverage{Universe: universe, Buckets: []model.Bucket{{ID: "low"}, {ID: "mid"}, {ID: "high"}}}
	for w := range l.Spread {
		shift := fig(spreads[w]).Decimal().Sub(fig(spreads[session.Week]).Decimal())
		for i := range l.Buckets {
			mean := fig(week[i]).Decimal()
			if i == 0 {
				mean = mean.Sub(shift)
			}
			f := num.NewFigure(mean, 2)
			l.Buckets[i].Groups[w] = model.Group{N: 428, Invalid: 7, Return: model.PerStat{f, f, f, f}, Advancing: fig("34")}
		}
		l.Spread[w] = model.Spread{
			Return: stats(spreads[w], spreads[w], spreads[w], spreads[w]), CI: [2]num.Figure{fig("0.12"), fig("4.40")},
			CIMethod: model.CIWelch, T: fig(t), Z0: fig("1.4"), Z: fig("0.9"), History: 60, Trend: model.TrendContinuing,
			NoOutlier: fig(spreads[w]),
		}
		l.Neutral[w] = fig(neutral)
		l.FilingAge[w] = fig("58")
		levels := axis.levels(session.Window(w), russell2000(), 2013)
		l.Curves[w] = &model.Curve{At: axis.times(session.Window(w)), Lines: [][]float64{percent(levels, fig(spreads[w]).Float(), -0.25)}}
	}
	return l
}

func stats(mean, median, trimmed, capWeighted string) model.PerStat {
	return model.PerStat{fig(mean), fig(median), fig(trimmed), fig(capWeighted)}
}
