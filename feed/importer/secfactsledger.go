package importer

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"gyre/feed/clean"
	"gyre/feed/store"
	"gyre/model/session"
)

// Bounds of what a filing may state.
const (
	maxAmount = 10_000_000_000_000 // dollars
	maxShares = 1_000_000_000_000
	firstYear = 1990
)

// maxScale is how far apart two counts of a company's shares may be. Beyond
// it, one of them was filed in thousands (XBRL US rule DQC_0095).
const maxScale = 100

// Reasons for leaving a stated value out.
const (
	reasonNoSymbol = "its company has no symbol in the list of companies"
	reasonNoValue  = "its value is not a whole number"
	reasonBelow    = "its value is below zero"
	reasonBeyond   = "its value is beyond belief"
	reasonNoShares = "it says that there are no shares"
	reasonFuture   = "it is as of a date after its filing, which is a mistake of the filer's"
	reasonForeign  = "it counts the shares of a foreign filer, of which a traded one may be several"
)

// stated is one value as a filing states it.
type stated struct {
	tag   string
	end   session.Date // as of when
	known time.Time
	value int64
}

// wanted tells whether a concept is read, and whether it counts shares.
func wanted(taxonomy, tag string) (shares, ok bool) {
	switch {
	case taxonomy == "dei":
		return true, tag == tagCoverShares
	case taxonomy != "us-gaap":
		return false, false
	case tag == tagShares:
		return true, true
	default:
		return false, slices.Contains(moneyTags(), tag)
	}
}

// valueOf reads a value as JSON has it, or tells why it is none.
func valueOf(tag, text string, shares bool) (value int64, reason string) {
	digits, negative := text, false
	if len(text) > 0 && text[0] == '-' {
		digits, negative = text[1:], true
	}
	value, err := clean.MachineCount(digits)
	limit := int64(maxAmount)
	if shares {
		limit = maxShares
	}
	switch {
	case err != nil:
		return 0, reasonNoValue
	case value > limit:
		return 0, reasonBeyond
	case negative && value > 0 && tag != tagMinority:
		return 0, reasonBelow
	case shares && value == 0:
		return 0, reasonNoShares
	case negative:
		return -value, ""
	default:
		return value, ""
	}
}

// ledger puts together what was known of one company, filing by filing.
type ledger struct {
	report  *Report
	symbols []string // not empty; the first one is the one that is traded most
	anchors []string // concepts whose dates are those of balance sheets; nil: all are

	of          map[session.Date]balance
	newest      session.Date // of the balance sheets
	facts       store.Facts  // written last, without symbol and moment
	factsOf     session.Date // the balance sheet that they are of
	cover, gaap count
	last        int64 // shares written last
}

// count is a number of shares as of a date.
type count struct {
	as     session.Date
	shares int64
}

// write adds to the batch what the values come to from each moment at which
// some of them became known. Of a date the value filed last counts. An older
// balance sheet filed later, as an amendment of it is, changes nothing.
func (l *ledger) write(batch *store.Batch, values []stated) {
	l.of = map[session.Date]balance{}
	slices.SortStableFunc(values, func(a, b stated) int {
		return cmp.Or(a.known.Compare(b.known), cmp.Compare(a.end, b.end))
	})
	for from := 0; from < len(values); {
		to := from
		for to < len(values) && values[to].known.Equal(values[from].known) {
			l.take(values[to])
			to++
		}
		l.writeFacts(batch, values[from].known)
		l.writeShares(batch, values[from].known)
		from = to
	}
}

// take learns one value.
func (l *ledger) take(x stated) {
	switch x.tag {
	case tagCoverShares:
		if x.end >= l.cover.as {
			l.cover = count{x.end, x.value}
		}
		return
	case tagShares:
		if x.end >= l.gaap.as {
			l.gaap = count{x.end, x.value}
		}
		return
	default:
	}
	if l.of[x.end] == nil {
		l.of[x.end] = balance{}
	}
	l.of[x.end][x.tag] = x.value
	if l.anchors == nil || slices.Contains(l.anchors, x.tag) {
		l.newest = max(l.newest, x.end)
	}
}

// writeFacts writes the facts of the newest balance sheet if they are news. A
// new balance sheet with the same figures is: it is that much younger.
func (l *ledger) writeFacts(batch *store.Batch, known time.Time) {
	b := l.of[l.newest]
	facts := store.Facts{Debt: b.debt(), Preferred: b.amount(tagPreferred), Minority: b.amount(tagMinority), Cash: b.cash()}
	if !facts.Debt.Known && !facts.Cash.Known {
		return
	}
	if facts == l.facts && l.newest == l.factsOf {
		return
	}
	l.facts, l.factsOf = facts, l.newest
	facts.KnownAt = known
	for _, symbol := range l.symbols {
		facts.Symbol = symbol
		batch.Facts = append(batch.Facts, facts)
	}
}

// writeShares writes the newest count if it is news. The cover page's is as of
// a later date than the balance sheet's; without one the other is used.
func (l *ledger) writeShares(batch *store.Batch, known time.Time) {
	newest := l.cover
	if l.gaap.as > l.cover.as {
		newest = l.gaap
	}
	if newest.shares == 0 || newest.shares == l.last {
		return
	}
	if l.cover.shares > 0 && l.gaap.shares > 0 && scale(l.cover.shares, l.gaap.shares) > maxScale {
		l.report.Warn(0, "%s has %s shares by the cover page of %s and %s by the balance sheet of %s: one of them is in another unit",
			l.symbols[0], strconv.FormatInt(l.cover.shares, 10), l.cover.as.String(), strconv.FormatInt(l.gaap.shares, 10), l.gaap.as.String())
		if l.last == 0 || scale(newest.shares, l.last) > maxScale {
			return // nothing tells which one is right
		}
	}
	l.last = newest.shares
	batch.Shares = append(batch.Shares, store.Shares{Symbol: l.symbols[0], KnownAt: known, Shares: newest.shares})
}

// scale is how many times the larger of two counts is the smaller one.
func scale(a, b int64) int64 { return max(a, b) / min(a, b) }

// sortFacts puts a batch in the order of time.
func sortFacts(batch *store.Batch) {
	slices.SortStableFunc(batch.Facts, func(a, b store.Facts) int {
		return cmp.Or(a.KnownAt.Compare(b.KnownAt), cmp.Compare(a.Symbol, b.Symbol))
	})
	slices.SortStableFunc(batch.Shares, func(a, b store.Shares) int {
		return cmp.Or(a.KnownAt.Compare(b.KnownAt), cmp.Compare(a.Symbol, b.Symbol))
	})
}
