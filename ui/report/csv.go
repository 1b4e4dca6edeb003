package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// renderCSV writes the snapshot in long form: one value a row, whatever it is.
func renderCSV(s *model.Snapshot, o Options) ([]byte, error) {
	l := &ledger{asOf: orUnknown(string(instant(s.AsOf)))}
	l.meta(s, o)
	for i := range s.Universes {
		l.coverage(&s.Universes[i])
	}
	for i := range s.Indices {
		l.index(&s.Indices[i])
	}
	l.size(&s.Size)
	for i := range s.Leverage {
		l.leverage(&s.Leverage[i])
	}
	l.pair(&s.Pair)
	for _, w := range session.Windows() {
		l.verdict(w, s.Verdicts[w])
	}
	if s.Rates.Known {
		at := place{section: "rates", item: strconv.Itoa(s.Rates.Year)}
		l.say(at, "cuts_priced", s.Rates.Cuts)
		l.say(at, "quoted", strconv.FormatBool(s.Rates.Quoted))
	}
	for i := range s.Calendar {
		l.event(&s.Calendar[i])
	}
	for _, a := range s.Alerts {
		l.say(place{section: "alert", item: string(instant(a.At))}, string(a.Kind), a.Text)
	}
	l.note(o.Note)
	l.quality(s.Quality)

	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write([]string{"as_of", "section", "universe", "item", "window", "metric", "value"}); err != nil {
		return nil, fmt.Errorf("writing the snapshot as CSV: %w", err)
	}
	if err := w.WriteAll(l.rows); err != nil {
		return nil, fmt.Errorf("writing the snapshot as CSV: %w", err)
	}
	return b.Bytes(), nil
}

// ledger collects the rows.
type ledger struct {
	asOf string
	rows [][]string
}

// place is what a row is about.
type place struct{ section, universe, item, window string }

func (p place) in(w session.Window) place {
	p.window = w.String()
	return p
}

func (p place) of(item string) place {
	p.item = item
	return p
}

func (l *ledger) say(at place, metric, value string) {
	l.rows = append(l.rows, []string{
		l.asOf, at.section, inert(at.universe), inert(at.item), at.window, inert(metric), inert(orUnknown(value)),
	})
}

func (l *ledger) figure(at place, metric string, f num.Figure) { l.say(at, metric, f.String()) }

func (l *ledger) count(at place, metric string, n int) { l.say(at, metric, strconv.Itoa(n)) }

// inert keeps a spreadsheet from taking text for a formula. Signed numbers stay.
func inert(s string) string {
	if s == "" || !strings.ContainsRune("=+-@", rune(s[0])) {
		return s
	}
	rest := strings.TrimLeft(s, "+-")
	if len(s)-len(rest) == 1 && strings.Trim(rest, "0123456789.,%kMbn") == "" && rest != "" {
		return s
	}
	return "'" + s
}

func (l *ledger) meta(s *model.Snapshot, o Options) {
	at := place{section: "meta", item: "snapshot"}
	l.say(at, "schema", Schema)
	l.say(at, "mode", modeName(s.Mode))
	l.say(at, "market", market(s.Clock.Phase))
	l.say(at, "phase", s.Clock.Phase.String())
	l.say(at, "sample", strconv.FormatBool(s.Sample))
	l.say(at, "look_ahead", strconv.FormatBool(s.Size.LookAhead))
	l.say(at, "dataset", s.Name)
	l.say(at, "window", o.Window.String())
	l.say(at, "statistic", statisticName(o.Statistic))
	l.say(at, "rank", rankName(s.Query.Rank))
	l.say(at, "financials_included", strconv.FormatBool(s.Query.Financials))
	l.say(at, "feed", s.Feed.Name)
	l.say(at, "feed_state", feedState(s.Feed.Phase))
	l.say(at, "feed_age_s", seconds(s.Feed.Age, 1))
	for _, w := range session.Windows() {
		l.say(at.in(w), "base", s.Windows[w].Base.String())
		l.count(at.in(w), "sessions", s.Windows[w].Sessions)
	}
}

