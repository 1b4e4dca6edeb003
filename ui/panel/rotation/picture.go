package rotation

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gyre/model"
	"gyre/model/rotation"
	"gyre/ui/canvas"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// How many sessions of their way groups show: a week in their colour, and where
// there is room for it the week before, faint.
const (
	shortTail   = 5
	longTail    = 10
	longTailMap = 3000 // cells
)

// picture is the map in w by h cells, with the numbers of its axes at the left
// and below, and how many sessions of their way the groups show.
func (v view) picture(w, h int) (lines draw.Block, tail int) {
	groups := v.groups(w >= roomyMapWidth-4 && h >= roomyMapHeight)
	tail = shortTail
	if w*h >= longTailMap {
		tail = longTail
	}
	p := plane{th: v.th}
	for _, t := range groups {
		p.include(last(t.Points, tail))
	}
	p.settle(w, h)
	// What matters most comes last, over the others.
	for _, t := range groups {
		p.way(last(t.Points, tail), theme.Faint)
	}
	for _, t := range slices.Backward(groups) {
		p.way(last(t.Points, shortTail), role(t.Group))
	}
	for _, t := range slices.Backward(groups) {
		p.head(t.Points, role(t.Group))
	}
	for _, t := range groups {
		p.label(t.Points, v.th.Say(say.Short(t.Group)), role(t.Group))
	}
	p.ground()
	for y, line := range p.canvas.Block(v.th) {
		lines = append(lines, v.th.Paint(theme.Dim, draw.FitRight(v.th, p.row(y), p.left-1))+" "+line)
	}
	return append(lines, draw.Spaces(p.left)+p.below()), tail
}

// last is the newest n points.
func last(points []model.MapPoint, n int) []model.MapPoint {
	return points[max(len(points)-n, 0):]
}

// plane is the map's plane: trend to the right, momentum upwards, 100 and 100
// in the middle.
type plane struct {
	th           *theme.Theme
	canvas       *canvas.Canvas
	left         int     // cells for the numbers beside the canvas
	across, up   float64 // from the middle to the border
	stepX, stepY float64 // between two numbers
}

const middle = 100

// include widens the plane to hold the points.
func (p *plane) include(points []model.MapPoint) {
	for _, q := range points {
		if q.Trend.Known() && q.Momentum.Known() {
			p.across = math.Max(p.across, math.Abs(q.Trend.Float()-middle))
			p.up = math.Max(p.up, math.Abs(q.Momentum.Float()-middle))
		}
	}
}

// settle fixes the scales once every point is included.
func (p *plane) settle(w, h int) {
	const room, least = 1.15, 1
	const below = 1                            // the numbers under the canvas
	const fewestRows, fewestColumns = 3.0, 9.0 // between two numbers
	const longestNumber, shortestNumber = 7, 3 // cells
	p.across, p.up = math.Max(room*p.across, least), math.Max(room*p.up, least)
	p.stepY = roundStep(2 * p.up * fewestRows / math.Max(float64(h-below), 1))
	p.left = shortestNumber + 1
	for n := -mostNumbers; n <= mostNumbers; n++ {
		if offset := float64(n) * p.stepY; math.Abs(offset) <= p.up {
			p.left = max(p.left, min(len(number(offset)), longestNumber)+1)
		}
	}
	p.canvas = canvas.New(w-p.left, h-below)
	p.stepX = roundStep(2 * p.across * fewestColumns / math.Max(float64(p.canvas.W), 1))
}

// mostNumbers is how many numbers an axis has at most on each side of 100.
const mostNumbers = 20

// roundStep is the smallest round number that is not below least.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, round := range [...]float64{1, 2, 5} {
		if round*power >= least {
			return round * power
		}
	}
	return 10 * power
}

// dot is the place of a point in dots.
func (p *plane) dot(q model.MapPoint) (x, y int) {
	halfX, halfY := float64(p.canvas.W*canvas.DotsAcross-1)/2, float64(p.canvas.H*canvas.DotsDown-1)/2
	x = int(math.Round(halfX + (q.Trend.Float()-middle)/p.across*halfX))
	y = int(math.Round(halfY - (q.Momentum.Float()-middle)/p.up*halfY))
	return x, y
}

// cell is the place of a point in cells.
func (p *plane) cell(q model.MapPoint) (x, y int) {
	x, y = p.dot(q)
	return x / canvas.DotsAcross, y / canvas.DotsDown
}

// way draws the line through the points.
func (p *plane) way(points []model.MapPoint, role theme.Role) {
	for i := 1; i < len(points); i++ {
		x0, y0 := p.dot(points[i-1])
		x1, y1 := p.dot(points[i])
		p.canvas.Line(x0, y0, x1, y1, role)
	}
}

