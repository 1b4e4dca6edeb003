package rates

import (
	"time"

	"gyre/model/session"
)

// Scheduled are the days of the decisions that the Federal Open Market Committee
// has announced, ascending: those of its releases of 9 August 2024 (for 2025 and
// 2026) and of 5 September 2025 (for 2027, tentative). A decision is made known
// at 14:00 in New York.
func Scheduled() []session.Date {
	var days []session.Date
	for _, d := range [...]struct {
		year  int
		month time.Month
		day   int
	}{
		{2025, 1, 29},
		{2025, 3, 19},
		{2025, 5, 7},
		{2025, 6, 18},
		{2025, 7, 30},
		{2025, 9, 17},
		{2025, 10, 29},
		{2025, 12, 10},
		{2026, 1, 28},
		{2026, 3, 18},
		{2026, 4, 29},
		{2026, 6, 17},
		{2026, 7, 29},
		{2026, 9, 16},
		{2026, 10, 28},
		{2026, 12, 9},
		{2027, 1, 27},
		{2027, 3, 17},
		{2027, 4, 28},
		{2027, 6, 9},
		{2027, 7, 28},
		{2027, 9, 15},
		{2027, 10, 27},
		{2027, 12, 8},
		{2028, 1, 26},
	} {
		days = append(days, session.NewDate(d.year, d.month, d.day))
	}
	return days
}
