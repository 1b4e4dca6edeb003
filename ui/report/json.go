package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// renderJSON writes the document, indented, without escaping what only HTML needs escaped.
func renderJSON(s *model.Snapshot, o Options) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(documentOf(s, o)); err != nil {
		return nil, fmt.Errorf("writing the snapshot as JSON: %w", err)
	}
	return b.Bytes(), nil
}

// text is a string that is null where it is empty.
type text string

// MarshalJSON is the string, or null.
func (t text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return plainJSON(string(t))
}

// interval is a confidence interval, null where there is none.
type interval [2]num.Figure

// MarshalJSON is the two bounds in an array, or null.
func (i interval) MarshalJSON() ([]byte, error) {
	if !i[0].Known() || !i[1].Known() {
		return []byte("null"), nil
	}
	return json.Marshal([2]num.Figure(i))
}

// coverageList is written as one object, keyed by universe, in its own order.
type coverageList []coverageJSON

// MarshalJSON is the object.
func (l coverageList) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, c := range l {
		key, err := plainJSON(c.universe)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, key...), ':'), value...)
	}
	return append(b, '}'), nil
}

// plainJSON is s as a JSON string, without escaping what only HTML needs escaped.
func plainJSON(s string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(s)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

// instant is t in New York's time, null where there is none.
func instant(t time.Time) text {
	if t.IsZero() {
		return ""
	}
	return text(t.In(session.Zone()).Format(time.RFC3339Nano))
}

// date is d, null where there is none.
func date(d session.Date) text { return text(d.String()) }

// dateOf is the civil date at t, none where there is no t.
func dateOf(t time.Time) session.Date {
	if t.IsZero() {
		return 0
	}
	return session.DateOf(t)
}

// known is name, null where it says that nothing is known.
func known(name string) text {
	if name == unknown {
		return ""
	}
	return text(name)
}

// positive is n, null where there is nothing to count.
func positive(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}

// seconds is d in seconds with the given number of decimals.
func seconds(d time.Duration, decimals int) string {
	return strconv.FormatFloat(d.Seconds(), 'f', decimals, 64)
}
