package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"

	"gyre/model/session"
	"gyre/ui"
)

// Keys is the keys of every action. The names of the actions are those of the
// fields of ui.KeyMap, as in next, minute_back or window_1d.
type Keys map[string][]string

// action is one binding of a KeyMap.
type action struct {
	name    string
	binding *key.Binding
}

// What the names of some actions begin with.
const (
	promptPrefix = "prompt_" // there only while something is being typed
	windowPrefix = "window_"
)

// actions is every binding of k that does something, in the order of its fields.
func actions(k *ui.KeyMap) []action {
	var all []action
	fields := reflect.ValueOf(k).Elem()
	for i := range fields.NumField() {
		name := snake(fields.Type().Field(i).Name)
		switch b := fields.Field(i).Addr().Interface().(type) {
		case *key.Binding:
			if !slices.ContainsFunc(groups(k), func(g group) bool { return g.entry == b }) {
				all = append(all, action{name, b})
			}
		case *[session.WindowCount]key.Binding:
			for w := range b {
				all = append(all, action{windowPrefix + strings.ToLower(session.Window(w).String()), &b[w]})
			}
		}
	}
	return all
}

// group is an entry of the help that stands for several bindings.
type group struct {
	entry *key.Binding
	parts []*key.Binding
}

func groups(k *ui.KeyMap) []group {
	windows := make([]*key.Binding, 0, len(k.Window))
	for w := range k.Window {
		windows = append(windows, &k.Window[w])
	}
	return []group{
		{&k.Windows, windows},
		{&k.Speeds, []*key.Binding{&k.Slower, &k.Faster}},
		{&k.Steps, []*key.Binding{&k.MinuteBack, &k.MinuteForward, &k.SessionBack, &k.SessionForward}},
		{&k.Ends, []*key.Binding{&k.Start, &k.End}},
	}
}

func defaultKeys() Keys {
	all := Keys{}
	standard := ui.DefaultKeyMap(true)
	for _, a := range actions(&standard) {
		all[a.name] = a.binding.Keys()
	}
	return all
}

// KeyMap is the keys of a dashboard; the help shows those that are chosen.
// With replay, those that steer a replay are enabled.
func (k Keys) KeyMap(replay bool) ui.KeyMap {
	m := ui.DefaultKeyMap(replay)
	changed := map[*key.Binding]bool{}
	for _, a := range actions(&m) {
		if keys := k[a.name]; !slices.Equal(keys, a.binding.Keys()) {
			rebind(a.binding, keys, label(keys))
			changed[a.binding] = true
		}
	}
	for _, g := range groups(&m) {
		if !slices.ContainsFunc(g.parts, func(b *key.Binding) bool { return changed[b] }) {
			continue
		}
		var keys, labels []string
		for _, part := range g.parts {
			keys = append(keys, part.Keys()...)
			labels = append(labels, label(part.Keys()))
		}
		rebind(g.entry, keys, strings.Join(strings.Fields(strings.Join(labels, " ")), " "))
	}
	return m
}

// rebind gives b other keys. A binding without keys does nothing and is not
// shown.
func rebind(b *key.Binding, keys []string, shown string) {
	if len(keys) == 0 {
		b.Unbind()
		return
	}
	b.SetKeys(keys...)
	b.SetHelp(shown, b.Help().Desc)
}

// label is the first of the keys as the help shows it.
func label(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	arrows := strings.NewReplacer("pgup", "pgup", "pgdown", "pgdown", "left", "←", "right", "→", "up", "↑", "down", "↓")
	return arrows.Replace(keys[0])
}

