package alpaca

import (
	"encoding/json"
	"fmt"

	"gyre/model/session"
)

// DailyBar is a session of one symbol, not adjusted for splits.
type DailyBar struct {
	Symbol string
	Bar
}

// Auction is a print of a closing auction.
type Auction struct {
	Trade
	Exchange string
}

// OfficialClose is the price of one symbol's closing auction.
type OfficialClose struct {
	Symbol string
	Date   session.Date
	Trade
}

// page is what every answer in pages has.
type page struct {
	Next *string `json:"next_page_token"`
}

// token is the next page's, "" after the last one.
func (p *page) token() string {
	if p.Next == nil {
		return ""
	}
	return *p.Next
}

// decodeBars reads one page of daily bars.
func decodeBars(body []byte) (bars []DailyBar, next string, err error) {
	var wire struct {
		page
		Bars map[string][]wireBar `json:"bars"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, "", fmt.Errorf("the daily bars are not what Alpaca documents: %w", err)
	}
	for symbol, sent := range wire.Bars {
		for i := range sent {
			if bar := sent[i].bar(); bar.Close > 0 {
				bars = append(bars, DailyBar{Symbol: symbol, Bar: bar})
			}
		}
	}
	return bars, wire.token(), nil
}

// decodeAuctions reads one page of auctions and picks each symbol's official
// closes.
func decodeAuctions(body []byte) (closes []OfficialClose, next string, err error) {
	type wireAuction struct {
		Time      string      `json:"t"`
		Price     json.Number `json:"p"`
		Size      json.Number `json:"s"`
		Condition string      `json:"c"`
	}
	var wire struct {
		page
		Auctions map[string][]struct {
			Date    string        `json:"d"`
			Closing []wireAuction `json:"c"`
		} `json:"auctions"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, "", fmt.Errorf("the auctions are not what Alpaca documents: %w", err)
	}
	for symbol, days := range wire.Auctions {
		for _, day := range days {
			date, err := session.ParseDate(day.Date)
			if err != nil {
				continue
			}
			var prints []Trade
			for _, a := range day.Closing {
				prints = append(prints, Trade{
					At: instant(a.Time), Price: price(a.Price), Size: count(a.Size), Conditions: []string{a.Condition},
				})
			}
			if official, ok := officialClose(prints); ok {
				closes = append(closes, OfficialClose{Symbol: symbol, Date: date, Trade: official})
			}
		}
	}
	return closes, wire.token(), nil
}

// officialClose picks the official close among a day's closing prints. Every
// exchange reports its own official close (M) and what it crossed (6). The one
// that counts is the listing exchange's, where by far the most is crossed;
// where both are told, M is the word on it.
func officialClose(prints []Trade) (Trade, bool) {
	var best Trade
	for _, t := range prints {
		switch code := t.Conditions[0]; {
		case code != "M" && code != "6", t.Price == 0, t.At.IsZero():
		case best.Price == 0, t.Size > best.Size, t.Size == best.Size && code == "M":
			best = t
		}
	}
	return best, best.Price > 0
}
