package claim_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gyre/model"
	"gyre/model/claim"
	"gyre/model/session"
)

func TestTheNote(t *testing.T) {
	want := []struct {
		id, here string
		verdict  claim.Verdict
		why      string
	}{
		{"rut-day", "-2.05", claim.OK, "-2.05 is over"},
		{"rut-rank", "third worst day of March", claim.False, "third worst day of March"},
		{"rut-close", "2,023.27", claim.OK, "as printed"},
		{"rut-week", "-1.64", claim.OK, "-1.64 is just over"},
		{"rut-ytd", "-9.28", claim.Rounded, "0.72 pp away"},
		{"spx-week", "-1.53", claim.OK, "as printed"},
		{"spx-ytd", "-5.11", claim.OK, "-5.11 is just over"},
		{"q1-week", "0.35", claim.OK, "as printed"},
		{"q4-week", "-2.09", claim.OK, "as printed"},
		{"q1-quarter", "-3.19", claim.OK, "as printed"},
		{"q4-quarter", "-19.08", claim.OK, "as printed"},
		{"leverage-rut", "0.90", claim.OK, "0.90 is over"},
		{"leverage-micro", "2.30", claim.OK, "2.30 against 0.90"},
		{"range", "below the low by 1.73", claim.QuotedOnly, "a forecast by Freedom Broker"},
		{"cuts", "2", claim.QuotedOnly, "a forecast"},
	}
	results := claim.Check(theNote(), final())
	if len(results) != len(want) {
		t.Fatalf("%d results, want %d", len(results), len(want))
	}
	for i, w := range want {
		r := results[i]
		if r.Claim.ID != w.id || r.Here != w.here || r.Verdict != w.verdict || r.Why != w.why {
			t.Errorf("got %s %q %s (%s), want %s %q %s (%s)", r.Claim.ID, r.Here, r.Verdict, r.Why, w.id, w.here, w.verdict, w.why)
		}
	}
	count := claim.Count(results)
	for verdict, n := range map[claim.Verdict]int{claim.OK: 11, claim.Rounded: 1, claim.False: 1, claim.QuotedOnly: 2, claim.Unknown: 0, claim.NotYet: 0} {
		if count[verdict] != n {
			t.Errorf("%d claims are %s, want %d", count[verdict], verdict, n)
		}
	}
}

