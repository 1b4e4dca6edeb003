package importer

import (
	"gyre/model"
	"gyre/model/num"
)

// The concepts of US GAAP and of the SEC's cover page that facts are made of.
const (
	tagCoverShares    = "EntityCommonStockSharesOutstanding" // dei
	tagShares         = "CommonStockSharesOutstanding"
	tagPreferred      = "PreferredStockValue"
	tagMinority       = "MinorityInterest"
	tagDebtCurrent    = "DebtCurrent"
	tagLongDebt       = "LongTermDebt"
	tagLongNoncurrent = "LongTermDebtNoncurrent"
	tagLongCurrent    = "LongTermDebtCurrent"
	tagAllDebt        = "DebtLongtermAndShorttermCombinedAmount"
	tagNotes          = "NotesPayable"
)

// cashTags are cash by preference: the first one that exists counts.
func cashTags() []string {
	return []string{"CashAndCashEquivalentsAtCarryingValue", "Cash", "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"}
}

// investmentTags are short-term investments by preference.
func investmentTags() []string {
	return []string{"ShortTermInvestments", "MarketableSecuritiesCurrent", "AvailableForSaleSecuritiesDebtSecuritiesCurrent"}
}

// shortTags are short-term borrowings; the one may contain the other.
func shortTags() []string { return []string{"ShortTermBorrowings", "CommercialPaper"} }

// debtForm is one of the ways in which a company states its long-term debt:
// what is due after a year, and what is due sooner.
type debtForm struct{ long, current []string }

// debtForms are the ways of two parts by preference.
func debtForms() []debtForm {
	return []debtForm{
		{[]string{tagLongNoncurrent}, []string{tagLongCurrent}},
		{[]string{"LongTermDebtAndCapitalLeaseObligations"}, []string{"LongTermDebtAndCapitalLeaseObligationsCurrent"}},
	}
}

// convertibleForm is the debt of companies that have convertibles only.
func convertibleForm() debtForm {
	return debtForm{
		long:    []string{"ConvertibleLongTermNotesPayable", "ConvertibleNotesPayableNoncurrent", "ConvertibleDebtNoncurrent"},
		current: []string{"ConvertibleNotesPayableCurrent", "ConvertibleDebtCurrent"},
	}
}

// moneyTags are all concepts in dollars that are read. Total assets only tell
// that a date is that of a balance sheet.
func moneyTags() []string {
	tags := []string{tagPreferred, tagMinority, tagDebtCurrent, tagLongDebt, tagAllDebt, tagNotes}
	for _, form := range append(debtForms(), convertibleForm()) {
		tags = append(append(tags, form.long...), form.current...)
	}
	tags = append(append(tags, cashTags()...), investmentTags()...)
	return append(append(tags, shortTags()...), anchorTags()...)
}

// anchorTags are what every balance sheet has: only a date with one of them is
// that of a balance sheet, and not that of a later event told in the notes.
func anchorTags() []string {
	return []string{"Assets", "LiabilitiesAndStockholdersEquity"}
}

// balance is what is known of one date, by concept, in dollars.
type balance map[string]int64

// first is the first of some concepts that is stated.
func (b balance) first(tags ...string) (int64, bool) {
	for _, tag := range tags {
		if x, ok := b[tag]; ok {
			return x, true
		}
	}
	return 0, false
}

// amount is one concept.
func (b balance) amount(tag string) model.Amount {
	x, ok := b[tag]
	return model.Amount{Dollars: num.Dollars(x), Known: ok}
}

// cash is cash with short-term investments. Investments alone are not: a
// company has cash, and its concept is then one that is not known here.
func (b balance) cash() model.Amount {
	x, ok := b.first(cashTags()...)
	if !ok {
		return model.Amount{}
	}
	investments, _ := b.first(investmentTags()...)
	return model.Amount{Dollars: num.Dollars(x + investments), Known: true}
}

// debt is all debt by the first way of stating long-term debt that is there.
// What is due within a year comes on top, counted once: DebtCurrent contains
// the current part of long-term debt and short-term borrowings, and commercial
// paper may be part of these. Where no concept of debt is stated, debt is
// unknown, which is not zero.
func (b balance) debt() model.Amount {
	var short int64
	anyShort := false
	for _, tag := range shortTags() {
		if x, ok := b[tag]; ok {
			short, anyShort = max(short, x), true
		}
	}
	all, anyAll := b[tagDebtCurrent]
	known := func(x int64) model.Amount { return model.Amount{Dollars: num.Dollars(x), Known: true} }
	if total, ok := b[tagLongDebt]; ok {
		return known(b.withTotal(total, short, all))
	}
	for _, form := range debtForms() {
		if long, ok := b.first(form.long...); ok {
			current, _ := b.first(form.current...)
			return known(long + max(all, current+short))
		}
	}
	if combined, ok := b[tagAllDebt]; ok {
		return known(max(combined, all))
	}
	form := convertibleForm()
	if long, ok := b.first(form.long...); ok {
		current, _ := b.first(form.current...)
		return known(long + max(all, current+short))
	}
	if notes, ok := b[tagNotes]; ok {
		return known(max(notes+short, all))
	}
	current, anyCurrent := b.first(append([]string{tagLongCurrent}, form.current...)...)
	if anyCurrent || anyShort || anyAll {
		return known(max(all, current+short))
	}
	return model.Amount{}
}

// withTotal is all debt where long-term debt is stated as a total, its current
// part included. Where that part is not stated, what DebtCurrent holds beyond
// short-term borrowings cannot be told from it and is not added.
func (b balance) withTotal(total, short, all int64) int64 {
	current, ok := b[tagLongCurrent]
	if long, split := b[tagLongNoncurrent]; split {
		current, ok = total-long, true
	}
	if !ok || current < 0 || current > total {
		return max(total+short, all)
	}
	return total - current + max(all, current+short)
}
