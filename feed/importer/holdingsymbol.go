package importer

import (
	"strings"

	"gyre/model/num"
)

// resolver finds the canonical symbols of a list's lines, with the help of the
// closes that are known of its day.
type resolver struct {
	known  func(symbol string) (price num.Price, ok bool) // nil: nothing is known
	report *Report
	lost   []string // tickers of which nothing is known
}

// near is how far, in percent, a list's price may be from the close of its day.
const near = 2

// newResolver looks first whether the closes are of the list's day at all: if
// most prices are off, they cannot tell a wrong symbol.
func newResolver(known func(string) (num.Price, bool), lines []holding, report *Report) *resolver {
	r := &resolver{known: known, report: report}
	if known == nil {
		return r
	}
	compared, agree := 0, 0
	for i := range lines {
		symbol, _ := canonical(lines[i].ticker)
		if price, ok := known(symbol); ok && price > 0 {
			compared++
			if isNear(price, lines[i].price) {
				agree++
			}
		}
	}
	if compared > 0 && 2*agree < compared {
		report.Warn(0, "of %d prices of the list only %d are those of the closes; they are not of the same day, and a wrong symbol cannot be told", compared, agree)
		r.known = func(symbol string) (num.Price, bool) {
			_, ok := known(symbol)
			return 0, ok
		}
	}
	return r
}

// isNear tells whether two prices are the same but for the hour they are of.
func isNear(a, b num.Price) bool { return 100*max(a-b, b-a) <= near*max(a, b) }

// isSame tells whether two prices are the same but for rounding, which is asked
// where a price is all that tells a stock.
func isSame(a, b num.Price) bool { return 500*max(a-b, b-a) <= max(a, b) }

// resolve gives every line its symbol and leaves out those that turn out to be
// no stocks.
func (r *resolver) resolve(lines []holding) []holding {
	kept := lines[:0]
	for i := range lines {
		h := lines[i]
		if reason := r.one(&h); reason != "" {
			r.report.Omit(h.line, reason, h.ticker+" "+h.name)
			continue
		}
		kept = append(kept, h)
	}
	if len(r.lost) > 0 {
		r.report.Warn(0, "no close is known of %d symbols: %s", len(r.lost), strings.Join(r.lost[:min(len(r.lost), 8)], " "))
	}
	return kept
}

// one finds the symbol of one line: the ticker as it stands, or with its last
// letter as the class of shares. A ticker of another paper of the company is
// the stock's where the price is.
func (r *resolver) one(h *holding) (reason string) {
	symbol, of := canonical(h.ticker)
	if of != paperStock {
		return "its ticker is that of " + of.String()
	}
	h.symbol = symbol
	if of := fifthLetter(symbol); of != paperStock {
		return r.other(h, of)
	}
	price, known := r.look(symbol)
	switch {
	case known && price > 0 && !isNear(price, h.price):
		r.report.Warn(h.line, "the list has %s at %v and its close is %v: the close is of another day, or the symbol another stock's",
			h.ticker, h.price.Decimal(), price.Decimal())
	case known, r.class(h), r.known == nil:
	default:
		r.lost = append(r.lost, h.symbol)
	}
	return ""
}

// other finds the stock of a line whose ticker is that of another paper.
func (r *resolver) other(h *holding, of paper) (reason string) {
	wrong, stem := h.symbol, h.symbol[:nasdaqStem]
	price, known := r.look(wrong)
	stemPrice, ok := r.look(stem)
	isStock := ok && stemPrice > 0 && isSame(stemPrice, h.price)
	switch {
	case isStock && known && price > 0:
		h.symbol = stem
		r.report.Warn(h.line, "%s is the symbol of %s and closed at %v; the list has %s at %v, the close of %s: it is read as %s",
			wrong, of.String(), price.Decimal(), h.name, h.price.Decimal(), stem, stem)
	case isStock:
		h.symbol = stem
		r.report.Warn(h.line, "%s is the symbol of %s; the list has %s at %v, the close of %s: it is read as %s",
			wrong, of.String(), h.name, h.price.Decimal(), stem, stem)
	case of == paperWhenIssued:
		h.symbol = stem
		r.report.Warn(h.line, "%s is the symbol of %s; no close tells whether it is %s yet, as which it is read", wrong, of.String(), stem)
	case r.known == nil:
		return "its ticker is that of " + of.String() + "; import the closes first, which tell whether it is"
	default:
		return "its ticker is that of " + of.String()
	}
	return ""
}

// nasdaqStem is how many letters a symbol has without a fifth one, which on
// NASDAQ says what paper it is.
const nasdaqStem = 4

// fifthLetter is what paper a symbol of five letters is of.
func fifthLetter(symbol string) paper {
	if len(symbol) != nasdaqStem+1 || strings.Contains(symbol, ".") {
		return paperStock
	}
	switch symbol[nasdaqStem] {
	case 'R':
		return paperRight
	case 'U':
		return paperUnit
	case 'V':
		return paperWhenIssued
	case 'W':
		return paperWarrant
	default:
		return paperStock
	}
}

// look asks for a symbol.
func (r *resolver) look(symbol string) (price num.Price, ok bool) {
	if r.known == nil || symbol == "" {
		return 0, false
	}
	return r.known(symbol)
}

// class takes the last letter of a symbol for the class of shares, where that
// is a known one: MOG.A for MOGA. RUSHA is a symbol as it stands.
func (r *resolver) class(h *holding) bool {
	last := len(h.symbol) - 1
	if last < 1 || strings.Contains(h.symbol, ".") {
		return false
	}
	dotted := h.symbol[:last] + "." + h.symbol[last:]
	price, known := r.look(dotted)
	if !known && isClassShare(dotted) || known && (price == 0 || isNear(price, h.price)) {
		h.symbol = dotted
		return known
	}
	return false
}

// isClassShare tells whether a symbol is one of the New York Stock Exchange's
// with a class of shares. It is for lists that are read before any closes.
func isClassShare(symbol string) bool {
	switch symbol {
	case "AGM.A", "AKO.A", "AKO.B", "BF.A", "BF.B", "BH.A", "BIO.B", "BRK.A", "BRK.B", "CRD.A", "CRD.B", "CWEN.A", "GEF.B",
		"GTN.A", "HEI.A", "HVT.A", "JW.A", "JW.B", "LEN.B", "LGF.A", "LGF.B", "MKC.V", "MOG.A", "MOG.B", "RDS.A", "RDS.B",
		"STZ.B", "TAP.A", "UHAL.B", "WSO.B":
		return true
	}
	return false
}
