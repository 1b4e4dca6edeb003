package ndjson

import (
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"gyre/feed/clean"
	"gyre/feed/wire"
	"gyre/model"
)

// intake takes lines in, reads records from them and keeps account of what was
// wrong. What it is told comes from one goroutine and is asked for by another.
type intake struct {
	name  string // of the stream, in messages: stdin, quotes.ndjson
	codec *wire.Codec
	put   func(*wire.Record) // called under the lock; the record is not kept
	began func()             // called under the lock when the transport stands again
	now   func() time.Time
	log   *limited

	mu      sync.Mutex
	up      bool    // the transport stands
	trouble error   // why it does not
	good    bool    // a record came
	bad     uint64  // lines that were left out
	last    badLine // the last of them
}

// badLine is a line that was left out: where it stood, when it came, and what
// was wrong with it.
type badLine struct {
	stream string
	number int
	at     time.Time
	err    error
}

// stream is a run of lines that are counted together: a file, a connection, the
// output of a process.
type stream struct {
	in     *intake
	lines  wire.Lines
	record wire.Record // of the line that is being read
}

// stream begins a new run of lines.
func (in *intake) stream() *stream { return &stream{in: in} }

// add takes in the next piece.
func (s *stream) add(piece []byte) { s.lines.Split(piece, s.line) }

// Write takes in the next piece. It never fails. A feed that never pauses must
// let others have their turn: a key that was pressed waits for one.
func (s *stream) Write(piece []byte) (int, error) {
	s.add(piece)
	runtime.Gosched()
	return len(piece), nil
}

// end tells that nothing more comes; a line without its end counts as one.
func (s *stream) end() { s.lines.End(s.line) }

func (s *stream) line(number int, line []byte) {
	err := wire.ErrTooLong
	if line != nil {
		err = s.in.codec.DecodeInto(&s.record, line)
	}
	s.in.mu.Lock()
	defer s.in.mu.Unlock()
	if err == nil {
		s.in.good = true
		s.in.put(&s.record)
		return
	}
	s.in.bad++
	s.in.last = badLine{s.in.name, number, s.in.now(), err}
	s.in.log.say(s.in.last.String)
}

// String is the place and the sentence: "quotes.ndjson:12: p is null".
func (b badLine) String() string {
	return sentence(b.stream+":"+strconv.Itoa(b.number)+": "+b.err.Error(), saidMost)
}

// fail tells that the transport is down, and why, or, with nil, that it stands.
func (in *intake) fail(err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err == nil && !in.up {
		in.began()
	}
	in.up, in.trouble = err == nil, err
}

// worked tells whether a record has come.
func (in *intake) worked() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.good
}

// badFor is how long a bad line is talked about. It stays counted.
const badFor = time.Minute

// health is how the feed is doing. A feed that has sent nothing yet is one that
// connects.
func (in *intake) health() (state model.FeedPhase, problem string) {
	switch {
	case in.trouble != nil:
		return model.FeedFailing, sentence(in.name+": "+in.trouble.Error(), saidMost)
	case in.bad > 0 && in.now().Sub(in.last.at) < badFor:
		problem = in.last.String()
	}
	if !in.up || !in.good {
		return model.FeedConnecting, problem
	}
	return model.FeedOK, problem
}

// sentence is clean text of at most so many characters, word by word.
func sentence(s string, most int) string {
	var b strings.Builder
	room := most
	for word := range strings.FieldsSeq(s[:min(len(s), most*utf8.UTFMax)]) {
		word, _ = clean.Text(word)
		n := utf8.RuneCountInString(word)
		if n == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
			room--
		}
		if n > room {
			break
		}
		b.WriteString(word)
		room -= n
	}
	return strings.TrimSuffix(b.String(), " ")
}
