// Package importer reads files as their publishers give them into what the
// store takes in: lists of members, closes, levels of indices.
//
// An importer never fails on a single row: what it leaves out and what looks
// wrong to it is in its Report. It fails where the file as a whole is not what
// it should be, and then nothing of it may be used.
package importer

import "errors"

// What is wrong with a file as a whole. The errors of importers wrap these.
var (
	ErrWebPage   = errors.New("it is a web page")
	ErrFormat    = errors.New("it is not a text file with columns")
	ErrColumns   = errors.New("its columns are not the expected ones")
	ErrNoData    = errors.New("it holds no data")
	ErrNoDate    = errors.New("it does not say its date")
	ErrCountBand = errors.New("the number of stocks is not that of the index")
	ErrTooLarge  = errors.New("it is too large")
)

// Limits of what an importer takes in, so that no file can exhaust the memory.
const (
	maxHoldings = 64 << 20 // bytes of a list, decompressed
	maxPrices   = 1 << 30  // bytes of a file of prices, decompressed
	maxRows     = 5_000_000
	maxSymbols  = 50_000
	maxWindow   = 64 << 20 // of the zstd decompressor
)
