package main

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"gyre/model/session"
)

// history is how many sessions of closes there are: enough for the z-scores.
const history = 140

// market is an invented one.
type market struct {
	names    int
	calendar *session.Calendar
	day      session.Session   // in which the data are
	past     []session.Session // before it, ascending
	delay    time.Duration     // the data are that late
	cents    []int64           // last close of each name
	level    float64           // last close of the Russell 2000
}

// invent makes a market of so many names in which the last session before now is
// in its afternoon. It is always the same one for a day.
func invent(names int, now time.Time) (*market, error) {
	m := &market{names: names, calendar: session.New()}
	const within = 2 * time.Hour // until the close: longer than any measurement
	day, ok := m.calendar.OnOrBefore(session.DateOf(now))
	for ok && day.Closes.After(now) {
		day, ok = m.calendar.Before(day.Date)
	}
	if !ok {
		return nil, errors.New("the calendar has no session before now")
	}
	m.day = day
	m.delay = now.Sub(day.Closes.Add(-within)).Round(time.Second)
	for d := day; len(m.past) < history; {
		if d, ok = m.calendar.Before(d.Date); !ok {
			return nil, errors.New("the calendar does not go back far enough")
		}
		m.past = append([]session.Session{d}, m.past...)
	}
	m.cents = make([]int64, names)
	return m, nil
}

// symbol is the symbol of a name.
func symbol(i int) string { return fmt.Sprintf("L%05d", i) }

// write writes the market as a dataset: four sevenths of the names are of the
// Russell 2000, the others of the micro caps.
func (m *market) write(folder string) error {
	random := rand.New(rand.NewPCG(1, uint64(m.day.Date))) //nolint:gosec // invented prices are no secret
	var names, members, shares, facts, closes, indices bytes.Buffer
	names.WriteString("id,symbol,name,sector,share_class_of\n")
	members.WriteString("index,id,from,to\n")
	shares.WriteString("id,known_at,shares\n")
	facts.WriteString("id,known_at,debt,preferred,minority,cash\n")
	closes.WriteString("date,id,close,volume\n")
	indices.WriteString("symbol,name,date,open,high,low,close\n")
	known := m.past[0].Date.Time().Format(time.RFC3339)
	for i := range m.names {
		id, index := symbol(i), "RUT"
		if 7*i >= 4*m.names {
			index = "RMICRO"
		}
		fmt.Fprintf(&names, "%s,%s,Name %d,%s,\n", id, id, i, []string{"IND", "HC", "IT", "FIN", "EN"}[i%5])
		fmt.Fprintf(&members, "%s,%s,,\n", index, id)
		fmt.Fprintf(&shares, "%s,%s,%d\n", id, known, 1_000_000+random.IntN(200_000_000))
		fmt.Fprintf(&facts, "%s,%s,%d,0,0,%d\n", id, known, random.IntN(1_000_000_000), random.IntN(500_000_000))
		m.cents[i] = 500 + random.Int64N(10_000)
	}
	m.level = 2000
	for _, day := range m.past {
		moved := 0.01 * random.NormFloat64()
		m.level *= 1 + moved
		fmt.Fprintf(&indices, "RUT,Russell 2000,%s,,,,%.2f\nSPX,S&P 500,%s,,,,%.2f\n", day.Date, m.level, day.Date, 2.7*m.level)
		for i := range m.cents {
			m.cents[i] = max(m.cents[i]+int64(math.Round(float64(m.cents[i])*(moved+0.02*random.NormFloat64()))), 100)
			fmt.Fprintf(&closes, "%s,%s,%d.%02d,%d\n", day.Date, symbol(i), m.cents[i]/100, m.cents[i]%100, 10_000+random.IntN(500_000))
		}
	}
	for name, text := range map[string]*bytes.Buffer{
		"instruments.csv": &names, "members.csv": &members, "shares.csv": &shares, "facts.csv": &facts, "closes.csv": &closes, "indices.csv": &indices,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), text.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return nil
}
