package claim

import (
	"strings"

	"gyre/model"
	"gyre/model/session"
)

// Check compares each claim with the snapshot, in the order of the claims.
// Claims that become known only after the snapshot are left out.
func Check(claims []Claim, s *model.Snapshot) []Result {
	if s == nil {
		return nil
	}
	var results []Result
	for i := range claims {
		if c := claims[i]; !c.KnownAt.After(s.AsOf) {
			results = append(results, check(c, s))
		}
	}
	return results
}

func check(c Claim, s *model.Snapshot) Result {
	if c.Precision == Quoted {
		return quoted(c, s)
	}
	r := Result{Claim: c}
	if verdict, why := ready(&c, s); why != "" {
		r.Verdict, r.Why = verdict, why
		return r
	}
	r.Figure = find(s, c.Subject, c.Metric, c.Window)
	if !r.Figure.Known() {
		r.Why = "nothing here to compare with"
		return r
	}
	r.Here = r.Figure.Grouped()
	if c.Precision == More {
		judgeMore(&r, s)
		return r
	}
	value, ok := number(c.Value)
	if !ok {
		r.Why = "the claim's value is no number"
		return r
	}
	judge(&r, value)
	if c.Metric == MonthRank {
		r.Here = place(r.Figure, s)
		r.Why = r.Here
	}
	return r
}

// quoted shows a forecast beside where things stand.
func quoted(c Claim, s *model.Snapshot) Result {
	r := Result{Claim: c, Verdict: QuotedOnly, Why: "a forecast"}
	if c.Source != "" {
		r.Why += " by " + c.Source
	}
	switch c.Metric {
	case Range:
		r.Here = rangePlace(findIndex(s, c.Subject))
	case Cuts:
		if s.Rates.Known {
			r.Here = s.Rates.Cuts
		}
	default:
		if f := find(s, c.Subject, c.Metric, c.Window); f.Known() {
			r.Figure, r.Here = f, f.Grouped()
		}
	}
	return r
}

// ready tells why a claim cannot be checked against this snapshot; "" where it
// can.
func ready(c *Claim, s *model.Snapshot) (Verdict, string) {
	shown := s.Clock.Session.Date
	universe := strings.Contains(c.Subject, "/")
	if w, err := session.ParseWindow(c.Window); err == nil && universe && s.Verdicts[w].Withheld {
		return Unknown, "too few names are priced"
	}
	switch {
	case c.AsOf == 0:
		return OK, ""
	case shown < c.AsOf:
		return NotYet, "about the session of " + day(c.AsOf)
	case shown > c.AsOf:
		return Unknown, "about " + day(c.AsOf) + ", shown is " + day(shown)
	case s.Clock.Phase == session.Open:
		return NotYet, "the session is not over"
	case !universe && !official(c, s):
		return NotYet, "the official close is not in"
	}
	return OK, ""
}

// official tells whether the indices that a claim is about have their official
// closes. An index that is not here has nothing to wait for.
func official(c *Claim, s *model.Snapshot) bool {
	for i := range s.Indices {
		index := &s.Indices[i]
		about := index.Symbol == c.Subject
		if c.Metric == Spread {
			about = c.Subject == s.Pair.A+"-"+s.Pair.B && (index.Symbol == s.Pair.A || index.Symbol == s.Pair.B)
		}
		if about && !index.Official {
			return false
		}
	}
	return true
}

// day is a date as readers say it: 28 Mar.
func day(d session.Date) string {
	return d.Time().Format("2 Jan")
}
