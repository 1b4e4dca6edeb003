package config

import (
	"errors"
	"slices"
	"strings"

	"gyre/feed/clean"
	"gyre/model"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/theme"
)

// The tables of the file.
const (
	tableScreen = "screen"
	tableKeys   = "keys"
	tableAlerts = "alerts"
	tableNames  = "names" // takes any symbol
)

// table is a group of settings in the file.
type table struct{ name, about string }

func tables() []table {
	return []table{
		{tableScreen, "What the screen looks like, and what it shows first. Flags override it."},
		{tableKeys, "The keys of each action. A list here replaces the action's own, an empty one takes its keys away.\n" +
			"A key is a character as it is typed, as in \"p\", \"P\" or \"?\", or a name: " + strings.Join(keyNames(), ", ") + ", f1 to f12.\n" +
			"ctrl+, alt+ and shift+ may stand before it in this order, as in \"ctrl+r\" or \"shift+tab\"."},
		{tableAlerts, "When something is worth an alert. A value must go beyond its threshold."},
		{tableNames, "Names of the printed indices by symbol, in place of the dataset's, as in RUT = \"Small caps\"."},
	}
}

// settings is every setting of the tables that are not open, in the order of
// the printed default.
func settings() []setting { return slices.Concat(screenSettings(), keySettings(), alertSettings()) }

func screenSettings() []setting {
	return []setting{
		word(func(c *Config) *Theme { return &c.Screen.Theme }, ParseTheme, Theme.String).
			as(tableScreen, "theme", "Colours: "+strings.Join(ThemeNames(), ", ")+"; auto is dark or light as the terminal's background is."),
		word(func(c *Config) *theme.Signs { return &c.Screen.Signs }, parseSigns, theme.Signs.String).
			as(tableScreen, "signs", "Colours of up and down: "+strings.Join(namesOf[theme.Signs](), ", ")+"."),
		word(func(c *Config) *bool { return &c.Screen.ASCII }, parseGlyphs, glyphName).
			as(tableScreen, "glyphs", "What things are drawn with: "+strings.Join(glyphNames(), ", ")+"."),
		integer(func(c *Config) *int { return &c.Screen.FrameRate }, 1, 60).
			as(tableScreen, "frame_rate", "Pictures a second at most, 1 to 60."),
		toggle(func(c *Config) *bool { return &c.Screen.Mouse }).
			as(tableScreen, "mouse", "A click focuses a panel and the wheel scrolls. Off leaves the terminal's own selection alone."),
		toggle(func(c *Config) *bool { return &c.Screen.Bell }).
			as(tableScreen, "bell", "Urgent alerts ring the terminal's bell."),
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

func glyphNames() []string { return []string{"unicode", "ascii"} }

func glyphName(ascii bool) string {
	if ascii {
		return glyphNames()[1]
	}
	return glyphNames()[0]
}

func parseGlyphs(name string) (bool, error) {
	i := slices.Index(glyphNames(), name)
	if i < 0 {
		return false, noSuch("glyph set", name, glyphNames())
	}
	return i == 1, nil
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
