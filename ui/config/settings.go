package config

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// The tables of the file.
const (
	tableScreen = "screen"
	tableKeys   = "keys"
	tableAlerts = "alerts"
	tableSync   = "sync"
	tableNames  = "names" // takes any symbol

	tablePalette = "palette" // holds a table for each palette
)

// keyTheme is the key of the theme.
const keyTheme = "theme"

// table is a group of settings in the file.
type table struct{ name, about string }

// header is the table's name as its line in the file has it.
func (t table) header() string {
	if t.name == tablePalette {
		return tablePalette + ".NAME"
	}
	return t.name
}

func tables() []table {
	return []table{
		{tableScreen, "What the screen looks like, and what it shows first. Flags override it."},
		{tableKeys, "The keys of each action. A list here replaces the action's own, an empty one takes its keys away.\n" +
			"A key is a character as it is typed, as in \"p\", \"P\" or \"?\", or a name: " + strings.Join(keyNames(), ", ") + ", f1 to f12.\n" +
			"ctrl+, alt+ and shift+ may stand before it in this order, as in \"ctrl+r\" or \"shift+tab\"."},
		{tableAlerts, "When something is worth an alert. A value must go beyond its threshold."},
		{tableSync, "What gyre sync asks of whom. Flags override it. Keys are no part of it: they are in the environment, or in a file of keys."},
		{tableNames, "Names of the printed indices by symbol, in place of the dataset's, as in RUT = \"Small caps\"."},
		{tablePalette, "Own colours, a table for each palette; theme = \"NAME\" chooses it. A colour is written as in \"#87afff\", or is\n" +
			"a number from 0 to 255, one of the terminal's. What is left out is as in the ground that the palette is based on."},
	}
}

// settings is every setting of the tables that are not open, in the order of
// the printed default.
func settings() []setting {
	return slices.Concat(screenSettings(), keySettings(), alertSettings(), syncSettings())
}

func screenSettings() []setting {
	return []setting{
		word(func(c *Config) *Theme { return &c.Screen.Theme }, parseThemeOrPalette, Theme.String).
			as(tableScreen, keyTheme, "Colours: "+strings.Join(ThemeNames(), ", ")+", or the name of a palette; auto is dark or light as the terminal's background is, and takes the 16 colours of a terminal that has no more as they are."),
		word(func(c *Config) *theme.Signs { return &c.Screen.Signs }, parseSigns, theme.Signs.String).
			as(tableScreen, "signs", "Colours of up and down: "+strings.Join(namesOf[theme.Signs](), ", ")+"."),
		glyphSetting().
			as(tableScreen, "glyphs", "What things are drawn with: "+strings.Join(glyphNames(), ", ")+". half-block and braille are for small columns and sparklines."),
		setting{
			text: func(c *Config) string {
				return listed(c.Screen.Panels.All(), func(f panel.Focus) string { return strconv.Quote(panelNames()[f]) })
			},
			set: func(c *Config, v any) error {
				panels, err := parsePanels(v)
				if err == nil {
					c.Screen.Panels = panels
				}
				return err
			},
		}.as(tableScreen, "panels", "Panels of the dashboard in their order: "+strings.Join(panelNames(), ", ")+"."),
		windowsSetting().
			as(tableScreen, "windows", "Windows of the dashboard's tables: "+strings.Join(windowNames(), ", ")+". The one that is looked at is always there."),
		integer(func(c *Config) *int { return &c.Screen.FrameRate }, 1, 60).
			as(tableScreen, "frame_rate", "Pictures a second at most, 1 to 60."),
		toggle(func(c *Config) *bool { return &c.Screen.Mouse }).
			as(tableScreen, "mouse", "A click focuses a panel and the wheel scrolls. Off leaves the terminal's own selection alone."),
		toggle(func(c *Config) *bool { return &c.Screen.Bell }).
			as(tableScreen, "bell", "Urgent alerts ring the terminal's bell."),
		toggle(func(c *Config) *bool { return &c.Screen.Clipboard }).
			as(tableScreen, "clipboard", "Figures are copied to the clipboard (OSC 52) over SSH, too. Without SSH they always are."),
		word(func(c *Config) *session.Window { return &c.Screen.Window }, session.ParseWindow, session.Window.String).
			as(tableScreen, "window", "Window at the start: "+strings.Join(windowNames(), ", ")+"."),
		word(func(c *Config) *model.Statistic { return &c.Screen.Statistic }, report.ParseStatistic, statisticName).
			as(tableScreen, "statistic", "Return of a group at the start: "+strings.Join(report.StatisticNames(), ", ")+"."),
	}
}

func parseSigns(name string) (theme.Signs, error) {
	signs, err := theme.ParseSigns(name)
	if err != nil {
		return signs, noSuch("pair of colours", name, namesOf[theme.Signs]())
	}
	return signs, nil
}

// parseThemeOrPalette takes any name that a palette may have; whether there is
// one is looked at when all of the file is read.
func parseThemeOrPalette(name string) (Theme, error) {
	if isPaletteName(name) {
		return Theme{Palette: name}, nil
	}
	return ParseTheme(name)
}

const glyphsASCII = "ascii"

func glyphNames() []string { return append(namesOf[theme.Spark](), glyphsASCII) }

// glyphSetting is two choices in one: whether all is ASCII, and what small
// columns are drawn with where it is not.
func glyphSetting() setting {
	return setting{
		text: func(c *Config) string {
			if c.Screen.ASCII {
				return strconv.Quote(glyphsASCII)
			}
			return strconv.Quote(c.Screen.Spark.String())
		},
		set: func(c *Config, v any) error {
			name, err := parseWord(v, func(name string) (string, error) {
				if !slices.Contains(glyphNames(), name) {
					return "", noSuch("glyph set", name, glyphNames())
				}
				return name, nil
			})
			if err != nil {
				return err
			}
			if c.Screen.ASCII = name == glyphsASCII; !c.Screen.ASCII {
				c.Screen.Spark, err = theme.ParseSpark(name)
			}
			return err
		},
	}
}

func windowNames() []string {
	names := make([]string, 0, session.WindowCount)
	for _, w := range session.Windows() {
		names = append(names, w.String())
	}
	return names
}

func statisticName(s model.Statistic) string { return report.StatisticNames()[s] }

// setName sets the name of one index.
func setName(c *Config, symbol string, v any) error {
	name, err := parseWord(v, func(text string) (string, error) { return text, nil })
	if err != nil {
		return err
	}
	if name == "" {
		return errors.New("the name has nothing in it that can be shown; write one in quotes")
	}
	symbol, _ = clean.Text(symbol)
	c.Names[symbol] = name
	return nil
}