// keySettings is one setting for each action.
func keySettings() []setting {
	standard := ui.DefaultKeyMap(true)
	all := make([]setting, 0, len(actions(&standard)))
	for _, a := range actions(&standard) {
		about := a.binding.Help().Desc
		switch {
		case strings.HasPrefix(a.name, promptPrefix):
			about += ", while a time is being typed"
		case strings.HasPrefix(a.name, windowPrefix):
			about = "window " + about
		}
		all = append(all, setting{
			text: func(c *Config) string { return listed(c.Keys[a.name], strconv.Quote) },
			set: func(c *Config, v any) error {
				keys, err := parseKeys(a.name, v)
				if err == nil {
					c.Keys[a.name] = keys
				}
				return err
			},
		}.as(tableKeys, a.name, about))
	}
	return all
}

// parseKeys reads the keys of one action.
func parseKeys(name string, v any) ([]string, error) {
	keys, err := parseList(v, func(one any) (string, error) { return parseWord(one, parseKey) })
	if err != nil {
		return nil, err
	}
	for i, k := range keys {
		if slices.Contains(keys[:i], k) {
			return nil, fmt.Errorf("the key %s is in the list twice; leave one out", quote(k))
		}
		if strings.HasPrefix(name, promptPrefix) && utf8.RuneCountInString(k) == 1 {
			return nil, fmt.Errorf("the key %s is text while a time is being typed; give a key with a name, such as enter", quote(k))
		}
	}
	if name == "quit" && len(keys) == 0 {
		return nil, errors.New("gyre could not be left without a key; give one or more")
	}
	return keys, nil
}

// keyNames is the keys that have a name, but for the function keys.
func keyNames() []string {
	return []string{
		"enter", "tab", "space", "esc", "backspace", "up", "down", "left", "right",
		"home", "end", "pgup", "pgdown", "insert", "delete",
	}
}

// functionKeys is how many function keys a keyboard has.
const functionKeys = 12

// parseKey checks that a keyboard can send the key, spelt as terminals' events are.
func parseKey(name string) (string, error) {
	base, modified := name, false
	for _, modifier := range []string{"ctrl+", "alt+", "shift+"} {
		if rest, ok := strings.CutPrefix(base, modifier); ok {
			base, modified = rest, true
		}
	}
	character, _ := utf8.DecodeRuneInString(base)
	switch single := utf8.RuneCountInString(base) == 1; {
	case single && strings.HasSuffix(name, "shift+"+base):
		return "", fmt.Errorf("with shift a character becomes another one, so there is no key %s; write that one, as in %s",
			quote(name), quote(strings.ToUpper(base)))
	case single && modified && unicode.IsUpper(character):
		return "", fmt.Errorf("there is no key %s; a letter behind ctrl+ or alt+ is written small", quote(name))
	case single, slices.Contains(keyNames(), base), isFunctionKey(base):
		return name, nil
	}
	return "", fmt.Errorf("there is no key %s; give a character, one of %s or f1 to f%d, or one of these behind ctrl+, alt+ or shift+ in this order",
		quote(name), strings.Join(keyNames(), ", "), functionKeys)
}

func isFunctionKey(name string) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(name, "f"))
	return err == nil && n >= 1 && n <= functionKeys && name == "f"+strconv.Itoa(n)
}

// clash is a key of two actions between which nobody can tell.
type clash struct{ key, first, second string }

// clashes finds them. Two actions may share a key where they share one by
// default: they are never wanted at the same time. The same goes for what is
// done while something is typed and all the rest.
func (k Keys) clashes() []clash {
	var found []clash
	standard := defaultKeys()
	names := make([]string, 0, len(standard))
	keymap := ui.DefaultKeyMap(true)
	for _, a := range actions(&keymap) {
		names = append(names, a.name)
	}
	for i, first := range names {
		for _, second := range names[i+1:] {
			if strings.HasPrefix(first, promptPrefix) != strings.HasPrefix(second, promptPrefix) || common(standard[first], standard[second]) != "" {
				continue
			}
			if shared := common(k[first], k[second]); shared != "" {
				found = append(found, clash{shared, first, second})
			}
		}
	}
	return found
}

// common is the first key that is in both lists, "" where there is none.
func common(a, b []string) string {
	for _, one := range a {
		if slices.Contains(b, one) {
			return one
		}
	}
	return ""
}
