package session_test

import (
	"slices"
	"testing"

	"gyre/model/session"
)

func TestWindowSet(t *testing.T) {
	every := session.Windows()
	for name, tc := range map[string]struct {
		of, want []session.Window
	}{
		"nothing":              {nil, nil},
		"one":                  {[]session.Window{session.Week}, []session.Window{session.Week}},
		"the first and last":   {[]session.Window{session.YearToDate, session.Day}, []session.Window{session.Day, session.YearToDate}},
		"one twice":            {[]session.Window{session.Day, session.Day}, []session.Window{session.Day}},
		"every window":         {every[:], every[:]},
		"what is no window":    {[]session.Window{session.WindowCount, 7, 8, 255}, nil},
		"a window and no such": {[]session.Window{session.Month, 200}, []session.Window{session.Month}},
	} {
		t.Run(name, func(t *testing.T) {
			set := session.WindowSetOf(tc.of...)
			var got []session.Window
			for w := range session.Window(255) {
				if set.Has(w) {
					got = append(got, w)
				}
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
			if (set == 0) != (len(tc.want) == 0) {
				t.Errorf("the set of %v is %b", tc.want, set)
			}
		})
	}
}
