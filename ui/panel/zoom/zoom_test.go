package zoom_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// section is a section called s<i> whose body tells the lines that it is given.
func section(i, least, most int) zoom.Section {
	return zoom.Section{
		Title: fmt.Sprintf("s%d", i), Least: least, Most: most,
		Draw: func(_, h int) draw.Block {
			lines := make(draw.Block, h)
			for n := range lines {
				lines[n] = fmt.Sprintf("%d.%d/%d", i, n+1, h)
			}
			return lines
		},
	}
}

func hero(least, most int) zoom.Section {
	return zoom.Section{Least: least, Most: most, Draw: func(_, h int) draw.Block {
		return draw.Block{fmt.Sprintf("hero of %d", h)}
	}}
}

func input(page int) panel.Input {
	in := panel.Input{Theme: theme.New(theme.Options{})}
	in.State.Zoom.Page = page
	return in
}

func text(v zoom.View, page, w, h int) string { return ansi.Strip(v.Draw(input(page), w, h).String()) }

func TestColumns(t *testing.T) {
	for w, want := range map[int][2]int{0: {1, 0}, 16: {1, 16}, 56: {1, 56}, 106: {1, 106}, 107: {2, 52}, 116: {2, 56}, 162: {3, 52}, 196: {3, 63}, 400: {3, 131}} {
		if n, width := zoom.Columns(w); n != want[0] || width != want[1] {
			t.Errorf("%d cells have %d columns of %d, want %v", w, n, width, want)
		}
	}
}

func TestEverythingOnOnePage(t *testing.T) {
	v := zoom.View{Frame: draw.Frame{Title: "T"}, Hero: hero(4, 40), Sections: []zoom.Section{section(1, 2, 2), section(2, 3, 3)}}
	got := text(v, 0, 60, 30)
	for _, want := range []string{"hero of", "s1", "1.2/2", "s2", "2.3/3"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "page") {
		t.Errorf("one page is numbered:\n%s", got)
	}
}

func TestTheHeroTakesWhatIsLeft(t *testing.T) {
	v := zoom.View{Hero: hero(4, 40), Sections: []zoom.Section{section(1, 2, 2)}}
	// 30 lines: two of the border, three of the section, a blank one.
	if got := text(v, 0, 60, 30); !strings.Contains(got, "hero of 24") {
		t.Errorf("lines are left over:\n%s", got)
	}
	v.Hero = hero(4, 10)
	if got := text(v, 0, 60, 30); !strings.Contains(got, "hero of 10") {
		t.Errorf("the hero is larger than it may be:\n%s", got)
	}
}

func TestSectionsStretch(t *testing.T) {
	v := zoom.View{Sections: []zoom.Section{section(1, 2, 6), section(2, 2, 2), section(3, 2, 4)}}
	// 20 lines inside: three heads, two blanks, 15 for bodies that take 12.
	got := text(v, 0, 60, 22)
	for _, want := range []string{"1.6/6", "2.2/2", "3.4/4"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestColumnsAreFilledEvenly(t *testing.T) {
	v := zoom.View{Sections: []zoom.Section{section(1, 5, 5), section(2, 5, 5)}}
	lines := strings.Split(text(v, 0, 120, 30), "\n")
	if first := lines[1]; !strings.Contains(first, "s1") || !strings.Contains(first, "s2") {
		t.Errorf("two sections are not side by side:\n%s", strings.Join(lines, "\n"))
	}
}

func TestPages(t *testing.T) {
	v := zoom.View{Frame: draw.Frame{Title: "T", Context: "1W"}, Hero: hero(5, 20)}
	for i := range 5 {
		v.Sections = append(v.Sections, section(i+1, 6, 6))
	}
	pages := map[int][]string{
		0:  {"hero of", "s1", "1W · page 1/3"},
		1:  {"s2", "s3", "page 2/3"},
		2:  {"s4", "s5", "page 3/3"},
		3:  {"hero of", "page 1/3"},
		-1: {"s4", "page 3/3"},
	}
	for page, wants := range pages {
		got := text(v, page, 60, 18)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("page %d: no %q in\n%s", page, want, got)
			}
		}
	}
}

