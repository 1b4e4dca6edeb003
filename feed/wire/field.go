package wire

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// field is one field of a record: its name in the line, how it is read into a
// Record, and how it is written from one. What is absent writes nothing.
type field struct {
	name  string
	read  func(r *Record, v value) error
	write func(b []byte, r *Record) ([]byte, error)
}

// fieldOf makes a field of a place in Record, of what reads a value for it and
// of what writes the value that is there.
func fieldOf[T any](
	name string,
	place func(*Record) *T,
	read func(value) (T, error),
	write func([]byte, T) ([]byte, error),
) field {
	return field{
		name: name,
		read: func(r *Record, v value) (err error) {
			*place(r), err = read(v)
			return err
		},
		write: func(b []byte, r *Record) ([]byte, error) { return write(b, *place(r)) },
	}
}

func price(name string, place func(*Record) *num.Price) field {
	return fieldOf(name, place, value.price, func(b []byte, p num.Price) ([]byte, error) {
		switch {
		case p == 0:
			return b, nil
		case p < 0:
			return b, num.ErrNotPositive
		case p > num.MaxPrice:
			return b, num.ErrTooLarge
		}
		return appendPrice(b, p), nil
	})
}

// maxCount bounds a count as package clean does.
const maxCount = math.MaxInt64 / 1000

func count(name string, place func(*Record) *int64) field {
	return fieldOf(name, place, value.count, writeCount)
}

func writeCount(b []byte, n int64) ([]byte, error) {
	switch {
	case n == 0:
		return b, nil
	case n < 0 || n > maxCount:
		return b, clean.ErrRange
	}
	return strconv.AppendInt(b, n, 10), nil
}

func amount(name string, place func(*Record) *model.Amount) field {
	read := func(v value) (model.Amount, error) {
		d, err := v.dollars()
		return model.Amount{Dollars: d, Known: err == nil}, err
	}
	return fieldOf(name, place, read, func(b []byte, a model.Amount) ([]byte, error) {
		switch {
		case !a.Known:
			return b, nil
		case a.Dollars != a.Dollars.Bounded():
			return b, clean.ErrRange
		}
		return strconv.AppendInt(b, int64(a.Dollars), 10), nil
	})
}

func moment(name string, place func(*Record) *time.Time) field {
	return fieldOf(name, place, value.moment, func(b []byte, t time.Time) ([]byte, error) {
		switch {
		case t.IsZero():
			return b, nil
		case t.Year() < firstYear || !plausible(t):
			return b, errNotNanos
		}
		return strconv.AppendInt(b, t.UnixNano(), 10), nil
	})
}

func date(name string, place func(*Record) *session.Date) field {
	return fieldOf(name, place, value.date, func(b []byte, d session.Date) ([]byte, error) {
		switch {
		case d == 0:
			return b, nil
		case !plausibleDate(d):
			return b, errNotDate
		}
		return appendText(b, d.String()), nil
	})
}

// text is a field that people read.
func text(name string, place func(*Record) *string) field {
	return fieldOf(name, place, value.text, func(b []byte, s string) ([]byte, error) {
		if s, _ = clean.Text(s); s == "" {
			return b, nil
		}
		return appendText(b, s), nil
	})
}

// name is a field by which something is found; if there are choices, it is one
// of them.
func name(named string, place func(*Record) *string, choices ...string) field {
	check := func(s string) error {
		if len(choices) > 0 && !slices.Contains(choices, s) {
			return fmt.Errorf("is none of %s", choices)
		}
		return properName(s)
	}
	read := func(v value) (string, error) {
		s, err := v.unquote()
		if err != nil {
			return "", err
		}
		return s, check(s)
	}
	return fieldOf(named, place, read, func(b []byte, s string) ([]byte, error) {
		if s == "" {
			return b, nil
		}
		return appendText(b, s), check(s)
	})
}

func names(named string, place func(*Record) *[]string) field {
	return fieldOf(named, place, value.names, func(b []byte, list []string) ([]byte, error) {
		switch {
		case len(list) == 0:
			return b, nil
		case len(list) > maxConditions:
			return b, errConditions
		}
		for i, s := range list {
			if err := properName(s); err != nil {
				return b, err
			}
			b = appendText(append(b, "[,"[min(i, 1)]), s)
		}
		return append(b, ']'), nil
	})
}

func flag(name string, place func(*Record) *bool) field {
	return fieldOf(name, place, value.flag, func(b []byte, set bool) ([]byte, error) {
		if !set {
			return b, nil
		}
		return append(b, "true"...), nil
	})
}

// maxDelay bounds the declared delay of data, in seconds.
const maxDelay = 7 * 24 * 60 * 60

func delay(name string, place func(*Record) *Delay) field {
	check := func(d Delay) error {
		if d.Seconds < 0 || d.Seconds > maxDelay {
			return clean.ErrRange
		}
		return nil
	}
	read := func(v value) (Delay, error) {
		n, err := v.count()
		if err != nil {
			return Delay{}, err
		}
		d := Delay{Seconds: n, Known: true}
		return d, check(d)
	}
	return fieldOf(name, place, read, func(b []byte, d Delay) ([]byte, error) {
		if !d.Known {
			return b, nil
		}
		return strconv.AppendInt(b, d.Seconds, 10), check(d)
	})
}

// millis is a duration in milliseconds.
func millis(name string, place func(*Record) *time.Duration) field {
	read := func(v value) (time.Duration, error) {
		n, err := v.count()
		if err == nil && n > math.MaxInt64/int64(time.Millisecond) {
			err = clean.ErrRange
		}
		return time.Duration(n) * time.Millisecond, err
	}
	return fieldOf(name, place, read, func(b []byte, d time.Duration) ([]byte, error) {
		return writeCount(b, d.Milliseconds())
	})
}

// kinds are the kinds of corporate action as they are written.
func kinds() map[model.ActionKind]string {
	return map[model.ActionKind]string{
		model.ActionSplit:      "split",
		model.ActionCashMerger: "cash_merger",
		model.ActionDelisting:  "delisting",
		model.ActionSpecial:    "special_dividend",
		model.ActionSpinOff:    "spin_off",
		model.ActionRename:     "rename",
	}
}

var errKind = errors.New("is none of split, cash_merger, delisting, special_dividend, spin_off, rename")

func kind(name string, place func(*Record) *model.ActionKind) field {
	written := kinds()
	read := func(v value) (model.ActionKind, error) {
		s, err := v.unquote()
		if err != nil {
			return 0, err
		}
		for k, known := range written {
			if known == s {
				return k, nil
			}
		}
		return 0, errKind
	}
	return fieldOf(name, place, read, func(b []byte, k model.ActionKind) ([]byte, error) {
		s, ok := written[k]
		switch {
		case k == 0:
			return b, nil
		case !ok:
			return b, errKind
		}
		return appendText(b, s), nil
	})
}
