package serve

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// Limits bound what clients can take of the server, before and after they log
// in. The zero Limits are of no use: DefaultLimits are where to start.
type Limits struct {
	Handshakes            int           // connections at a time that have not logged in yet
	HandshakesPerSource   int           // of those, from one address (IPv6: from one /64)
	Grace                 time.Duration // to log in
	Penalty               time.Duration // that a failed login keeps its slot
	Failures              int           // keys offered in vain before the connection is cut
	Logins                int           // with one key, a second
	ConnectionsPerKey     int           // logged in at a time with one key
	SessionsPerKey        int           // dashboards and commands at a time with one key
	SessionsPerConnection int           // of those, over one connection
	Viewers               int           // dashboards and commands at a time in all
	Empty                 time.Duration // how long a connection may stay without any
	Idle                  time.Duration // without a key pressed
	Longest               time.Duration // of a session
	Columns               int           // of a window; a larger one is served this many
	Rows                  int           // of a window; a larger one is served this many
	Resizes               int           // of a window that are followed, a second
	Frames                int           // drawn for a viewer, a second
	Stall                 time.Duration // for a write to finish, before the viewer is dropped
	KeepAlive             time.Duration // between two questions whether the client is there
	KeepAliveWait         time.Duration // for its answer, before it is dropped
	Received              int           // bytes read of the clients of a key, a second
	Environment           int           // bytes of environment variables taken from a client
	Input                 int           // bytes typed in a session
	Command               time.Duration // for a command to finish
}

// DefaultLimits are safe on a machine with two cores and 2 GiB.
func DefaultLimits() Limits {
	return Limits{
		Handshakes:            64,
		HandshakesPerSource:   8,
		Grace:                 10 * time.Second,
		Penalty:               time.Second,
		Failures:              3,
		Logins:                5,
		ConnectionsPerKey:     8,
		SessionsPerKey:        4,
		SessionsPerConnection: 2,
		Viewers:               300,
		Empty:                 time.Minute,
		Idle:                  12 * time.Hour,
		Longest:               24 * time.Hour,
		Columns:               500,
		Rows:                  200,
		Resizes:               10,
		Frames:                15,
		Stall:                 2 * time.Second,
		KeepAlive:             2 * time.Second,
		KeepAliveWait:         3 * time.Second,
		Received:              16 << 10,
		Environment:           8 << 10,
		Input:                 1 << 20,
		Command:               10 * time.Second,
	}
}

// limit is one of Limits by its name: exactly one of number and span is set.
type limit struct {
	name   string
	number *int
	span   *time.Duration
	least  int // of number; 0: 1
	most   int // of number; 0: a million
	says   string
}

// list is every limit, in the order in which a client meets them.
func (l *Limits) list() []limit {
	return []limit{
		{name: "handshakes", number: &l.Handshakes, says: "connections that have not logged in yet"},
		{name: "handshakes-per-source", number: &l.HandshakesPerSource, says: "of those, from one address (IPv6: one /64)"},
		{name: "grace", span: &l.Grace, says: "to log in"},
		{name: "penalty", span: &l.Penalty, says: "that a failed login still counts as a connection"},
		{name: "failures", number: &l.Failures, says: "keys offered in vain before the connection is cut"},
		{name: "logins", number: &l.Logins, says: "with one key in a second; four times as many at once"},
		{name: "connections-per-key", number: &l.ConnectionsPerKey, says: "logged in with one key"},
		{name: "sessions-per-key", number: &l.SessionsPerKey, says: "dashboards and commands with one key"},
		{name: "sessions-per-connection", number: &l.SessionsPerConnection, says: "of those, over one connection"},
		{name: "viewers", number: &l.Viewers, says: "dashboards and commands in all"},
		{name: "empty", span: &l.Empty, says: "for a connection without a session"},
		{name: "idle", span: &l.Idle, says: "without a key pressed"},
		{name: "longest", span: &l.Longest, says: "for a session"},
		{name: "columns", number: &l.Columns, most: 500, says: "of a window; a wider one is served as this"},
		{name: "rows", number: &l.Rows, most: 200, says: "of a window; a higher one is served as this"},
		{name: "resizes", number: &l.Resizes, most: 100, says: "of a window followed in a second"},
		{name: "frames", number: &l.Frames, most: 60, says: "drawn for a viewer in a second"},
		{name: "stall", span: &l.Stall, says: "for a write to finish before the viewer is dropped"},
		{name: "keep-alive", span: &l.KeepAlive, says: "between two questions whether the client is there"},
		{name: "keep-alive-wait", span: &l.KeepAliveWait, says: "for its answer before it is dropped"},
		{name: "received", number: &l.Received, least: 2 << 10, most: 1 << 28, says: "bytes read of the clients of a key in a second"},
		{name: "environment", number: &l.Environment, says: "bytes of variables taken from a client"},
		{name: "input", number: &l.Input, most: 64 << 20, says: "bytes typed in a session"},
		{name: "command", span: &l.Command, says: "for a command to finish"},
	}
}

// Set changes the limit of that name, as Print shows it. The error tells what
// would have been right.
func (l *Limits) Set(name, value string) error {
	var names []string
	for _, each := range l.list() {
		if each.name == name {
			return each.set(value)
		}
		names = append(names, each.name)
	}
	return fmt.Errorf("there is no limit %q; the limits are %s", name, strings.Join(names, ", "))
}

func (i limit) set(value string) error {
	if i.span != nil {
		span, err := time.ParseDuration(value)
		if err != nil {
			return fmt.Errorf("the limit %s is a time such as 10s or 12h, not %q", i.name, value)
		}
		return i.check(i.span, span)
	}
	number, err := strconv.Atoi(value)
	if err != nil {
		return fmt.Errorf("the limit %s is a whole number, not %q", i.name, value)
	}
	if least := max(i.least, 1); number < least || number > i.top() {
		return fmt.Errorf("the limit %s is from %d to %d, not %d", i.name, least, i.top(), number)
	}
	*i.number = number
	return nil
}

// check sets a time that is within reason.
func (i limit) check(to *time.Duration, span time.Duration) error {
	const least, most = 100 * time.Millisecond, 30 * 24 * time.Hour
	if span < least || span > most {
		return fmt.Errorf("the limit %s is from %v to %v, not %v", i.name, least, most, span)
	}
	*to = span
	return nil
}

func (i limit) top() int {
	if i.most > 0 {
		return i.most
	}
	return 1_000_000
}

func (i limit) value() string {
	if i.span == nil {
		return strconv.Itoa(*i.number)
	}
	text := i.span.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}

// Check tells what is wrong with limits that were not set by Set.
func (l Limits) Check() error {
	for _, each := range l.list() {
		if err := each.set(each.value()); err != nil {
			return err
		}
	}
	return nil
}

// Print writes every limit with its value and what it limits.
func (l Limits) Print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, each := range l.list() {
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\n", each.name, each.value(), each.says); err != nil {
			return fmt.Errorf("the limits cannot be written: %w", err)
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("the limits cannot be written: %w", err)
	}
	return nil
}
