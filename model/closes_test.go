package model

import (
	"strings"
	"testing"
	"time"

	"gyre/model/num"
	"gyre/model/session"
)

// publishedCloses are the official closes of the Russell 2000 and the S&P 500
// from 16 December 2024 to 28 March 2025.
const publishedCloses = `
12-16 2361.99 6074.08 | 12-17 2334.08 6050.61 | 12-18 2231.51 5872.16 | 12-19 2221.50 5867.08 | 12-20 2242.37 5930.85 | 12-23 2237.44 5974.07 | 12-24 2259.85 6040.04
12-26 2280.19 6037.59 | 12-27 2244.59 5970.84 | 12-30 2227.78 5906.94 | 12-31 2230.16 5881.63 | 01-02 2231.67 5868.55 | 01-03 2268.47 5942.47 | 01-06 2266.65 5975.38
01-07 2249.80 5909.03 | 01-08 2238.96 5918.25 | 01-10 2189.23 5827.04 | 01-13 2194.40 5836.22 | 01-14 2219.24 5842.91 | 01-15 2263.29 5949.91 | 01-16 2266.79 5937.34
01-17 2275.88 5996.66 | 01-21 2317.97 6049.24 | 01-22 2303.72 6086.37 | 01-23 2314.60 6118.71 | 01-24 2307.74 6101.24 | 01-27 2284.02 6012.28 | 01-28 2288.86 6067.70
01-29 2283.10 6039.31 | 01-30 2307.45 6071.17 | 01-31 2287.69 6040.53 | 02-03 2258.42 5994.57 | 02-04 2290.21 6037.88 | 02-05 2316.23 6061.48 | 02-06 2307.12 6083.57
02-07 2279.71 6025.99 | 02-10 2287.94 6066.44 | 02-11 2275.70 6068.50 | 02-12 2255.89 6051.97 | 02-13 2282.18 6115.07 | 02-14 2279.98 6114.63 | 02-18 2290.35 6129.58
02-19 2282.46 6144.15 | 02-20 2261.74 6117.52 | 02-21 2195.35 6013.13 | 02-24 2178.27 5983.25 | 02-25 2170.08 5955.25 | 02-26 2174.17 5956.06 | 02-27 2139.66 5861.57
02-28 2163.07 5954.50 | 03-03 2102.24 5849.72 | 03-04 2079.53 5778.15 | 03-05 2100.75 5842.63 | 03-06 2066.55 5738.52 | 03-07 2075.48 5770.20 | 03-10 2019.07 5614.56
03-11 2023.59 5572.07 | 03-12 2026.47 5599.30 | 03-13 1993.69 5521.52 | 03-14 2044.10 5638.94 | 03-17 2068.33 5675.12 | 03-18 2049.94 5614.66 | 03-19 2082.08 5675.29
03-20 2068.63 5662.89 | 03-21 2056.98 5667.56 | 03-24 2109.38 5767.57 | 03-25 2095.38 5776.65 | 03-26 2073.83 5712.20 | 03-27 2065.70 5693.31 | 03-28 2023.27 5580.94`

// publishedIndices is both series as a reference holds them.
func publishedIndices(t *testing.T) (rut, spx *IndexSeries) {
	t.Helper()
	rut = &IndexSeries{Symbol: "RUT", Name: "Russell 2000"}
	spx = &IndexSeries{Symbol: "SPX", Name: "S&P 500"}
	for cell := range strings.FieldsFuncSeq(publishedCloses, func(r rune) bool { return r == '|' || r == '\n' }) {
		fields := strings.Fields(cell)
		if len(fields) == 0 {
			continue
		}
		year := "2025-"
		if strings.HasPrefix(fields[0], "12-") {
			year = "2024-"
		}
		date, err := session.ParseDate(year + fields[0])
		if err != nil {
			t.Fatal(err)
		}
		rut.Days = append(rut.Days, IndexDay{Date: date, Close: price(t, fields[1])})
		spx.Days = append(spx.Days, IndexDay{Date: date, Close: price(t, fields[2])})
	}
	if len(rut.Days) != 70 {
		t.Fatalf("%d sessions, not 70", len(rut.Days))
	}
	return rut, spx
}

func price(t *testing.T, s string) num.Price {
	t.Helper()
	p, err := num.ParsePrice(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// atClose is the published index at the official close of a session.
func atClose(t *testing.T, series *IndexSeries, date session.Date) indexInput {
	t.Helper()
	cal := session.New()
	shown, ok := cal.On(date)
	if !ok {
		t.Fatalf("%s is no session", date)
	}
	in := indexInput{
		series: series, cal: cal, shown: shown, now: shown.Closes, at: shown.Closes, official: true,
		level: closeOn(series.Days, date),
	}
	in.bases = basesOn(cal, date)
	return in
}

func basesOn(cal *session.Calendar, date session.Date) (bases PerWindow[session.Date]) {
	for _, w := range session.Windows() {
		if base, ok := cal.Base(w, date); ok {
			bases[w] = base.Date
		}
	}
	return bases
}

func friday() session.Date { return session.NewDate(2025, time.March, 28) }

// figures turns a window's figures into text, for comparison.
func figures(fs PerWindow[num.Figure]) (texts PerWindow[string]) {
	for w, f := range fs {
		texts[w] = f.String()
	}
	return texts
}