func TestAPictureAloneTakesThePage(t *testing.T) {
	v := zoom.View{Hero: hero(9, 20), Sections: []zoom.Section{section(1, 6, 6)}}
	if got := text(v, 0, 60, 14); !strings.Contains(got, "hero of 12") || strings.Contains(got, "s1") {
		t.Errorf("the picture is not alone:\n%s", got)
	}
	if got := text(v, 1, 60, 14); !strings.Contains(got, "s1") {
		t.Errorf("the section has no page:\n%s", got)
	}
}

// TestNothingIsLost draws any sections at any size: every page is exact, and a
// section that fits into a page is on one of them, whole and once.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := zoom.View{Frame: draw.Frame{Title: "T"}}
		if rapid.Bool().Draw(t, "hero") {
			v.Hero = hero(rapid.IntRange(1, 12).Draw(t, "hero least"), 40)
		}
		w, h := rapid.IntRange(0, 250).Draw(t, "w"), rapid.IntRange(0, 80).Draw(t, "h")
		for i := range rapid.IntRange(0, 9).Draw(t, "n") {
			least := rapid.IntRange(1, 15).Draw(t, "least")
			v.Sections = append(v.Sections, section(i+1, least, least+rapid.IntRange(0, 9).Draw(t, "more")))
		}
		var all strings.Builder
		const enough = 12
		for page := range enough {
			block := v.Draw(input(page), w, h)
			exact(t, block, w, h)
			text := ansi.Strip(block.String())
			if page > 0 && !strings.Contains(text, fmt.Sprintf("page %d/", page+1)) {
				break
			}
			all.WriteString(text + "\n")
		}
		pages := all.String()
		const narrowest = 40 // to see whole words and the number of the page
		for i, s := range v.Sections {
			if w < narrowest || s.Least+3 > h {
				continue
			}
			last := fmt.Sprintf("%d.%d/", i+1, s.Least)
			if n := strings.Count(pages, last); n != 1 {
				t.Fatalf("section %d is drawn %d times at %dx%d:\n%s", i+1, n, w, h, pages)
			}
		}
	})
}

func exact(t *rapid.T, block draw.Block, w, h int) {
	if len(block) != h {
		t.Fatalf("%dx%d: %d lines", w, h, len(block))
	}
	for i, line := range block {
		if got := ansi.StringWidth(line); got != w {
			t.Fatalf("%dx%d: line %d is %d cells wide: %q", w, h, i, got, line)
		}
	}
}

func TestBareViewsHaveNoBorder(t *testing.T) {
	in := input(0)
	in.Bare = true
	v := zoom.View{Frame: draw.Frame{Title: "T"}, Sections: []zoom.Section{section(1, 2, 2)}}
	block := v.Draw(in, 40, 10)
	uitest.Exact(t, block, 40, 10)
	if got := ansi.Strip(block[0]); !strings.HasPrefix(got, "s1") {
		t.Errorf("the body begins with %q", got)
	}
}

func TestFactsLeaveOutWhatIsNotSaid(t *testing.T) {
	th := theme.New(theme.Options{})
	s := zoom.Facts(th, "T", "", 40, [][2]string{{"one", "1"}, {"doubt", ""}, {"longer", "2"}})
	got := ansi.Strip(s.Draw(40, 9).String())
	if got != "one     1\nlonger  2" || s.Least != 2 {
		t.Errorf("%d lines: %q", s.Least, got)
	}
}

// TestTheHeroGivesWay: a section that is better whole has all of its lines where
// a smaller hero makes room for them, and its least where nothing does.
func TestTheHeroGivesWay(t *testing.T) {
	table := section(1, 4, 13)
	table.Whole = true
	v := zoom.View{Hero: hero(4, 40), Sections: []zoom.Section{table}}
	// 24 lines: two fifths are 9, which leaves the section 13 with its head.
	if got := text(v, 0, 60, 26); !strings.Contains(got, "hero of 9") || !strings.Contains(got, "1.13/13") {
		t.Errorf("the section is not whole:\n%s", got)
	}
	table = section(1, 4, 15)
	table.Whole = true
	v.Sections = []zoom.Section{table}
	if got := text(v, 0, 60, 26); !strings.Contains(got, "hero of 7") || !strings.Contains(got, "1.15/15") {
		t.Errorf("the hero has not made room:\n%s", got)
	}
	table = section(1, 4, 30)
	table.Whole = true
	v.Sections = []zoom.Section{table}
	if got := text(v, 0, 60, 26); !strings.Contains(got, "hero of 9") || !strings.Contains(got, "1.13/13") {
		t.Errorf("the hero is small for nothing:\n%s", got)
	}
}
