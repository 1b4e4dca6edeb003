package web

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// ErrNoSecret is what Keys give where nobody has set the secret asked for.
var ErrNoSecret = errors.New("is not set")

// maxKeyFile is more than any file of keys needs, in bytes.
const maxKeyFile = 16 << 10

// othersMay are the permissions that nobody but a key file's owner may have.
const othersMay = 0o077

// Keys are the places that secrets are read from. A secret is never taken from
// an argument of the command line, which every user of a machine can list.
type Keys struct {
	Env  []string // of the process, as NAME=value; it comes first
	File string   // of lines NAME=value, or of one secret alone; "" for none
}

// Get reads a secret by its name. It wraps ErrNoSecret where there is none, and
// refuses a file that others may read.
func (k Keys) Get(name string) (Secret, error) {
	for i := len(k.Env) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(k.Env[i], name+"="); ok && value != "" {
			return sound(name, "the environment", value)
		}
	}
	if k.File == "" {
		return Secret{}, fmt.Errorf("%s %w: set it in the environment, or name a key file", name, ErrNoSecret)
	}
	text, err := readKeyFile(k.File)
	if err != nil {
		return Secret{}, err
	}
	value, ok := entry(text, name)
	if !ok {
		return Secret{}, fmt.Errorf("%s %w: neither the environment nor the key file %s has it", name, ErrNoSecret, k.File)
	}
	return sound(name, k.File, value)
}

// readKeyFile reads a file that only its owner may read or write.
func readKeyFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the key file cannot be opened: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return "", fmt.Errorf("the key file cannot be looked at: %w", err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("the key file %s is no ordinary file", path)
	}
	if mode := info.Mode().Perm(); mode&othersMay != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("the key file %s may be used by others (mode %04o): run chmod 600 %s", path, mode, path)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxKeyFile+1))
	if err != nil {
		return "", fmt.Errorf("the key file cannot be read: %w", err)
	}
	if len(text) > maxKeyFile {
		return "", fmt.Errorf("the key file %s is larger than 16 KiB and so no key file", path)
	}
	return string(text), nil
}

// entry finds a secret in the text of a key file.
func entry(text, name string) (string, bool) {
	var alone []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if ok && strings.TrimSpace(key) == name {
			return strings.Trim(strings.TrimSpace(value), `"'`), true
		}
		alone = append(alone, line)
	}
	if len(alone) == 1 && !named(alone[0]) {
		return alone[0], true
	}
	return "", false
}

// named tells whether a line is NAME=value; a secret may end with = itself.
func named(line string) bool {
	key, value, ok := strings.Cut(line, "=")
	return ok && strings.Trim(value, "=") != "" && strings.ToUpper(key) == key && strings.Contains(key, "_")
}

// sound takes only what can be a header: anything else was pasted wrongly.
func sound(name, where, value string) (Secret, error) {
	for _, c := range []byte(value) {
		if c <= ' ' || c > '~' {
			return Secret{}, fmt.Errorf("%s in %s has a space or a character that no key has: paste it again", name, where)
		}
	}
	if value == "" {
		return Secret{}, fmt.Errorf("%s %w: it is empty in %s", name, ErrNoSecret, where)
	}
	return NewSecret(value), nil
}
