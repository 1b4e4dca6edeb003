package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"gyre/feed/dataset"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Name is what a store is called on the screen.
const Name = "store"

// replayed is how many sessions a replay of the store goes back.
const replayed = 5

// Dataset is the whole store in the form of a dataset, which a replay plays and
// a live feed begins with. Instruments are those of any list, with the lines of
// their companies; the closes of others are not read.
func (s *Store) Dataset(ctx context.Context) (*dataset.Dataset, error) {
	data, err := s.dataset(ctx)
	if err != nil {
		return nil, fmt.Errorf("the store %s cannot be read: %w", s.path, err)
	}
	if len(data.Reference.Closes) == 0 {
		return nil, fmt.Errorf("the store %s has no closes of the members of a list yet; bring them with gyre import holdings and gyre import closes", s.path)
	}
	return data, nil
}

func (s *Store) dataset(ctx context.Context) (*dataset.Dataset, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	r := &reader{ctx: ctx, tx: tx, ids: map[int64]model.ID{}, ref: &model.Reference{Name: Name, Calendar: session.New()}}
	for _, step := range []func() error{
		r.instruments, r.companies, r.closes, r.actions, r.payouts, r.members, r.shares, r.facts, r.levels, r.events, r.rates, r.effective,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	data := &dataset.Dataset{
		Reference: r.ref, Problems: r.problems[:min(len(r.problems), dataset.MaxProblems)], ProblemCount: len(r.problems),
	}
	if n := len(r.ref.Closes); n > 0 {
		data.Settings.From = r.begins(r.ref.Closes[max(n-replayed, 0)].Date)
		data.Settings.Start = data.Settings.From
	}
	return data, nil
}

// begins is shortly before a session's open, where its replay begins.
func (r *reader) begins(date session.Date) time.Time {
	on, _ := r.ref.Calendar.On(date)
	return on.Opens.Add(-5 * time.Minute)
}

// reader fills a reference.
type reader struct {
	ctx      context.Context
	tx       *sql.Tx
	ref      *model.Reference
	ids      map[int64]model.ID
	primary  map[model.ID]int64 // of lines that are not their company's primary one
	problems []dataset.Problem
}

// each calls row for every row of a query.
func (r *reader) each(query string, row func(scan func(...any) error) error) error {
	rows, err := r.tx.QueryContext(r.ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *reader) instruments() error {
	r.primary = map[model.ID]int64{}
	return r.each(`
WITH listed AS (SELECT DISTINCT instrument AS id FROM list_members),
     chosen AS (SELECT id FROM listed UNION SELECT company FROM instruments JOIN listed USING (id) WHERE company IS NOT NULL)
SELECT id, key, name, sector, coalesce(company, 0),
  (SELECT symbol FROM symbols WHERE instrument = id ORDER BY first LIMIT 1)
FROM instruments JOIN chosen USING (id) ORDER BY id`,
		func(scan func(...any) error) error {
			var stored, company int64
			var in model.Instrument
			if err := scan(&stored, &in.Key, &in.Name, &in.Sector, &company, &in.Symbol); err != nil {
				return err
			}
			id := model.ID(len(r.ref.Instruments))
			r.ids[stored] = id
			if company != 0 {
				r.primary[id] = company
			}
			in.ShareClassOf = id
			r.ref.Instruments = append(r.ref.Instruments, in)
			return nil
		})
}

// companies ties the lines of a company to its primary one.
func (r *reader) companies() error {
	for id, company := range r.primary {
		if primary, ok := r.ids[company]; ok {
			if _, chained := r.primary[primary]; !chained {
				r.ref.Instruments[id].ShareClassOf = primary
			}
		}
	}
	return nil
}

// closes reads the columns of closes, which are most of the work: a store of
// two years has some millions.
func (r *reader) closes() error {
	rows, err := r.tx.QueryContext(r.ctx, "SELECT date, instrument, close, volume FROM closes ORDER BY date, instrument")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var column *model.CloseColumn
	var fields [4]any // which database/sql fills three times as fast as numbers
	into := []any{&fields[0], &fields[1], &fields[2], &fields[3]}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		var row [4]int64
		for i, field := range fields {
			row[i], _ = field.(int64) // the table is strict
		}
		id, listed := r.ids[row[1]]
		if !listed {
			continue
		}
		if date := session.Date(row[0]); column == nil || column.Date != date {
			r.ref.Closes = append(r.ref.Closes, model.CloseColumn{
				Date: date, Price: make([]num.Price, len(r.ref.Instruments)), Volume: make([]int64, len(r.ref.Instruments)),
			})
			column = &r.ref.Closes[len(r.ref.Closes)-1]
		}
		column.Price[id], column.Volume[id] = num.Price(row[2]), row[3]
	}
	return rows.Err()
}

func (r *reader) actions() error {
	return r.each("SELECT instrument, ex_date, kind, new, old, amount, new_symbol FROM actions ORDER BY ex_date, instrument, kind",
		func(scan func(...any) error) error {
			var instrument int64
			var a model.Action
			if err := scan(&instrument, &a.ExDate, &a.Kind, &a.New, &a.Old, &a.Amount, &a.Symbol); err != nil {
				return err
			}
			var listed bool
			if a.ID, listed = r.ids[instrument]; listed {
				r.ref.Actions = append(r.ref.Actions, a)
			}
			return nil
		})
}

func (r *reader) shares() error {
	err := r.each("SELECT instrument, known_at, shares FROM shares ORDER BY instrument, known_at",
		func(scan func(...any) error) error {
			var instrument, known int64
			var c model.ShareCount
			if err := scan(&instrument, &known, &c.Shares); err != nil {
				return err
			}
			var listed bool
			if c.ID, listed = r.ids[instrument]; listed {
				c.KnownAt = moment(known)
				r.ref.Shares = append(r.ref.Shares, c)
			}
			return nil
		})
	slices.SortStableFunc(r.ref.Shares, func(a, b model.ShareCount) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.KnownAt.Compare(b.KnownAt))
	})
	return err
}

