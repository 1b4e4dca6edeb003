package alert_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model"
	"gyre/model/alert"
	"gyre/model/num"
	"gyre/model/session"
)

var exchange = session.New()

// start is in the middle of the session of Friday 28 March 2025.
func start() time.Time { return session.NewDate(2025, time.March, 28).At(11, 0) }

// quiet is a session in which nothing is worth an alert.
func quiet() *model.Snapshot {
	today, _ := exchange.On(session.NewDate(2025, time.March, 28))
	s := &model.Snapshot{
		AsOf: start(), Epoch: 1, Clock: model.Clock{Phase: session.Open, Session: today},
		Feed: model.Feed{Name: "poll", Phase: model.FeedOK},
		Universes: []model.Coverage{
			{Universe: "RUT", Members: 1960, Valid: 1902, Pct: fig("97.0")},
			{Universe: "RMICRO", Members: 1500, Valid: 1442, Pct: fig("96.1")},
		},
		Indices: []model.Index{{
			Symbol: "RUT", Name: "Russell 2000", Level: fig("2060.00"), PrevClose: fig("2065.70"),
			High: fig("2063.31"), Low: fig("2058.00"), WeekSigma: fig("2.90"), MonthRank: 12, MonthDays: 20,
			Range: &model.RangePlace{
				Low: fig("2025.00"), High: fig("2110.00"), State: model.RangeInside,
				ToLowPct: fig("-1.70"), ToHighPct: fig("2.43"),
			},
		}},
		Size: model.Size{Universe: "RUT"},
		Leverage: []model.Leverage{
			{Universe: "RUT"}, {Universe: "RMICRO"},
		},
		Pair: model.Pair{A: "RUT", B: "SPX", Known: true},
	}
	index := &s.Indices[0]
	index.Returns[session.Day] = fig("-0.28")
	index.PriorLow[session.Week], index.PriorHigh[session.Week] = fig("2057.60"), fig("2110.54")
	index.PriorLow[session.MonthToDate], index.PriorHigh[session.MonthToDate] = fig("1993.69"), fig("2163.00")
	for _, id := range []string{"Q1", "Q2", "Q3", "Q4"} {
		bucket := model.Bucket{ID: id}
		for w := range bucket.Groups {
			bucket.Groups[w].Advancing = fig("50")
		}
		s.Size.Buckets = append(s.Size.Buckets, bucket)
	}
	for w := range s.Verdicts {
		s.Verdicts[w].Size = model.AxisVerdict{State: model.StateNone, Sign: -1, Z0: fig("-0.4")}
		s.Verdicts[w].Leverage = model.AxisVerdict{State: model.StateNone, Sign: 1, Z0: fig("0.4")}
		s.Verdicts[w].LeverageIn = "RMICRO"
		s.Size.Spread[w] = spread("-0.40", "-0.30", "-0.6")
		s.Size.Recon[w] = model.Reconcile{Implied: fig("-1.64"), Printed: fig("-1.64"), Gap: fig("0.002")}
		s.Leverage[0].Spread[w] = spread("0.40", "0.30", "0.6")
		s.Leverage[1].Spread[w] = spread("0.50", "0.40", "0.6")
		s.Pair.Spread[w], s.Pair.Z0[w] = fig("-0.21"), fig("-0.6")
	}
	return s
}

func spread(mean, median, z0 string) model.Spread {
	return model.Spread{Return: model.PerStat{model.Mean: fig(mean), model.Median: fig(median)}, Z0: fig(z0)}
}

// fig is the figure of a decimal text; nothing for "".
func fig(s string) num.Figure {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return num.Figure{}
	}
	return num.NewFigure(d, max(-d.Exponent(), 0))
}

// change makes a snapshot differ from the one before.
type change func(s *model.Snapshot)

// scene plays snapshots to a watch: quiet ones with changes that last.
type scene struct {
	t     *testing.T
	watch *alert.Watch
	now   time.Time
}

func newScene(t *testing.T, rules alert.Rules) *scene {
	t.Helper()
	if err := rules.Validate(); err != nil {
		t.Fatal(err)
	}
	return &scene{t: t, watch: alert.NewWatch(rules), now: start()}
}

// see shows a quiet snapshot with changes, minutes after the last one, and
// expects alerts written as "kind: text".
func (sc *scene) see(minutes int, changes []change, want ...string) {
	sc.t.Helper()
	sc.now = sc.now.Add(time.Duration(minutes) * time.Minute)
	s := quiet()
	s.AsOf = sc.now
	for _, c := range changes {
		c(s)
	}
	var got []string
	for _, a := range sc.watch.See(s) {
		got = append(got, fmt.Sprintf("%s: %s", a.Kind, a.Text))
		if !a.At.Equal(s.AsOf) {
			sc.t.Errorf("the alert %q is of %v, the snapshot of %v", a.Text, a.At, s.AsOf)
		}
	}
	if !slices.Equal(got, want) {
		sc.t.Errorf("at %s: got %q, want %q", sc.now.In(session.Zone()).Format("15:04"), got, want)
	}
}

func withhold(s *model.Snapshot) {
	for w := range s.Verdicts {
		s.Verdicts[w].Withheld = true
	}
}

func nextEpoch(s *model.Snapshot) { s.Epoch++ }

// onMonday shows the session of Monday, 31 March.
func onMonday(s *model.Snapshot) {
	s.Clock.Session, _ = exchange.On(session.NewDate(2025, time.March, 31))
}

// unknown takes every figure away.
func unknown(s *model.Snapshot) {
	for i := range s.Universes {
		s.Universes[i] = model.Coverage{Universe: s.Universes[i].Universe}
	}
	for i := range s.Indices {
		s.Indices[i] = model.Index{Symbol: s.Indices[i].Symbol, Range: &model.RangePlace{}}
	}
	for i := range s.Size.Buckets {
		s.Size.Buckets[i].Groups = model.PerWindow[model.Group]{}
	}
	for i := range s.Leverage {
		s.Leverage[i].Spread = model.PerWindow[model.Spread]{}
	}
	s.Size.Spread, s.Size.Recon = model.PerWindow[model.Spread]{}, model.PerWindow[model.Reconcile]{}
	s.Verdicts, s.Pair = model.PerWindow[model.Verdict]{}, model.Pair{A: "RUT", B: "SPX", Known: true}
}