func TestTheNoteIsValid(t *testing.T) {
	for _, c := range theNote() {
		if err := c.Validate(); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}

// TestSignsOfTheNote are statements of direction that the note makes in passing.
func TestSignsOfTheNote(t *testing.T) {
	for text, c := range map[string]claim.Claim{
		"the Russell 2000 underperformed year to date": {Subject: "RUT-SPX", Metric: claim.Spread, Window: "YTD", Value: "-4.16", Precision: claim.Exact},
		"by more than four points":                     {Subject: "RUT-SPX", Metric: claim.Spread, Window: "YTD", Value: "-4", Precision: claim.Over},
		"capital went into large caps":                 {Subject: "RUT/size", Metric: claim.Spread, Window: "1W", Value: "-2", Precision: claim.Over},
		"the same by the buckets' names":               {Subject: "RUT/Q4-Q1", Metric: claim.Spread, Window: "1W", Value: "-2.44", Precision: claim.Exact},
		"small caps fell further over three months":    {Subject: "RUT/Q4", Metric: claim.Return, Window: "3M", Value: "-RUT/Q1", Precision: claim.More},
		"further than the S&P 500":                     {Subject: "RUT", Metric: claim.Return, Window: "YTD", Value: "-SPX", Precision: claim.More},
	} {
		t.Run(text, func(t *testing.T) {
			if r := claim.Check([]claim.Claim{c}, final()); r[0].Verdict != claim.OK {
				t.Errorf("got %s: %s", r[0].Verdict, r[0].Why)
			}
		})
	}
}

func TestPrecision(t *testing.T) {
	const ok, rounded, no = claim.OK, claim.Rounded, claim.False
	for name, tc := range map[string]struct {
		here, value string
		precision   claim.Precision
		want        claim.Verdict
		why         string
	}{
		"exact":                               {"-1.53", "-1.53", claim.Exact, ok, "as printed"},
		"exact with fewer digits":             {"-1.53", "-1.5", claim.Exact, ok, "as printed"},
		"exact as a whole number":             {"-1.53", "-2", claim.Exact, ok, "as printed"},
		"exact with more digits than we have": {"-1.53", "-1.5303", claim.Exact, ok, "as printed"},
		"exact but one digit off":             {"-1.53", "-1.54", claim.Exact, no, "it is -1.53"},
		"exact with the other sign":           {"-1.53", "1.53", claim.Exact, no, "it is -1.53"},
		"exact halves round away from zero":   {"-1.55", "-1.6", claim.Exact, ok, "as printed"},
		"exact zero":                          {"0.00", "0", claim.Exact, ok, "as printed"},

		"over":                        {"-2.05", "-2", claim.Over, ok, "-2.05 is over"},
		"over, by far":                {"-7.00", "-2", claim.Over, ok, "-7.00 is over"},
		"over a positive value":       {"2.05", "2", claim.Over, ok, "2.05 is over"},
		"the value itself is not":     {"-2.00", "-2", claim.Over, no, "-2.00 is not over"},
		"over, but short of it":       {"-1.99", "-2", claim.Over, no, "-1.99 is not over"},
		"over, but the other way":     {"2.05", "-2", claim.Over, no, "2.05 is not over"},
		"over zero is above it":       {"0.01", "0", claim.Over, ok, "0.01 is over"},
		"zero is not over zero":       {"0.00", "0", claim.Over, no, "0.00 is not over"},
		"below zero is not over zero": {"-0.90", "0", claim.Over, no, "-0.90 is not over"},

		"just over":                        {"-1.64", "-1.6", claim.JustOver, ok, "-1.64 is just over"},
		"just over in whole percent":       {"-5.11", "-5", claim.JustOver, ok, "-5.11 is just over"},
		"over by a digit is more":          {"-1.70", "-1.6", claim.JustOver, rounded, "0.1 pp away"},
		"just over, far away":              {"-3.00", "-1.6", claim.JustOver, no, "1.4 pp away: more than just over"},
		"just under is not just over":      {"-1.59", "-1.6", claim.JustOver, no, "-1.59 is not over"},
		"the value itself is not over it":  {"-1.60", "-1.6", claim.JustOver, no, "-1.60 is not over"},
		"just over, but the other way":     {"1.64", "-1.6", claim.JustOver, no, "1.64 is not over"},
		"about, and it rounds to it":       {"-9.58", "-10", claim.About, ok, "rounds to it"},
		"about, at the half":               {"-9.50", "-10", claim.About, ok, "rounds to it"},
		"about, as it is":                  {"-10.00", "-10", claim.About, ok, "rounds to it"},
		"about, from above":                {"-10.49", "-10", claim.About, ok, "rounds to it"},
		"about, visibly rounded":           {"-9.28", "-10", claim.About, rounded, "0.72 pp away"},
		"about, rounded by a whole point":  {"-9.00", "-10", claim.About, rounded, "1 pp away"},
		"about, but more than a point off": {"-8.99", "-10", claim.About, no, "1.01 pp away: too far to be a rounding"},
		"about, but the other way":         {"9.28", "-10", claim.About, no, "19.28 pp away: too far to be a rounding"},
		"about with a decimal":             {"-9.28", "-9.3", claim.About, ok, "rounds to it"},
	} {
		t.Run(name, func(t *testing.T) {
			s := final()
			s.Indices[0].Returns[session.Week] = fig(tc.here)
			c := claim.Claim{Subject: "RUT", Metric: claim.Return, Window: "1W", Value: tc.value, Precision: tc.precision}
			r := claim.Check([]claim.Claim{c}, s)[0]
			if r.Verdict != tc.want || r.Why != tc.why || r.Here != tc.here {
				t.Errorf("got %s (%s), want %s (%s)", r.Verdict, r.Why, tc.want, tc.why)
			}
		})
	}
}

func TestLevelsAreRoundedByPercent(t *testing.T) {
	for value, want := range map[string]claim.Verdict{
		"2023":    claim.OK,
		"2020":    claim.Rounded, // 3.27 points of 20.20
		"2000":    claim.False,   // 23.27 points of 20.00
		"2040":    claim.Rounded,
		"2044":    claim.False,
		"2023.27": claim.OK,
	} {
		c := claim.Claim{Subject: "RUT", Metric: claim.Level, Value: value, Precision: claim.About}
		if r := claim.Check([]claim.Claim{c}, final())[0]; r.Verdict != want {
			t.Errorf("about %s: got %s (%s), want %s", value, r.Verdict, r.Why, want)
		}
	}
}

func TestMore(t *testing.T) {
	for name, tc := range map[string]struct {
		russell, micro, value string
		want                  claim.Verdict
		why                   string
	}{
		"further above zero":             {"0.90", "2.30", "RUT/leverage", claim.OK, "2.30 against 0.90"},
		"less far":                       {"2.30", "0.90", "RUT/leverage", claim.False, "0.90 against 2.30"},
		"as far":                         {"0.90", "0.90", "RUT/leverage", claim.False, "0.90 against 0.90"},
		"the other below zero":           {"-0.90", "2.30", "RUT/leverage", claim.False, "2.30 against -0.90"},
		"both below zero":                {"-2.30", "-0.90", "RUT/leverage", claim.False, "-0.90 against -2.30"},
		"further below zero, as claimed": {"-0.90", "-2.30", "-RUT/leverage", claim.OK, "-2.30 against -0.90"},
		"further below, but above zero":  {"2.30", "0.90", "-RUT/leverage", claim.False, "0.90 against 2.30"},
		"the other not known":            {"", "2.30", "RUT/leverage", claim.Unknown, "nothing here to compare with"},
		"itself not known":               {"0.90", "", "RUT/leverage", claim.Unknown, "nothing here to compare with"},
		"the other is not here":          {"0.90", "2.30", "SPX/leverage", claim.Unknown, "nothing here to compare with"},
	} {
		t.Run(name, func(t *testing.T) {
			s := final()
			s.Leverage[0].Spread[session.Week].Return[model.Mean] = fig(tc.russell)
			s.Leverage[1].Spread[session.Week].Return[model.Mean] = fig(tc.micro)
			c := claim.Claim{Subject: "RMICRO/leverage", Metric: claim.Spread, Window: "1W", Value: tc.value, Precision: claim.More}
			if r := claim.Check([]claim.Claim{c}, s)[0]; r.Verdict != tc.want || r.Why != tc.why {
				t.Errorf("got %s (%s), want %s (%s)", r.Verdict, r.Why, tc.want, tc.why)
			}
		})
	}
}

func TestRank(t *testing.T) {
	for name, tc := range map[string]struct {
		rank  int
		value string
		here  string
		want  claim.Verdict
	}{
		"worst, as claimed": {1, "1", "worst day of March", claim.OK},
		"only third":        {3, "1", "third worst day of March", claim.False},
		"third, as claimed": {3, "3", "third worst day of March", claim.OK},
		"eleventh":          {11, "1", "11th worst day of March", claim.False},
		"no rank":           {0, "1", "", claim.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			s := final()
			s.Indices[0].MonthRank = tc.rank
			c := claim.Claim{Subject: "RUT", Metric: claim.MonthRank, Value: tc.value, Precision: claim.Rank}
			if r := claim.Check([]claim.Claim{c}, s)[0]; r.Verdict != tc.want || r.Here != tc.here {
				t.Errorf("got %s %q, want %s %q", r.Verdict, r.Here, tc.want, tc.here)
			}
		})
	}
}

