package ndjson

import "gyre/feed/wire"

// stderr writes what a process says to the log, line by line.
type stderr struct {
	name  string
	log   *limited
	lines wire.Lines
	last  []byte // the last line of all, as it came
}

// maxSaid is how much of a line is looked at.
const maxSaid = 4 * saidMost

// Write takes in the next piece. It never fails.
func (s *stderr) Write(piece []byte) (int, error) {
	s.lines.Split(piece, s.line)
	return len(piece), nil
}

func (s *stderr) line(_ int, line []byte) {
	if line == nil {
		line = []byte("(a line that is too long)")
	}
	s.last = append(s.last[:0], line[:min(len(line), maxSaid)]...)
	s.log.say(func() string { return s.name + " says: " + sentence(string(s.last), saidMost) })
}

// end tells the rest.
func (s *stderr) end() {
	s.lines.End(s.line)
	s.log.end()
}
