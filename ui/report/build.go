package report

import (
	"gyre/model"
	"gyre/model/claim"
	"gyre/model/num"
	"gyre/model/session"
)

// documentOf arranges a cleaned snapshot as the schema has it.
func documentOf(s *model.Snapshot, o Options) document {
	return document{
		Schema:    Schema,
		AsOf:      instant(s.AsOf),
		Mode:      modeName(s.Mode),
		Market:    market(s.Clock.Phase),
		Phase:     s.Clock.Phase.String(),
		Sample:    s.Sample,
		LookAhead: s.Size.LookAhead,
		Dataset:   s.Name,
		Window:    o.Window.String(),
		Session:   sessionOf(s.Clock),
		Windows: each(func(w session.Window) windowJSON {
			return windowJSON{Base: date(s.Windows[w].Base), Sessions: s.Windows[w].Sessions}
		}),
		Feed: feedJSON{
			Name: s.Feed.Name, State: feedState(s.Feed.Phase), Age: seconds(s.Feed.Age, 1), Delay: seconds(s.Feed.Delay, 0),
			Problem: text(s.Feed.Problem), Dropped: s.Feed.Dropped, Overtaken: s.Feed.Overtaken,
		},
		Coverage: convert(s.Universes, coverageOf),
		Indices:  convert(s.Indices, func(i model.Index) indexJSON { return indexOf(i, s.Windows) }),
		Size:     sizeOf(s, o),
		Leverage: convert(s.Leverage, func(l model.Leverage) leverageJSON { return leverageOf(l, s.Query, o) }),
		Pair:     pairOf(s.Pair),
		Verdict:  each(func(w session.Window) verdictJSON { return verdictOf(s.Verdicts[w]) }),
		Rates:    ratesOf(s.Rates),
		Calendar: convert(s.Calendar, entryOf),
		Alerts: convert(s.Alerts, func(a model.Alert) alertJSON {
			return alertJSON{At: instant(a.At), Kind: string(a.Kind), Severity: a.Severity.String(), Text: a.Text}
		}),
		Note:    noteOf(o.Note),
		Quality: qualityOf(s.Quality),
		Missing: s.Missing,
	}
}

// convert is every element of all in its JSON form; never nil.
func convert[T, U any](all []T, one func(T) U) []U {
	out := make([]U, len(all))
	for i, v := range all {
		out[i] = one(v)
	}
	return out
}

func sessionOf(c model.Clock) *sessionJSON {
	if c.Session.Date == 0 {
		return nil
	}
	return &sessionJSON{
		Date: date(c.Session.Date), Opens: instant(c.Session.Opens), Closes: instant(c.Session.Closes), HalfDay: c.HalfDay,
		NextOpen: instant(c.NextOpen), NextClose: instant(c.NextClose), PastTable: c.PastTable,
	}
}

func coverageOf(c model.Coverage) coverageJSON {
	return coverageJSON{
		universe: c.Universe,
		Members:  c.Members, Valid: c.Valid, Invalid: c.Invalid, Stale: c.Stale, Halted: c.Halted, Pct: c.Pct, CapPct: c.CapPct,
	}
}

func indexOf(i model.Index, windows model.PerWindow[model.WindowInfo]) indexJSON {
	return indexJSON{
		Symbol: i.Symbol, Name: i.Name, Level: i.Level, At: instant(i.At), Prelim: i.Prelim, Official: i.Official,
		PrevClose: i.PrevClose, Change: i.Change, Open: i.Open, High: i.High, Low: i.Low, Returns: figuresOf(i.Returns),
		Base: each(func(w session.Window) baseJSON {
			return baseJSON{Session: date(windows[w].Base), Close: i.Base[w]}
		}),
		MonthRank: positive(i.MonthRank), MonthDays: i.MonthDays,
		VsSMA20: i.VsSMA20, VsSMA50: i.VsSMA50, WeekSigma: i.WeekSigma, Range: rangeOf(i.Range),
	}
}