func TestQuoted(t *testing.T) {
	inside := func(s *model.Snapshot) {
		s.Indices[0].Range.State, s.Indices[0].Range.Distance = model.RangeInside, fig("12.40")
	}
	above := func(s *model.Snapshot) {
		s.Indices[0].Range.State, s.Indices[0].Range.Distance = model.RangeAbove, fig("1204.50")
	}
	for name, tc := range map[string]struct {
		claim  claim.Claim
		change func(s *model.Snapshot)
		here   string
	}{
		"range, below":          {claim.Claim{Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110"}, nil, "below the low by 1.73"},
		"range, inside":         {claim.Claim{Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110"}, inside, "inside, 12.40 from a bound"},
		"range, above":          {claim.Claim{Subject: "RUT", Metric: claim.Range, Value: "2025", High: "2110"}, above, "above the high by 1,204.50"},
		"range of another":      {claim.Claim{Subject: "SPX", Metric: claim.Range, Value: "5000", High: "6000"}, nil, ""},
		"range of nobody":       {claim.Claim{Subject: "DJI", Metric: claim.Range, Value: "1", High: "2"}, nil, ""},
		"cuts":                  {claim.Claim{Subject: "rates", Metric: claim.Cuts, Value: "2"}, nil, "2"},
		"cuts that nobody says": {claim.Claim{Subject: "rates", Metric: claim.Cuts, Value: "2"}, func(s *model.Snapshot) { s.Rates = model.Rates{} }, ""},
		"a level to come":       {claim.Claim{Subject: "SPX", Metric: claim.Level, Value: "6500"}, nil, "5,580.94"},
		"a survey":              {claim.Claim{Subject: "managers", Metric: claim.Level, Value: "most expect inflation"}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := final()
			if tc.change != nil {
				tc.change(s)
			}
			tc.claim.Precision, tc.claim.Source = claim.Quoted, "a broker"
			r := claim.Check([]claim.Claim{tc.claim}, s)[0]
			if r.Verdict != claim.QuotedOnly || r.Here != tc.here || r.Why != "a forecast by a broker" {
				t.Errorf("got %s %q (%s), want %q", r.Verdict, r.Here, r.Why, tc.here)
			}
		})
	}
}

func TestClaimsBeforeAndAfterTheirSession(t *testing.T) {
	thursday, monday := session.NewDate(2025, time.March, 27), session.NewDate(2025, time.March, 31)
	show := func(d session.Date, hour int, phase session.Phase, official bool) func(s *model.Snapshot) {
		return func(s *model.Snapshot) {
			s.Clock.Session, _ = session.New().On(d)
			s.Clock.Phase, s.AsOf = phase, d.At(hour, 0)
			for i := range s.Indices {
				s.Indices[i].Official = official
			}
		}
	}
	index := claim.Claim{Subject: "RUT", Metric: claim.Level, Value: "2023.27", Precision: claim.Exact, AsOf: friday}
	group := claim.Claim{Subject: "RUT/Q1", Metric: claim.Return, Window: "1W", Value: "0.35", Precision: claim.Exact, AsOf: friday}
	pair := claim.Claim{Subject: "RUT-SPX", Metric: claim.Spread, Window: "1W", Value: "-0.11", Precision: claim.Exact, AsOf: friday}
	undated := index
	undated.AsOf = 0
	for name, tc := range map[string]struct {
		claim claim.Claim
		show  func(s *model.Snapshot)
		want  claim.Verdict
		why   string
	}{
		"the session before":                 {index, show(thursday, 18, session.Post, true), claim.NotYet, "about the session of 28 Mar"},
		"the session runs":                   {index, show(friday, 12, session.Open, false), claim.NotYet, "the session is not over"},
		"the session runs, a group":          {group, show(friday, 12, session.Open, false), claim.NotYet, "the session is not over"},
		"closed, not yet officially":         {index, show(friday, 16, session.Post, false), claim.NotYet, "the official close is not in"},
		"closed, not yet officially, a pair": {pair, show(friday, 16, session.Post, false), claim.NotYet, "the official close is not in"},
		"a group waits for no official one":  {group, show(friday, 16, session.Post, false), claim.OK, "as printed"},
		"closed":                             {index, show(friday, 16, session.Post, true), claim.OK, "as printed"},
		"closed, a pair":                     {pair, show(friday, 16, session.Post, true), claim.OK, "as printed"},
		"the night after":                    {index, show(friday, 22, session.Closed, true), claim.OK, "as printed"},
		"the session after":                  {index, show(monday, 12, session.Open, false), claim.Unknown, "about 28 Mar, shown is 31 Mar"},
		"a claim without a date":             {undated, show(friday, 12, session.Open, false), claim.OK, "as printed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := final()
			tc.show(s)
			if r := claim.Check([]claim.Claim{tc.claim}, s)[0]; r.Verdict != tc.want || r.Why != tc.why {
				t.Errorf("got %s (%s), want %s (%s)", r.Verdict, r.Why, tc.want, tc.why)
			}
		})
	}
}

func TestOnePairMayStillBePreliminary(t *testing.T) {
	s := final()
	s.Indices[1].Official = false
	pair := claim.Claim{Subject: "RUT-SPX", Metric: claim.Spread, Window: "1W", Value: "-0.11", Precision: claim.Exact, AsOf: friday}
	if r := claim.Check([]claim.Claim{pair}, s)[0]; r.Verdict != claim.NotYet {
		t.Errorf("got %s", r.Verdict)
	}
}

func TestClaimsAreHiddenUntilTheyAreKnown(t *testing.T) {
	s := final()
	s.AsOf = friday.At(9, 0).Add(-time.Nanosecond)
	if got := claim.Check(theNote(), s); len(got) > 0 {
		t.Errorf("%d claims are shown", len(got))
	}
	s.AsOf = friday.At(9, 0)
	if got := claim.Check(theNote(), s); len(got) != 15 {
		t.Errorf("%d claims are shown", len(got))
	}
}

func TestWithheldVerdictChecksNoGroup(t *testing.T) {
	s := final()
	for w := range s.Verdicts {
		s.Verdicts[w].Withheld = true
	}
	count := claim.Count(claim.Check(theNote(), s))
	if count[claim.Unknown] != 6 || count[claim.OK] != 5 {
		t.Errorf("got %v: the six claims on groups cannot be checked, the five on indices can", count)
	}
}

func TestWhatIsNotHereIsUnknown(t *testing.T) {
	for name, c := range map[string]claim.Claim{
		"index":                   {Subject: "DJI", Metric: claim.Level},
		"return of no index":      {Subject: "DJI", Metric: claim.Return, Window: "1W"},
		"rank of no index":        {Subject: "DJI", Metric: claim.MonthRank},
		"bucket":                  {Subject: "RUT/Q9", Metric: claim.Return, Window: "1W"},
		"universe":                {Subject: "SPX/Q1", Metric: claim.Return, Window: "1W"},
		"bucket without a return": {Subject: "RUT/low", Metric: claim.Return, Window: "1W"},
		"spread":                  {Subject: "RUT/Q3-Q1", Metric: claim.Spread, Window: "1W"},
		"spread of no universe":   {Subject: "SPX/leverage", Metric: claim.Spread, Window: "1W"},
		"size of micro caps":      {Subject: "RMICRO/size", Metric: claim.Spread, Window: "1W"},
		"pair the other way":      {Subject: "SPX-RUT", Metric: claim.Spread, Window: "1W"},
		"window":                  {Subject: "RUT", Metric: claim.Return, Window: "2W"},
		"no window":               {Subject: "RUT", Metric: claim.Return},
		"metric":                  {Subject: "RUT", Metric: "mood"},
		"range as a figure":       {Subject: "RUT", Metric: claim.Range},
	} {
		t.Run(name, func(t *testing.T) {
			c.Value, c.Precision = "1", claim.Exact
			r := claim.Check([]claim.Claim{c}, final())[0]
			if r.Verdict != claim.Unknown || r.Here != "" || r.Why != "nothing here to compare with" {
				t.Errorf("got %s %q (%s)", r.Verdict, r.Here, r.Why)
			}
		})
	}
}

func TestValueThatIsNoNumberIsUnknown(t *testing.T) {
	for _, value := range []string{"", "a lot", "1e9", "0x10", "--1", "1.", ".5", "1.2.3", "NaN", "1234567890123456789"} {
		c := claim.Claim{Subject: "RUT", Metric: claim.Level, Value: value, Precision: claim.Exact}
		if r := claim.Check([]claim.Claim{c}, final())[0]; r.Verdict != claim.Unknown || r.Here != "2,023.27" {
			t.Errorf("%q: got %s %q", value, r.Verdict, r.Here)
		}
	}
}

func TestPrecisionThatIsNoneIsUnknown(t *testing.T) {
	for _, precision := range []claim.Precision{"", "roughly"} {
		c := claim.Claim{Subject: "RUT", Metric: claim.Level, Value: "2023", Precision: precision}
		r := claim.Check([]claim.Claim{c}, final())[0]
		if r.Verdict != claim.Unknown || r.Why != "no way to compare is given" {
			t.Errorf("%q: got %s (%s)", precision, r.Verdict, r.Why)
		}
	}
}

func TestLeverageByOtherNames(t *testing.T) {
	for subject, want := range map[string]string{"RUT/leverage": "0.90", "RUT/H-L": "0.90", "RMICRO/H-L": "2.30"} {
		c := claim.Claim{Subject: subject, Metric: claim.Spread, Window: "1w", Value: "0", Precision: claim.Over}
		if r := claim.Check([]claim.Claim{c}, final())[0]; r.Here != want || r.Figure != fig(want) {
			t.Errorf("%s: got %s", subject, r.Here)
		}
	}
	c := claim.Claim{Subject: "RMICRO/high", Metric: claim.Return, Window: "1W", Value: "-1.1", Precision: claim.Exact}
	if r := claim.Check([]claim.Claim{c}, final())[0]; r.Verdict != claim.OK {
		t.Errorf("RMICRO/high: got %s", r.Verdict)
	}
}

func TestNothingToCheck(t *testing.T) {
	if got := claim.Check(theNote(), nil); got != nil {
		t.Errorf("got %v without a snapshot", got)
	}
	if got := claim.Check(nil, final()); got != nil {
		t.Errorf("got %v without claims", got)
	}
	if got := claim.Check(theNote(), &model.Snapshot{}); got != nil {
		t.Errorf("got %v before anything is known", got)
	}
	empty := &model.Snapshot{AsOf: friday.At(16, 0)}
	for _, r := range claim.Check(theNote(), empty) {
		if r.Verdict != claim.NotYet && r.Verdict != claim.QuotedOnly {
			t.Errorf("%s: got %s on an empty snapshot", r.Claim.ID, r.Verdict)
		}
	}
}

// TestRoundingIsNeverFalse says that whoever rounds a figure at some digit and
// says exactly so, or about so, is not found wrong.
func TestRoundingIsNeverFalse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scaled := rapid.IntRange(-99999, 99999).Draw(t, "hundredths")
		here := decimalOf(scaled, 2)
		value := here.Round(int32(rapid.IntRange(0, 2).Draw(t, "digits")))
		s := final()
		s.Indices[0].Returns[session.Week] = fig(here.StringFixed(2))
		for _, precision := range []claim.Precision{claim.Exact, claim.About} {
			c := claim.Claim{Subject: "RUT", Metric: claim.Return, Window: "1W", Value: value.String(), Precision: precision}
			if r := claim.Check([]claim.Claim{c}, s)[0]; r.Verdict != claim.OK {
				t.Fatalf("%s %s of %s is %s (%s)", precision, c.Value, here, r.Verdict, r.Why)
			}
		}
	})
}

// TestOverIsStrict says that a value is over any value nearer to zero on its
// side, and over none that is further.
func TestOverIsStrict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		here := rapid.IntRange(1, 99999).Draw(t, "here")
		limit := rapid.IntRange(1, 99999).Draw(t, "limit")
		sign := rapid.SampledFrom([]int{-1, 1}).Draw(t, "sign")
		s := final()
		s.Indices[0].Returns[session.Week] = fig(decimalOf(sign*here, 2).StringFixed(2))
		c := claim.Claim{Subject: "RUT", Metric: claim.Return, Window: "1W", Value: decimalOf(sign*limit, 2).StringFixed(2), Precision: claim.Over}
		want := claim.False
		if here > limit {
			want = claim.OK
		}
		if r := claim.Check([]claim.Claim{c}, s)[0]; r.Verdict != want {
			t.Fatalf("%s over %s is %s", r.Here, c.Value, r.Verdict)
		}
	})
}
