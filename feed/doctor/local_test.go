package doctor_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gyre/feed/doctor"
	"gyre/feed/store"
	"gyre/feed/web"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestConfiguration(t *testing.T) {
	for name, c := range map[string]struct {
		path               string
		problems, warnings []string
		err                error
		state              doctor.State
		want               string
	}{
		"there is none":   {"/x/config.toml", nil, nil, fmt.Errorf("no: %w", fs.ErrNotExist), doctor.OK, "none at /x/config.toml"},
		"no place for it": {"", nil, nil, nil, doctor.Warn, "--config"},
		"all is well":     {"/x/config.toml", nil, nil, nil, doctor.OK, "/x/config.toml"},
		"two mistakes":    {"/x/config.toml", []string{"config.toml:2:3: no such theme", "b"}, []string{"w"}, nil, doctor.Fail, "config.toml:2:3: no such theme (the first of 2); correct it"},
		"hard to read":    {"/x/config.toml", nil, []string{"grey on grey"}, nil, doctor.Warn, "grey on grey; gyre config check"},
		"not readable":    {"/x/config.toml", nil, nil, errors.New("permission denied"), doctor.Fail, "permission denied"},
	} {
		t.Run(name, func(t *testing.T) {
			r := look(t, doctor.Configuration(c.path, func() ([]string, []string, error) { return c.problems, c.warnings, c.err }))
			if r.State != c.state || !strings.Contains(r.String(), c.want) {
				t.Errorf("it says %q, want %q", r, c.want)
			}
		})
	}
}

func TestKeys(t *testing.T) {
	folder := t.TempDir()
	file := func(name string, mode fs.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("APCA_API_KEY_ID=AK"+canary+"\n"), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		key   string
		keys  web.Keys
		state doctor.State
		want  string
	}{
		"in the environment":      {"APCA_API_KEY_ID", web.Keys{Env: []string{"APCA_API_KEY_ID=PK" + canary}}, doctor.OK, "set in the environment, the key of a paper account"},
		"in a file":               {"APCA_API_KEY_ID", web.Keys{File: file("keys", 0o600)}, doctor.OK, "keys, the key of a live account"},
		"of an unknown kind":      {"APCA_API_KEY_ID", web.Keys{Env: []string{"APCA_API_KEY_ID=" + canary}}, doctor.OK, "unknown kind"},
		"of Massive":              {"MASSIVE_API_KEY", web.Keys{Env: []string{"MASSIVE_API_KEY=" + canary}}, doctor.OK, "it is set in the environment"},
		"nowhere":                 {"MASSIVE_API_KEY", web.Keys{}, doctor.Warn, "it is not set: no closes; set it"},
		"in a file for everybody": {"APCA_API_KEY_ID", web.Keys{File: file("open", 0o644)}, doctor.Fail, "chmod 600"},
		"in a file that is none":  {"APCA_API_KEY_ID", web.Keys{File: filepath.Join(folder, "none")}, doctor.Warn, "no key file"},
		"pasted with a space":     {"APCA_API_KEY_ID", web.Keys{Env: []string{"APCA_API_KEY_ID=" + canary + " x"}}, doctor.Fail, "paste it again"},
	} {
		t.Run(name, func(t *testing.T) {
			r := look(t, doctor.Key(c.key, c.keys, "no closes"))
			if r.State != c.state || !strings.Contains(r.String(), c.want) {
				t.Errorf("it says %q, want %q", r, c.want)
			}
			if strings.Contains(fmt.Sprintf("%+v", r), canary) {
				t.Errorf("it shows the key: %+v", r)
			}
		})
	}
}

// thursday is a session.
var thursday = session.NewDate(2025, time.March, 27)