func rangeOf(r *model.RangePlace) *rangeJSON {
	if r == nil {
		return nil
	}
	return &rangeJSON{
		From: date(r.From), To: date(r.To), Low: r.Low, High: r.High, Source: r.Source, State: known(rangeState(r)),
		Distance: r.Distance, DistPct: r.DistPct, ToLowPct: r.ToLowPct, ToHighPct: r.ToHighPct,
		Place: r.Place, HalfSigmas: r.HalfSigmas,
	}
}

func sizeOf(s *model.Snapshot, o Options) sizeJSON {
	return sizeJSON{
		Universe: s.Size.Universe, Statistic: statisticName(o.Statistic), Rank: rankName(s.Query.Rank), LookAhead: s.Size.LookAhead,
		RankedOn:   each(func(w session.Window) text { return date(s.Size.RankedOn[w]) }),
		Buckets:    convert(s.Size.Buckets, func(b model.Bucket) bucketJSON { return bucketOf(b, o) }),
		spreadJSON: spreadOf(&s.Size.Spread, o),
		Reconcile: each(func(w session.Window) reconcileJSON {
			r := s.Size.Recon[w]
			return reconcileJSON{Implied: r.Implied, Printed: r.Printed, Gap: r.Gap, State: known(reconcileState(r.State))}
		}),
	}
}

func bucketOf(b model.Bucket, o Options) bucketJSON {
	g := &b.Groups[o.Window]
	returns := func(stat model.Statistic) figures {
		return each(func(w session.Window) num.Figure { return b.Groups[w].Return[stat] })
	}
	return bucketJSON{
		ID: b.ID, N: g.N, Invalid: g.Invalid, Stale: g.Stale, Halted: g.Halted,
		Returns: returns(o.Statistic), Mean: returns(model.Mean), Median: returns(model.Median),
		Trimmed: returns(model.Trimmed), CapWeighted: returns(model.CapWeighted), Differ: g.Differ,
		Advancing: g.Advancing, Above20: g.Above20, Above50: g.Above50, Turnover: g.Turnover, Volume: g.Volume, Weight: g.Weight,
	}
}

func spreadOf(all *model.PerWindow[model.Spread], o Options) spreadJSON {
	figure := func(of func(*model.Spread) num.Figure) figures {
		return each(func(w session.Window) num.Figure { return of(&all[w]) })
	}
	return spreadJSON{
		Spread:    figure(func(s *model.Spread) num.Figure { return s.Return[o.Statistic] }),
		CI:        each(func(w session.Window) interval { return all[w].CI }),
		CIMethod:  each(func(w session.Window) text { return known(ciMethod(all[w].CIMethod)) }),
		SectorCI:  each(func(w session.Window) interval { return all[w].SectorCI }),
		T:         figure(func(s *model.Spread) num.Figure { return s.T }),
		Z0:        figure(func(s *model.Spread) num.Figure { return s.Z0 }),
		Z:         figure(func(s *model.Spread) num.Figure { return s.Z }),
		History:   each(func(w session.Window) int { return all[w].History }),
		Trend:     each(func(w session.Window) text { return known(trendName(all[w].Trend)) }),
		Differ:    each(func(w session.Window) bool { return all[w].Differ }),
		NoOutlier: figure(func(s *model.Spread) num.Figure { return s.NoOutlier }),
		BetaGap:   figure(func(s *model.Spread) num.Figure { return s.BetaGap }),
		Adjusted:  figure(func(s *model.Spread) num.Figure { return s.BetaAdjusted }),
	}
}

func leverageOf(l model.Leverage, q model.Query, o Options) leverageJSON {
	out := l.Excluded[o.Window]
	return leverageJSON{
		Universe: l.Universe, Statistic: statisticName(o.Statistic), Financials: q.Financials,
		Buckets:    convert(l.Buckets, func(b model.Bucket) bucketJSON { return bucketOf(b, o) }),
		spreadJSON: spreadOf(&l.Spread, o),
		Neutral:    figuresOf(l.Neutral),
		Excluded: excludedJSON{
			Financials: out.Financials, EVNotPositive: out.EVNotPositive, NoDebtData: out.NoDebtData,
			OldFiling: out.OldFiling, NoCap: out.NoCap, FlaggedOld: out.FlaggedOld,
		},
		FilingAge: l.FilingAge[o.Window],
	}
}

