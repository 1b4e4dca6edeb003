package uitest

import (
	"math"
	"math/rand/v2"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/rotation"
	"gyre/model/session"
)

// Plain is the final frame without what a query asks for beyond the dashboard.
func Plain() *model.Snapshot {
	s := FinalFrame()
	s.Members, s.Page, s.Maps, s.History, s.Regimes = nil, nil, nil, nil, nil
	return s
}

// details fills in what a query may ask for.
func details(s *model.Snapshot, axis timeAxis) {
	s.Members = ManyMembers(60)
	s.Page = page(s, axis)
	s.Maps = maps(axis)
	s.History = history(axis)
	s.Regimes = regimes(axis)
	for w := range s.Intensity {
		s.Intensity[w] = intensity(20, 9, 4, 2)
	}
	s.Intensity[session.Week] = intensity(35, 5, 13, 0)
}

func intensity(size, russell, micro, pair int) model.Intensity {
	in := model.Intensity{Known: true}
	for i, points := range [...]int{size, russell, micro, pair} {
		in.Terms[i] = model.IntensityTerm{Known: true, Points: points}
		in.Total += points
	}
	return in
}

// page is that of a halted name of the smallest quartile.
func page(s *model.Snapshot, axis timeAxis) *model.MemberPage {
	p := &model.MemberPage{Member: s.Members[0]}
	for i := range s.Members {
		if m := &s.Members[i]; m.Quartile[session.Week] == 3 && m.HasReturn[session.Week] && m.DebtEV[session.Week].Known() {
			p.Member = *m
			break
		}
	}
	p.Flags |= model.MemberHalted
	price := p.Price.Float()
	p.PrevClose = num.FigureFromFloat(price/(1+p.Return[session.Day].Float()), 2)
	for _, w := range session.Windows() {
		levels := axis.levels(w, russell2000(), 2013)
		line := make([]float64, len(levels))
		start := price / (1 + p.Return[w].Float())
		for i, moved := range percent(levels, 100*(price/start-1), 1.4) {
			line[i] = start * (1 + moved/100)
		}
		p.Curves[w] = &model.Curve{At: axis.times(w), Lines: [][]float64{line}}
		debt := num.Dollars(float64(p.Cap[w]) * 0.31)
		filed := at(time.February, 27, 17, 5)
		p.Bridge[w] = model.EVBridge{
			Base: s.Windows[w].Base, Cap: p.Cap[w],
			Debt: known(debt), Preferred: known(0), Minority: known(2_000_000), Cash: known(18_000_000),
			EV: p.Cap[w] + debt + 2_000_000 - 18_000_000, DebtEV: p.DebtEV[w],
			Filed: filed, Age: s.Windows[w].Base.At(16, 0).Sub(filed),
		}
	}
	p.Actions = []model.Action{{ID: p.ID, ExDate: session.NewDate(2025, time.March, 26), Kind: model.ActionSplit, New: 1, Old: 10}}
	p.Incidents = []model.Incident{{At: at(time.March, 28, 10, 12), Kind: model.IncidentHalt, Symbol: p.Symbol, Detail: "LUDP"}}
	return p
}

func known(d num.Dollars) model.Amount { return model.Amount{Dollars: d, Known: true} }

// maps are both rotation maps. The last five points of the Russell 2000 against
// the S&P 500 are those of the day; the other ways are drawn by hand.
func maps(axis timeAxis) []model.Map {
	return []model.Map{
		{Benchmark: "SPX", Trails: []model.Trail{
			russellTrail(axis),
			spiral(axis, "RMICRO", 1.7, 3.6, 0.9), spiral(axis, "Q1", 1.1, 0.9, 1.1), spiral(axis, "Q2", 0.9, 4.4, 1),
			spiral(axis, "Q3", 1.3, 4.0, 0.8), spiral(axis, "Q4", 1.9, 3.9, 1.2),
			spiral(axis, "low", 1.5, 2.9, 0.7), spiral(axis, "high", 1.2, 0.2, 0.8),
		}},
		{Benchmark: "RUT", Trails: []model.Trail{
			spiral(axis, "SPX", 1.4, 0.8, 1), spiral(axis, "RMICRO", 1.5, 3.7, 0.8), spiral(axis, "Q1", 1.6, 0.5, 1.1),
			spiral(axis, "Q2", 0.7, 5.2, 1), spiral(axis, "Q3", 1.1, 3.8, 0.9), spiral(axis, "Q4", 1.8, 3.5, 1.2),
			spiral(axis, "low", 1.3, 2.8, 0.8),
			{Group: "high"}, // no history
		}},
	}
}

