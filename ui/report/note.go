package report

import (
	"strconv"
	"strings"

	"gyre/model/claim"
	"gyre/model/session"
	"gyre/ui/panel/say"
)

// Note is the check of a published note: what it says beside what gyre
// computes.
type Note struct {
	Title     string
	Publisher string
	Published session.Date // zero: not said
	Results   []claim.Result
}

// cleanedNote is a copy of n whose every string is printable.
func cleanedNote(n *Note) *Note {
	if n == nil {
		return nil
	}
	return &Note{
		Title: printable(n.Title), Publisher: printable(n.Publisher), Published: n.Published,
		Results: mapped(n.Results, func(r *claim.Result) {
			c := &r.Claim
			for _, s := range []*string{&c.ID, &c.Text, &c.Subject, &c.Window, &c.Value, &c.High, &c.Source, &r.Here, &r.Why} {
				*s = printable(*s)
			}
			c.Metric, c.Precision = claim.Metric(printable(string(c.Metric))), claim.Precision(printable(string(c.Precision)))
		}),
	}
}

// note is the check of the note, with a last line that counts.
func (a author) note() section {
	n := a.Note
	s := section{title: "Note check", context: "each claim against what is shown here"}
	what := n.Title
	if n.Publisher != "" {
		what += ", " + n.Publisher
	}
	if n.Published != 0 {
		what += ", " + day(n.Published)
	}
	if what != "" {
		s.notes = append(s.notes, what+".")
	}
	if len(n.Results) == 0 {
		s.notes = append(s.notes, "No claim is known yet.")
		return s
	}
	t := table{columns: []column{{head: "Verdict", left: true}, {head: "The note says", left: true, flex: true, whole: true}, {head: "Here", left: true, flex: true, whole: true}}}
	for i := range n.Results {
		r := &n.Results[i]
		t.rows = append(t.rows, []string{r.Verdict.String(), r.Claim.Text, a.quoted(orUnknown(finding(r)))})
	}
	s.tables = []table{t}
	s.notes = append(s.notes, a.tally(n.Results)+".")
	return s
}

// finding is what gyre has, with the reason where the verdict leaves a question.
func finding(r *claim.Result) string {
	here := r.Here
	if r.Figure.Known() {
		here += say.ClaimUnit(r.Claim.Metric)
	}
	settled := r.Verdict == claim.OK || r.Verdict == claim.QuotedOnly
	switch {
	case r.Here == "":
		return r.Why
	case settled, r.Why == "", r.Why == r.Here:
		return here
	default:
		return here + ", " + r.Why
	}
}

// tally counts the verdicts that there are.
func (author) tally(results []claim.Result) string {
	var parts []string
	counts := claim.Count(results)
	for _, v := range verdictOrder() {
		if counts[v] > 0 {
			parts = append(parts, strconv.Itoa(counts[v])+" "+v.String())
		}
	}
	return strings.Join(parts, ", ")
}

// verdictOrder is the order in which verdicts are counted.
func verdictOrder() []claim.Verdict {
	return []claim.Verdict{claim.OK, claim.Rounded, claim.False, claim.QuotedOnly, claim.NotYet, claim.Unknown}
}

// note is one row for each claim.
func (l *ledger) note(n *Note) {
	if n == nil {
		return
	}
	for i := range n.Results {
		r := &n.Results[i]
		at := place{section: "note", item: r.Claim.ID, window: r.Claim.Window}
		l.say(at, "claim", r.Claim.Text)
		l.say(at, "here", r.Here)
		l.say(at, "verdict", r.Verdict.String())
		l.say(at, "why", r.Why)
	}
}