func (r *reader) facts() error {
	return r.each("SELECT instrument, known_at, debt, preferred, minority, cash FROM facts ORDER BY instrument, known_at",
		func(scan func(...any) error) error {
			var instrument, known int64
			var amounts [4]sql.NullInt64
			if err := scan(&instrument, &known, &amounts[0], &amounts[1], &amounts[2], &amounts[3]); err != nil {
				return err
			}
			id, listed := r.ids[instrument]
			if !listed {
				return nil
			}
			r.ref.Facts = append(r.ref.Facts, model.Facts{
				ID: id, KnownAt: moment(known),
				Debt: amount(amounts[0]), Preferred: amount(amounts[1]), Minority: amount(amounts[2]), Cash: amount(amounts[3]),
			})
			return nil
		})
}

func (r *reader) levels() error {
	var series *model.IndexSeries
	return r.each("SELECT list, date, open, high, low, close FROM levels ORDER BY list, date",
		func(scan func(...any) error) error {
			var symbol string
			var d model.IndexDay
			if err := scan(&symbol, &d.Date, &d.Open, &d.High, &d.Low, &d.Close); err != nil {
				return err
			}
			if series == nil || series.Symbol != symbol {
				r.ref.Indices = append(r.ref.Indices, model.IndexSeries{Symbol: symbol, Name: IndexName(symbol)})
				series = &r.ref.Indices[len(r.ref.Indices)-1]
			}
			series.Days = append(series.Days, d)
			return nil
		})
}

// IndexName is how an index is called where nobody says otherwise.
func IndexName(symbol string) string {
	switch symbol {
	case "RUT":
		return "Russell 2000"
	case "RMICRO":
		return "Russell Microcap"
	case "SPX":
		return "S&P 500"
	}
	return symbol
}

func (r *reader) events() error {
	return r.each(`SELECT at, title, country, importance, consensus, previous, revised, actual, known_at, listed, source
FROM events ORDER BY at, title, country`,
		func(scan func(...any) error) error {
			var at int64
			var known, listed sql.NullInt64
			var e model.Event
			if err := scan(&at, &e.Title, &e.Country, &e.Importance, &e.Consensus, &e.Previous, &e.Revised, &e.Actual,
				&known, &listed, &e.Source); err != nil {
				return err
			}
			e.At = moment(at)
			if known.Valid {
				e.KnownAt = moment(known.Int64)
			}
			if listed.Valid {
				e.Listed = moment(listed.Int64)
			}
			r.ref.Events = append(r.ref.Events, e)
			return nil
		})
}

func (r *reader) rates() error {
	return r.each("SELECT known_at, year, source, cuts_priced FROM rates ORDER BY known_at, year, source",
		func(scan func(...any) error) error {
			var known int64
			var q model.RateQuote
			if err := scan(&known, &q.Year, &q.Source, &q.CutsPriced); err != nil {
				return err
			}
			q.KnownAt = moment(known)
			r.ref.Rates = append(r.ref.Rates, q)
			return nil
		})
}

// published is when the rate of a day becomes known: at 09:00 of the next business
// day, for which the exchange's next session stands.
const published = 9

func (r *reader) effective() error {
	return r.each("SELECT date, percent FROM effr ORDER BY date", func(scan func(...any) error) error {
		var date session.Date
		var text string
		if err := scan(&date, &text); err != nil {
			return err
		}
		percent, err := decimal.NewFromString(text)
		if err != nil {
			return err
		}
		if next, ok := r.ref.Calendar.After(date); ok {
			r.ref.Effective = append(r.ref.Effective, model.EffectiveRate{KnownAt: next.Date.At(published, 0), Percent: percent})
		}
		return nil
	})
}

// moment is a stored instant on the market's clocks.
func moment(milliseconds int64) time.Time { return time.UnixMilli(milliseconds).In(session.Zone()) }

func amount(stored sql.NullInt64) model.Amount {
	return model.Amount{Dollars: num.Dollars(stored.Int64), Known: stored.Valid}
}