// head marks where the group is now.
func (p *plane) head(points []model.MapPoint, role theme.Role) {
	if len(points) > 0 {
		x, y := p.cell(points[len(points)-1])
		p.canvas.Text(x, y, p.th.Glyph.Dot, role)
	}
}

// label writes a group's name as near to its dot as there is room, better over
// nothing than over a line; a name without room is left out.
func (p *plane) label(points []model.MapPoint, name string, role theme.Role) {
	if len(points) == 0 {
		return
	}
	const longest = 8
	name = draw.Cut(p.th, name, longest)
	n := draw.Width(name)
	x, y := p.cell(points[len(points)-1])
	gap := 0
	if p.th.ASCII {
		gap = 1 // a dot of letters would look like one more of the name
	}
	near := [][2]int{{x + 1 + gap, y}, {x - n - gap, y}, {x + 1, y - 1}, {x + 1, y + 1}, {x - n, y - 1}, {x - n, y + 1}, {x - n/2, y - 1}, {x - n/2, y + 1}}
	far := [][2]int{{x + 2, y - 2}, {x + 2, y + 2}, {x - n - 1, y - 2}, {x - n - 1, y + 2}}
	for _, try := range []struct {
		places [][2]int
		clear  bool
	}{{near, true}, {near[:4], false}, {far, true}, {near, false}, {far, false}} {
		for _, at := range try.places {
			if p.canvas.Free(at[0], at[1], n, try.clear) && p.apart(at[0], at[1], n, x, y) {
				p.canvas.Text(at[0], at[1], name, role)
				return
			}
		}
	}
}

// apart tells that a name of n cells would not run into another one. Its own
// dot may be its neighbour.
func (p *plane) apart(x, y, n, dotX, dotY int) bool {
	beside := func(at int) bool {
		return at == dotX && y == dotY || at < 0 || at >= p.canvas.W || p.canvas.Free(at, y, 1, false)
	}
	return beside(x-1) && beside(x+n)
}

// ground draws what lies under the ways: the quadrants' and the axes' names,
// and the cross at 100 and 100.
func (p *plane) ground() {
	c, g := p.canvas, &p.th.Glyph
	centerX, centerY := c.W/2, c.H/2
	p.word(0, 0, 1, rotation.Improving)
	p.word(c.W-1, 0, 1, rotation.Leading)
	p.word(c.W-1, c.H-1, -1, rotation.Weakening)
	p.word(0, c.H-1, -1, rotation.Lagging)
	if x := centerX + 2; c.Free(x, 0, len("momentum"), true) {
		c.Text(x, 0, "momentum", theme.Dim)
	}
	if x := c.W - len("trend"); c.Free(x, centerY-1, len("trend"), true) {
		c.Text(x, centerY-1, "trend", theme.Dim)
	}
	c.Under(centerX, centerY, g.Cross, theme.Faint)
	for y := range c.H {
		c.Under(centerX, y, g.Vertical, theme.Faint)
	}
	for x := range c.W {
		c.Under(x, centerY, g.Horizontal, theme.Faint)
	}
}

// word writes a quadrant's name into its corner, on the first of a few rows
// from y on that has room for it; x is where it begins, or at the right border
// where it ends.
func (p *plane) word(x, y, down int, q rotation.Quadrant) {
	const rows = 4
	name := strings.ToLower(q.String())
	if x > 0 {
		x -= len(name) - 1
	}
	for range min(rows, (p.canvas.H-1)/2) { // never on the cross
		if p.canvas.Free(x, y, len(name), true) {
			p.canvas.Text(x, y, name, theme.Strong)
			return
		}
		y += down
	}
}

// row is the number at the left of a row of cells; "" where there is none.
func (p *plane) row(y int) string {
	half := float64(p.canvas.H*canvas.DotsDown-1) / 2
	for n := -mostNumbers; n <= mostNumbers; n++ {
		at := int(math.Round(half-float64(n)*p.stepY/p.up*half)) / canvas.DotsDown
		if at == y && math.Abs(float64(n)*p.stepY) <= p.up {
			return number(float64(n) * p.stepY)
		}
	}
	return ""
}

// below are the numbers under the columns.
func (p *plane) below() string {
	w := p.canvas.W
	line := make([]byte, max(w, 0))
	for i := range line {
		line[i] = ' '
	}
	half := float64(w*canvas.DotsAcross-1) / 2
	for n := -mostNumbers; n <= mostNumbers; n++ {
		offset := float64(n) * p.stepX
		if math.Abs(offset) > p.across {
			continue
		}
		text := number(offset)
		at := int(math.Round(half+offset/p.across*half))/canvas.DotsAcross - len(text)/2
		if at >= 0 && at+len(text) <= w {
			copy(line[at:], text)
		}
	}
	return p.th.Paint(theme.Dim, string(line))
}

// number is a place on an axis as short as it can be told.
func number(offset float64) string {
	return strconv.FormatFloat(middle+offset, 'f', -1, 64)
}
