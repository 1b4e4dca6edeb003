package say

// HaltReason is an exchange's code for a halt with what it means, as in "T1, news
// pending" (Nasdaq Trader, trade halt codes); a code that is not known stays as
// it is.
func HaltReason(code string) string {
	if meaning := haltMeaning(code); meaning != "" {
		return code + ", " + meaning
	}
	return code
}

func haltMeaning(code string) string {
	switch code {
	case "T1":
		return "news pending"
	case "T2":
		return "news released"
	case "T3":
		return "news out, resumption times set"
	case "T5", "LUDP", "LUDS", "M":
		return "volatility pause"
	case "T6":
		return "extraordinary market activity"
	case "T8":
		return "exchange-traded fund"
	case "T12":
		return "information requested"
	case "H4", "H9":
		return "listing rules"
	case "H10":
		return "suspended by the SEC"
	case "H11":
		return "regulatory concern"
	case "IPO1":
		return "new issue, not yet trading"
	case "MWC0", "MWC1", "MWC2", "MWC3":
		return "market-wide circuit breaker"
	}
	return ""
}
