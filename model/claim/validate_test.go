package claim_test

import (
	"errors"
	"testing"

	"gyre/model/claim"
)

func TestVerdictNames(t *testing.T) {
	for verdict, want := range map[claim.Verdict]string{
		claim.Unknown: "unknown", claim.NotYet: "not yet", claim.OK: "ok", claim.Rounded: "rounded",
		claim.False: "false", claim.QuotedOnly: "quoted", 99: "?",
	} {
		if got := verdict.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestValidate(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(c *claim.Claim)
		field  string
		want   string
	}{
		"as it should be":        {func(*claim.Claim) {}, "", ""},
		"without a date":         {func(c *claim.Claim) { c.AsOf = 0 }, "", ""},
		"no id":                  {func(c *claim.Claim) { c.ID = "" }, "id", "id is missing; give each claim a name of its own"},
		"no text":                {func(c *claim.Claim) { c.Text = "" }, "text", "text is missing; quote what the note says"},
		"no metric":              {func(c *claim.Claim) { c.Metric = "" }, "metric", "metric is missing; choose one of level, return, spread, month_rank, range, cuts_priced"},
		"metric that is none":    {func(c *claim.Claim) { c.Metric = "mood" }, "metric", `metric "mood" is not one of level, return, spread, month_rank, range, cuts_priced`},
		"no subject":             {func(c *claim.Claim) { c.Subject = "" }, "subject", "subject is missing; name an index or a group, as RUT or RUT/Q1"},
		"no window":              {func(c *claim.Claim) { c.Window = "" }, "window", "window is missing; a return has one, such as 1W"},
		"window that is none":    {func(c *claim.Claim) { c.Window = "2W" }, "window", `window is wrong: there is no window "2W"; choose one of 1D, 1W, MTD, 1M, 3M, YTD`},
		"no precision":           {func(c *claim.Claim) { c.Precision = "" }, "precision", "precision is missing; choose one of exact, over, just over, about, more, rank, quoted"},
		"precision that is none": {func(c *claim.Claim) { c.Precision = "roughly" }, "precision", `precision "roughly" is not one of exact, over, just over, about, more, rank, quoted`},
		"rank of a return":       {func(c *claim.Claim) { c.Precision = claim.Rank }, "precision", `precision "rank" does not go with the metric "return"`},
		"exact rank":             {func(c *claim.Claim) { c.Metric = claim.MonthRank }, "precision", `precision "exact" does not go with the metric "month_rank"`},
		"exact range":            {func(c *claim.Claim) { c.Metric = claim.Range }, "precision", "precision must be quoted: range is a forecast"},
		"exact cuts":             {func(c *claim.Claim) { c.Metric = claim.Cuts }, "precision", "precision must be quoted: cuts_priced is a forecast"},
		"value that is no number": {
			func(c *claim.Claim) { c.Value = "1,6" }, "value", `value "1,6" is not a plain decimal number`,
		},
		"no value":           {func(c *claim.Claim) { c.Value = "" }, "value", `value "" is not a plain decimal number`},
		"more than nobody":   {func(c *claim.Claim) { c.Precision, c.Value = claim.More, "-" }, "value", "value is missing; name the subject to compare with, as RUT/leverage"},
		"more than somebody": {func(c *claim.Claim) { c.Precision, c.Value = claim.More, "SPX" }, "", ""},
		"rank below one": {
			func(c *claim.Claim) { c.Metric, c.Precision, c.Value = claim.MonthRank, claim.Rank, "0" }, "value", `value "0" is not a place; 1 is the worst day`,
		},
		"half a rank": {
			func(c *claim.Claim) { c.Metric, c.Precision, c.Value = claim.MonthRank, claim.Rank, "1.5" }, "value", `value "1.5" is not a place; 1 is the worst day`,
		},
		"quoted nothing": {func(c *claim.Claim) { c.Precision, c.Value = claim.Quoted, "" }, "value", "value is missing; give what is quoted"},
		"quoted words":   {func(c *claim.Claim) { c.Precision, c.Value = claim.Quoted, "most of them" }, "", ""},
		"range":          {quoteRange("2025", "2110"), "", ""},
		"range without a low": {
			quoteRange("low", "2110"), "value", `value "low" is not a plain decimal number`,
		},
		"range without a high": {quoteRange("2025", ""), "high", `high "" is not a plain decimal number`},
		"range upside down":    {quoteRange("2110", "2025"), "high", "high 2025 does not lie above the low bound 2110"},
		"range of nothing":     {quoteRange("2025", "2025.0"), "high", "high 2025.0 does not lie above the low bound 2025"},
	} {
		t.Run(name, func(t *testing.T) {
			c := claim.Claim{ID: "a", Text: "b", Subject: "RUT", Metric: claim.Return, Window: "1W", Value: "-1.53", Precision: claim.Exact, AsOf: friday}
			tc.change(&c)
			err := c.Validate()
			if tc.want == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			var field *claim.FieldError
			if !errors.As(err, &field) || field.Field != tc.field || err.Error() != tc.want {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

func quoteRange(low, high string) func(c *claim.Claim) {
	return func(c *claim.Claim) {
		c.Metric, c.Precision, c.Value, c.High = claim.Range, claim.Quoted, low, high
	}
}
