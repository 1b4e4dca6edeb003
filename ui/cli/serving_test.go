package cli_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/crypto/ssh"
)

// patience is how long a script waits for anything of a server.
const patience = 60 * time.Second

// within waits for something to become true.
func within(ts *testscript.TestScript, what string, is func() bool) {
	late := time.After(patience)
	for !is() {
		select {
		case <-late:
			ts.Fatalf("%s: not within %v", what, patience)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// makeKey is "key NAME": it writes the private key NAME and NAME.pub.
func makeKey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: key name")
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	ts.Check(err)
	block, err := ssh.MarshalPrivateKey(private, "")
	ts.Check(err)
	ts.Check(writeFile(ts, args[0], string(pem.EncodeToMemory(block))))
	line, err := ssh.NewPublicKey(public)
	ts.Check(err)
	ts.Check(writeFile(ts, args[0]+".pub", strings.TrimSpace(string(ssh.MarshalAuthorizedKey(line)))+" "+args[0]+"@desk\n"))
}

// makeList is "keys FILE [OPTIONS ]NAME…": it writes the list of those keys, as an
// editor does.
func makeList(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: keys file [options] name...")
	}
	var list strings.Builder
	for _, arg := range args[1:] {
		options, name, found := strings.Cut(arg, " ")
		if !found {
			options, name = "", arg
		}
		list.WriteString(strings.TrimLeft(options+" "+ts.ReadFile(name+".pub"), " "))
	}
	ts.Check(writeFile(ts, "list.new", list.String()))
	ts.Check(os.Rename(ts.MkAbs("list.new"), ts.MkAbs(args[0])))
}

// awaitLog is "noted FILE REGEXP": a log has such a line, or gets it soon. What
// the first group matches is $NOTED then.
func awaitLog(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: noted file regexp")
	}
	wanted := regexp.MustCompile("(?m)" + args[1])
	within(ts, args[1], func() bool {
		text, _ := os.ReadFile(ts.MkAbs(args[0]))
		found := wanted.FindSubmatch(text)
		if len(found) > 1 {
			ts.Setenv("NOTED", string(found[1]))
		}
		return found != nil
	})
}

// signer reads a private key.
func signer(ts *testscript.TestScript, file string) ssh.Signer {
	key, err := ssh.ParsePrivateKey([]byte(ts.ReadFile(file)))
	ts.Check(err)
	return key
}

// connect logs in at $ADDR, which must have the host key in the file host. A key
// that is called none is none.
func connect(ts *testscript.TestScript, key string) (*ssh.Client, error) {
	c := &ssh.ClientConfig{User: "desk", HostKeyCallback: ssh.FixedHostKey(signer(ts, "host").PublicKey()), Timeout: patience}
	switch key {
	case "none":
	case "password":
		c.Auth = []ssh.AuthMethod{ssh.Password("password")}
	default:
		c.Auth = []ssh.AuthMethod{ssh.PublicKeys(signer(ts, key))}
	}
	return ssh.Dial("tcp", ts.Getenv("ADDR"), c)
}

// askServer is "[!] ssh KEY COMMAND": a command over SSH, whose output is
// compared as that of exec.
func askServer(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] ssh key command")
	}
	client, err := connect(ts, args[0])
	if err == nil {
		defer func() { _ = client.Close() }()
		var session *ssh.Session
		if session, err = client.NewSession(); err == nil {
			session.Stdout, session.Stderr = ts.Stdout(), ts.Stderr()
			err = session.Run(args[1])
		}
	}
	if neg && err == nil {
		ts.Fatalf("it was not refused")
	}
	if err != nil {
		_, _ = fmt.Fprintln(ts.Stderr(), err)
		if !neg {
			ts.Fatalf("%v", err)
		}
	}
}

// desk is the viewers of a script, by name.
type desk struct{ viewers sync.Map }

// viewer is a dashboard that somebody looks at.
type viewer struct {
	session *ssh.Session
	over    chan struct{} // closed when it has ended

	mu   sync.Mutex
	seen bytes.Buffer
}

func (v *viewer) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.seen.Write(p)
}

func (v *viewer) has(text string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return bytes.Contains(v.seen.Bytes(), []byte(text))
}

// watch is "watch NAME KEY": somebody opens a dashboard of 120 by 40, and sees
// it.
func (d *desk) watch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: watch name key")
	}
	client, err := connect(ts, args[1])
	ts.Check(err)
	ts.Defer(func() { _ = client.Close() })
	session, err := client.NewSession()
	ts.Check(err)
	v := &viewer{session: session, over: make(chan struct{})}
	session.Stdout = v
	ts.Check(session.RequestPty("xterm-256color", 40, 120, ssh.TerminalModes{}))
	ts.Check(session.Shell())
	go func() { defer close(v.over); _ = session.Wait() }()
	within(ts, args[0]+" sees the dashboard", func() bool { return v.has("REPLAY") })
	d.viewers.Store(ts.Getenv("WORK")+args[0], v)
}

// left is "[!] left NAME [TEXT]": the dashboard of somebody ends, their terminal
// is as it was before it, and the last words have the text; with ! it is open, and
// gets the text soon.
func (d *desk) left(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: [!] left name [text]")
	}
	found, ok := d.viewers.Load(ts.Getenv("WORK") + args[0])
	if !ok {
		ts.Fatalf("nobody is called %s", args[0])
	}
	v := found.(*viewer)
	if neg {
		select {
		case <-v.over:
			ts.Fatalf("%s has left", args[0])
		default:
		}
		if len(args) > 1 {
			within(ts, args[0]+" sees "+args[1], func() bool { return v.has(args[1]) })
		}
		return
	}
	within(ts, args[0]+" leaves", func() bool {
		select {
		case <-v.over:
			return true
		default:
			return false
		}
	})
	if !v.has(ansi.ResetModeAltScreenSaveCursor) || !v.has(ansi.SetModeTextCursorEnable) {
		ts.Fatalf("the terminal of %s was not given back", args[0])
	}
	if len(args) > 1 && !v.has(args[1]) {
		ts.Fatalf("%s was not told %q", args[0], args[1])
	}
}

// hangUp is "hangup": it tells the processes in the background that the terminal
// is gone.
func hangUp(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: hangup")
	}
	for _, c := range slices.Clone(ts.BackgroundCmds()) {
		ts.Check(c.Process.Signal(syscall.SIGHUP))
	}
}
