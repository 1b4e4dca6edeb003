// Package alpaca reads the market data of Alpaca: a sweep of snapshots over
// all symbols, a stream for some of them, and the daily bars, auctions,
// corporate actions and trading days behind them.
//
// What an account may see is found out at the start: the consolidated tape
// live, the same fifteen minutes late, or the prints of one exchange (IEX),
// and the screen says which.
package alpaca
