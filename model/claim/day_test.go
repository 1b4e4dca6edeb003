package claim_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
)

// TestTheNoteThroughItsDay follows the note from before it was known to the
// Monday after, when another session is shown.
func TestTheNoteThroughItsDay(t *testing.T) {
	monday := session.NewDate(2025, time.March, 31)
	for _, stage := range []struct {
		name     string
		date     session.Date // of the session shown
		asOf     time.Time
		phase    session.Phase
		official bool
		want     claim.Tally
	}{
		{"Thursday night", friday - 1, (friday - 1).At(22, 0), session.Closed, true, claim.Tally{}},
		{"Friday at 08:59", friday - 1, friday.At(8, 59), session.Pre, true, claim.Tally{}},
		{"Friday at 09:00", friday - 1, friday.At(9, 0), session.Pre, true, claim.Tally{claim.NotYet: 13, claim.QuotedOnly: 2}},
		{"Friday at noon", friday, friday.At(12, 0), session.Open, false, claim.Tally{claim.NotYet: 13, claim.QuotedOnly: 2}},
		{"the close", friday, friday.At(16, 0), session.Post, false, claim.Tally{claim.NotYet: 7, claim.OK: 6, claim.QuotedOnly: 2}},
		{"the official close", friday, friday.At(16, 0), session.Post, true, claim.Tally{claim.OK: 11, claim.Rounded: 1, claim.False: 1, claim.QuotedOnly: 2}},
		{"the weekend", friday, (friday + 1).At(12, 0), session.Closed, true, claim.Tally{claim.OK: 11, claim.Rounded: 1, claim.False: 1, claim.QuotedOnly: 2}},
		{"Monday before the open", friday, monday.At(9, 0), session.Pre, true, claim.Tally{claim.OK: 11, claim.Rounded: 1, claim.False: 1, claim.QuotedOnly: 2}},
		{"Monday", monday, monday.At(10, 0), session.Open, false, claim.Tally{claim.Unknown: 13, claim.QuotedOnly: 2}},
	} {
		t.Run(stage.name, func(t *testing.T) {
			s := final()
			s.AsOf, s.Clock.Phase = stage.asOf, stage.phase
			s.Clock.Session, _ = session.New().On(stage.date)
			for i := range s.Indices {
				s.Indices[i].Official = stage.official
			}
			if got := claim.Count(claim.Check(theNote(), s)); got != stage.want {
				t.Errorf("got %v, want %v", got, stage.want)
			}
		})
	}
}

// TestEverySubject asks for every figure of the frame by its name.
func TestEverySubject(t *testing.T) {
	for _, tc := range []struct {
		subject string
		metric  claim.Metric
		want    string // by window
	}{
		{"RUT", claim.Return, "-2.05 -1.64 -6.46 -6.46 -9.86 -9.28"},
		{"SPX", claim.Return, "-1.97 -1.53 -6.27 -6.27 -6.53 -5.11"},
		{"RUT/Q1", claim.Return, "-1.68 0.35 -4.25 -4.25 -3.19 -2.75"},
		{"RUT/Q4", claim.Return, "-2.10 -2.09 -8.95 -8.95 -19.08 -18.58"},
		{"RUT/size", claim.Spread, "-0.42 -2.44 -4.70 -4.70 -15.89 -15.83"},
		{"RUT/Q4-Q1", claim.Spread, "-0.42 -2.44 -4.70 -4.70 -15.89 -15.83"},
		{"RUT/leverage", claim.Spread, "0.21 0.90 1.10 1.10 1.40 1.22"},
		{"RMICRO/leverage", claim.Spread, "0.44 2.30 2.60 2.60 3.90 3.75"},
		{"RUT-SPX", claim.Spread, "-0.08 -0.11 -0.19 -0.19 -3.33 -4.16"},
		{"RUT", claim.Level, "2,023.27 2,023.27 2,023.27 2,023.27 2,023.27 2,023.27"},
		{"SPX", claim.Level, "5,580.94 5,580.94 5,580.94 5,580.94 5,580.94 5,580.94"},
	} {
		t.Run(tc.subject+" "+string(tc.metric), func(t *testing.T) {
			var got []string
			for _, w := range session.Windows() {
				c := claim.Claim{Subject: tc.subject, Metric: tc.metric, Window: w.String(), Value: "0", Precision: claim.Exact}
				got = append(got, claim.Check([]claim.Claim{c}, final())[0].Here)
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("got %v, want %s", got, tc.want)
			}
		})
	}
}

// weekly claims something of the R2000's week, which is so many hundredths.
func weekly(hundredths int, value string, precision claim.Precision) claim.Result {
	s := final()
	s.Indices[0].Returns[session.Week] = fig(decimalOf(hundredths, 2).StringFixed(2))
	c := claim.Claim{Subject: "RUT", Metric: claim.Return, Window: "1W", Value: value, Precision: precision}
	return claim.Check([]claim.Claim{c}, s)[0]
}

