package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gyre/ui/config"
)

func TestPath(t *testing.T) {
	for name, tc := range map[string]struct {
		env  []string
		want string
	}{
		"configuration folder":   {[]string{"HOME=/home/a", "XDG_CONFIG_HOME=/etc/mine"}, "/etc/mine/gyre/config.toml"},
		"home":                   {[]string{"HOME=/home/a"}, "/home/a/.config/gyre/config.toml"},
		"empty folder":           {[]string{"XDG_CONFIG_HOME=", "HOME=/home/a"}, "/home/a/.config/gyre/config.toml"},
		"folder is not absolute": {[]string{"XDG_CONFIG_HOME=mine", "HOME=/home/a"}, "/home/a/.config/gyre/config.toml"},
		"the last one counts":    {[]string{"HOME=/home/a", "HOME=/home/b"}, "/home/b/.config/gyre/config.toml"},
		"home is not absolute":   {[]string{"HOME=a"}, ""},
		"nothing":                {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := filepath.ToSlash(config.Path(tc.env)); got != tc.want {
				t.Errorf("it is %q, want %q", got, tc.want)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if _, err := config.Load(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	for text, want := range map[string]string{
		"[screen]\nframe_rate = 9":   "",
		"[screen]\nframe_rate = 99":  path + ":2:1: frame_rate: 99 is not allowed",
		strings.Repeat("#", 300<<10): path + ":1:1: the file is longer than 256 KiB",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		switch c, err := config.Load(path); {
		case want == "" && (err != nil || c.Screen.FrameRate != 9):
			t.Errorf("%v", err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("said %v, want %s", err, want)
		}
	}
	if _, err := config.Load(t.TempDir()); err == nil || !strings.HasSuffix(err.Error(), "cannot be read: is a directory") {
		t.Errorf("a folder: %v", err)
	}
}
