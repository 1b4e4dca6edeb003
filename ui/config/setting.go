package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"gyre/feed/clean"
)

// setting is one key of the file.
type setting struct {
	table, key string
	about      string                       // what it does and what is allowed, for the printed default
	text       func(c *Config) string       // its value in c as TOML
	set        func(c *Config, v any) error // from a value as TOML decodes it; the error says what is allowed
}

// as gives a setting its place and its documentation.
func (s setting) as(group, key, about string) setting {
	s.table, s.key, s.about = group, key, about
	return s
}

// word is a setting that is a name out of a few.
func word[T any](at func(*Config) *T, parse func(string) (T, error), name func(T) string) setting {
	return setting{
		text: func(c *Config) string { return strconv.Quote(name(*at(c))) },
		set: func(c *Config, v any) error {
			parsed, err := parseWord(v, parse)
			if err == nil {
				*at(c) = parsed
			}
			return err
		},
	}
}

// words is a setting that is a list of such names.
func words[T any](at func(*Config) *[]T, parse func(string) (T, error), name func(T) string) setting {
	return list(at, func(v any) (T, error) { return parseWord(v, parse) }, func(v T) string { return strconv.Quote(name(v)) })
}

// list is a setting that is a list.
func list[T any](at func(*Config) *[]T, parse func(any) (T, error), text func(T) string) setting {
	return setting{
		text: func(c *Config) string { return listed(*at(c), text) },
		set: func(c *Config, v any) error {
			read, err := parseList(v, parse)
			if err == nil {
				*at(c) = read
			}
			return err
		},
	}
}

// listed is a list as TOML.
func listed[T any](all []T, text func(T) string) string {
	parts := make([]string, len(all))
	for i, v := range all {
		parts[i] = text(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func parseList[T any](v any, parse func(any) (T, error)) ([]T, error) {
	all, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("%s is not a list; write it in brackets, as in [1, 2]", shown(v))
	}
	var read []T
	for _, one := range all {
		parsed, err := parse(one)
		if err != nil {
			return nil, err
		}
		read = append(read, parsed)
	}
	return read, nil
}

// integer is a setting that is a whole number from lo to hi.
func integer(at func(*Config) *int, lo, hi int) setting {
	return setting{
		text: func(c *Config) string { return strconv.Itoa(*at(c)) },
		set: func(c *Config, v any) error {
			n, ok := v.(int64)
			if !ok || n < int64(lo) || n > int64(hi) {
				return fmt.Errorf("%s is not allowed; give a whole number from %d to %d", shown(v), lo, hi)
			}
			*at(c) = int(n)
			return nil
		},
	}
}

// toggle is a setting that is on or off.
func toggle(at func(*Config) *bool) setting {
	return setting{
		text: func(c *Config) string { return strconv.FormatBool(*at(c)) },
		set: func(c *Config, v any) error {
			on, ok := v.(bool)
			if !ok {
				return fmt.Errorf("%s is not allowed; write true or false", shown(v))
			}
			*at(c) = on
			return nil
		},
	}
}

// decimal is a setting that is a number.
func decimal(at func(*Config) *float64) setting {
	return setting{
		text: func(c *Config) string { return number(*at(c)) },
		set: func(c *Config, v any) error {
			f, err := parseNumber(v)
			if err == nil {
				*at(c) = f
			}
			return err
		},
	}
}

// duration is a setting that is a length of time.
func duration(at func(*Config) *time.Duration) setting {
	return setting{
		text: func(c *Config) string { return strconv.Quote(short(*at(c))) },
		set: func(c *Config, v any) error {
			d, err := parseDuration(v)
			if err == nil {
				*at(c) = d
			}
			return err
		},
	}
}

func parseWord[T any](v any, parse func(string) (T, error)) (T, error) {
	text, ok := v.(string)
	if !ok {
		var none T
		return none, fmt.Errorf("%s is not a text; write it in quotes", shown(v))
	}
	text, _ = clean.Text(text) // no name needs cleaning, and the error shows it
	return parse(text)
}

func parseNumber(v any) (float64, error) {
	switch v := v.(type) {
	case int64:
		return float64(v), nil
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v, nil
		}
	}
	return 0, fmt.Errorf("%s is not a number; write it without quotes, as in 1.5", shown(v))
}

func parseDuration(v any) (time.Duration, error) {
	if text, ok := v.(string); ok {
		if d, err := time.ParseDuration(text); err == nil {
			return d, nil
		}
	}
	return 0, fmt.Errorf(`%s is not a length of time; write it as in "90s", "15m" or "1h"`, shown(v))
}

// number is a float as TOML has it, which a whole number is without a point.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// short is a length of time without parts that are zero.
func short(d time.Duration) string {
	switch {
	case d%time.Hour == 0 && d != 0:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	case d%time.Minute == 0:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	}
	return d.String()
}

// shown is a value of the file as a sentence has it.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case map[string]any:
		return "a table"
	case []any:
		return "a list"
	}
	return fmt.Sprint(v) // a number, a truth value or a date, which hold nothing odd
}
