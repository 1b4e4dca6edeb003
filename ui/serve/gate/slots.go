package gate

import (
	"net"
	"net/netip"
	"sync"
)

// Slots are the places for connections that have not logged in yet. They are
// few, and each source has only some of them, so that nobody can take all.
type Slots struct {
	all, each int

	mu    sync.Mutex
	taken int
	by    map[netip.Prefix]int
}

// NewSlots makes that many slots in all and for each source.
func NewSlots(all, each int) *Slots {
	return &Slots{all: all, each: each, by: make(map[netip.Prefix]int)}
}

// Refusal is why there is no slot; empty where there is one.
type Refusal string

// The refusals.
const (
	SlotsTaken  Refusal = "slots"
	SourceTaken Refusal = "source"
)

// Take takes a slot for a client at addr. Where there is one, free gives it
// back; calling it again does nothing.
func (s *Slots) Take(addr net.Addr) (free func(), refused Refusal) {
	from := source(addr)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.by[from] >= s.each:
		return nil, SourceTaken
	case s.taken >= s.all:
		return nil, SlotsTaken
	}
	s.taken++
	s.by[from]++
	return sync.OnceFunc(func() { s.free(from) }), ""
}

func (s *Slots) free(from netip.Prefix) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken--
	if s.by[from]--; s.by[from] == 0 {
		delete(s.by, from)
	}
}

// Taken is how many slots are taken.
func (s *Slots) Taken() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// source is whom an address counts for: an IPv4 address for itself, an IPv6
// address for its /64, which one household has. What is no IP address counts
// for one source.
func source(addr net.Addr) netip.Prefix {
	at, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return netip.Prefix{}
	}
	ip := at.Addr().Unmap().WithZone("")
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}
