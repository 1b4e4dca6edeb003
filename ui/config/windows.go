package config

import (
	"errors"
	"strconv"

	"gyre/model/session"
	"gyre/ui/panel"
)

// windowsSetting is the windows of the dashboard's tables.
func windowsSetting() setting {
	return setting{
		text: func(c *Config) string {
			return listed(c.Screen.Windows.All(), func(w session.Window) string { return strconv.Quote(w.String()) })
		},
		set: func(c *Config, v any) error {
			all, err := parseList(v, func(one any) (session.Window, error) { return parseWord(one, session.ParseWindow) })
			switch {
			case err != nil:
				return err
			case len(all) == 0:
				return errors.New("name one window or more")
			}
			c.Screen.Windows = panel.WindowsOf(all...)
			return nil
		},
	}
}