func pairOf(p model.Pair) *pairJSON {
	if !p.Known {
		return nil
	}
	return &pairJSON{
		A: p.A, B: p.B, Spread: figuresOf(p.Spread), Relative: figuresOf(p.Relative), Ratio: p.Ratio,
		Beta: p.Beta, Adjusted: figuresOf(p.Adjusted),
		Z0: figuresOf(p.Z0), Z: figuresOf(p.Z),
		State: each(func(w session.Window) string { return axisState(p.State[w]) }),
	}
}

func verdictOf(v model.Verdict) verdictJSON {
	axis := func(a model.AxisVerdict) axisJSON {
		return axisJSON{State: axisState(a.State), Z0: a.Z0, Z: a.Z, Trend: known(trendName(a.Trend)), Differ: a.Differ}
	}
	return verdictJSON{
		State: verdictState(v), Size: sizeDirection(v), Leverage: leverageDirection(v), Dots: v.Dots.Count(),
		Reasons: reasonsJSON{
			CIExcludesZero: v.Dots.CIExcludesZero, SignsAgree: v.Dots.SignsAgree, Covered: v.Dots.Covered, Unusual: v.Dots.Unusual,
		},
		Coverage: v.Coverage, SizeAxis: axis(v.Size), LevAxis: axis(v.Leverage),
		LeverageIn: text(v.LeverageIn), MicroMore: v.MicroMore, Text: v.Text,
	}
}

func ratesOf(r model.Rates) *ratesJSON {
	if !r.Known {
		return nil
	}
	return &ratesJSON{Cuts: r.Cuts, Year: r.Year, Quoted: r.Quoted, AsOf: date(dateOf(r.AsOf)), Source: r.Source}
}

func entryOf(e model.CalendarEntry) entryJSON {
	return entryJSON{
		At: instant(e.At), Title: e.Title, Country: text(e.Country), Importance: e.Importance,
		Consensus: text(e.Consensus), Previous: text(e.Previous), Revised: text(e.Revised), Actual: text(e.Actual),
		Surprise: e.Surprise, Unit: text(e.Unit), Past: e.Past, Source: text(e.Source),
		Sigmas: e.Sigmas, Surprises: e.Surprises, Reaction: reactionOf(e.Reaction),
	}
}

func reactionOf(r model.Reaction) *reactionJSON {
	if r.From.IsZero() {
		return nil
	}
	return &reactionJSON{From: instant(r.From), To: instant(r.To), AtOpen: r.AtOpen, Change: r.Change}
}

func qualityOf(q model.Quality) qualityJSON {
	return qualityJSON{
		Stale: q.Stale, Halted: q.Halted, Rejected: q.Rejected, Unprinted: q.Unprinted, Late: q.Late, Skipped: q.Skipped,
		Incidents: convert(q.Incidents, func(i model.Incident) incidentJSON {
			return incidentJSON{
				At: instant(i.At), Kind: incidentName(i.Kind), Symbol: text(i.Symbol), Detail: text(i.Detail), Count: positive(i.Count),
			}
		}),
	}
}

func noteOf(n *Note) *noteJSON {
	if n == nil {
		return nil
	}
	counts := claim.Count(n.Results)
	return &noteJSON{
		Title: text(n.Title), Publisher: text(n.Publisher), Published: date(n.Published),
		Claims: convert(n.Results, func(r claim.Result) claimJSON {
			c := &r.Claim
			return claimJSON{
				ID: c.ID, Text: c.Text, Subject: c.Subject, Metric: string(c.Metric), Window: text(c.Window),
				Value: c.Value, High: text(c.High), Precision: string(c.Precision), AsOf: date(c.AsOf), Source: text(c.Source),
				Here: text(r.Here), Figure: r.Figure, Verdict: r.Verdict.String(), Why: r.Why,
			}
		}),
		Tally: tallyJSON{
			OK: counts[claim.OK], Rounded: counts[claim.Rounded], False: counts[claim.False], Quoted: counts[claim.QuotedOnly],
			NotYet: counts[claim.NotYet], Unknown: counts[claim.Unknown],
		},
	}
}