// TestAboutByCounting compares the verdicts on whole percents with counting in
// hundredths: within half a point, within a point, further off.
func TestAboutByCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		here := rapid.IntRange(-3000, 3000).Draw(t, "here")
		whole := rapid.IntRange(-30, 30).Draw(t, "claimed")
		away := max(here-100*whole, 100*whole-here)
		atHalf := away == 50
		want := claim.False
		switch {
		case away < 50:
			want = claim.OK
		case atHalf && max(here, -here) < 100*max(whole, -whole): // a half rounds away from zero
			want = claim.OK
		case away <= 100:
			want = claim.Rounded
		}
		if r := weekly(here, decimalOf(whole, 0).String(), claim.About); r.Verdict != want {
			t.Fatalf("%s is about %d: got %s (%s), want %s", r.Here, whole, r.Verdict, r.Why, want)
		}
	})
}

// TestJustOverByCounting does the same for tenths: over by up to nine
// hundredths, by up to a point, by more, or not over.
func TestJustOverByCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sign := rapid.SampledFrom([]int{-1, 1}).Draw(t, "sign")
		here := rapid.IntRange(0, 1000).Draw(t, "here")
		tenths := rapid.IntRange(1, 100).Draw(t, "claimed")
		want := claim.False
		switch over := here - 10*tenths; {
		case over > 0 && over < 10:
			want = claim.OK
		case over > 0 && over <= 100:
			want = claim.Rounded
		}
		r := weekly(sign*here, decimalOf(sign*tenths, 1).StringFixed(1), claim.JustOver)
		if r.Verdict != want {
			t.Fatalf("%s is just over %s: got %s (%s), want %s", r.Here, r.Claim.Value, r.Verdict, r.Why, want)
		}
	})
}

// TestOnlyOneCanBeMore says that of two subjects at most one is more than the
// other, whatever their figures.
func TestOnlyOneCanBeMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := final()
		s.Indices[0].Returns[session.Week] = fig(decimalOf(rapid.IntRange(-20, 20).Draw(t, "a"), 2).StringFixed(2))
		s.Indices[1].Returns[session.Week] = fig(decimalOf(rapid.IntRange(-20, 20).Draw(t, "b"), 2).StringFixed(2))
		ok := 0
		for _, c := range []claim.Claim{
			{Subject: "RUT", Value: "SPX"}, {Subject: "SPX", Value: "RUT"}, {Subject: "RUT", Value: "-SPX"}, {Subject: "SPX", Value: "-RUT"},
		} {
			c.Metric, c.Window, c.Precision = claim.Return, "1W", claim.More
			if claim.Check([]claim.Claim{c}, s)[0].Verdict == claim.OK {
				ok++
			}
		}
		if ok > 1 {
			t.Fatalf("%d of four are ok with %s and %s", ok, s.Indices[0].Returns[session.Week], s.Indices[1].Returns[session.Week])
		}
	})
}

// TestClaimsDoNotDependOnEachOther says that a claim's result is the same
// alone, and among others in any order.
func TestClaimsDoNotDependOnEachOther(t *testing.T) {
	alone := map[string]claim.Result{}
	for _, c := range theNote() {
		alone[c.ID] = claim.Check([]claim.Claim{c}, final())[0]
	}
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.Permutation(theNote()).Draw(t, "order")
		for i, r := range claim.Check(claims, final()) {
			if r.Claim.ID != claims[i].ID || r != alone[r.Claim.ID] {
				t.Fatalf("got %+v, want %+v", r, alone[claims[i].ID])
			}
		}
	})
}

// TestValidClaimsCanBeChecked says that Validate lets nothing through that
// Check cannot read, and that neither minds what stands in a claim.
func TestValidClaimsCanBeChecked(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"", "RUT", "SPX", "RUT/Q1", "RUT/", "/", "RUT-SPX", "RUT/leverage", "-RUT", "1D", "1W", "2W", "1", "-1.5", "1e9", "-", "NaN", "2025", "text",
	})
	metrics := rapid.SampledFrom([]claim.Metric{claim.Level, claim.Return, claim.Spread, claim.MonthRank, claim.Range, claim.Cuts, "", "mood"})
	precisions := rapid.SampledFrom([]claim.Precision{claim.Exact, claim.Over, claim.JustOver, claim.About, claim.More, claim.Rank, claim.Quoted, "", "so"})
	rapid.Check(t, func(t *rapid.T) {
		c := claim.Claim{
			ID: "a", Text: "b", Subject: words.Draw(t, "subject"), Metric: metrics.Draw(t, "metric"), Window: words.Draw(t, "window"),
			Value: words.Draw(t, "value"), High: words.Draw(t, "high"), Precision: precisions.Draw(t, "precision"),
		}
		for _, s := range []*model.Snapshot{final(), {}} {
			r := claim.Check([]claim.Claim{c}, s)[0]
			if c.Validate() == nil && strings.Contains(r.Why, "no number") {
				t.Fatalf("%+v is valid, but %s", c, r.Why)
			}
			if strings.ContainsFunc(r.Why+r.Here, func(r rune) bool { return r > '~' }) || r.Why == "" {
				t.Fatalf("%+v: why %q, here %q", c, r.Why, r.Here)
			}
		}
	})
}

func TestCheckLeavesTheClaimsAlone(t *testing.T) {
	claims := theNote()
	claim.Check(claims, final())
	if !slices.Equal(claims, theNote()) {
		t.Error("the claims have changed")
	}
}
