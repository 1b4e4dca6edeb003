package serve

import (
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// environment is what is known of the client's terminal: TERM, and the few
// variables that say what it can show. Nothing else is taken from a client.
type environment struct {
	term  string
	left  int // bytes that may still be taken
	taken []string
}

func newEnvironment(bytes int) *environment { return &environment{left: bytes, term: "xterm"} }

// setenv is the payload of env (RFC 4254, 6.4).
type setenv struct{ Name, Value string }

// take takes a variable over, if it is one of those that matter.
func (e *environment) take(payload []byte) bool {
	var v setenv
	if e.left -= len(payload); e.left < 0 || ssh.Unmarshal(payload, &v) != nil {
		return false
	}
	if !slices.Contains(wanted(), v.Name) || !plain(v.Value) {
		return false
	}
	e.taken = slices.DeleteFunc(e.taken, func(s string) bool { return strings.HasPrefix(s, v.Name+"=") })
	e.taken = append(e.taken, v.Name+"="+v.Value)
	return true
}

// wanted are the variables that are taken.
func wanted() []string {
	return []string{"COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"}
}

// list is the environment as of os.Environ.
func (e *environment) list() []string { return append(slices.Clone(e.taken), "TERM="+e.term) }

// plain tells whether text is short and printable ASCII.
func plain(text string) bool {
	const most = 64
	return len(text) <= most && strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// termType is a terminal type as the client names it, or xterm where that is no
// name of a terminal.
func termType(name string) string {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-+._", r)
	}
	if name == "" || !plain(name) || strings.ContainsFunc(name, odd) {
		return "xterm"
	}
	return name
}
