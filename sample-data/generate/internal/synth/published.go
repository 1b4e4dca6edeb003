package synth

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"gyre/feed/sim"
	"gyre/model/num"
	"gyre/model/session"
)

// Published is what is known of the real index: the Russell 2000's sessions
// and closes, and of the last week its bars.
type Published struct {
	Sessions []session.Session
	Closes   []num.Price
	Bars     []sim.IndexBar // Open is 0 where only the close is known
}

// symbol is the index that the made-up companies are members of.
const symbol = "RUT"

// ReadPublished reads indices.csv.
func ReadPublished(r io.Reader) (*Published, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("indices.csv cannot be read: %w", err)
	}
	want := []string{"symbol", "name", "date", "open", "high", "low", "close", "high_at", "low_at"}
	if len(rows) == 0 || !slices.Equal(rows[0], want) {
		return nil, fmt.Errorf("indices.csv:1: the columns must be %v", want)
	}
	p, calendar := new(Published), session.New()
	for i, row := range rows[1:] {
		if row[0] != symbol {
			continue
		}
		if err := p.add(row, calendar); err != nil {
			return nil, fmt.Errorf("indices.csv:%d: %w", i+2, err)
		}
	}
	return p, nil
}

// add takes in one line.
func (p *Published) add(row []string, calendar *session.Calendar) error {
	date, err := session.ParseDate(row[2])
	if err != nil {
		return err
	}
	on, ok := calendar.On(date)
	if !ok {
		return fmt.Errorf("%s is no session", date)
	}
	var prices [4]num.Price
	for k, text := range row[3:7] {
		if text == "" && k < 3 {
			continue
		}
		if prices[k], err = num.ParsePrice(text); err != nil {
			return err
		}
	}
	bar := sim.IndexBar{Open: prices[0], High: prices[1], Low: prices[2], Close: prices[3]}
	if bar.Open > 0 {
		var errHigh, errLow error
		bar.HighFrom, errHigh = minute(row[7], on)
		bar.LowFrom, errLow = minute(row[8], on)
		if err := errors.Join(errHigh, errLow); err != nil {
			return err
		}
	}
	p.Sessions, p.Closes, p.Bars = append(p.Sessions, on), append(p.Closes, bar.Close), append(p.Bars, bar)
	return nil
}

// minute counts the minutes from the open to a time of day such as 15:55.
func minute(clock string, on session.Session) (int, error) {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return 0, fmt.Errorf("%q is no time of day: %w", clock, err)
	}
	return int(on.Date.At(t.Hour(), t.Minute()).Sub(on.Opens) / time.Minute), nil
}
