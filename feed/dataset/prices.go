package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// maxVolume bounds the shares traded in a session, and shares outstanding.
const maxVolume = 1_000_000_000_000

// instruments reads instruments.csv. Its order gives the IDs.
func (l *loader) instruments(t *table) {
	key, symbol, name := t.need("id"), t.need("symbol"), t.need("name")
	sector, class := t.need("sector"), t.need("share_class_of")
	links := make(map[model.ID]link)
	bySymbol := make(map[string]model.ID)
	for r := range t.rows {
		in := model.Instrument{Key: r.text(key), Symbol: r.text(symbol), Name: r.word(name), Sector: r.word(sector)}
		primary := r.word(class)
		id := model.ID(len(l.ref.Instruments))
		if r.ok() && id >= maxInstruments {
			t.err = fmt.Errorf("%s has more than %d instruments", t.name, maxInstruments)
			return
		}
		if r.ok() && !l.ids.add(in.Key) {
			r.refuse(key, "the id %s is there already", r.quote(key))
		}
		if !r.ok() {
			continue
		}
		if primary != "" && primary != in.Key {
			links[id] = link{primary, Problem{File: t.name, Line: r.line, Column: r.start(class)}}
		}
		if first, taken := bySymbol[in.Symbol]; taken {
			l.twins = append(l.twins, twin{first, id, Problem{File: t.name, Line: r.line, Column: r.start(symbol)}})
		} else {
			bySymbol[in.Symbol] = id
		}
		in.ShareClassOf = id
		l.ref.Instruments = append(l.ref.Instruments, in)
	}
	if t.err == nil && len(l.ref.Instruments) == 0 {
		t.err = fmt.Errorf("%s has no usable row; it must hold at least one instrument", t.name)
	}
	l.tie(links)
}

// link is a share class that names its company's primary line.
type link struct {
	primary string
	problem Problem // should there be no such line
}

// tie ties share classes to their primary lines, once all are read.
func (l *loader) tie(links map[model.ID]link) {
	for id := range model.ID(len(l.ref.Instruments)) {
		class, isClass := links[id]
		if !isClass {
			continue
		}
		primary, found := l.ids.find(class.primary)
		if _, chained := links[primary]; !found || chained {
			class.problem.Message = fmt.Sprintf("%q is no company's primary line; the name counts as a company of its own", class.primary)
			l.problem(class.problem)
			continue
		}
		l.ref.Instruments[id].ShareClassOf = primary
	}
}

// closes reads closes.csv into columns.
func (l *loader) closes(t *table) {
	t.limit = maxCells
	date, key := t.need("date"), t.need("id")
	opened, high, low := t.may("open"), t.may("high"), t.may("low")
	price, volume := t.need("close"), t.may("volume")
	var columns columns
	usable := false
	for r := range t.rows {
		prices := columns.of(l, r, date)
		if prices == nil {
			continue
		}
		id := r.id(key, &l.ids)
		p, v := r.price(price), r.optionalInteger(volume, 0, maxVolume)
		o, h, lo := r.optionalPrice(opened), r.optionalPrice(high), r.optionalPrice(low)
		if h != 0 && lo != 0 && h < lo {
			r.refuse(high, "the high lies below the low")
		}
		if r.ok() && prices.close.Price[id] != 0 {
			r.refuse(key, "%s has a close on %s already", r.quote(key), prices.close.Date)
		}
		if !r.ok() {
			continue
		}
		usable = true
		prices.close.Price[id], prices.close.Volume[id] = p, v
		set(&prices.day.Open, id, o, len(l.ref.Instruments))
		set(&prices.day.High, id, h, len(l.ref.Instruments))
		set(&prices.day.Low, id, lo, len(l.ref.Instruments))
	}
	columns.hand(l)
	if t.err == nil && !usable {
		t.err = fmt.Errorf("%s has no usable row; it must hold at least one session's closes", t.name)
	}
}

// columns are the sessions of closes.csv while it is read.
type columns struct {
	all    []*dayColumns
	byDate map[session.Date]*dayColumns
	last   *dayColumns
	text   string // the date of last, as written
}

// dayColumns are one session's columns.
type dayColumns struct {
	close model.CloseColumn
	day   Day
}

