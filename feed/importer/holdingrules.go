package importer

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"gyre/model/num"
)

// holding is one line of a list that is of a stock.
type holding struct {
	line               int
	ticker             string // as the file has it
	symbol             string // canonical
	name               string
	sector, sectorName string // code, and as the file has it
	exchange, isin     string
	swap               bool
	value, quantity    decimal.Decimal
	price              num.Price // value / quantity: the file's own price is rounded to cents
}

// Reasons for leaving a line out.
const (
	reasonNoTicker  = "it has no ticker"
	reasonUnlisted  = "it is not listed on an exchange"
	reasonWorthless = "it is worth nothing"
	reasonRight     = "its name says that it is a right, a warrant or an escrow, not a stock"
	reasonRepeated  = "the same line stands above"
)

// notEquity is why a line of an asset class is left out, "" for equity.
func notEquity(class string) string {
	switch fold(class) {
	case "equity", "aktien", "aktie":
		return ""
	case "":
		return "it has no asset class"
	default:
		return "its asset class is " + strings.Join(strings.Fields(class), " ")
	}
}

// noShare is why a line of the class of equities is no share all the same, by
// what the file says of it, "" where it may be one: claims left over from
// mergers, rights, warrants and holdings that nobody trades are equity there.
func (h *holding) noShare() string {
	exchange := strings.ToUpper(h.exchange)
	switch {
	case h.ticker == "" || h.ticker == "-" || h.ticker == "--":
		return reasonNoTicker
	case strings.HasPrefix(exchange, "NO MARKET"), strings.HasPrefix(exchange, "NON-NMS"):
		return reasonUnlisted
	case saysClaim(h.name):
		return reasonRight
	}
	if _, of := canonical(h.ticker); of == paperWarrant || of == paperRight || of == paperUnit {
		return reasonRight
	}
	return ""
}

// saysClaim tells whether a name is that of a claim rather than of a company.
// The first word is the company's own: CVR Energy is one.
func saysClaim(name string) bool {
	words := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	if last == "RT" || last == "RTS" || last == "WT" || last == "WTS" {
		return true
	}
	return slices.ContainsFunc(words[1:], func(word string) bool {
		switch word {
		case "CVR", "CVRS", "RIGHT", "RIGHTS", "WARRANT", "WARRANTS", "ESCROW", "CONTRA", "PRVT", "VESTING":
			return true
		}
		return false
	})
}

// merge makes one line of those of the same symbol. A swap on a stock, or the
// same stock held under a second line, adds to it; the same line twice is a
// slip; another company under the same symbol is left out, the smaller one.
func merge(lines []holding, report *Report) []holding {
	at := make(map[string]int, len(lines))
	kept := make([]holding, 0, len(lines))
	for i := range lines {
		h := &lines[i]
		first, twice := at[h.symbol]
		if !twice {
			at[h.symbol] = len(kept)
			kept = append(kept, *h)
			continue
		}
		k := &kept[first]
		switch {
		case fold(h.name) != fold(k.name) && (h.isin == "" || h.isin != k.isin):
			if h.value.GreaterThan(k.value) {
				*h, *k = *k, *h
			}
			report.Omit(h.line, "another line has the same symbol and is larger", h.ticker+" "+h.name)
			report.Warn(h.line, "%s stands for %q here and for %q in line %d; the larger one is used", h.ticker, h.name, k.name, k.line)
		case h.swap == k.swap && h.quantity.Equal(k.quantity) && h.value.Equal(k.value):
			report.Omit(h.line, reasonRepeated, h.ticker+" "+h.name)
		default:
			k.value, k.quantity = k.value.Add(h.value), k.quantity.Add(h.quantity)
			report.Omit(h.line, "a swap on, or a second line of, a stock that is there: its quantity is added to it", h.ticker+" "+h.name)
		}
	}
	return kept
}

// primaryLines is for each line the symbol of the company's primary line, ""
// where it is this one. Lines are of one company where their names are the
// same but for the class of shares; the primary one is worth most.
func primaryLines(lines []holding) []string {
	byCompany := map[string][]int{}
	classed := map[string]bool{}
	for i := range lines {
		company, class := withoutClass(lines[i].name)
		byCompany[company] = append(byCompany[company], i)
		classed[company] = classed[company] || class
	}
	primary := make([]string, len(lines))
	for company, of := range byCompany {
		if len(of) < 2 || !classed[company] {
			continue
		}
		first := slices.MaxFunc(of, func(a, b int) int { return lines[a].value.Cmp(lines[b].value) })
		for _, i := range of {
			if i != first {
				primary[i] = lines[first].symbol
			}
		}
	}
	return primary
}

// withoutClass is a name without the class of its shares, and whether it said
// one.
func withoutClass(name string) (company string, class bool) {
	words := strings.Fields(strings.ToUpper(name))
	for i := 1; i+1 < len(words); i++ {
		if (words[i] == "CLASS" || words[i] == "CL" || words[i] == "SERIES") && len(words[i+1]) == 1 {
			return strings.Join(slices.Delete(words, i, i+2), " "), true
		}
	}
	return strings.Join(words, " "), false
}
