package model

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// world describes a synthetic reference. Names are numbered by size: the
// largest is ID 0. The first rut of them are in the Russell 2000; the last
// overlap of those and the micro names that follow are in the Microcap.
type world struct {
	rut, overlap, micro int
	days                int // sessions with closes, the last one on end
	end                 string
	seed                uint64
	steady              bool // nobody outgrows anybody
}

// fridayWorld is small enough to compute by hand and large enough for quarters:
// 80 names in the Russell 2000, closes up to Friday 28 March 2025.
func fridayWorld() world {
	return world{rut: 80, overlap: 20, micro: 40, days: 70, end: "2025-03-28", seed: 1, steady: true}
}

func date(tb testing.TB, s string) session.Date {
	tb.Helper()
	d, err := session.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// reference builds the world: prices from 5 to 105 that walk up to 3 % a day
// (0.4 % in a steady world), caps that fall with the number, sectors in turn, debt for four names of five.
func (w world) reference(tb testing.TB) *Reference {
	tb.Helper()
	random := rand.New(rand.NewPCG(w.seed, 7))
	cal := session.New()
	n := w.rut + w.micro
	ref := &Reference{Name: "test", Sample: true, Calendar: cal}
	end, ok := cal.On(date(tb, w.end))
	if !ok {
		tb.Fatalf("%s is no session", w.end)
	}
	first, ok := cal.Offset(end.Date, 1-w.days)
	if !ok {
		tb.Fatal("the calendar does not reach back that far")
	}
	long := first.Date.AddDays(-100)
	step, size := 300, 5e11
	if w.steady {
		step = 40
	}
	sectors := Sectors()
	prices := make([]num.Price, n)
	for i := range n {
		id := ID(i)
		prices[i] = num.Price(5+random.IntN(100)) * num.PriceScale
		ref.Instruments = append(ref.Instruments, Instrument{
			Key: fmt.Sprintf("K%05d", i), Symbol: fmt.Sprintf("S%05d", i), Name: fmt.Sprintf("Name %d", i),
			Sector: sectors[i%len(sectors)].Code, ShareClassOf: id,
		})
		worth := num.Dollars(20_000_000_000) / num.Dollars(i+2)
		if w.steady {
			worth, size = num.Dollars(size), size*0.85
		}
		ref.Shares = append(ref.Shares, ShareCount{ID: id, KnownAt: long.Time(), Shares: int64(worth) * int64(num.PriceScale) / int64(prices[i])})
		debt := Amount{Known: true}
		if i%5 != 0 {
			debt.Dollars = worth * num.Dollars(1+random.IntN(60)) / 100
		}
		ref.Facts = append(ref.Facts, Facts{ID: id, KnownAt: long.Time(), Debt: debt, Cash: Amount{Dollars: worth / 20, Known: true}})
	}
	for i := range w.rut {
		ref.Members = append(ref.Members, Membership{Index: "RUT", ID: ID(i), From: long})
	}
	for i := w.rut - w.overlap; i < n; i++ {
		ref.Members = append(ref.Members, Membership{Index: "RMICRO", ID: ID(i), From: long})
	}
	rut := IndexSeries{Symbol: "RUT", Name: "Russell 2000"}
	spx := IndexSeries{Symbol: "SPX", Name: "S&P 500"}
	level, other := 2000*num.PriceScale, 5600*num.PriceScale
	for _, s := range cal.Range(first.Date, end.Date) {
		column := CloseColumn{Date: s.Date, Price: make([]num.Price, n), Volume: make([]int64, n)}
		for i := range n {
			prices[i] += prices[i] / 10000 * num.Price(random.IntN(2*step+1)-step)
			prices[i] = max(prices[i]/10000*10000, num.PriceScale/100)
			column.Price[i] = prices[i]
			column.Volume[i] = 1000 + int64(random.IntN(1_000_000))
		}
		ref.Closes = append(ref.Closes, column)
		level += level / 10000 * num.Price(random.IntN(301)-150)
		other += other / 10000 * num.Price(random.IntN(201)-100)
		rut.Days = append(rut.Days, IndexDay{Date: s.Date, Open: level, High: level, Low: level, Close: level})
		spx.Days = append(spx.Days, IndexDay{Date: s.Date, Open: other, High: other, Low: other, Close: other})
	}
	ref.Indices = []IndexSeries{rut, spx}
	return ref
}

// start is a market that has been handed ref.
func start(ref *Reference) *Market {
	m := NewMarket()
	m.Apply(&Update{Kind: KindReset, Payload: &Reset{Epoch: 1, Reference: ref, Feed: "test"}})
	return m
}

// at is an instant of New York, written as 2025-03-28 10:30:00.
func at(tb testing.TB, s string) time.Time {
	tb.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, session.Zone())
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// heartbeat tells m that everything up to t is in.
func heartbeat(m *Market, t time.Time) { m.Apply(&Update{Kind: KindHeartbeat, At: t}) }

// bar is an aggregate of trades.
func bar(m *Market, id ID, t time.Time, p num.Price) {
	m.Apply(&Update{Kind: KindQuote, Flags: FlagBar, ID: id, At: t, Price: p})
}

// trade is a single trade.
func trade(m *Market, id ID, t time.Time, p num.Price) {
	m.Apply(&Update{Kind: KindQuote, ID: id, At: t, Price: p})
}

// closeOf is the close of id on a date.
func closeOf(tb testing.TB, ref *Reference, id ID, day string) num.Price {
	tb.Helper()
	d := date(tb, day)
	for i := range ref.Closes {
		if ref.Closes[i].Date == d {
			return ref.Closes[i].Price[id]
		}
	}
	tb.Fatalf("there are no closes on %s", day)
	return 0
}

// printAll prints every name at t at its previous close plus parts per thousand.
func printAll(tb testing.TB, m *Market, ref *Reference, t time.Time, previous string, thousandths num.Price) {
	tb.Helper()
	for i := range ref.Instruments {
		if p := closeOf(tb, ref, ID(i), previous); p > 0 {
			bar(m, ID(i), t, p+p/1000*thousandths)
		}
	}
}

// appendFloat writes a value exactly; NaN as such.
func appendFloat(text []byte, v float64) []byte { return strconv.AppendFloat(text, v, 'g', -1, 64) }
