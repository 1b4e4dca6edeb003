package report

import (
	"slices"
	"strconv"
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/panel/say"
)

func (a author) verdict() section {
	v := a.Verdicts[a.Window]
	axis := func(name string, x model.AxisVerdict, where string) []string {
		state := axisState(x.State)
		if v.Withheld {
			state = verdictState(v)
		}
		return []string{name, state, where, a.signed(x.Z0), a.signed(x.Z), trendName(x.Trend)}
	}
	leverage := "Leverage"
	if v.LeverageIn != "" {
		leverage += ", " + a.universe(v.LeverageIn)
	}
	t := table{
		columns: append(
			[]column{{head: "Axis", left: true, flex: true}, {head: "State", left: true}, {head: "Direction", left: true}},
			numbers("z0", "z", "Trend")...),
		rows: [][]string{axis("Size", v.Size, sizeDirection(v)), axis(leverage, v.Leverage, leverageDirection(v))},
	}
	if p := &a.Pair; p.Known {
		t.rows = append(t.rows, []string{
			say.Short(p.A) + " − " + say.Short(p.B), axisState(p.State[a.Window]), a.points(p.Spread[a.Window]),
			a.signed(p.Z0[a.Window]), a.signed(p.Z[a.Window]), "",
		})
	}
	s := section{title: "Verdict " + a.Window.String(), tables: []table{t}}
	if v.Text != "" {
		s.notes = append(s.notes, a.quoted(v.Text))
	}
	if !v.Withheld && v.Size.State != model.StateNA {
		s.notes = append(s.notes, "Confidence: "+a.dots(v.Dots))
	}
	return s
}

// dots shows the four reasons to trust the size axis, and names those missing.
func (a author) dots(d model.Dots) string {
	reasons := []struct {
		lit  bool
		name string
	}{
		{d.CIExcludesZero, "interval excludes zero"},
		{d.SignsAgree, "mean and median agree"},
		{d.Covered, "90 % priced"},
		{d.Unusual, "|z0| of 1.5 or more"},
	}
	var missing []string
	for _, r := range reasons {
		if !r.lit {
			missing = append(missing, r.name)
		}
	}
	line := strings.Repeat("●", d.Count()) + strings.Repeat("○", len(reasons)-d.Count()) + " " + say.Sure(d)
	if len(missing) > 0 {
		line += "; not met: " + strings.Join(missing, ", ")
	}
	return line + "."
}

func (a author) indices() section {
	columns := slices.Concat([]column{{head: "Index", left: true, flex: true}}, numbers("Level", "Change"), numbers(windowHeads()...))
	s := section{title: "Indices", context: "price return in %"}
	if len(a.Indices) == 0 {
		s.notes = []string{"There are no index levels in this dataset."}
		return s
	}
	t := table{columns: columns}
	for i := range a.Indices {
		x := &a.Indices[i]
		t.rows = append(t.rows, append([]string{x.Name, a.level(x.Level), a.signed(x.Change)}, a.signedAll(x.Returns)...))
		s.notes = append(s.notes, a.indexNotes(x)...)
	}
	s.tables = []table{t}
	if a.Pair.Known {
		s.notes = append(s.notes, say.Short(a.Pair.A)+"/"+say.Short(a.Pair.B)+" "+a.level(a.Pair.Ratio)+", "+
			a.Window.String()+" "+a.percentSigned(a.Pair.Relative[a.Window])+".")
	}
	if a.Rates.Known {
		kind := "from futures"
		if a.Rates.Quoted {
			kind = "quoted"
		}
		s.notes = append(s.notes, "Rate cuts priced for "+strconv.Itoa(a.Rates.Year)+": "+a.Rates.Cuts+" ("+kind+", "+
			orUnknown(a.Rates.Source)+", "+day(dateOf(a.Rates.AsOf))+").")
	}
	return s
}

// indexNotes is a sentence on the day, and one on the forecast range.
func (a author) indexNotes(x *model.Index) []string {
	var parts []string
	if x.MonthRank > 0 && x.MonthDays > 0 {
		_, month, _ := a.Clock.Session.Date.Civil()
		parts = append(parts, say.Ordinal(x.MonthRank)+"worst of "+a.plural(x.MonthDays, "day")+" in "+month.String())
	}
	if x.Low.Known() && x.High.Known() {
		parts = append(parts, "day "+a.level(x.Low)+" to "+a.level(x.High))
	}
	if x.VsSMA50.Known() {
		parts = append(parts, a.percentSigned(x.VsSMA50)+" against its mean of 50 days")
	}
	if x.Prelim {
		parts = append(parts, "close preliminary")
	}
	var notes []string
	if len(parts) > 0 {
		notes = append(notes, say.Short(x.Symbol)+": "+strings.Join(parts, "; ")+".")
	}
	if r := x.Range; r != nil && r.Low.Known() && r.High.Known() {
		notes = append(notes, say.Short(x.Symbol)+" range "+a.level(r.Low)+" to "+a.level(r.High)+
			" ("+orUnknown(r.Source)+", "+day(r.From)+" to "+day(r.To)+"): "+a.place(r)+
			"; half its width is "+a.level(r.HalfSigmas)+" weekly sigma.")
	}
	return notes
}