// trailSessions is how many sessions of its way a group shows.
const trailSessions = 20

// spiral is a way around the middle of the map, clockwise as rotations go: it
// ends at an angle (0 is to the right, half of pi is up) and a distance.
func spiral(axis timeAxis, group string, distance, angle, speed float64) model.Trail {
	trail := model.Trail{Group: group}
	for i := range trailSessions {
		back := float64(trailSessions - 1 - i)
		a := angle + 0.16*speed*back
		d := distance * (1 + 0.05*math.Sin(back))
		trail.Points = append(trail.Points, mapPoint(axis, i, 100+d*math.Cos(a), 100+1.1*d*math.Sin(a)))
	}
	return trail
}

func russellTrail(axis timeAxis) model.Trail {
	trail := spiral(axis, "RUT", 1.6, 2.4, 0.9)
	week := [...][2]float64{{101.21, 98.78}, {99.91, 97.65}, {99.95, 97.87}, {99.72, 98.53}, {99.36, 99.09}}
	for i, p := range week {
		at := trailSessions - len(week) + i
		trail.Points[at] = mapPoint(axis, at, p[0], p[1])
	}
	return trail
}

func mapPoint(axis timeAxis, i int, trend, momentum float64) model.MapPoint {
	return model.MapPoint{
		Date:  axis.sessions[len(axis.sessions)-trailSessions+i].Date,
		Trend: num.FigureFromFloat(trend, 2), Momentum: num.FigureFromFloat(momentum, 2),
		Quadrant: rotation.Point{Trend: trend, Momentum: momentum}.Quadrant(),
	}
}

// history is the last 65 values of each spread.
func history(axis timeAxis) *model.History {
	h := &model.History{}
	scale := [session.WindowCount]float64{0.5, 1, 1.9, 2, 3.5, 3.3}
	for w := range session.WindowCount {
		h.Size[w] = pastSpreads(axis, 1, -1.16*scale[w], 1.16*scale[w])
		h.Leverage[w] = pastSpreads(axis, 2, 0.21*scale[w], 0.64*scale[w])
		h.Micro[w] = pastSpreads(axis, 3, 0.35*scale[w], 1.2*scale[w])
	}
	return h
}

func pastSpreads(axis timeAxis, seed uint64, median, sigma float64) model.SpreadHistory {
	const values = 65
	h := model.SpreadHistory{Median: median, Sigma: sigma}
	random := rand.New(rand.NewPCG(seed, 65))
	days := axis.sessions[len(axis.sessions)-1-values : len(axis.sessions)-1]
	last := 0.0
	for _, day := range days {
		last = 0.7*last + 0.7*random.NormFloat64()
		h.On, h.Spread = append(h.On, day.Date), append(h.Spread, median+sigma*last)
	}
	return h
}

// regimes are those of the last eight weeks and of the running one.
func regimes(axis timeAxis) []model.Regime {
	signs := [][2]int{{1, -1}, {1, 1}, {-1, -1}, {-1, 0}, {-1, -1}, {-1, -1}, {1, 1}, {-1, -1}, {-1, 1}}
	var all []model.Regime
	for i, s := range signs {
		day := axis.sessions[max(len(axis.sessions)-1-5*(len(signs)-1-i), 0)].Date
		all = append(all, model.Regime{Week: day, Size: s[0], Leverage: s[1]})
	}
	return all
}
