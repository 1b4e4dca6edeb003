package halts

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"

	"gyre/feed/live"
	"gyre/model/session"
)

// maxHalts is more rows than there are listed stocks.
const maxHalts = 20_000

// errNoList is an answer that is no list of halts, such as a page of HTML.
var errNoList = errors.New("the answer is no list of halts")

// list is the document, as far as it is read.
type list struct {
	XMLName xml.Name `xml:"rss"`
	Rows    []row    `xml:"channel>item"`
}

// row is one halt. Dates are written 03/28/2025 and times 10:15:03, with or
// without thousandths, both in New York.
type row struct {
	Symbol        string `xml:"IssueSymbol"`
	HaltDate      string `xml:"HaltDate"`
	HaltTime      string `xml:"HaltTime"`
	Reason        string `xml:"ReasonCode"`
	ResumesOnDate string `xml:"ResumptionDate"`
	ResumesAt     string `xml:"ResumptionTradeTime"`
}

// decode reads a list of halts. Refused counts the rows that make no sense; the
// others are good all the same.
func decode(body []byte) (halts []live.Halt, refused int, err error) {
	var l list
	if err := xml.Unmarshal(body, &l); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errNoList, err)
	}
	if len(l.Rows) > maxHalts {
		return nil, 0, fmt.Errorf("%w: it has %d rows", errNoList, len(l.Rows))
	}
	for i := range l.Rows {
		if h, ok := l.Rows[i].halt(); ok {
			halts = append(halts, h)
		} else {
			refused++
		}
	}
	return halts, refused, nil
}

// halt is the halt of a row, false where it has no symbol or no time.
func (r *row) halt() (live.Halt, bool) {
	at, ok := moment(r.HaltDate, r.HaltTime)
	symbol := strings.TrimSpace(r.Symbol)
	if !ok || symbol == "" {
		return live.Halt{}, false
	}
	h := live.Halt{Symbol: symbol, At: at, Reason: strings.TrimSpace(r.Reason)}
	date := r.ResumesOnDate
	if strings.TrimSpace(date) == "" {
		date = r.HaltDate // left out by some rows that have the time
	}
	if resumes, ok := moment(date, r.ResumesAt); ok && resumes.After(at) {
		h.Resumes = resumes
	}
	return h, true
}

// moment reads a date and a time of New York.
func moment(date, clock string) (time.Time, bool) {
	clock = strings.ReplaceAll(clock, " ", "") // the thousandths may stand apart
	at, err := time.ParseInLocation("01/02/2006 15:04:05", strings.TrimSpace(date)+" "+clock, session.Zone())
	return at, err == nil
}
