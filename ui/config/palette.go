package config

import (
	"cmp"
	"errors"
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"
	"strings"

	"gyre/ui/theme"
)

// keyBase is the key of a palette that names its ground.
const keyBase = "base"

// palettes takes over somebody's own colours: a table for each palette.
func (r *reader) readPalettes(all map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		keys, isTable := all[name].(map[string]any)
		switch {
		case !isPaletteName(name):
			r.reportAt(fmt.Sprintf("no palette can be called %s; take up to %d of a to z, 0 to 9, - and _, and no name out of %s",
				quote(name), maxPaletteName, strings.Join(ThemeNames(), ", ")), tablePalette, name)
		case !isTable:
			r.reportAt("a palette is a table; write ["+tablePalette+"."+name+"] and its keys in lines below it", tablePalette, name)
		default:
			r.config.Palettes[name] = r.readPalette(name, keys)
		}
	}
}

// readPalette takes over the keys of one palette.
func (r *reader) readPalette(name string, keys map[string]any) *theme.Palette {
	p := &theme.Palette{Roles: map[theme.Role]color.Color{}, Places: map[theme.Place]color.Color{}}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if err := setPaletteKey(p, k, keys[k]); err != nil {
			r.reportAt(k+": "+err.Error(), tablePalette, name, k)
		}
	}
	return p
}

func setPaletteKey(p *theme.Palette, name string, v any) error {
	if name == keyBase {
		ground, err := parseWord(v, parseBase)
		p.Base = ground
		return err
	}
	role, noRole := theme.ParseRole(name)
	place, noPlace := theme.ParsePlace(name)
	if noRole != nil && noPlace != nil {
		return errors.New("there is no such key in a palette; it has " + strings.Join(paletteKeys(), ", "))
	}
	c, err := parseColour(v)
	switch {
	case err != nil:
		return err
	case noRole == nil:
		p.Roles[role] = c
	default:
		p.Places[place] = c
	}
	return nil
}

// parseBase reads the ground of a palette.
func parseBase(name string) (theme.Ground, error) {
	ground, err := theme.ParseGround(name)
	if err != nil || ground == theme.Mono {
		return theme.Dark, noSuch("ground for a palette", name, baseNames())
	}
	return ground, nil
}

// baseNames is the grounds that have colours.
func baseNames() []string {
	return slices.DeleteFunc(namesOf[theme.Ground](), func(name string) bool { return name == theme.Mono.String() })
}

func parseColour(v any) (color.Color, error) {
	switch v := v.(type) {
	case int64:
		if v >= 0 && v <= math.MaxUint8 {
			return theme.Indexed(uint8(v)), nil
		}
	case string:
		if c, err := theme.ParseColour(v); err == nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf(`%s is not a colour; write it as in "#87afff", or give one of a terminal's 256 as a number from 0 to 255`, shown(v))
}

// paletteKeys is every key of a palette.
func paletteKeys() []string {
	keys := []string{keyBase}
	for _, place := range theme.Places() {
		keys = append(keys, place.String())
	}
	for _, role := range theme.Roles() {
		keys = append(keys, role.String())
	}
	return keys
}

// paletteLines is a palette as the printed default shows it, which has none.
func paletteLines() string {
	var b strings.Builder
	line := func(key, about string) { fmt.Fprintf(&b, "#   %-15s %s\n", key, about) }
	line(keyBase, "the ground in whose place it stands: "+strings.Join(baseNames(), ", ")+" (the first one)")
	for _, place := range theme.Places() {
		line(place.String(), place.About())
	}
	for _, role := range theme.Roles() {
		line(role.String(), role.About())
	}
	return b.String()
}

const maxPaletteName = 32

// isPaletteName tells whether a palette may have that name.
func isPaletteName(name string) bool {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}
	return name != "" && len(name) <= maxPaletteName && !strings.ContainsFunc(name, odd) && !slices.Contains(ThemeNames(), name)
}

// checkTheme reports a theme that is neither built in nor in the file.
func (r *reader) checkTheme() {
	own := r.config.Screen.Theme.Palette
	if _, known := r.config.Palettes[own]; own == "" || known {
		return
	}
	names := append(ThemeNames(), slices.Sorted(maps.Keys(r.config.Palettes))...)
	r.reportAt(keyTheme+": "+noSuch(keyTheme, own, names).Error()+", or write a table [palette.NAME]", tableScreen, keyTheme)
}

// weigh warns of texts in a palette that are hard to read.
func (r *reader) weigh() {
	for name, p := range r.config.Palettes {
		for _, faded := range p.Faded(r.config.Screen.Signs) {
			at, found := r.places.of(tablePalette, name, faded.Role.String())
			if !found {
				at, _ = r.places.of(tablePalette, name, faded.On.String())
			}
			line, column := position(r.data, at)
			// Rounded down, so that what is told is below what is wanted.
			told := math.Floor(faded.Ratio*10) / 10
			r.config.Warnings = append(r.config.Warnings, Problem{File: r.file, Line: line, Column: column, Message: fmt.Sprintf(
				"%s has a contrast of %.1f:1 on %s; from %.1f:1 on it is easy to read", faded.Role, told, faded.On, theme.Readable)})
		}
	}
	slices.SortStableFunc(r.config.Warnings, byPlace)
}

// byPlace orders problems as they stand in the file.
func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
}