func (l *ledger) coverage(c *model.Coverage) {
	at := place{section: "coverage", universe: c.Universe}
	l.count(at, "members", c.Members)
	l.count(at, "valid", c.Valid)
	l.count(at, "invalid", c.Invalid)
	l.count(at, "stale", c.Stale)
	l.count(at, "halted", c.Halted)
	l.figure(at, "pct", c.Pct)
	l.figure(at, "cap_pct", c.CapPct)
}

func (l *ledger) index(i *model.Index) {
	at := place{section: "index", item: i.Symbol}
	l.figure(at, "level", i.Level)
	l.say(at, "at", string(instant(i.At)))
	l.say(at, "prelim", strconv.FormatBool(i.Prelim))
	l.figure(at, "prev_close", i.PrevClose)
	l.figure(at, "change", i.Change)
	l.figure(at, "open", i.Open)
	l.figure(at, "high", i.High)
	l.figure(at, "low", i.Low)
	for _, w := range session.Windows() {
		l.figure(at.in(w), "return_pct", i.Returns[w])
		l.figure(at.in(w), "base_close", i.Base[w])
	}
	if i.MonthRank > 0 {
		l.count(at, "month_worst_rank", i.MonthRank)
	}
	l.figure(at, "vs_sma20_pct", i.VsSMA20)
	l.figure(at, "vs_sma50_pct", i.VsSMA50)
	l.figure(at, "week_sigma_pct", i.WeekSigma)
	if r := i.Range; r != nil {
		l.figure(at, "range_low", r.Low)
		l.figure(at, "range_high", r.High)
		l.say(at, "range_state", rangeState(r))
		l.figure(at, "range_distance", r.Distance)
		l.figure(at, "range_distance_pct", r.DistPct)
		l.figure(at, "range_place", r.Place)
		l.figure(at, "range_half_width_sigmas", r.HalfSigmas)
	}
}

func (l *ledger) size(s *model.Size) {
	at := place{section: "size", universe: s.Universe}
	for i := range s.Buckets {
		l.bucket(at, &s.Buckets[i])
	}
	for _, w := range session.Windows() {
		here := at.of("spread").in(w)
		l.say(here, "ranked_on", s.RankedOn[w].String())
		l.spread(here, &s.Spread[w])
		r := s.Recon[w]
		l.figure(at.of("reconcile").in(w), "implied_pct", r.Implied)
		l.figure(at.of("reconcile").in(w), "printed_pct", r.Printed)
		l.figure(at.of("reconcile").in(w), "gap_pp", r.Gap)
		l.say(at.of("reconcile").in(w), "state", reconcileState(r.State))
	}
}

func (l *ledger) leverage(v *model.Leverage) {
	at := place{section: "leverage", universe: v.Universe}
	for i := range v.Buckets {
		l.bucket(at, &v.Buckets[i])
	}
	for _, w := range session.Windows() {
		l.spread(at.of("spread").in(w), &v.Spread[w])
		l.figure(at.of("spread").in(w), "sector_neutral_pp", v.Neutral[w])
		here, out := at.of("excluded").in(w), v.Excluded[w]
		l.count(here, "financials", out.Financials)
		l.count(here, "ev_not_positive", out.EVNotPositive)
		l.count(here, "no_debt_data", out.NoDebtData)
		l.count(here, "old_filing", out.OldFiling)
		l.count(here, "no_cap", out.NoCap)
		l.count(here, "flagged_old", out.FlaggedOld)
		l.figure(at.of("filings").in(w), "age_days", v.FilingAge[w])
	}
}

