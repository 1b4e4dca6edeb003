package picture_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"gyre/ui/picture"
)

func TestSVG(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		frame string
		want  []string
	}{
		"plain text takes the terminal's colour": {"abc", []string{`fill="#d7dae0"`, `>abc `}},
		"a colour is kept":                       {"\x1b[38;2;255;0;16mred\x1b[m", []string{`fill="#ff0010">red<`}},
		"a background is a rectangle":            {"\x1b[48;2;1;2;3m x \x1b[m", []string{`<rect`, `fill="#010203"`}},
		"bold and faint":                         {"\x1b[1mB\x1b[m\x1b[2mF\x1b[m", []string{`font-weight="bold">B`, `opacity="0.6">F`}},
		"reverse swaps":                          {"\x1b[7mR\x1b[m", []string{`fill="#14161b">R`}},
		"markup is escaped":                      {"a<b&c", []string{"a&lt;b&amp;c"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := string(picture.SVG(c.frame, 8, 1, picture.Dark()))
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in\n%s", want, got)
				}
			}
			wellFormed(t, got)
		})
	}
}

func TestSVGKeepsColumns(t *testing.T) {
	t.Parallel()
	got := string(picture.SVG("1234\n\x1b[1m12\x1b[m34", 4, 2, picture.Light()))
	for _, want := range []string{
		`y="24.50" textLength="33.72"`, // four cells on the first row
		`x="12.00" y="40.50" textLength="16.86"`,
		`x="28.86" y="40.50" textLength="16.86"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func wellFormed(t *testing.T, doc string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(doc))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, doc)
		}
	}
}
