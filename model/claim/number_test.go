package claim_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/claim"
)

// level claims a level of the R2000, which closed at 2,023.27.
func level(value string, precision claim.Precision) claim.Claim {
	return claim.Claim{ID: "a", Text: "b", Subject: "RUT", Metric: claim.Level, Value: value, Precision: precision}
}

func TestNumbersOfAClaim(t *testing.T) {
	for value, plain := range map[string]bool{
		"0": true, "-0": true, "7": true, "-7": true, "007": true, "1.5": true, "-0.10": true, "123456789012345678": true, "0.12345678901234567": true,
		"": false, "-": false, ".": false, "-.5": false, "5.": false, "+5": false, " 5": false, "5 ": false, "1,000": false, "1_000": false, "1e3": false,
		"0x1F": false, "1.2.3": false, "1-2": false, "5%": false, "inf": false, "\u0665": false, "1234567890123456789": false,
	} {
		c := level(value, claim.Exact)
		if err := c.Validate(); (err == nil) != plain {
			t.Errorf("%q: got %v", value, err)
		}
		r := claim.Check([]claim.Claim{c}, final())[0]
		if readable := r.Why != "the claim's value is no number"; readable != plain {
			t.Errorf("%q: got %s (%s)", value, r.Verdict, r.Why)
		}
	}
}

func TestReasonsOfALevel(t *testing.T) {
	for _, tc := range []struct {
		claim claim.Claim
		want  claim.Verdict
		why   string
	}{
		{level("2023.27", claim.Exact), claim.OK, "as printed"},
		{level("2023", claim.Exact), claim.OK, "as printed"},
		{level("2024", claim.Exact), claim.False, "it is 2,023.27"},
		{level("2000", claim.Over), claim.OK, "2,023.27 is over"},
		{level("2100", claim.Over), claim.False, "2,023.27 is not over"},
		{level("2023", claim.JustOver), claim.OK, "2,023.27 is just over"},
		{level("2020", claim.JustOver), claim.Rounded, "3.27 points away"},
		{level("2000", claim.JustOver), claim.False, "23.27 points away: more than just over"},
		{level("2020", claim.About), claim.Rounded, "3.27 points away"},
		{level("1900", claim.About), claim.False, "123.27 points away: too far to be a rounding"},
		{level("SPX", claim.More), claim.False, "2,023.27 against 5,580.94"},
	} {
		r := claim.Check([]claim.Claim{tc.claim}, final())[0]
		if r.Verdict != tc.want || r.Why != tc.why || r.Here != "2,023.27" || r.Figure != fig("2023.27") {
			t.Errorf("%s %s: got %s (%s), want %s (%s)", tc.claim.Precision, tc.claim.Value, r.Verdict, r.Why, tc.want, tc.why)
		}
	}
}

func TestEachClaimIsKnownFromItsOwnTime(t *testing.T) {
	claims := []claim.Claim{level("1", claim.Exact), level("2", claim.Exact), level("3", claim.Exact)}
	claims[0].KnownAt = friday.At(16, 0).Add(time.Second)
	claims[1].KnownAt = time.Time{}
	claims[2].KnownAt = friday.At(16, 0)
	results := claim.Check(claims, final())
	if len(results) != 2 || results[0].Claim.Value != "2" || results[1].Claim.Value != "3" {
		t.Errorf("got %+v", results)
	}
}

func TestRangeWithoutADistance(t *testing.T) {
	s := final()
	s.Indices[0].Range = &model.RangePlace{}
	c := claim.Claim{Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110", Precision: claim.Quoted}
	if r := claim.Check([]claim.Claim{c}, s)[0]; r.Here != "" || r.Verdict != claim.QuotedOnly || r.Figure.Known() {
		t.Errorf("got %+v", r)
	}
	s.Indices[0].Range = nil
	if r := claim.Check([]claim.Claim{c}, s)[0]; r.Here != "" || r.Verdict != claim.QuotedOnly {
		t.Errorf("got %+v without a range", r)
	}
}

func TestCountCoversEveryResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		results := make([]claim.Result, rapid.IntRange(0, 50).Draw(t, "results"))
		want := map[claim.Verdict]int{}
		for i := range results {
			results[i].Verdict = claim.Verdict(rapid.IntRange(0, int(claim.QuotedOnly)).Draw(t, "verdict"))
			want[results[i].Verdict]++
		}
		for verdict, n := range claim.Count(results) {
			if n != want[claim.Verdict(verdict)] {
				t.Fatalf("%d are %s, want %d", n, claim.Verdict(verdict), want[claim.Verdict(verdict)])
			}
		}
	})
}
