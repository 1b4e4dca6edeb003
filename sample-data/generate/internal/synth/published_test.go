package synth

import (
	"strings"
	"testing"

	"gyre/feed/sim"
	"gyre/model/session"
)

const header = "symbol,name,date,open,high,low,close,high_at,low_at\n"

func TestReadPublished(t *testing.T) {
	p, err := ReadPublished(strings.NewReader(header +
		"RUT,Russell 2000,2024-12-24,,,,2259.85,,\n" +
		"RUT,Russell 2000,2025-03-28,2063.31,2063.31,2013.00,2023.27,09:30,13:35\n" +
		"SPX,S&P 500,2025-03-28,,,,5580.94,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Sessions) != 2 || p.Sessions[0].Minutes() != 210 || p.Sessions[1].Date != session.NewDate(2025, 3, 28) {
		t.Errorf("sessions: %v", p.Sessions)
	}
	want := sim.IndexBar{Open: 2063_310000, High: 2063_310000, Low: 2013_000000, Close: 2023_270000, HighFrom: 0, LowFrom: 245}
	if p.Bars[1] != want || p.Closes[1] != 2023_270000 {
		t.Errorf("Friday is %+v", p.Bars[1])
	}
	if (p.Bars[0] != sim.IndexBar{Close: 2259_850000}) {
		t.Errorf("Christmas Eve is %+v", p.Bars[0])
	}
}

func TestReadPublishedRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no header":    {"", "indices.csv:1"},
		"other header": {"symbol,date\n", "indices.csv:1"},
		"bad csv":      {header + "RUT,\"", "cannot be read"},
		"bad date":     {header + "RUT,,28 March,,,,1,,\n", "indices.csv:2"},
		"holiday":      {header + "RUT,,2025-01-09,,,,1,,\n", "no session"},
		"bad price":    {header + "RUT,,2025-03-28,,,,NaN,,\n", "indices.csv:2"},
		"no close":     {header + "RUT,,2025-03-28,,,,,,\n", "indices.csv:2"},
		"bad bin":      {header + "RUT,,2025-03-28,1,1,1,1,9:3x,13:35\n", "no time of day"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ReadPublished(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}
