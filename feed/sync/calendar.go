package sync

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gyre/feed/clean"
	"gyre/feed/importer"
	"gyre/feed/store"
	"gyre/feed/web"
	"gyre/model/session"
)

// calendars plans the calendars of releases.
func (p *planner) calendars(ctx context.Context) error {
	for _, c := range []struct {
		name, source string
		client       *web.Client
		base, path   string
	}{
		{"bls.ics", "BLS", p.desk.bls, p.Hosts.BLS, "/schedule/news_release/bls.ics"},
		{"BEA online-calendar-subscription.ics", "BEA", p.desk.bea, p.Hosts.BEA, "/news/schedule/ics/online-calendar-subscription.ics"},
		{"Federal Reserve calendar.json", "Federal Reserve", p.desk.fed, p.Hosts.Fed, "/json/calendar.json"},
	} {
		q := question{what: "calendar " + c.source, name: c.name, client: c.client, path: c.path}
		q.read = func(_ context.Context, text io.ReadSeeker) (store.Batch, *importer.Report, error) {
			return importer.Calendar(text, c.name, importer.EventMapping{Source: c.source})
		}
		if err := p.daily(ctx, Calendar, "the releases of the "+c.source, c.base, &q); err != nil {
			return err
		}
	}
	return nil
}

// rate plans the effective federal funds rate.
func (p *planner) rate(ctx context.Context) error {
	q := question{
		what: "effr", name: "the rates of the New York Fed", client: p.desk.newYork, path: "/api/rates/unsecured/effr/last/10.json",
		read: func(_ context.Context, text io.ReadSeeker) (store.Batch, *importer.Report, error) {
			return readEFFR(text, "the rates of the New York Fed")
		},
	}
	return p.daily(ctx, Rate, "the effective federal funds rate", p.Hosts.NewYorkFed, &q)
}

// daily plans a question that is asked once a day.
func (p *planner) daily(ctx context.Context, kind Kind, what, base string, q *question) error {
	step := Step{Kind: kind, What: what, Host: hostOf(base), Requests: 1, Every: publicEvery, run: p.ask(q)}
	asked, err := p.today(ctx, q.what)
	if asked {
		step.Skipped = already
	}
	p.add(step)
	return err
}

// maxPercent bounds a rate that can be believed.
const maxPercent = 100

// errRates says that an answer has no rate in it.
var errRates = errors.New("it has no effective federal funds rate")

// readEFFR reads the answer of the Federal Reserve Bank of New York.
func readEFFR(text io.Reader, name string) (store.Batch, *importer.Report, error) {
	report := importer.NewReport(name)
	var wire struct {
		Rates []struct {
			Date    string      `json:"effectiveDate"`
			Type    string      `json:"type"`
			Percent json.Number `json:"percentRate"`
		} `json:"refRates"`
	}
	if err := json.NewDecoder(text).Decode(&wire); err != nil {
		return store.Batch{}, report, fmt.Errorf("%s cannot be read: %w", name, importer.ErrContent)
	}
	batch := store.Batch{Source: report.File}
	for _, r := range wire.Rates {
		report.Read++
		date, errDate := session.ParseDate(r.Date)
		percent, errRate := clean.Decimal(r.Percent.String(), maxPercent)
		switch {
		case r.Type != "" && r.Type != "EFFR":
			report.Omit(0, "it is another rate", r.Type)
		case errDate != nil:
			report.Omit(0, "its date is none", r.Date)
		case errRate != nil:
			report.Omit(0, "its rate is none", r.Date+" "+r.Percent.String())
		default:
			report.Kept++
			batch.EFFR = append(batch.EFFR, store.EFFR{Date: date, Percent: percent})
		}
	}
	if report.Kept == 0 {
		return store.Batch{}, report, errRates
	}
	return batch, report, nil
}
