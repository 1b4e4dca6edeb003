// Package ndjson is the feed that any program can be: it prints records of
// package wire, one a line, and gyre reads them from standard input, from a file
// that grows, from a Unix socket, or from a program that it runs itself.
//
// A line that is wrong is left out, counted, and named by its source and
// number; the rest goes on. What comes faster than it can be shown is replaced
// by what is newer and costs no memory. A source that goes away is waited for.
package ndjson
