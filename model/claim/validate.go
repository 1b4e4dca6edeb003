package claim

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"gyre/model/session"
)

// FieldError is what is wrong with one field of a claim.
type FieldError struct {
	Field  string // as a note's file names it: subject, metric, window, value, high, precision …
	Reason string
}

// Error is the field and the reason in one sentence.
func (e *FieldError) Error() string { return e.Field + " " + e.Reason }

func wrong(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// Validate tells whether c can be checked at all; the error is a *FieldError.
func (c *Claim) Validate() error {
	if c.ID == "" {
		return wrong("id", "is missing; give each claim a name of its own")
	}
	if c.Text == "" {
		return wrong("text", "is missing; quote what the note says")
	}
	if err := c.validateMetric(); err != nil {
		return err
	}
	return c.validateValue()
}

// validateMetric checks what the claim is about.
func (c *Claim) validateMetric() error {
	needsWindow := false
	switch c.Metric {
	case Return, Spread:
		needsWindow = true
	case Level, MonthRank, Range, Cuts:
	case "":
		return wrong("metric", "is missing; choose one of %s", metrics())
	default:
		return wrong("metric", "%q is not one of %s", string(c.Metric), metrics())
	}
	if c.Subject == "" && c.Metric != Cuts {
		return wrong("subject", "is missing; name an index or a group, as RUT or RUT/Q1")
	}
	if c.Window == "" {
		if needsWindow {
			return wrong("window", "is missing; a %s has one, such as 1W", string(c.Metric))
		}
		return nil
	}
	if _, err := session.ParseWindow(c.Window); err != nil {
		return wrong("window", "is wrong: %s", err)
	}
	return nil
}

// validateValue checks the value and how it is to be read.
func (c *Claim) validateValue() error {
	switch c.Precision {
	case Quoted:
		if c.Value == "" {
			return wrong("value", "is missing; give what is quoted")
		}
		if c.Metric == Range {
			return c.validateRange()
		}
		return nil
	case Exact, Over, JustOver, About, More, Rank:
	case "":
		return wrong("precision", "is missing; choose one of %s", precisions())
	default:
		return wrong("precision", "%q is not one of %s", string(c.Precision), precisions())
	}
	if c.Metric == Range || c.Metric == Cuts {
		return wrong("precision", "must be quoted: %s is a forecast", string(c.Metric))
	}
	if (c.Precision == Rank) != (c.Metric == MonthRank) {
		return wrong("precision", "%q does not go with the metric %q", string(c.Precision), string(c.Metric))
	}
	if c.Precision == More {
		if strings.TrimPrefix(c.Value, "-") == "" {
			return wrong("value", "is missing; name the subject to compare with, as RUT/leverage")
		}
		return nil
	}
	v, ok := number(c.Value)
	if !ok {
		return wrong("value", "%q is not a plain decimal number", c.Value)
	}
	if c.Precision == Rank && (!v.IsInteger() || v.Sign() <= 0) {
		return wrong("value", "%q is not a place; 1 is the worst day", c.Value)
	}
	return nil
}

func (c *Claim) validateRange() error {
	low, ok := number(c.Value)
	if !ok {
		return wrong("value", "%q is not a plain decimal number", c.Value)
	}
	high, ok := number(c.High)
	if !ok {
		return wrong("high", "%q is not a plain decimal number", c.High)
	}
	if !low.LessThan(high) {
		return wrong("high", "%s does not lie above the low bound %s", c.High, c.Value)
	}
	return nil
}

func metrics() string {
	return join(Level, Return, Spread, MonthRank, Range, Cuts)
}

func precisions() string {
	return join(Exact, Over, JustOver, About, More, Rank, Quoted)
}

func join[T ~string](words ...T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}

// number reads plain decimal text: digits, perhaps a minus sign before them,
// perhaps a point between them, at most 18 in all.
func number(s string) (decimal.Decimal, bool) {
	const maxDigits = 18
	digits, last := 0, '-'
	for i, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '-' && i == 0:
		case c == '.' && digits > 0 && !strings.Contains(s[:i], "."):
		default:
			return decimal.Decimal{}, false
		}
		last = c
	}
	if digits == 0 || digits > maxDigits || last == '.' {
		return decimal.Decimal{}, false
	}
	v, err := decimal.NewFromString(s)
	return v, err == nil
}
