package zoom

import (
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// book is a view on its way to pages.
type book struct {
	th         *theme.Theme
	sections   []Section
	w, h       int  // of a page's body
	heroHeight int  // on the first page; 0 without a hero
	whole      bool // sections that are better whole have all of their lines
	pages      []page
}

// page is a few columns of sections.
type page []column

// column is sections from the top down.
type column struct {
	sections []int
	lines    int // that they need at least, with the blank ones between them
}

// hero chooses the height of the picture: two fifths of the page, a little less
// where that brings everything on one page, if it can with every line of it,
// and all of the page where nothing else has room.
func (b *book) hero(s Section) {
	if s.Draw == nil {
		return
	}
	const usual, smallest = 0.4, 0.28
	least, most := s.head()+s.Least, s.head()+s.Most
	for _, b.whole = range [...]bool{true, false} {
		for share := usual; share >= smallest; share -= 0.02 {
			b.heroHeight = min(max(int(share*float64(b.h)), least), most)
			if b.fit(0, b.below()) == len(b.sections) {
				return
			}
		}
	}
	b.heroHeight = min(max(int(usual*float64(b.h)), least), most)
	if b.fit(0, b.below()) == 0 {
		b.heroHeight = b.h
	}
}

// below is how many lines the first page has under its picture.
func (b *book) below() int {
	if b.heroHeight == 0 {
		return b.h
	}
	return max(b.h-b.heroHeight-1, 0) // a blank line between them
}

// turn gives every section its page.
func (b *book) turn() {
	first, height := 0, b.below()
	for first < len(b.sections) || len(b.pages) == 0 {
		n := b.fit(first, height)
		if n == 0 && first < len(b.sections) && (len(b.pages) > 0 || b.heroHeight == 0) {
			n = 1 // larger than a page: it is cut
		}
		b.pages = append(b.pages, b.even(first, n, height))
		first, height = first+n, b.h
	}
}

// fit is how many sections from first on one page of that height takes.
func (b *book) fit(first, height int) int {
	n := 0
	for first+n < len(b.sections) && b.pack(first, n+1, height) != nil {
		n++
	}
	return n
}

// even packs n sections into columns of about the same length.
func (b *book) even(first, n, height int) page {
	for h := 1; h < height; h++ {
		if p := b.pack(first, n, h); p != nil {
			return p
		}
	}
	if p := b.pack(first, n, height); p != nil {
		return p
	}
	return page{{sections: []int{first}}}
}

// least is how many lines the body of a section gets at least.
func (b *book) least(i int) int {
	if s := b.sections[i]; !b.whole || !s.Whole {
		return s.Least
	}
	return b.sections[i].Most
}

// pack puts n sections into columns of a height, each into the first column
// that has room; nil where they do not all fit.
func (b *book) pack(first, n, height int) page {
	count, _ := Columns(b.w)
	columns := make(page, count)
next:
	for i := first; i < first+n; i++ {
		need := b.sections[i].head() + b.least(i)
		for c := range columns {
			gap := min(columns[c].lines, 1)
			if columns[c].lines+gap+need <= height {
				columns[c].lines += gap + need
				columns[c].sections = append(columns[c].sections, i)
				continue next
			}
		}
		return nil
	}
	return columns
}

// draw draws one page.
func (b *book) draw(n int, hero Section) draw.Block {
	if n > 0 || b.heroHeight == 0 {
		return b.columns(b.pages[n], b.h)
	}
	heights, slack := b.stretch(b.pages[0], b.below())
	top := b.heroHeight
	if top < b.h {
		top += min(slack, hero.head()+hero.Most-b.heroHeight)
	}
	var lines draw.Block
	if hero.head() > 0 {
		lines = append(lines, heading(b.th, hero, b.w))
	}
	body := top - hero.head()
	lines = append(lines, draw.Pad(b.th, hero.Draw(b.w, max(body, 0)), b.w, body)...)
	if top == b.h {
		return lines
	}
	return draw.Stack(lines, draw.Blank(b.w, 1), b.place(b.pages[0], heights, b.h-top-1))
}

// columns draws the columns of a page side by side.
func (b *book) columns(p page, h int) draw.Block {
	heights, _ := b.stretch(p, h)
	return b.place(p, heights, h)
}

// stretch gives the sections the lines that are left, and says how many lines
// are left then in every column.
func (b *book) stretch(p page, h int) (heights map[int]int, slack int) {
	heights, slack = map[int]int{}, h
	for _, c := range p {
		left := h - c.lines
		for _, i := range c.sections {
			heights[i] = b.least(i)
		}
		for grew := true; grew && left > 0; {
			grew = false
			for _, i := range c.sections {
				if left > 0 && heights[i] < b.sections[i].Most {
					heights[i], left, grew = heights[i]+1, left-1, true
				}
			}
		}
		slack = min(slack, left)
	}
	return heights, max(slack, 0)
}

// place puts the columns next to each other.
func (b *book) place(p page, heights map[int]int, h int) draw.Block {
	_, width := Columns(b.w)
	var blocks []draw.Block
	for i, c := range p {
		w := width
		if i == len(p)-1 {
			w = b.w - (width+Gap)*(len(p)-1)
		}
		if i > 0 {
			blocks = append(blocks, draw.Blank(Gap, h))
		}
		blocks = append(blocks, draw.Pad(b.th, b.column(c, heights, w), w, h))
	}
	return draw.Beside(blocks...)
}

// column draws its sections, a blank line between two of them.
func (b *book) column(c column, heights map[int]int, w int) draw.Block {
	var lines draw.Block
	for n, i := range c.sections {
		s := b.sections[i]
		if n > 0 {
			lines = append(lines, "")
		}
		if s.head() > 0 {
			lines = append(lines, heading(b.th, s, w))
		}
		lines = append(lines, draw.Pad(b.th, s.Draw(w, heights[i]), w, heights[i])...)
	}
	return lines
}
