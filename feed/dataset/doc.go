// Package dataset reads gyre's dataset format: a folder of CSV files that says
// what a market's members are, what they owe and what they closed at.
//
// # Files
//
// Only instruments.csv and closes.csv must be there. Columns marked with ? may
// be missing.
//
//	instruments.csv     id, symbol, name, sector, share_class_of
//	closes.csv          date, id, open?, high?, low?, close, volume?
//	members.csv         index, id, from, to, quantity?
//	shares.csv          id, known_at, shares
//	facts.csv           id, known_at, debt, preferred, minority, cash
//	indices.csv         symbol, name?, date, open, high, low, close, high_at?, low_at?
//	actions.csv         id, ex_date, kind, ratio?, amount?, new_symbol?
//	events.csv          at, title, country?, importance, consensus, previous,
//	                    revised, actual, known_at, listed?, source
//	ranges.csv          symbol, from, to, low, high, source, known_at
//	rates.csv           known_at, cuts_priced, year, source
//	halts.csv           at, id, state, code
//	ticks.csv           at, id, price, volume?, conditions?
//	spread_history.csv  date, axis, universe, sessions, spread
//	dataset.toml        name, sample, seed, intraday, from, to, start, speed
//	note.toml           claims to check, kept as it stands
//
// Every CSV file may be compressed instead, as NAME.csv.gz or NAME.csv.zst.
//
// # Form
//
// CSV is that of RFC 4180 with two differences: the first line names the
// columns, and a field may not hold a line break, so that a quote that is not
// closed spoils one line and not the rest of the file. The text is UTF-8, with
// or without a byte order mark. Columns are found by their names, in any order;
// others are ignored. Rows may come in any order; closes are read fastest when
// they are sorted by date and then by id, in the order of instruments.csv.
//
// Numbers are plain decimals: ASCII digits, one point, a minus sign where a
// value may be negative. Dates are written 2025-03-28, moments as in RFC 3339,
// 2025-03-28T08:30:00-04:00; without a zone they are New York's. Where a
// moment says since when something is known, a date alone means the close of
// that session (16:00 if it is none).
//
// Text is cleaned by package clean: what could act on a terminal is left out,
// and what is longer than 64 characters is cut.
//
// # Mistakes
//
// A row that is wrong is left out, and named by file, line and column; the
// rest loads. A file without a column that it needs, a compressed file that is
// damaged and a folder without the two files that must be there are errors.
//
// What each column means is told in docs/datasets.md.
package dataset
