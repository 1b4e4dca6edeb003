package model

import (
	"math"
	"sort"
	"time"

	"github.com/shopspring/decimal"

	"gyre/model/num"
	"gyre/model/session"
	"gyre/model/stats"
)

// indexInput is what is known of one printed index in the session shown.
type indexInput struct {
	series          *IndexSeries
	cal             *session.Calendar
	shown           session.Session
	now             time.Time
	level           num.Price // 0: none yet in this session
	at              time.Time // of the level
	official        bool
	open, high, low num.Price
	path            []pathPoint
	ranges          []Range // all; those known at now count
	bases           PerWindow[session.Date]
	brief           bool // without curves
}

// The volatility is taken from the daily returns of at most a year and at least
// two months.
const (
	maxSigmaDays = 252
	minSigmaDays = 40
)

// buildIndex is one printed index as it stands. Only closes of sessions before
// the one shown are read from the series.
func buildIndex(in indexInput) Index {
	days := daysBefore(in.series.Days, in.shown.Date)
	x := Index{
		Symbol: in.series.Symbol, Name: in.series.Name,
		At: in.at, Official: in.official,
		Open: level(in.open), High: level(in.high), Low: level(in.low),
	}
	previous := closeOn(days, in.bases[session.Day])
	x.PrevClose = level(previous)
	for w, date := range in.bases {
		high, low := extremesAfter(days, date)
		x.PriorHigh[w], x.PriorLow[w] = level(high), level(low)
		base := closeOn(days, date)
		x.Base[w] = level(base)
		if r, ok := num.Change(in.level, base); ok {
			x.Returns[w] = num.Percent(r)
		}
		if !in.brief {
			x.Curves[w] = levelCurve(&in, days, session.Window(w))
		}
	}
	if in.level <= 0 {
		return x
	}
	x.Level = level(in.level)
	x.Prelim = !in.official && !in.now.Before(in.shown.Closes)
	if previous > 0 {
		x.Change = num.NewFigure((in.level - previous).Decimal(), 2)
		x.MonthRank, x.MonthDays = monthRank(days, in.shown.Date, in.level)
	}
	x.VsSMA20, x.VsSMA50 = aboveMean(days, in.level, 20), aboveMean(days, in.level, 50)
	sigma := weekSigma(days, in.level)
	if sigma > 0 {
		x.WeekSigma = num.FigureFromFloat(100*sigma, 2)
	}
	x.Range = placeInRange(newestRange(in.ranges, in.series.Symbol, in.now), in.level, sigma)
	return x
}

// level publishes a price with two decimals; a missing price is nothing.
func level(p num.Price) num.Figure {
	if p == 0 {
		return num.Figure{}
	}
	return num.NewFigure(p.Decimal(), 2)
}

// daysBefore is the closes of the sessions before date, ascending.
func daysBefore(days []IndexDay, date session.Date) []IndexDay {
	return days[:len(days)-len(daysFrom(days, date))]
}

// daysFrom is the days on and after date.
func daysFrom(days []IndexDay, date session.Date) []IndexDay {
	return days[sort.Search(len(days), func(i int) bool { return days[i].Date >= date }):]
}

// closeOn is the close of a session, 0 where there is none.
func closeOn(days []IndexDay, date session.Date) num.Price {
	from := daysFrom(days, date)
	if len(from) == 0 || from[0].Date != date {
		return 0
	}
	return from[0].Close
}

// monthRank is the place of today's return among the returns of its month so
// far, 1 the worst; 0 where today or the day before has no price, and where the
// closes begin within the month: a day before them may have been worse.
func monthRank(days []IndexDay, today session.Date, level num.Price) (rank, count int) {
	if len(days) == 0 || sameMonth(days[0].Date, today) {
		return 0, 0
	}
	r, ok := num.Change(level, days[len(days)-1].Close)
	if !ok {
		return 0, 0
	}
	rank, count = 1, 1
	for i := len(days) - 1; i > 0 && sameMonth(days[i].Date, today); i-- {
		earlier, ok := num.Change(days[i].Close, days[i-1].Close)
		if !ok {
			continue
		}
		count++
		if earlier < r {
			rank++
		}
	}
	return rank, count
}

func sameMonth(a, b session.Date) bool {
	ya, ma, _ := a.Civil()
	yb, mb, _ := b.Civil()
	return ya == yb && ma == mb
}

// aboveMean is how far a level lies above the mean of the last n closes, the
// level itself the newest of them, in percent.
func aboveMean(days []IndexDay, level num.Price, n int) num.Figure {
	if len(days) < n-1 {
		return num.Figure{}
	}
	sum := level.Decimal()
	for _, d := range days[len(days)-(n-1):] {
		sum = sum.Add(d.Close.Decimal())
	}
	above := level.Decimal().Mul(decimal.NewFromInt(int64(n))).Sub(sum)
	return num.NewFigure(above.Shift(2).DivRound(sum, 2), 2)
}

// weekSigma is one weekly standard deviation as a fraction: that of the daily
// returns, today's included, times the square root of five sessions. It is 0
// with too few returns.
func weekSigma(days []IndexDay, level num.Price) float64 {
	count := min(len(days), maxSigmaDays)
	if count < minSigmaDays {
		return 0
	}
	returns := make([]num.Return, 0, count)
	last := level
	for i := len(days) - 1; i >= len(days)-count; i-- {
		if r, ok := num.Change(last, days[i].Close); ok {
			returns = append(returns, r)
		}
		last = days[i].Close
	}
	sd, _ := stats.SD(returns) // 0 of too few
	return sd * math.Sqrt(5)
}
