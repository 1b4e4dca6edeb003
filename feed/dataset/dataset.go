package dataset

import (
	"fmt"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// Dataset is a folder of files, read and checked. It is immutable.
type Dataset struct {
	// Reference is everything slow, as handed to a Market.
	Reference *model.Reference
	// Days is what is known of each session beyond its official closes;
	// Days[i] belongs to Reference.Closes[i].
	Days []Day
	// Extremes tells when the indices made their highs and lows;
	// Extremes[i][j] belongs to Reference.Indices[i].Days[j].
	Extremes [][]Extremes
	Halts    []Halt // ascending by At
	Ticks    []Tick // ascending by At

	// Settings are the contents of dataset.toml.
	Settings Settings
	// Note is note.toml as it stands, nil where there is none, and NoteKnownAt
	// the instant from which it may be shown (zero: always).
	Note        []byte
	NoteKnownAt time.Time

	// Problems are the first MaxProblems things that were wrong with the files,
	// in the order of the files; ProblemCount counts all of them.
	Problems     []Problem
	ProblemCount int
}

// MaxProblems is how many problems a Dataset keeps; all are counted.
const MaxProblems = 100

// Day is one session's prices beyond the official closes, indexed by ID. A
// column is nil where the session has none; in it, 0 means not given.
type Day struct {
	Date            session.Date
	Open, High, Low []num.Price
}

// Extremes are the starts of the five-minute bins in which an index made the
// high and the low of a session; zero where not given.
type Extremes struct {
	HighAt, LowAt time.Time
}

// Halt is the moment at which trading in a name stopped or, with Resume, went on.
type Halt struct {
	At     time.Time
	ID     model.ID
	Resume bool
	Code   string // T1, LUDP, M …
}

// Tick is a single trade.
type Tick struct {
	At     time.Time
	ID     model.ID
	Price  num.Price
	Volume int64 // shares traded in the session so far; 0 where not given
	Flags  model.Flags
	// Opening marks the opening print: before it, the name had not traded in
	// the session.
	Opening bool
}

// Settings say how a dataset wants to be played. All are optional.
type Settings struct {
	Name   string
	Sample bool   // the members are synthetic
	Seed   uint64 // of the synthetic minutes
	// Synthetic tells that minutes between the daily bars are to be simulated.
	Synthetic bool
	// From and To bound the replay, and Start is where it begins.
	From, To, Start time.Time
	Speed           int // market seconds per second; 0 where not given
}

// Problem is something wrong at one place of a dataset. A row with a problem
// is left out; text that had to be cleaned is a problem too, and stays.
type Problem struct {
	File         string
	Line, Column int // counted from 1; 0 where it is about no place
	Message      string
}

// String is the place and the sentence: "closes.csv:12:18: the price is negative".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}
