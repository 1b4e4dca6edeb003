package model

import "time"

// AlertKind names a rule.
type AlertKind string

// Severity is how much an alert asks of its reader.
type Severity uint8

// The severities, mildest first.
const (
	SeverityInfo   Severity = iota // good to know
	SeverityNotice                 // worth a look
	SeverityUrgent                 // look now, or trust the screen less
)

// String is the severity in one lower-case word: info, notice or urgent.
func (s Severity) String() string {
	switch s {
	case SeverityInfo:
		return "info"
	case SeverityNotice:
		return "notice"
	case SeverityUrgent:
		return "urgent"
	default:
		return "?"
	}
}

// Alert is one edge of a rule.
type Alert struct {
	At       time.Time
	Kind     AlertKind
	Severity Severity
	Text     string
}
