package sync

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gyre/feed/importer"
)

// askFacts is how long a company's facts are let be: filings come by the
// quarter.
const askFacts = 7 * 24 * time.Hour

// facts plans the balance sheets of the members.
func (p *planner) facts(ctx context.Context) error {
	step := Step{Kind: Facts, What: "balance sheets and numbers of shares", Host: hostOf(p.Hosts.SECData), Every: secEvery}
	members, err := p.store.Symbols(ctx)
	if err != nil {
		return err
	}
	due, err := p.due(ctx, members)
	if err != nil {
		return err
	}
	n := len(due)
	if len(members) == 0 {
		n = usualMembers
	}
	switch {
	case p.Contact == "":
		step.Skipped, step.Lacking = "the SEC asks who is asking; configure a contact, an e-mail address", true
	case !contactable(p.Contact):
		step.Skipped, step.Lacking = "the contact is no e-mail address, which the SEC asks for", true
	case n == 0:
		step.Skipped = "they were asked for in the last 7 days"
	}
	step.What = fmt.Sprintf("balance sheets and numbers of shares of %d members", n)
	step.Requests, step.About = 1+n, true
	step.run = p.bringFacts
	p.add(step)
	return nil
}

// factsOf is the question for a symbol's company.
func factsOf(symbol string) string { return "facts " + symbol }

// due are the members whose facts were not asked for lately.
func (p *planner) due(ctx context.Context, members []string) (map[string]bool, error) {
	due := map[string]bool{}
	for _, symbol := range members {
		asked, err := p.store.Asked(ctx, factsOf(symbol))
		if err != nil {
			return nil, err
		}
		if asked.IsZero() || p.now.Sub(asked) >= askFacts {
			due[symbol] = true
		}
	}
	return due, nil
}

// bringFacts brings the facts of one company after the other.
func (p *planner) bringFacts(ctx context.Context, b *bringing) error {
	members, err := p.store.Symbols(ctx) // those of a list that has just been brought as well
	if err != nil {
		return err
	}
	due, err := p.due(ctx, members)
	if err != nil {
		return err
	}
	if len(due) == 0 {
		return nil
	}
	text, err := b.body(ctx, p.desk.sec, "/files/company_tickers.json")
	if err != nil {
		return err
	}
	all, report, err := importer.Companies(bytes.NewReader(text), "company_tickers.json")
	if err != nil {
		b.result.Report = report
		return err
	}
	report = importer.NewReport("companyfacts of the SEC")
	b.result.Report = report
	companies := ofMembers(all, members)
	wanted := wantedOf(companies, due)
	b.total(len(wanted))
	for _, cik := range wanted {
		if err := p.company(ctx, b, cik, companies); err != nil {
			return err
		}
	}
	return p.strangers(ctx, report, companies, due)
}

// company brings the facts of one company. A file that is not there or cannot be
// read is reported; an error is one that will come again with the next.
func (p *planner) company(ctx context.Context, b *bringing, cik int64, companies map[int64][]string) error {
	name := fmt.Sprintf("CIK%010d.json", cik)
	report := b.result.Report
	text, err := b.body(ctx, p.desk.secData, "/api/xbrl/companyfacts/"+name)
	if err == nil {
		batch, told, bad := importer.CompanyFacts(bytes.NewReader(text), name, map[int64][]string{cik: companies[cik]})
		absorb(report, told)
		err = bad
		if err == nil {
			if failed := b.put(ctx, p.store, batch); failed != nil {
				return failed
			}
		}
	}
	if err != nil {
		if !refused(err) {
			return err
		}
		report.Read++
		report.Omit(0, "its file is not there or cannot be read", companies[cik][0]+" "+name)
	}
	for _, symbol := range companies[cik] {
		if err := p.store.Ask(ctx, factsOf(symbol), p.Now()); err != nil {
			return err
		}
	}
	b.done()
	return nil
}

// strangers reports members that the SEC does not know by their symbol, and
// lets them be like the others.
func (p *planner) strangers(ctx context.Context, report *importer.Report, companies map[int64][]string, due map[string]bool) error {
	left := maps.Clone(due)
	for _, symbols := range companies {
		for _, symbol := range symbols {
			delete(left, symbol)
		}
	}
	var errs []error
	for _, symbol := range slices.Sorted(maps.Keys(left)) {
		report.Read++
		report.Omit(0, "the SEC's list has no such symbol", symbol)
		errs = append(errs, p.store.Ask(ctx, factsOf(symbol), p.Now()))
	}
	return errors.Join(errs...)
}

// ofMembers are the companies of the members, with those of their symbols alone
// that the store has.
func ofMembers(companies map[int64][]string, members []string) map[int64][]string {
	of := map[int64][]string{}
	for cik, symbols := range companies {
		for _, symbol := range symbols {
			if _, found := slices.BinarySearch(members, symbol); found {
				of[cik] = append(of[cik], symbol)
			}
		}
	}
	return of
}

// wantedOf are the companies with a symbol that is due, in order.
func wantedOf(companies map[int64][]string, due map[string]bool) []int64 {
	var wanted []int64
	for cik, symbols := range companies {
		if slices.ContainsFunc(symbols, func(symbol string) bool { return due[symbol] }) {
			wanted = append(wanted, cik)
		}
	}
	slices.Sort(wanted)
	return wanted
}

// Limits of what is absorbed: the places of each reason, and the warnings.
const (
	maxPlaces   = 3
	maxWarnings = 1000
)

// absorb adds the report on one company's file to that of all of them. What was
// found in the one is of no interest in the other; what looks wrong is.
func absorb(all, one *importer.Report) {
	all.Read += one.Read
	all.Kept += one.Kept
	for _, o := range one.Omissions {
		i := slices.IndexFunc(all.Omissions, func(x importer.Omission) bool { return x.Reason == o.Reason })
		if i < 0 {
			i = len(all.Omissions)
			all.Omissions = append(all.Omissions, importer.Omission{Reason: o.Reason})
		}
		sum := &all.Omissions[i]
		sum.Count += o.Count
		for _, place := range o.First[:min(len(o.First), max(0, maxPlaces-len(sum.First)))] {
			place.What = one.File + ": " + place.What
			sum.First = append(sum.First, place)
		}
	}
	for _, w := range one.Warnings[:min(len(one.Warnings), max(0, maxWarnings-len(all.Warnings)))] {
		w.Text = one.File + ": " + w.Text
		all.Warnings = append(all.Warnings, w)
	}
}