func (l *ledger) bucket(at place, b *model.Bucket) {
	for _, w := range session.Windows() {
		g, here := &b.Groups[w], at.of(b.ID).in(w)
		l.count(here, "n", g.N)
		l.count(here, "invalid", g.Invalid)
		l.stats(here, "_pct", g.Return)
		l.figure(here, "advancing_pct", g.Advancing)
		l.figure(here, "above_sma20_pct", g.Above20)
		l.figure(here, "above_sma50_pct", g.Above50)
		l.figure(here, "turnover_pct", g.Turnover)
		l.figure(here, "relative_volume", g.Volume)
		l.figure(here, "weight_pct", g.Weight)
	}
}

func (l *ledger) spread(at place, s *model.Spread) {
	l.stats(at, "_pp", s.Return)
	l.figure(at, "ci95_low_pp", s.CI[0])
	l.figure(at, "ci95_high_pp", s.CI[1])
	l.say(at, "ci_method", ciMethod(s.CIMethod))
	l.figure(at, "ci95_sectors_low_pp", s.SectorCI[0])
	l.figure(at, "ci95_sectors_high_pp", s.SectorCI[1])
	l.figure(at, "t", s.T)
	l.figure(at, "z0", s.Z0)
	l.figure(at, "z", s.Z)
	l.count(at, "history", s.History)
	l.say(at, "trend", trendName(s.Trend))
	l.figure(at, "without_outliers_pp", s.NoOutlier)
	l.figure(at, "beta_gap", s.BetaGap)
	l.figure(at, "beta_adjusted_pp", s.BetaAdjusted)
}

// stats is one row for each statistic.
func (l *ledger) stats(at place, unit string, all model.PerStat) {
	for i, name := range StatisticNames() {
		l.figure(at, strings.ReplaceAll(name, "-", "_")+unit, all[i])
	}
}

func (l *ledger) pair(p *model.Pair) {
	if !p.Known {
		return
	}
	at := place{section: "pair", item: p.A + "-" + p.B}
	l.figure(at, "ratio", p.Ratio)
	l.figure(at, "beta", p.Beta)
	for _, w := range session.Windows() {
		l.figure(at.in(w), "spread_pp", p.Spread[w])
		l.figure(at.in(w), "relative_pct", p.Relative[w])
		l.figure(at.in(w), "beta_adjusted_pp", p.Adjusted[w])
		l.figure(at.in(w), "z0", p.Z0[w])
		l.figure(at.in(w), "z", p.Z[w])
		l.say(at.in(w), "state", axisState(p.State[w]))
	}
}

func (l *ledger) verdict(w session.Window, v model.Verdict) {
	at := place{section: "verdict"}.in(w)
	l.say(at, "state", verdictState(v))
	l.say(at, "size", sizeDirection(v))
	l.say(at, "leverage", leverageDirection(v))
	l.count(at, "dots", v.Dots.Count())
	l.figure(at, "coverage_pct", v.Coverage)
	l.say(at, "text", v.Text)
}

func (l *ledger) event(e *model.CalendarEntry) {
	at := place{section: "calendar", item: string(instant(e.At)) + " " + e.Title}
	l.count(at, "importance", e.Importance)
	l.say(at, "consensus", e.Consensus)
	l.say(at, "previous", e.Previous)
	l.say(at, "revised", e.Revised)
	l.say(at, "actual", e.Actual)
	l.figure(at, "surprise", e.Surprise)
	l.figure(at, "surprise_sigmas", e.Sigmas)
	if r := e.Reaction; !r.From.IsZero() {
		l.say(at, "reaction_from", string(instant(r.From)))
		l.say(at, "reaction_to", string(instant(r.To)))
		l.figure(at, "reaction_pp", r.Change)
	}
}

func (l *ledger) quality(q model.Quality) {
	at := place{section: "quality"}
	l.count(at, "stale", q.Stale)
	l.count(at, "halted", q.Halted)
	l.count(at, "rejected", q.Rejected)
	l.count(at, "unprinted", q.Unprinted)
	l.count(at, "late", q.Late)
	l.count(at, "skipped_rows", q.Skipped)
	for _, i := range q.Incidents {
		where := at.of(string(instant(i.At)) + " " + i.Symbol)
		l.say(where, incidentName(i.Kind), i.Detail)
	}
}
