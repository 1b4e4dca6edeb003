package cli

import (
	"testing"
	"time"

	"gyre/model/session"
)

func TestMoments(t *testing.T) {
	calendar := session.New()
	end := time.Date(2025, time.March, 28, 16, 0, 0, 0, session.Zone())
	cases := map[string]struct{ ends, begins string }{ // what it means as --at or --to, and as --from
		"2025-03-26T12:00:00-04:00": {"2025-03-26T12:00:00-04:00", "2025-03-26T12:00:00-04:00"},
		"2025-03-26T16:00:00Z":      {"2025-03-26T12:00:00-04:00", "2025-03-26T12:00:00-04:00"},
		"2025-03-26 12:00":          {"2025-03-26T12:00:00-04:00", "2025-03-26T12:00:00-04:00"},
		"2025-03-26 12:00:30":       {"2025-03-26T12:00:30-04:00", "2025-03-26T12:00:30-04:00"},
		"2025-03-26T12:00":          {"2025-03-26T12:00:00-04:00", "2025-03-26T12:00:00-04:00"},
		"2025-01-15 12:00":          {"2025-01-15T12:00:00-05:00", "2025-01-15T12:00:00-05:00"},
		"2025-03-26":                {"2025-03-26T16:00:00-04:00", "2025-03-26T09:25:00-04:00"},
		"2024-12-24":                {"2024-12-24T13:00:00-05:00", "2024-12-24T09:25:00-05:00"},
		"2025-03-29":                {"2025-03-29T16:00:00-04:00", "2025-03-29T00:00:00-04:00"},
		"end":                       {"2025-03-28T16:00:00-04:00", "2025-03-28T16:00:00-04:00"},
		"END":                       {"2025-03-28T16:00:00-04:00", "2025-03-28T16:00:00-04:00"},
	}
	for text, want := range cases {
		t.Run(text, func(t *testing.T) {
			m, err := parseMoment(text)
			if err != nil || !m.given() {
				t.Fatalf("read as %v: %v", m, err)
			}
			if got := m.resolve(calendar, false, end).Format(time.RFC3339); got != want.ends {
				t.Errorf("is %s, want %s", got, want.ends)
			}
			if got := m.resolve(calendar, true, end).Format(time.RFC3339); got != want.begins {
				t.Errorf("begins at %s, want %s", got, want.begins)
			}
		})
	}
}

func TestNoMoment(t *testing.T) {
	var none moment
	if none.given() || !none.resolve(session.New(), false, time.Now()).IsZero() {
		t.Error("the zero moment means something")
	}
}

// Of a time that comes twice it is the first; one that never came is none.
func TestMomentsWhenTheClocksChange(t *testing.T) {
	for text, want := range map[string]string{
		"2025-11-02 01:30":    "2025-11-02T01:30:00-04:00",
		"2025-11-02T01:30:00": "2025-11-02T01:30:00-04:00",
		"2025-11-02 02:00":    "2025-11-02T02:00:00-05:00",
		"2025-03-09 03:00":    "2025-03-09T03:00:00-04:00",
	} {
		if m, err := parseMoment(text); err != nil || m.at.Format(time.RFC3339) != want {
			t.Errorf("%s is %v (%v), want %s", text, m.at, err, want)
		}
	}
	const want = "there was no 2025-03-09 02:30: clocks in New York were put forward over that time; give a time before or after it"
	if m, err := parseMoment("2025-03-09 02:30"); err == nil || err.Error() != want {
		t.Errorf("what never came is %v (%v)", m.at, err)
	}
}
