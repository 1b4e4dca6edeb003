package alert

import (
	"strconv"
	"strings"

	"gyre/model/num"
)

// short is what a trader calls an index or universe.
func short(symbol string) string {
	switch symbol {
	case "RUT":
		return "R2000"
	case "RMICRO":
		return "Micro"
	case "SPX":
		return "S&P 500"
	default:
		return symbol
	}
}

// bound is a level without decimals that say nothing: 2,025.
func bound(f num.Figure) string {
	text := f.Grouped()
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// signed is a move with its sign: +0.28, -2.44.
func signed(f num.Figure) string {
	if f.Sign() > 0 {
		return "+" + f.String()
	}
	return f.String()
}

// plain is a threshold with the decimals that it needs.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// signedPlain is a threshold of a move, with its sign.
func signedPlain(v float64) string {
	if v > 0 {
		return "+" + plain(v)
	}
	return plain(v)
}

// worst is a place among the worst: "third worst", and "worst" for the first.
func worst(rank int) string {
	if rank == 1 {
		return "worst"
	}
	return num.Ordinal(rank) + " worst"
}