// of is the session that a row belongs to. Rows come sorted by date, so that
// it is nearly always that of the row before.
func (c *columns) of(l *loader, r *row, date column) *dayColumns {
	if c.last != nil && r.fields[date] == c.text {
		return c.last
	}
	d := r.date(date)
	if !r.ok() {
		return nil
	}
	if _, on := l.calendar.On(d); !on {
		r.refuse(date, "%s", closed(d.String()))
		return nil
	}
	found := c.byDate[d]
	if found == nil {
		n := len(l.ref.Instruments)
		if (len(c.all)+1)*n > maxCells {
			r.table.err = fmt.Errorf("%s has more than %d sessions of %d instruments; leave out the oldest", r.table.name, len(c.all), n)
			return nil
		}
		found = &dayColumns{
			close: model.CloseColumn{Date: d, Price: make([]num.Price, n), Volume: make([]int64, n)},
			day:   Day{Date: d},
		}
		if c.byDate == nil {
			c.byDate = make(map[session.Date]*dayColumns)
		}
		c.byDate[d] = found
		c.all = append(c.all, found)
	}
	c.last, c.text = found, r.fields[date]
	return found
}

// hand puts the columns into the dataset, in order.
func (c *columns) hand(l *loader) {
	slices.SortFunc(c.all, func(a, b *dayColumns) int { return cmp.Compare(a.day.Date, b.day.Date) })
	for _, d := range c.all {
		l.ref.Closes = append(l.ref.Closes, d.close)
		l.data.Days = append(l.data.Days, d.day)
	}
}

// set stores a price in a column of n that is made when it is first needed.
func set(column *[]num.Price, id model.ID, p num.Price, n int) {
	if p == 0 {
		return
	}
	if *column == nil {
		*column = make([]num.Price, n)
	}
	(*column)[id] = p
}

// indices reads indices.csv.
func (l *loader) indices(t *table) {
	symbol, name, date := t.need("symbol"), t.may("name"), t.need("date")
	opened, high, low, price := t.need("open"), t.need("high"), t.need("low"), t.need("close")
	highAt, lowAt := t.may("high_at"), t.may("low_at")
	for r := range t.rows {
		day := model.IndexDay{
			Date: r.date(date),
			Open: r.optionalPrice(opened), High: r.optionalPrice(high), Low: r.optionalPrice(low),
			Close: r.price(price),
		}
		on, isSession := l.calendar.On(day.Date)
		if !isSession {
			r.refuse(date, "%s", closed(r.quote(date)))
		}
		if day.High != 0 && day.Low != 0 && day.High < day.Low {
			r.refuse(high, "the high lies below the low")
		}
		at := Extremes{HighAt: r.clock(highAt, on), LowAt: r.clock(lowAt, on)}
		sym, title := r.text(symbol), r.word(name)
		if !r.ok() {
			continue
		}
		i := l.index(sym, title)
		series := &l.ref.Indices[i]
		place, there := slices.BinarySearchFunc(series.Days, day.Date, func(d model.IndexDay, date session.Date) int {
			return cmp.Compare(d.Date, date)
		})
		if there {
			r.refuse(date, "%s has a close on %s already", sym, day.Date)
			continue
		}
		series.Days = slices.Insert(series.Days, place, day)
		l.data.Extremes[i] = slices.Insert(l.data.Extremes[i], place, at)
	}
}

// index is the place of an index's series, which is begun if there is none.
func (l *loader) index(symbol, name string) int {
	i := slices.IndexFunc(l.ref.Indices, func(s model.IndexSeries) bool { return s.Symbol == symbol })
	if i < 0 {
		i = len(l.ref.Indices)
		l.ref.Indices = append(l.ref.Indices, model.IndexSeries{Symbol: symbol, Name: known(symbol)})
		l.data.Extremes = append(l.data.Extremes, nil)
	}
	if name != "" {
		l.ref.Indices[i].Name = name
	}
	return i
}

// known is the name of an index whose rows do not give one.
func known(symbol string) string {
	switch symbol {
	case "RUT":
		return "Russell 2000"
	case "SPX":
		return "S&P 500"
	default:
		return symbol
	}
}

// clock is a time of day within a session, written as 15:55; the zero Time
// where the field is empty.
func (r *row) clock(c column, s session.Session) time.Time {
	if r.raw(c) == "" || !r.ok() {
		return time.Time{}
	}
	t, err := time.Parse("15:04", r.raw(c))
	if err != nil {
		r.refuse(c, "%s %s is not a time of day; write it as 15:55", r.table.header[c], r.quote(c))
		return time.Time{}
	}
	at := s.Date.At(t.Hour(), t.Minute())
	if at.Before(s.Opens) || !at.Before(s.Closes) {
		r.refuse(c, "%s %s lies outside the session", r.table.header[c], r.quote(c))
	}
	return at
}
