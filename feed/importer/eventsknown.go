package importer

import "strings"

// release is a well-known release: how much markets look at it, and when it
// usually comes, by New York's clocks.
type release struct {
	words  string // of its title, in lower case, with single blanks
	not    string // a word that makes it another one
	stars  int
	hour   int
	minute int
	sure   bool // its agency keeps to the time, so values can be known from then
	known  bool // it is in the table
}

// lateHour is when values of a day are known where nobody says when they came.
const lateHour = 17

// releases are the well-known ones; the first that fits a title counts.
func releases() []release {
	at := func(words, not string, stars, hour, minute int) release {
		return release{words: words, not: not, stars: stars, hour: hour, minute: minute, sure: true, known: true}
	}
	loose := func(words string, stars, hour, minute int) release {
		return release{words: words, stars: stars, hour: hour, minute: minute, known: true}
	}
	return []release{
		at("adp", "", 2, 8, 15),
		at("employment situation", "veterans", 3, 8, 30),
		at("nonfarm payrolls", "", 3, 8, 30),
		at("unemployment rate", "", 3, 8, 30),
		at("average hourly earnings", "", 3, 8, 30),
		at("consumer price index", "", 3, 8, 30),
		at("cpi", "", 3, 8, 30),
		at("pce", "", 3, 8, 30),
		at("personal income and outlays", "", 3, 8, 30),
		at("gdp", "by", 3, 8, 30),
		at("gross domestic product", "by", 3, 8, 30),
		at("retail sales", "", 3, 8, 30),
		at("sales for retail", "", 3, 8, 30),
		at("ism", "", 3, 10, 0),
		at("fomc press conference", "", 3, 14, 30),
		{words: "fomc member", stars: 1, hour: 8, minute: 30},
		at("fomc", "", 3, 14, 0),
		at("federal open market committee", "", 3, 14, 0),
		at("fed interest rate decision", "", 3, 14, 0),
		loose("beige book", 2, 14, 0),
		at("producer price index", "", 2, 8, 30),
		at("ppi", "", 2, 8, 30),
		at("employment cost index", "", 2, 8, 30),
		at("jobless claims", "", 2, 8, 30),
		at("unemployment claims", "", 2, 8, 30),
		at("durable goods", "", 2, 8, 30),
		at("housing starts", "", 2, 8, 30),
		at("building permits", "", 2, 8, 30),
		at("philadelphia fed", "", 2, 8, 30),
		at("philly fed", "", 2, 8, 30),
		at("empire state", "", 2, 8, 30),
		at("trade balance", "", 1, 8, 30),
		at("import and export price", "", 1, 8, 30),
		at("productivity and costs", "by", 1, 8, 30),
		at("real earnings", "", 1, 8, 30),
		at("industrial production", "", 1, 9, 15),
		at("chicago pmi", "", 2, 9, 45),
		at("s p global", "", 2, 9, 45),
		at("job openings", "state", 2, 10, 0),
		at("consumer confidence", "", 2, 10, 0),
		at("consumer sentiment", "", 2, 10, 0),
		at("home sales", "", 2, 10, 0),
		at("factory orders", "", 1, 10, 0),
		at("construction spending", "", 1, 10, 0),
		loose("crude oil inventories", 1, 10, 30),
		loose("note auction", 1, 13, 0),
		loose("bond auction", 1, 13, 0),
		loose("federal budget", 1, 14, 0),
	}
}

// releaseOf is the well-known release with a title, or one of no importance at
// 08:30.
func releaseOf(title string) release {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), " ") + " "
	for _, r := range releases() {
		if strings.Contains(words, " "+r.words+" ") && (r.not == "" || !strings.Contains(words, " "+r.not+" ")) {
			return r
		}
	}
	return release{stars: 1, hour: 8, minute: 30}
}
