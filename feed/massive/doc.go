// Package massive reads the market data of Massive (formerly Polygon): the
// snapshot of the whole market, the daily closes, the index levels, the stream
// of one-second aggregates, and the splits and holidays behind them.
package massive
