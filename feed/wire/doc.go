// Package wire is the form in which market data from outside is written for
// gyre: one record a line, each a JSON object, version 1. A program that prints
// such lines is a feed; the same records travel over a bus and into recordings.
//
// Every record has v (the version), t (its type) and ts (nanoseconds since 1970:
// when it happened, or since when it is known). A field that is not there means
// that nothing is said about it: it is unchanged, not zero. Fields that a type
// of record does not have are ignored, so that a feed may say more than gyre
// reads. Names are matched exactly.
//
// The door is narrow. A line is at most MaxLine bytes, nests at most MaxDepth
// deep, has at most MaxFields fields and none of them twice. Numbers are plain
// decimals within bounds. Text passes package clean. What is wrong with a line
// is told in one sentence and concerns that line only.
package wire

// The limits of a line.
const (
	MaxLine   = 1 << 20 // bytes, without its end
	MaxDepth  = 16      // objects and lists within each other, the record included
	MaxFields = 64
)

// Version is the version of the records that are read and written.
const Version = 1
