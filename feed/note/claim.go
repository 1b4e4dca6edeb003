package note

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"gyre/feed/clean"
	"gyre/model/claim"
	"gyre/model/session"
)

// claim turns one entry into a claim; false where something is wrong with it.
func (r *reader) claim(i int, e *entry) (claim.Claim, bool) {
	c := claim.Claim{
		ID:        r.word(i, "id", e.ID),
		Text:      r.word(i, "text", e.Text),
		Subject:   r.word(i, "subject", e.Subject),
		Metric:    claim.Metric(r.word(i, "metric", e.Metric)),
		Window:    r.word(i, "window", e.Window),
		Value:     r.word(i, "value", string(e.Value)),
		High:      r.word(i, "high", string(e.High)),
		Precision: claim.Precision(r.word(i, "precision", e.Precision)),
		Source:    r.word(i, "source", e.Source),
	}
	if universe := r.word(i, "universe", e.Universe); universe != "" {
		c.Subject = universe + "/" + c.Subject
	}
	if c.Metric == claim.Range && c.High == "" {
		c.Value, c.High, _ = strings.Cut(c.Value, "-")
	}
	cleaned := len(r.problems)
	c.AsOf = r.date(i, "as_of", e.AsOf)
	c.KnownAt, _ = r.instant(i, "known_at", e.KnownAt)
	if err := c.Validate(); err != nil && len(r.problems) == cleaned {
		key := ""
		if field := (*claim.FieldError)(nil); errors.As(err, &field) {
			key = field.Field
		}
		r.reportAt(i, key, err.Error())
	}
	return c, len(r.problems) == cleaned
}

// word is clean text. Text that had to be cleaned is reported, and used.
func (r *reader) word(i int, key, raw string) string {
	text, changed := clean.Text(raw)
	if changed {
		r.reportAt(i, key, "the text was not clean, or too long, and is read as "+quote(text))
	}
	return text
}

// date is a date, as text or as TOML has it; none where the key is not there.
func (r *reader) date(i int, key string, raw any) session.Date {
	if raw == nil {
		return 0
	}
	d, err := session.ParseDate(plain(raw))
	if err != nil {
		r.reportAt(i, key, key+" "+quote(plain(raw))+" is not a date; write it as 2025-03-28")
	}
	return d
}

// instant is a moment, as text or as TOML has it; none where the key is not
// there. Without a zone it is New York's, and a date alone is the close of its
// session. It is false where it cannot be read.
func (r *reader) instant(i int, key string, raw any) (t time.Time, ok bool) {
	if raw == nil {
		return time.Time{}, true
	}
	text := plain(raw)
	if d, err := session.ParseDate(text); err == nil {
		const closingHour = 16 // of a date that is no session
		if on, ok := r.calendar.On(d); ok {
			return on.Closes, true
		}
		return d.At(closingHour, 0), true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, session.Zone()); err == nil {
			return t.In(session.Zone()), true
		}
	}
	r.reportAt(i, key, key+" "+quote(text)+" is not a time; write it as 2025-03-28T09:00:00-04:00")
	return time.Time{}, false
}

// plain is a date or time as TOML has it, as text.
func plain(raw any) string {
	switch v := raw.(type) {
	case string:
		return v
	case time.Time:
		return v.Format(time.RFC3339)
	case toml.LocalDate:
		return v.String()
	case toml.LocalDateTime:
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

// quote is text from outside as a message may show it.
func quote(s string) string {
	text, _ := clean.Text(s)
	return fmt.Sprintf("%q", text)
}
