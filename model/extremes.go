package model

import (
	"gyre/model/num"
	"gyre/model/session"
)

// extremesAfter is the highest and the lowest level of the days after a base,
// 0 where there is no such day. A day without a high or a low counts with its
// close.
func extremesAfter(days []IndexDay, base session.Date) (high, low num.Price) {
	if base == 0 {
		return 0, 0
	}
	for _, d := range daysFrom(days, base+1) {
		dayLow := d.Close
		if d.Low > 0 {
			dayLow = min(dayLow, d.Low)
		}
		high = max(high, d.High, d.Close)
		if low == 0 || dayLow < low {
			low = dayLow
		}
	}
	return high, low
}
