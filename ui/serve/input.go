package serve

import "io"

// pump hands on what the client types until there is no more, or too much of
// it. Every byte counts as a key for the idle timer.
func (s *session) pump(to io.Writer) {
	left := s.limits.Input
	buf := make([]byte, 256)
	for {
		n, err := s.channel.Read(buf)
		if n > 0 {
			s.idle.Reset(s.limits.Idle)
			if left -= n; left < 0 {
				s.end(errInput)
				return
			}
			if _, failed := to.Write(buf[:n]); failed != nil {
				return
			}
		}
		if err != nil {
			return // the dashboard stays: its keyboard is gone, not its screen
		}
	}
}
