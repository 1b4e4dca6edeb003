package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Path is where the configuration is looked for: gyre/config.toml in the
// folder of $XDG_CONFIG_HOME or, where that is not an absolute path, in
// .config in the home folder (XDG Base Directory Specification 0.8). It is ""
// where env, as of os.Environ, names neither.
func Path(env []string) string {
	if folder := lookup(env, "XDG_CONFIG_HOME"); filepath.IsAbs(folder) {
		return filepath.Join(folder, "gyre", "config.toml")
	}
	if home := lookup(env, "HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".config", "gyre", "config.toml")
	}
	return ""
}

// DataFolder is where gyre keeps what it was given to keep: gyre in the folder of
// XDG_DATA_HOME, else in .local/share of the home folder; "" without either.
func DataFolder(env []string) string {
	if folder := lookup(env, "XDG_DATA_HOME"); filepath.IsAbs(folder) {
		return filepath.Join(folder, "gyre")
	}
	if home := lookup(env, "HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", "gyre")
	}
	return ""
}

// lookup is the last value of a variable, as programs see it.
func lookup(env []string, name string) string {
	value := ""
	for _, entry := range env {
		if text, ok := strings.CutPrefix(entry, name+"="); ok {
			value = text
		}
	}
	return value
}

// Load reads the configuration file at path. Where the file has mistakes, the
// error is of type FileError; where it cannot be read, it wraps the cause.
func Load(path string) (Config, error) {
	f, err := os.Open(path)
	if err != nil {
		return Config{}, unreadable(path, err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return Config{}, unreadable(path, err)
	}
	return Parse(data, path)
}

func unreadable(path string, err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("the configuration %s cannot be read: %w", path, err)
}
