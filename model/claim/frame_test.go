package claim_test

import (
	"time"

	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/num"
	"gyre/model/session"
)

// friday is the session of the note.
var friday = session.NewDate(2025, time.March, 28)

// final is the close of Friday 28 March 2025, as far as claims look at it.
func final() *model.Snapshot {
	today, _ := session.New().On(friday)
	s := &model.Snapshot{
		AsOf: friday.At(16, 0), Clock: model.Clock{Phase: session.Post, Session: today},
		Rates: model.Rates{Known: true, Cuts: "2", Year: 2025, Quoted: true},
		Indices: []model.Index{
			{
				Symbol: "RUT", Level: fig("2023.27"), Official: true, MonthRank: 3, MonthDays: 20,
				Returns: figs("-2.05", "-1.64", "-6.46", "-6.46", "-9.86", "-9.28"),
				Range:   &model.RangePlace{Low: fig("2025"), High: fig("2110"), State: model.RangeBelow, Distance: fig("-1.73")},
			},
			{
				Symbol: "SPX", Level: fig("5580.94"), Official: true, MonthRank: 2, MonthDays: 20,
				Returns: figs("-1.97", "-1.53", "-6.27", "-6.27", "-6.53", "-5.11"),
			},
		},
		Size: model.Size{Universe: "RUT"},
		Pair: model.Pair{A: "RUT", B: "SPX", Known: true, Spread: figs("-0.08", "-0.11", "-0.19", "-0.19", "-3.33", "-4.16")},
	}
	for id, means := range map[string]model.PerWindow[num.Figure]{
		"Q1": figs("-1.68", "0.35", "-4.25", "-4.25", "-3.19", "-2.75"),
		"Q4": figs("-2.10", "-2.09", "-8.95", "-8.95", "-19.08", "-18.58"),
	} {
		b := model.Bucket{ID: id}
		for w := range means {
			b.Groups[w].Return[model.Mean] = means[w]
		}
		s.Size.Buckets = append(s.Size.Buckets, b)
	}
	if s.Size.Buckets[0].ID == "Q4" {
		s.Size.Buckets[0], s.Size.Buckets[1] = s.Size.Buckets[1], s.Size.Buckets[0]
	}
	size := figs("-0.42", "-2.44", "-4.70", "-4.70", "-15.89", "-15.83")
	russell := figs("0.21", "0.90", "1.10", "1.10", "1.40", "1.22")
	micro := figs("0.44", "2.30", "2.60", "2.60", "3.90", "3.75")
	s.Leverage = []model.Leverage{
		{Universe: "RUT", Buckets: []model.Bucket{{ID: "low"}, {ID: "mid"}, {ID: "high"}}},
		{Universe: "RMICRO", Buckets: []model.Bucket{{ID: "low"}, {ID: "mid"}, {ID: "high"}}},
	}
	s.Leverage[1].Buckets[2].Groups[session.Week].Return[model.Mean] = fig("-1.10")
	for w := range size {
		s.Size.Spread[w].Return[model.Mean] = size[w]
		s.Leverage[0].Spread[w].Return[model.Mean] = russell[w]
		s.Leverage[1].Spread[w].Return[model.Mean] = micro[w]
	}
	return s
}

// theNote is what the note of the sample says, 15 claims.
func theNote() []claim.Claim {
	known := friday.At(9, 0)
	all := []claim.Claim{
		{ID: "rut-day", Text: "fell over 2%", Subject: "RUT", Metric: claim.Return, Window: "1D", Value: "-2", Precision: claim.Over},
		{ID: "rut-rank", Text: "the worst one-day performance of the month", Subject: "RUT", Metric: claim.MonthRank, Window: "1D", Value: "1", Precision: claim.Rank},
		{ID: "rut-close", Text: "ending at 2,023.27 points", Subject: "RUT", Metric: claim.Level, Value: "2023.27", Precision: claim.Exact},
		{ID: "rut-week", Text: "lost just over 1.6%", Subject: "RUT", Metric: claim.Return, Window: "1W", Value: "-1.6", Precision: claim.JustOver},
		{ID: "rut-ytd", Text: "decline to about 10%", Subject: "RUT", Metric: claim.Return, Window: "YTD", Value: "-10", Precision: claim.About},
		{ID: "spx-week", Text: "slid 1.53% last week", Subject: "SPX", Metric: claim.Return, Window: "1W", Value: "-1.53", Precision: claim.Exact},
		{ID: "spx-ytd", Text: "down just over 5%", Subject: "SPX", Metric: claim.Return, Window: "YTD", Value: "-5", Precision: claim.JustOver},
		{ID: "q1-week", Text: "gained an average of 0.35%", Subject: "RUT/Q1", Metric: claim.Return, Window: "1W", Value: "0.35", Precision: claim.Exact},
		{ID: "q4-week", Text: "lost 2.09%", Subject: "RUT/Q4", Metric: claim.Return, Window: "1W", Value: "-2.09", Precision: claim.Exact},
		{ID: "q1-quarter", Text: "down 3.19%", Subject: "RUT/Q1", Metric: claim.Return, Window: "3M", Value: "-3.19", Precision: claim.Exact},
		{ID: "q4-quarter", Text: "plunged 19.08%", Subject: "RUT/Q4", Metric: claim.Return, Window: "3M", Value: "-19.08", Precision: claim.Exact},
		{ID: "leverage-rut", Text: "shifted into companies with higher debt levels", Subject: "RUT/leverage", Metric: claim.Spread, Window: "1W", Value: "0", Precision: claim.Over},
		{ID: "leverage-micro", Text: "particularly visible in micro caps", Subject: "RMICRO/leverage", Metric: claim.Spread, Window: "1W", Value: "RUT/leverage", Precision: claim.More},
		{ID: "range", Text: "within a range of 2,025-2,110 points", Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110", Precision: claim.Quoted, Source: "Freedom Broker"},
		{ID: "cuts", Text: "two Fed rate cuts this year", Subject: "rates", Metric: claim.Cuts, Value: "2", Precision: claim.Quoted},
	}
	for i := range all {
		all[i].AsOf, all[i].KnownAt = friday, known
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
	for w := range all {
		all[w] = fig(texts[w])
	}
	return all
}

// decimalOf is an integer with its last digits behind the point.
func decimalOf(scaled, digits int) decimal.Decimal { return decimal.New(int64(scaled), int32(-digits)) }
