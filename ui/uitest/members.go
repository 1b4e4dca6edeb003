package uitest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// ManyMembers is n companies in the order of their ids, which is not that of
// their ranks: four in five are ranked in the Russell 2000, the others are
// micro caps alone. The figures are plausible and the same each time. A few
// have a flag, and a few no price.
func ManyMembers(n int) []model.Member {
	all := make([]model.Member, n)
	ranked := n - n/5
	for i := range all {
		all[i] = member(i, scattered(i, ranked), ranked)
	}
	return all
}

// scattered is the place in the ranking of the i-th of n names, i itself for
// those that follow them.
func scattered(i, n int) int {
	const stride = 7919 // a prime, so that every place is taken once
	if i >= n || n%stride == 0 {
		return i
	}
	return i * stride % n
}

// member is the i-th company, of place rank0 among the ranked ones.
func member(i, rank0, ranked int) model.Member {
	sectors := [...]string{"HC", "FIN", "IND", "IT", "HC", "CD", "RE", "FIN", "EN", "HC", "IND", "MAT", "COM", "STP", "IT", "UTL"}
	random := rand.New(rand.NewPCG(uint64(rank0), 28))
	symbol := fmt.Sprintf("S%04d", rank0+1)
	if rank0 >= ranked {
		symbol = fmt.Sprintf("M%04d", rank0-ranked+1)
	}
	share := float64(rank0) / float64(max(ranked, 1))
	m := model.Member{
		ID: model.ID(i), Key: "sample:" + symbol, Symbol: symbol, Name: "Sample Company " + symbol[1:],
		Sector:   sectors[rank0%len(sectors)],
		Price:    num.PriceScale/2 + num.Price(random.IntN(12_000))*num.PriceScale/100,
		At:       at(time.March, 28, 15, 59),
		Turnover: num.Dollars(200_000 + random.IntN(9_000_000)),
		Flags:    flagsOf(rank0),
		InMicro:  share > 0.5,
	}
	debt := model.EVBridge{}
	if m.Flags&(model.MemberNoDebtData|model.MemberNegativeEV) == 0 {
		debt.DebtEV = fig(fmt.Sprintf("%.2f", random.Float64()*float64(random.IntN(4))/4))
	}
	for w := range session.WindowCount {
		m.Cap[w] = num.Dollars(12_000_000_000 / (1 + 60*share*share + 8*share))
		m.DebtEV[w] = debt.DebtEV
		m.Quartile[w] = model.NoBucket
		if rank0 < ranked {
			m.Rank[w], m.Quartile[w] = int32(rank0+1), int8(4*rank0/ranked) //nolint:gosec // below n
		}
		m.Third[w] = thirds(&m, w)
		m.Return[w] = returnOf(random, w, int(m.Quartile[w]))
		m.HasReturn[w] = m.Flags&model.MemberInvalid == 0
	}
	if m.Flags&model.MemberInvalid != 0 {
		m.Price, m.At, m.Return = 0, time.Time{}, model.PerWindow[num.Return]{}
	}
	return m
}

// flagsOf gives a few places of the ranking something to say.
func flagsOf(rank0 int) model.MemberFlags {
	const every = 97
	flags := map[int]model.MemberFlags{
		5: model.MemberStale, 11: model.MemberInvalid | model.MemberStale, 17: model.MemberNoDebtData,
		20: model.MemberNegativeEV, 23: model.MemberHalted, 29: model.MemberEnded, 31: model.MemberAdjusted,
		36: model.MemberOldFiling,
	}[rank0%every]
	if sector := rank0 % 16; sector == 1 || sector == 6 || sector == 7 {
		flags |= model.MemberFinancial
	}
	return flags
}

// thirds is a member's place by debt/EV in both universes.
func thirds(m *model.Member, w int) [2]int8 {
	third := model.NoBucket
	if debt := m.DebtEV[w]; debt.Known() && m.Flags&model.MemberFinancial == 0 {
		switch {
		case debt.Float() < 0.12:
			third = 0
		case debt.Float() < 0.30:
			third = 1
		default:
			third = 2
		}
	}
	both := [2]int8{third, model.NoBucket}
	if m.Rank[w] == 0 {
		both[0] = model.NoBucket
	}
	if m.InMicro {
		both[1] = third
	}
	return both
}

// returnOf is a return around its quartile's mean, with a few far away from it.
func returnOf(random *rand.Rand, w, quartile int) num.Return {
	mean := -0.021
	if all := quartiles(); quartile >= 0 {
		mean = fig(all[quartile].means[w]).Float() / 100
	}
	spread := [session.WindowCount]float64{0.02, 0.055, 0.09, 0.09, 0.18, 0.19}[w]
	r := mean + spread*random.NormFloat64()
	if random.IntN(40) == 0 {
		r += 4 * spread * random.NormFloat64()
	}
	return num.Return(max(r, -0.99) * float64(num.ReturnScale))
}
