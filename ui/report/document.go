package report

import (
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Schema names the JSON document's schema; docs/gyre.snapshot-1.schema.json
// describes every field.
const Schema = "gyre.snapshot/1"

// document is the JSON form of a snapshot. Its fields are written in the order
// in which they stand here; names and meanings never change within a schema
// version, fields may be added.
type document struct {
	Schema    string                `json:"schema"`
	AsOf      text                  `json:"as_of"`
	Mode      string                `json:"mode"`
	Market    string                `json:"market"`
	Phase     string                `json:"phase"`
	Sample    bool                  `json:"sample"`
	LookAhead bool                  `json:"look_ahead"`
	Dataset   string                `json:"dataset"`
	Window    string                `json:"window"`
	Session   *sessionJSON          `json:"session"`
	Windows   byWindow[windowJSON]  `json:"windows"`
	Feed      feedJSON              `json:"feed"`
	Coverage  coverageList          `json:"coverage"`
	Indices   []indexJSON           `json:"indices"`
	Size      sizeJSON              `json:"size"`
	Leverage  []leverageJSON        `json:"leverage"`
	Pair      *pairJSON             `json:"pair"`
	Verdict   byWindow[verdictJSON] `json:"verdict"`
	Rates     *ratesJSON            `json:"rates"`
	Calendar  []entryJSON           `json:"calendar"`
	Alerts    []alertJSON           `json:"alerts"`
	Note      *noteJSON             `json:"note"`
	Quality   qualityJSON           `json:"quality"`
	Missing   []string              `json:"missing"`
}

// byWindow is one value for each window.
type byWindow[T any] struct {
	Day     T `json:"1D"`
	Week    T `json:"1W"`
	ToDate  T `json:"MTD"`
	Month   T `json:"1M"`
	Quarter T `json:"3M"`
	Year    T `json:"YTD"`
}

// each asks of for the value of every window.
func each[T any](of func(session.Window) T) byWindow[T] {
	return byWindow[T]{
		Day: of(session.Day), Week: of(session.Week), ToDate: of(session.MonthToDate),
		Month: of(session.Month), Quarter: of(session.Quarter), Year: of(session.YearToDate),
	}
}

// figures is one figure for each window.
type figures = byWindow[num.Figure]

func figuresOf(all model.PerWindow[num.Figure]) figures {
	return each(func(w session.Window) num.Figure { return all[w] })
}

type sessionJSON struct {
	Date      text `json:"date"`
	Opens     text `json:"opens"`
	Closes    text `json:"closes"`
	HalfDay   bool `json:"half_day"`
	NextOpen  text `json:"next_open"`
	NextClose text `json:"next_close"`
	PastTable bool `json:"past_calendar"`
}

type windowJSON struct {
	Base     text `json:"base"`
	Sessions int  `json:"sessions"`
}

type feedJSON struct {
	Name    string `json:"name"`
	State   string `json:"state"`
	Age     string `json:"age_s"`
	Delay   string `json:"delay_s"`
	Problem text   `json:"problem"`
	Dropped uint64 `json:"dropped"`

	Overtaken uint64 `json:"overtaken"`
}

type coverageJSON struct {
	universe string

	Members int        `json:"members"`
	Valid   int        `json:"valid"`
	Invalid int        `json:"invalid"`
	Stale   int        `json:"stale"`
	Halted  int        `json:"halted"`
	Pct     num.Figure `json:"pct"`
	CapPct  num.Figure `json:"cap_pct"`
}

type indexJSON struct {
	Symbol    string             `json:"symbol"`
	Name      string             `json:"name"`
	Level     num.Figure         `json:"level"`
	At        text               `json:"at"`
	Prelim    bool               `json:"prelim"`
	Official  bool               `json:"official"`
	PrevClose num.Figure         `json:"prev_close"`
	Change    num.Figure         `json:"change"`
	Open      num.Figure         `json:"open"`
	High      num.Figure         `json:"high"`
	Low       num.Figure         `json:"low"`
	Returns   figures            `json:"returns_pct"`
	Base      byWindow[baseJSON] `json:"base"`
	MonthRank *int               `json:"month_worst_rank"`
	MonthDays int                `json:"month_days"`
	VsSMA20   num.Figure         `json:"vs_sma20_pct"`
	VsSMA50   num.Figure         `json:"vs_sma50_pct"`
	WeekSigma num.Figure         `json:"week_sigma_pct"`
	Range     *rangeJSON         `json:"range"`
}

type baseJSON struct {
	Session text       `json:"session"`
	Close   num.Figure `json:"close"`
}

type rangeJSON struct {
	From       text       `json:"from"`
	To         text       `json:"to"`
	Low        num.Figure `json:"low"`
	High       num.Figure `json:"high"`
	Source     string     `json:"source"`
	State      text       `json:"state"`
	Distance   num.Figure `json:"distance"`
	DistPct    num.Figure `json:"distance_pct"`
	ToLowPct   num.Figure `json:"to_low_pct"`
	ToHighPct  num.Figure `json:"to_high_pct"`
	Place      num.Figure `json:"place"`
	HalfSigmas num.Figure `json:"half_width_sigmas"`
}

type bucketJSON struct {
	ID          string     `json:"id"`
	N           int        `json:"n"`
	Invalid     int        `json:"invalid"`
	Stale       int        `json:"stale"`
	Halted      int        `json:"halted"`
	Returns     figures    `json:"returns_pct"`
	Mean        figures    `json:"mean_pct"`
	Median      figures    `json:"median_pct"`
	Trimmed     figures    `json:"trimmed_pct"`
	CapWeighted figures    `json:"cap_weighted_pct"`
	Differ      bool       `json:"mean_median_differ"`
	Advancing   num.Figure `json:"advancing_pct"`
	Above20     num.Figure `json:"above_sma20_pct"`
	Above50     num.Figure `json:"above_sma50_pct"`
	Turnover    num.Figure `json:"turnover_pct"`
	Volume      num.Figure `json:"relative_volume"`
	Weight      num.Figure `json:"weight_pct"`
}

// spreadJSON is what the two axes have in common.
type spreadJSON struct {
	Spread    figures            `json:"spread_pp"`
	CI        byWindow[interval] `json:"ci95_pp"`
	CIMethod  byWindow[text]     `json:"ci_method"`
	SectorCI  byWindow[interval] `json:"ci95_sectors_pp"`
	T         figures            `json:"t"`
	Z0        figures            `json:"z0"`
	Z         figures            `json:"z"`
	History   byWindow[int]      `json:"history"`
	Trend     byWindow[text]     `json:"trend"`
	Differ    byWindow[bool]     `json:"mean_median_differ"`
	NoOutlier figures            `json:"without_outliers_pp"`
	BetaGap   figures            `json:"beta_gap"`
	Adjusted  figures            `json:"beta_adjusted_pp"`
}

type sizeJSON struct {
	Universe  string         `json:"universe"`
	Statistic string         `json:"statistic"`
	Rank      string         `json:"rank"`
	LookAhead bool           `json:"look_ahead"`
	RankedOn  byWindow[text] `json:"ranked_on"`
	Buckets   []bucketJSON   `json:"buckets"`
	spreadJSON
	Reconcile byWindow[reconcileJSON] `json:"reconcile"`
}

type reconcileJSON struct {
	Implied num.Figure `json:"implied_pct"`
	Printed num.Figure `json:"printed_pct"`
	Gap     num.Figure `json:"gap_pp"`
	State   text       `json:"state"`
}

type leverageJSON struct {
	Universe   string       `json:"universe"`
	Statistic  string       `json:"statistic"`
	Financials bool         `json:"financials_included"`
	Buckets    []bucketJSON `json:"buckets"`
	spreadJSON
	Neutral   figures      `json:"sector_neutral_pp"`
	Excluded  excludedJSON `json:"excluded"`
	FilingAge num.Figure   `json:"filing_age_days"`
}

type excludedJSON struct {
	Financials    int `json:"financials"`
	EVNotPositive int `json:"ev_not_positive"`
	NoDebtData    int `json:"no_debt_data"`
	OldFiling     int `json:"old_filing"`
	NoCap         int `json:"no_cap"`
	FlaggedOld    int `json:"flagged_old"`
}

type pairJSON struct {
	A        string           `json:"a"`
	B        string           `json:"b"`
	Spread   figures          `json:"spread_pp"`
	Relative figures          `json:"relative_pct"`
	Ratio    num.Figure       `json:"ratio"`
	Beta     num.Figure       `json:"beta"`
	Adjusted figures          `json:"beta_adjusted_pp"`
	Z0       figures          `json:"z0"`
	Z        figures          `json:"z"`
	State    byWindow[string] `json:"state"`
}

type verdictJSON struct {
	State      string      `json:"state"`
	Size       string      `json:"size"`
	Leverage   string      `json:"leverage"`
	Dots       int         `json:"dots"`
	Reasons    reasonsJSON `json:"reasons"`
	Coverage   num.Figure  `json:"coverage_pct"`
	SizeAxis   axisJSON    `json:"size_axis"`
	LevAxis    axisJSON    `json:"leverage_axis"`
	LeverageIn text        `json:"leverage_universe"`
	MicroMore  bool        `json:"micro_more"`
	Text       string      `json:"text"`
}

type reasonsJSON struct {
	CIExcludesZero bool `json:"ci_excludes_zero"`
	SignsAgree     bool `json:"signs_agree"`
	Covered        bool `json:"covered"`
	Unusual        bool `json:"unusual"`
}

type axisJSON struct {
	State  string     `json:"state"`
	Z0     num.Figure `json:"z0"`
	Z      num.Figure `json:"z"`
	Trend  text       `json:"trend"`
	Differ bool       `json:"mean_median_differ"`
}

type ratesJSON struct {
	Cuts   string `json:"cuts_priced"`
	Year   int    `json:"year"`
	Quoted bool   `json:"quoted"`
	AsOf   text   `json:"as_of"`
	Source string `json:"source"`
}

type entryJSON struct {
	At         text       `json:"at"`
	Title      string     `json:"title"`
	Country    text       `json:"country"`
	Importance int        `json:"importance"`
	Consensus  text       `json:"consensus"`
	Previous   text       `json:"previous"`
	Revised    text       `json:"revised"`
	Actual     text       `json:"actual"`
	Surprise   num.Figure `json:"surprise"`
	Unit       text       `json:"unit"`
	Past       bool       `json:"past"`
	Source     text       `json:"source"`

	Sigmas    num.Figure    `json:"surprise_sigmas"`
	Surprises int           `json:"surprises_before"`
	Reaction  *reactionJSON `json:"reaction"`
}

type reactionJSON struct {
	From   text       `json:"from"`
	To     text       `json:"to"`
	AtOpen bool       `json:"at_open"`
	Change num.Figure `json:"change_pp"`
}

type alertJSON struct {
	At       text   `json:"at"`
	Kind     string `json:"kind"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
}

type noteJSON struct {
	Title     text        `json:"title"`
	Publisher text        `json:"publisher"`
	Published text        `json:"published"`
	Claims    []claimJSON `json:"claims"`
	Tally     tallyJSON   `json:"tally"`
}

type claimJSON struct {
	ID        string     `json:"id"`
	Text      string     `json:"text"`
	Subject   string     `json:"subject"`
	Metric    string     `json:"metric"`
	Window    text       `json:"window"`
	Value     string     `json:"value"`
	High      text       `json:"high"`
	Precision string     `json:"precision"`
	AsOf      text       `json:"as_of"`
	Source    text       `json:"source"`
	Here      text       `json:"here"`
	Figure    num.Figure `json:"figure"`
	Verdict   string     `json:"verdict"`
	Why       string     `json:"why"`
}

type tallyJSON struct {
	OK      int `json:"ok"`
	Rounded int `json:"rounded"`
	False   int `json:"false"`
	Quoted  int `json:"quoted"`
	NotYet  int `json:"not_yet"`
	Unknown int `json:"unknown"`
}

type qualityJSON struct {
	Stale     int            `json:"stale"`
	Halted    int            `json:"halted"`
	Rejected  int            `json:"rejected"`
	Unprinted int            `json:"unprinted"`
	Late      int            `json:"late"`
	Skipped   int            `json:"skipped_rows"`
	Incidents []incidentJSON `json:"incidents"`
}

type incidentJSON struct {
	At     text   `json:"at"`
	Kind   string `json:"kind"`
	Symbol text   `json:"symbol"`
	Detail text   `json:"detail"`
	Count  *int   `json:"count"`
}
