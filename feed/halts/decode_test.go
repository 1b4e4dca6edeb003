package halts

import (
	"strings"
	"testing"
	"time"

	"gyre/feed/live"
	"gyre/model/session"
)

// document is a list with the given rows.
func document(rows ...string) string {
	return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:ndaq="http://www.nasdaqtrader.com/"><channel>
<title>NASDAQTrader.com</title><pubDate>Fri, 28 Mar 2025 15:00:00 GMT</pubDate><ttl>1</ttl>
<ndaq:numItems>2</ndaq:numItems>` + strings.Join(rows, "\n") + `</channel></rss>`
}

// item is a row of the list, of elements and their texts in turn.
func item(fields ...string) string {
	var b strings.Builder
	b.WriteString("<item><title>X</title><description><![CDATA[<table><tr><td>X</td></tr></table>]]></description>")
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i+1] == "" {
			b.WriteString("<ndaq:" + fields[i] + " />")
			continue
		}
		b.WriteString("<ndaq:" + fields[i] + ">" + fields[i+1] + "</ndaq:" + fields[i] + ">")
	}
	b.WriteString("</item>")
	return b.String()
}

func TestRows(t *testing.T) {
	friday, winter := session.NewDate(2025, time.March, 28), session.NewDate(2025, time.December, 1)
	for name, c := range map[string]struct {
		row  string
		want live.Halt // without a symbol: refused
	}{
		"paused, with a resumption": {
			item("HaltDate", "03/28/2025", "HaltTime", "10:15:03", "IssueSymbol", "ALPHA", "ReasonCode", "LUDP", "PauseThresholdPrice", "11.20",
				"ResumptionDate", "03/28/2025", "ResumptionQuoteTime", "10:15:03", "ResumptionTradeTime", "10:20:03"),
			live.Halt{Symbol: "ALPHA", At: friday.At(10, 15).Add(3 * time.Second), Reason: "LUDP", Resumes: friday.At(10, 20).Add(3 * time.Second)},
		},
		"thousandths, no resumption": {
			item("HaltDate", "12/01/2025", "HaltTime", "19:50:00.125", "IssueSymbol", " BRK.B ", "ReasonCode", " T1", "ResumptionDate", "", "ResumptionTradeTime", ""),
			live.Halt{Symbol: "BRK.B", At: winter.At(19, 50).Add(125 * time.Millisecond), Reason: "T1"},
		},
		"thousandths apart": {
			item("HaltDate", "03/28/2025", "HaltTime", "07:32:12 .540", "IssueSymbol", "A"),
			live.Halt{Symbol: "A", At: friday.At(7, 32).Add(12*time.Second + 540*time.Millisecond)},
		},
		"a resumption without a date": {
			item("HaltDate", "03/28/2025", "HaltTime", "14:05:00", "IssueSymbol", "A", "ResumptionTradeTime", "14:15:00"),
			live.Halt{Symbol: "A", At: friday.At(14, 5), Resumes: friday.At(14, 15)},
		},
		"quotes only": {
			item("HaltDate", "03/28/2025", "HaltTime", "14:05:00", "IssueSymbol", "A", "ResumptionDate", "03/28/2025", "ResumptionQuoteTime", "14:10:00"),
			live.Halt{Symbol: "A", At: friday.At(14, 5)},
		},
		"resumed before it was halted": {
			item("HaltDate", "03/28/2025", "HaltTime", "14:05:00", "IssueSymbol", "A", "ResumptionDate", "03/27/2025", "ResumptionTradeTime", "15:00:00"),
			live.Halt{Symbol: "A", At: friday.At(14, 5)},
		},
		"no symbol":     {item("HaltDate", "03/28/2025", "HaltTime", "14:05:00"), live.Halt{}},
		"no time":       {item("HaltDate", "03/28/2025", "IssueSymbol", "A"), live.Halt{}},
		"no such day":   {item("HaltDate", "02/30/2025", "HaltTime", "14:05:00", "IssueSymbol", "A"), live.Halt{}},
		"another order": {item("HaltDate", "28/03/2025", "HaltTime", "14:05:00", "IssueSymbol", "A"), live.Halt{}},
	} {
		t.Run(name, func(t *testing.T) {
			good := item("HaltDate", "03/28/2025", "HaltTime", "09:45:00", "IssueSymbol", "GOOD")
			got, refused, err := decode([]byte(document(c.row, good)))
			if err != nil {
				t.Fatal(err)
			}
			if c.want.Symbol == "" {
				if refused != 1 || len(got) != 1 || got[0].Symbol != "GOOD" {
					t.Errorf("got %v and refused %d, want the good row alone", got, refused)
				}
				return
			}
			h := got[0]
			if h.Symbol != c.want.Symbol || h.Reason != c.want.Reason || !h.At.Equal(c.want.At) || !h.Resumes.Equal(c.want.Resumes) {
				t.Errorf("got %+v, want %+v", h, c.want)
			}
		})
	}
}

func TestWhatIsNoList(t *testing.T) {
	whole := document(item("HaltDate", "03/28/2025", "HaltTime", "10:15:03", "IssueSymbol", "A"))
	for name, body := range map[string]string{
		"nothing":        "",
		"a page":         "<!DOCTYPE html><html><body><p>busy<br></body></html>",
		"another XML":    "<feed></feed>",
		"JSON":           `{"error":"busy"}`,
		"cut in half":    whole[:len(whole)-20],
		"a wrong entity": document("<item>&lol;</item>"),
		"too many":       document(strings.Repeat("<item/>", maxHalts+1)),
	} {
		if got, _, err := decode([]byte(body)); err == nil || len(got) > 0 {
			t.Errorf("%s: got %v, want an error", name, got)
		}
	}
	if got, refused, err := decode([]byte(document())); err != nil || len(got)+refused > 0 {
		t.Errorf("a day without halts: got %v, %d, %v", got, refused, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(document(item("HaltDate", "03/28/2025", "HaltTime", "10:15:03", "IssueSymbol", "A", "ResumptionTradeTime", "10:20:03"))))
	f.Add([]byte(`<rss><channel><item>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		halts, _, err := decode(body)
		if err != nil && len(halts) > 0 {
			t.Errorf("both halts and %v", err)
		}
		for _, h := range halts {
			if h.Symbol == "" || h.At.IsZero() || !h.Resumes.IsZero() && !h.Resumes.After(h.At) {
				t.Errorf("%+v", h)
			}
		}
	})
}