func (a author) place(r *model.RangePlace) string {
	if !r.Distance.Known() {
		return unknown
	}
	gap := num.NewFigure(r.Distance.Decimal().Abs(), int32(r.Distance.Places()))
	if r.State == model.RangeInside {
		return "inside, " + a.level(gap) + " from the nearer bound"
	}
	return strings.ToUpper(rangeState(r)) + " by " + a.level(gap) + " (" + a.percentSigned(r.DistPct) + ")"
}

func (a author) size() section {
	rank := "ranked at base"
	if a.Query.Rank != model.RankBase {
		rank = "ranked: " + rankName(a.Query.Rank)
	}
	s := section{
		title:   "Size",
		context: say.Stat(a.Statistic) + " return in %, " + rank,
	}
	if a.Size.Universe != "" {
		s.title += ", " + a.universe(a.Size.Universe)
	}
	if a.Size.LookAhead {
		s.context += " · LOOK-AHEAD"
	}
	if len(a.Size.Buckets) == 0 {
		s.notes = []string{"There are not enough members to rank."}
		return s
	}
	t := table{columns: slices.Concat(
		[]column{{head: "Bucket", left: true, flex: true}}, numbers(windowHeads()...), numbers("up", ">50d", "n"))}
	last := len(a.Size.Buckets) - 1
	for i := range a.Size.Buckets {
		b := &a.Size.Buckets[i]
		label := b.ID
		switch i {
		case 0:
			label += " largest"
		case last:
			label += " smallest"
		}
		g := &b.Groups[a.Window]
		row := append([]string{label}, a.returns(b)...)
		t.rows = append(t.rows, append(row, a.percent(g.Advancing), a.percent(g.Above50), a.count(g.N)))
	}
	label := a.Size.Buckets[last].ID + " − " + a.Size.Buckets[0].ID + " pp"
	t.rows = append(t.rows, append(append([]string{label}, a.spreads(&a.Size.Spread)...), "", "", ""))
	s.tables = []table{t}
	if sp := &a.Size.Spread[a.Window]; sp.Return[model.Mean].Known() {
		s.notes = append(s.notes, a.spreadNote(sp))
	}
	if r := a.Size.Recon[a.Window]; r.State != model.ReconcileNone {
		s.notes = append(s.notes, "Implied index "+a.percentSigned(r.Implied)+", printed "+a.percentSigned(r.Printed)+
			", gap "+a.points(r.Gap)+": "+reconcileState(r.State)+".")
	}
	return s
}

// spreadNote says how far the spread of the means can be trusted.
func (a author) spreadNote(sp *model.Spread) string {
	note := a.Window.String() + " spread of the means " + a.points(sp.Return[model.Mean])
	if sp.CIMethod != model.CINone {
		note += ", 95 % interval " + a.signed(sp.CI[0]) + " to " + a.signed(sp.CI[1]) + " (" + ciMethod(sp.CIMethod) + ")"
	}
	note += ", t " + a.signed(sp.T) + "; median " + a.signed(sp.Return[model.Median]) + "; without outliers " + a.signed(sp.NoOutlier)
	if sp.Differ {
		note += "; mean ≠ median"
	}
	return note + "."
}

func (a author) returns(b *model.Bucket) []string {
	cells := make([]string, session.WindowCount)
	for w := range b.Groups {
		cells[w] = a.signed(b.Groups[w].Return[a.Statistic])
	}
	return cells
}

func (a author) spreads(all *model.PerWindow[model.Spread]) []string {
	cells := make([]string, session.WindowCount)
	for w := range all {
		cells[w] = a.signed(all[w].Return[a.Statistic])
	}
	return cells
}

func (a author) leverage() section {
	s := section{
		title:   "Leverage, debt/EV",
		context: a.Window.String() + " " + say.Stat(a.Statistic) + " return in %, spread in pp",
	}
	if a.Query.Financials {
		s.context += ", financials included"
	}
	if len(a.Leverage) == 0 {
		s.notes = []string{"There are no companies with debt data."}
		return s
	}
	t := table{columns: slices.Concat(
		[]column{{head: "Universe", left: true, flex: true}}, numbers("low", "mid", "high", "high − low", "t", "z0", "sector-neutral"))}
	for i := range a.Leverage {
		l := &a.Leverage[i]
		row := []string{a.universe(l.Universe), unknown, unknown, unknown}
		for j := range min(len(l.Buckets), 3) {
			row[j+1] = a.signed(l.Buckets[j].Groups[a.Window].Return[a.Statistic])
		}
		sp := &l.Spread[a.Window]
		t.rows = append(t.rows, append(row, a.signed(sp.Return[a.Statistic]), a.signed(sp.T), a.signed(sp.Z0), a.signed(l.Neutral[a.Window])))
		s.notes = append(s.notes, a.excluded(l))
	}
	s.tables = []table{t}
	return s
}

func (a author) excluded(l *model.Leverage) string {
	out := l.Excluded[a.Window]
	return a.universe(l.Universe) + " without: financials and real estate " + a.count(out.Financials) +
		", EV not positive " + a.count(out.EVNotPositive) + ", no debt data " + a.count(out.NoDebtData) +
		", old filing " + a.count(out.OldFiling) + ", no cap " + a.count(out.NoCap) +
		"; filings " + a.level(l.FilingAge[a.Window]) + " days old (median)."
}
