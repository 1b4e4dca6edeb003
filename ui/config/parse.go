package config

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"gyre/feed/clean"
)

// MaxBytes is the length of the longest file that Parse reads.
const MaxBytes = 256 << 10

// Parse reads a configuration; name is what problems call its file. What the
// file leaves out is as in Default. The error is of type FileError and holds
// everything that is wrong; the Config is then of no use.
func Parse(data []byte, name string) (Config, error) {
	r := &reader{file: name, data: data, config: Default()}
	if len(data) > MaxBytes {
		r.report(0, "the file is longer than 256 KiB, which no configuration needs to be")
		return Config{}, r.problems
	}
	var doc map[string]any
	if err := toml.Unmarshal(data, &doc); err != nil {
		r.syntax(err)
		return Config{}, r.problems
	}
	r.places = locate(data)
	r.read(doc)
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, byPlace)
		return Config{}, r.problems
	}
	r.weigh()
	return r.config, nil
}

// reader carries a configuration while it is read.
type reader struct {
	file     string
	data     []byte
	config   Config
	places   places
	problems FileError
}

func (r *reader) report(offset int, message string) {
	line, column := position(r.data, offset)
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Column: column, Message: message})
}

// reportAt reports a problem with a key or a table.
func (r *reader) reportAt(message string, path ...string) {
	at, _ := r.places.of(path...)
	r.report(at, message)
}

// syntax reports why a file is no TOML. Nothing behind that place can be read.
func (r *reader) syntax(err error) {
	line, column := 1, 1
	if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
		line, column = at.Position()
	}
	message, _ := clean.Text(strings.TrimPrefix(err.Error(), "toml: "))
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Column: column, Message: "this is not TOML: " + message})
}

// read takes over every key of a file, and then looks at how they go together.
func (r *reader) read(doc map[string]any) {
	known := map[string][]setting{}
	for _, s := range settings() {
		known[s.table] = append(known[s.table], s)
	}
	for _, name := range slices.Sorted(maps.Keys(doc)) {
		i := slices.IndexFunc(tables(), func(t table) bool { return t.name == name })
		keys, isTable := doc[name].(map[string]any)
		switch {
		case i < 0:
			r.reportAt("there is no table "+quote(name)+"; a configuration has "+strings.Join(headers(), ", "), name)
		case !isTable:
			r.reportAt(name+" is a table; write ["+name+"] and its keys in lines below it", name)
		case name == tableNames:
			r.readNames(keys)
		case name == tablePalette:
			r.readPalettes(keys)
		default:
			r.readTable(name, keys, known[name])
		}
	}
	r.checkTheme()
	r.checkRules()
	r.checkKeys()
}

// headers is every table as the file names it.
func headers() []string {
	var all []string
	for _, t := range tables() {
		all = append(all, "["+t.header()+"]")
	}
	return all
}

// readTable takes over the keys of one table.
func (r *reader) readTable(name string, keys map[string]any, known []setting) {
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		i := slices.IndexFunc(known, func(s setting) bool { return s.key == k })
		if i < 0 {
			names := make([]string, len(known))
			for n := range known {
				names[n] = known[n].key
			}
			r.reportAt("there is no key "+quote(k)+" in ["+name+"]; it has "+strings.Join(names, ", "), name, k)
			continue
		}
		if err := known[i].set(&r.config, keys[k]); err != nil {
			r.reportAt(k+": "+err.Error(), name, k)
		}
	}
}

// readNames takes over the names of indices, whose symbols may be any.
func (r *reader) readNames(names map[string]any) {
	for _, symbol := range slices.Sorted(maps.Keys(names)) {
		if err := setName(&r.config, symbol, names[symbol]); err != nil {
			r.reportAt(quote(symbol)+": "+err.Error(), tableNames, symbol)
		}
	}
}

// checkRules reports thresholds that cannot be. Where two do not go together,
// that is said at the first one that the file has.
func (r *reader) checkRules() {
	for _, wrong := range wrongRules(&r.config.Alerts) {
		at, found := 0, false
		for i := 0; i < len(wrong.keys) && !found; i++ {
			at, found = r.places.of(tableAlerts, wrong.keys[i])
		}
		r.report(at, strings.Join(wrong.keys, ", ")+": "+wrong.message)
	}
}

// checkKeys reports keys that two actions want, at the later of the two.
func (r *reader) checkKeys() {
	for _, c := range r.config.Keys.clashes() {
		first, _ := r.places.of(tableKeys, c.first)
		second, _ := r.places.of(tableKeys, c.second)
		late, early := c.second, c.first
		if first > second {
			late, early = c.first, c.second
		}
		r.report(max(first, second), late+": the key "+quote(c.key)+" is that of "+early+" already; give one of the two another key")
	}
}
