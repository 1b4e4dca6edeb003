package report

// page is a report in parts, for the writers that lay it out as plain text or
// as Markdown.
type page struct {
	title    string
	badges   []string // what a reader must know before any number
	lead     []string
	sections []section
}

// section is a table with what is said about it.
type section struct {
	title   string
	context string // what the numbers are: statistic, window, unit
	tables  []table
	notes   []string // one sentence each
}

// table is rows of cells under a heading.
type table struct {
	columns []column
	rows    [][]string
}

// column is one column of a table. Numbers stand at the right.
type column struct {
	head  string
	left  bool // text, from the left
	flex  bool // may be cut where the page is too narrow
	title bool // an event's title, which is shortened before it goes on in the next line
	whole bool // goes on in the next line where it would be cut
}

// numbers are columns of numbers with the given headings.
func numbers(heads ...string) []column {
	all := make([]column, len(heads))
	for i, head := range heads {
		all[i] = column{head: head}
	}
	return all
}