// stored is a store with closes and a list of a day.
func stored(t *testing.T, closes, list session.Date) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gyre.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	batch := store.Batch{Events: []model.Event{{At: thursday.At(8, 30), Title: "Durable goods", Country: "US", Importance: 2}}}
	if closes > 0 {
		batch.Closes = []store.Close{{Date: closes, Symbol: "AAA", Close: 10 * num.PriceScale}}
	}
	if list > 0 {
		batch.Lists = []store.List{{Index: "RUT", AsOf: list, Members: []store.Member{{Symbol: "AAA"}}}}
	}
	if _, err := s.Put(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestStores(t *testing.T) {
	for name, c := range map[string]struct {
		path       string
		at         time.Time
		whole, age doctor.State
		want       string
	}{
		"fresh":                       {stored(t, thursday, thursday-1), thursday.At(23, 0), doctor.OK, doctor.OK, "newest closes are of 2025-03-27, the list of RUT of 2025-03-26"},
		"in the next session":         {stored(t, thursday, thursday-1), (thursday + 1).At(18, 0), doctor.OK, doctor.OK, "2025-03-27"},
		"a session behind":            {stored(t, thursday, thursday-1), (thursday + 1).At(21, 0), doctor.OK, doctor.Warn, "2025-03-27, 1 sessions ago"},
		"over a weekend":              {stored(t, thursday+1, thursday-1), (thursday + 3).At(12, 0), doctor.OK, doctor.OK, "2025-03-28"},
		"with an old list":            {stored(t, thursday, thursday-31), thursday.At(23, 0), doctor.OK, doctor.Warn, "(31 days); gyre sync"},
		"with a calendar alone":       {stored(t, 0, 0), thursday.At(23, 0), doctor.OK, doctor.Warn, "0 closes and 0 lists of members; gyre sync"},
		"not there":                   {filepath.Join(t.TempDir(), "none.db"), thursday.At(23, 0), doctor.Warn, doctor.Warn, "gyre sync or gyre import makes one"},
		"with closes of a lost day":   {stored(t, thursday+2, thursday-1), thursday.At(23, 0), doctor.Fail, doctor.OK, "2025-03-29"},
		"a folder in place of a file": {t.TempDir(), thursday.At(23, 0), doctor.Fail, doctor.Fail, "a folder"},
	} {
		t.Run(name, func(t *testing.T) {
			results := doctor.Run(t.Context(), doctor.Store(c.path, func() time.Time { return c.at }), true)
			if results[0].State != c.whole || results[1].State != c.age || !strings.Contains(results[1].String(), c.want) {
				t.Errorf("it says %q and %q, want %q", results[0], results[1], c.want)
			}
		})
	}
}

func TestTerminals(t *testing.T) {
	good := doctor.Screen{Env: []string{"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=en_US.UTF-8"}, Terminal: true, Width: 120, Height: 40}
	with := func(change func(s *doctor.Screen)) doctor.Screen {
		s := good
		change(&s)
		return s
	}
	env := func(env ...string) doctor.Screen { return with(func(s *doctor.Screen) { s.Env = env }) }
	size := func(w, h int) doctor.Screen { return with(func(s *doctor.Screen) { s.Width, s.Height = w, h }) }
	for name, c := range map[string]struct {
		screen doctor.Screen
		check  string
		state  doctor.State
		want   string
	}{
		"what it is":           {good, "terminal", doctor.OK, "xterm-256color"},
		"a dumb one":           {env("TERM=dumb"), "terminal", doctor.Fail, "set TERM"},
		"a pipe":               {with(func(s *doctor.Screen) { s.Terminal = false }), "terminal", doctor.Warn, "run it in a terminal"},
		"every colour":         {good, "colours", doctor.OK, "all of them"},
		"256 colours":          {env("TERM=xterm-256color"), "colours", doctor.OK, "256; COLORTERM is \"\"; where the terminal has more"},
		"16 colours":           {env("TERM=linux"), "colours", doctor.Warn, "16"},
		"no colours":           {env("TERM=dumb"), "colours", doctor.Warn, "none"},
		"colours not wanted":   {env("TERM=xterm-256color", "NO_COLOR=1"), "colours", doctor.OK, "NO_COLOR"},
		"large enough":         {good, "size", doctor.OK, "120 columns and 40 rows"},
		"smaller":              {size(80, 24), "size", doctor.OK, "fewer panels"},
		"too small":            {size(59, 40), "size", doctor.Fail, "at least 60x20"},
		"of no size":           {size(0, 0), "size", doctor.Warn, "not known"},
		"UTF-8":                {good, "locale", doctor.OK, "LANG is en_US.UTF-8"},
		"utf8":                 {env("LC_CTYPE=C.utf8"), "locale", doctor.OK, "UTF-8"},
		"the first one counts": {env("LC_ALL=C", "LANG=C.UTF-8"), "locale", doctor.Warn, "LC_ALL is C, which is not UTF-8"},
		"no locale":            {env(), "locale", doctor.Warn, "set LANG"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range doctor.Run(t.Context(), doctor.Terminal(c.screen), true) {
				if r.Name == c.check && (r.State != c.state || !strings.Contains(r.String(), c.want)) {
					t.Errorf("it says %q, want %q", r, c.want)
				}
			}
		})
	}
}
