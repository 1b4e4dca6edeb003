package uitest

import (
	"math"
	"strings"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Named is a snapshot with the name that a test case goes by.
type Named struct {
	Name string
	Snap *model.Snapshot
}

// All is every snapshot of this package, and no snapshot at all.
func All() []Named {
	return []Named{
		{"final", FinalFrame()},
		{"plain", Plain()},
		{"empty", Empty()},
		{"unknowns", Unknowns()},
		{"wide", Wide()},
		{"stale", Stale()},
		{"lookahead", LookAhead()},
		{"none", nil},
	}
}

// Empty is the zero snapshot.
func Empty() *model.Snapshot { return &model.Snapshot{} }

// Unknowns has everything in its place and not one number known.
func Unknowns() *model.Snapshot {
	s := FinalFrame()
	s.Universes = []model.Coverage{{Universe: "RUT"}, {Universe: "RMICRO"}}
	for i := range s.Indices {
		s.Indices[i] = model.Index{Symbol: s.Indices[i].Symbol, Name: s.Indices[i].Name, Range: &model.RangePlace{}}
		s.Indices[i].Curves[session.Week] = &model.Curve{}
		s.Indices[i].Curves[session.Quarter] = nowhere()
	}
	for i := range s.Size.Buckets {
		s.Size.Buckets[i].Groups = model.PerWindow[model.Group]{}
	}
	s.Size.Spread, s.Size.Recon = model.PerWindow[model.Spread]{}, model.PerWindow[model.Reconcile]{}
	s.Size.RankedOn = model.PerWindow[session.Date]{}
	s.Size.Curves = model.PerWindow[*model.Curve]{session.Week: {}, session.Quarter: nowhere()}
	for i := range s.Leverage {
		buckets := []model.Bucket{{ID: "low"}, {ID: "mid"}, {ID: "high"}}
		s.Leverage[i] = model.Leverage{Universe: s.Leverage[i].Universe, Buckets: buckets}
	}
	s.Pair = model.Pair{A: "RUT", B: "SPX"}
	s.Verdicts = model.PerWindow[model.Verdict]{}
	s.Rates, s.Quality, s.Alerts = model.Rates{}, model.Quality{}, nil
	s.Windows = model.PerWindow[model.WindowInfo]{}
	for i := range s.Calendar {
		s.Calendar[i].Surprise = num.Figure{}
		s.Calendar[i].Actual, s.Calendar[i].Consensus, s.Calendar[i].Previous = "", "", ""
	}
	s.Missing = []string{"spread_history.csv", "halts.csv", "ticks.csv"}
	unknownDetails(s)
	return s
}

// unknownDetails leaves of the details the names alone.
func unknownDetails(s *model.Snapshot) {
	for i := range s.Members {
		m := &s.Members[i]
		*m = model.Member{ID: m.ID, Key: m.Key, Symbol: m.Symbol, Name: m.Name, Flags: model.MemberInvalid | model.MemberNoDebtData}
		for w := range m.Quartile {
			m.Quartile[w], m.Third[w] = model.NoBucket, [2]int8{model.NoBucket, model.NoBucket}
		}
	}
	s.Page = &model.MemberPage{Member: s.Members[0]}
	for i := range s.Maps {
		for j := range s.Maps[i].Trails {
			s.Maps[i].Trails[j].Points = nil
		}
	}
	s.History = &model.History{}
	for i := range s.Regimes {
		s.Regimes[i].Size, s.Regimes[i].Leverage = 0, 0
	}
	s.Intensity = model.PerWindow[model.Intensity]{}
}

// nowhere is a curve without one finite value.
func nowhere() *model.Curve {
	return &model.Curve{
		At:    []time.Time{at(time.March, 26, 16, 0), at(time.March, 27, 16, 0), at(time.March, 28, 16, 0)},
		Lines: [][]float64{{math.NaN(), math.Inf(1), math.Inf(-1)}, {}},
	}
}

// Wide has names of wide and combining characters, and numbers too large for
// any column.
func Wide() *model.Snapshot {
	s := FinalFrame()
	const name = "東京証券取引所プライム市場指数"
	huge := fig("-123456789012345.67")
	s.Name = name
	for i := range s.Indices {
		index := &s.Indices[i]
		index.Name, index.Symbol = name+" e\u0301\u0302👩‍👩‍👧", "日経平均"
		index.Level, index.Change, index.MonthRank = huge, huge, 123
		index.Range = &model.RangePlace{
			Low: huge, High: fig("999999999999999.99"), State: model.RangeAbove, Distance: huge, DistPct: huge,
			Place: huge, HalfSigmas: huge, Source: name,
		}
		for w := range index.Returns {
			index.Returns[w] = huge
			for j := range index.Curves[w].Lines[0] {
				index.Curves[w].Lines[0][j] *= math.Pow(10, float64(j%300))
			}
		}
	}
	for i := range s.Size.Buckets {
		s.Size.Buckets[i].ID = name
		for w := range s.Size.Buckets[i].Groups {
			s.Size.Buckets[i].Groups[w].Return = model.PerStat{huge, huge, huge, huge}
			s.Size.Buckets[i].Groups[w].N = math.MaxInt32
		}
	}
	s.Size.Universe = name
	for i := range s.Leverage {
		s.Leverage[i].Universe = name
		s.Leverage[i].Excluded[session.Week].Financials = math.MaxInt32
		s.Leverage[i].Spread[session.Week].Return = model.PerStat{huge, huge, huge, huge}
	}
	for i := range s.Calendar {
		s.Calendar[i].Title = name + " " + s.Calendar[i].Title
		s.Calendar[i].Consensus = strings.Repeat("9", 30)
	}
	for i := range s.Alerts {
		s.Alerts[i].Text = name + name
	}
	wideDetails(s, name, huge)
	s.Feed.Name, s.Feed.Problem = name, name+" is not answering"
	s.Pair.Ratio = huge
	for w := range s.Verdicts {
		s.Verdicts[w].Text = name + name + name
	}
	return s
}

// wideDetails gives the details that name, and that number.
func wideDetails(s *model.Snapshot, name string, huge num.Figure) {
	for i := range s.Members {
		m := &s.Members[i]
		m.Name, m.Symbol, m.Sector, m.Price = name, name, name, num.Price(math.MaxInt64)
		for w := range m.Return {
			m.Cap[w], m.Return[w], m.DebtEV[w] = num.MaxDollars, num.MaxReturn, huge
		}
	}
	s.Page.Name, s.Page.PrevClose = name, huge
	for i := range s.Maps {
		for j := range s.Maps[i].Trails {
			trail := &s.Maps[i].Trails[j]
			trail.Group = name
			for k := range trail.Points {
				trail.Points[k].Trend, trail.Points[k].Momentum = huge, huge
			}
		}
	}
	for w := range s.History.Size {
		for i := range s.History.Size[w].Spread {
			s.History.Size[w].Spread[i] *= math.Pow(10, float64(i*5))
		}
	}
	for w := range s.Intensity {
		s.Intensity[w].Total = math.MaxInt32
	}
}

// Stale is a feed that has fallen silent in the middle of a session, with too
// few names priced for a verdict.
func Stale() *model.Snapshot {
	s := FinalFrame()
	s.Mode, s.Sample, s.AsOf = model.ModeLive, false, at(time.March, 28, 11, 20)
	s.Clock.Phase, s.Clock.NextClose = session.Open, s.Clock.Session.Closes
	s.Feed = model.Feed{Name: "poll", Phase: model.FeedStale, Age: 42 * time.Second, Problem: "no answer from the source for 42 s", Dropped: 12}
	s.Universes[0].Valid, s.Universes[0].Invalid, s.Universes[0].Pct = 1215, 745, fig("62.0")
	for w := range s.Verdicts {
		s.Verdicts[w] = model.Verdict{Withheld: true, Coverage: fig("62.0"), Text: session.Window(w).String() + " VERDICT WITHHELD (coverage 62.0 %)"}
	}
	for i := range s.Indices {
		index := &s.Indices[i]
		index.Official, index.Prelim, index.At = false, i == 0, at(time.March, 28, 11, 19)
		for w, curve := range index.Curves {
			index.Curves[w] = until(curve, s.AsOf)
		}
	}
	for w, curve := range s.Size.Curves {
		s.Size.Curves[w] = until(curve, s.AsOf)
		s.Size.Recon[w] = model.Reconcile{Implied: fig("-1.12"), Printed: fig("-1.64"), Gap: fig("0.520"), State: model.ReconcileRed}
		s.Size.Spread[w].Differ = true
	}
	for i := range s.Leverage {
		for w, curve := range s.Leverage[i].Curves {
			s.Leverage[i].Curves[w] = until(curve, s.AsOf)
		}
	}
	return s
}

// until is curve without what comes after t.
func until(curve *model.Curve, t time.Time) *model.Curve {
	n := 0
	for n < len(curve.At) && !curve.At[n].After(t) {
		n++
	}
	cut := &model.Curve{At: curve.At[:n]}
	for _, line := range curve.Lines {
		cut.Lines = append(cut.Lines, line[:n])
	}
	return cut
}

// LookAhead is the final frame with names ranked as they stand now, financials
// taking part, and two halves in place of four quartiles.
func LookAhead() *model.Snapshot {
	s := FinalFrame()
	s.Query = model.Query{Rank: model.RankNow, Financials: true}
	s.Size.LookAhead = true
	s.Size.Buckets = s.Size.Buckets[:2]
	s.Size.Buckets[0].ID, s.Size.Buckets[1].ID = "H1", "H2"
	for w := range s.Size.Curves {
		s.Size.Curves[w].Lines = s.Size.Curves[w].Lines[:2]
		s.Size.RankedOn[w] = s.Clock.Session.Date
	}
	return s
}
