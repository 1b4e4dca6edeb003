package gate

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/crypto/ssh"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newKey(t *testing.T) ssh.Signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func rsaKey(t *testing.T, bits int) ssh.Signer {
	t.Helper()
	t.Setenv("GODEBUG", "rsa1024min=0")
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func text(key ssh.Signer) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey())))
}

// visitor is a connection as the SSH library describes it.
type visitor struct {
	ssh.ConnMetadata
	user string
}

func (v visitor) User() string { return v.user }

func TestLinesOfTheList(t *testing.T) {
	a, b := text(newKey(t)), text(newKey(t))
	for name, c := range map[string]struct {
		line    string
		keys    int
		problem string
	}{
		"a key":                 {a + " alice@desk", 1, ""},
		"without a name":        {a, 1, ""},
		"a comment":             {"# " + a, 0, ""},
		"a role":                {`role="operator" ` + a, 1, ""},
		"what holds for all":    {`restrict,no-pty-x ` + a, 0, `"no-pty-x" is not known`},
		"an odd role":           {`role="root" ` + a, 0, `no role "root"`},
		"addresses":             {`from="10.0.0.0/8,::1" ` + a, 1, ""},
		"names of hosts":        {`from="*.desk" ` + a, 0, "addresses and networks"},
		"a command":             {`command="sh" ` + a, 0, `"command" is not known`},
		"an authority":          {`cert-authority,principals="desk" ` + a, 1, ""},
		"principals of a key":   {`principals="desk" ` + a, 0, "belongs to a cert-authority"},
		"half a key":            {a[:40], 0, "no public key"},
		"no key":                {"hello", 0, "no public key"},
		"escapes":               {"\x1b]0;x\a", 0, "no public key"},
		"the key of another":    {strings.Replace(b, "ssh-ed25519", "ssh-rsa", 1), 0, "no public key"},
		"an RSA key too short":  {text(rsaKey(t, 1024)), 0, "2048 to 8192 bits, this one 1024"},
		"an RSA key that is ok": {text(rsaKey(t, 2048)), 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			list, problems := ParseList("keys", []byte("\n"+c.line+"\n"))
			if list.Len() != c.keys {
				t.Errorf("it has %d keys, want %d", list.Len(), c.keys)
			}
			switch {
			case c.problem == "" && len(problems) > 0:
				t.Errorf("it says %v", problems)
			case c.problem != "" && (len(problems) != 1 || !strings.Contains(problems[0].Error(), c.problem) || !strings.HasPrefix(problems[0].Error(), "keys:2: ")):
				t.Errorf("it says %v, want keys:2: … %s", problems, c.problem)
			}
		})
	}
	list, problems := ParseList("keys", fmt.Appendf(nil, "x\r\n%s one\nrole=\"operator\" %s two\n%s three\n", a, a, b))
	if list.Len() != 2 || len(problems) != 2 || !strings.HasPrefix(problems[1].Error(), "keys:3: ") {
		t.Errorf("of a list with two bad lines there are %d keys, and it says %v", list.Len(), problems)
	}
}

func TestTheListIsReadWhateverItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, problems := ParseList("f", []byte(rapid.String().Draw(t, "text")))
		for _, p := range problems {
			if strings.ContainsAny(p.Error(), "\x1b\u009b\u202e\n\r") {
				t.Errorf("the problem is not clean: %q", p)
			}
		}
	})
}

func TestWhoIsWho(t *testing.T) {
	key, other := newKey(t), newKey(t)
	list, problems := ParseList("keys", fmt.Appendf(nil, "role=\"operator\",from=\"10.0.0.0/8\" %s boss\x1b[m\n", text(key)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	door := NewDoor(list, time.Now)
	p, err := door.Check(visitor{user: "x"}, key.PublicKey())
	if err != nil || p.CriticalOptions["source-address"] != "10.0.0.0/8" {
		t.Fatalf("it gives %v, %v", p, err)
	}
	who, err := door.Identify(p)
	if err != nil || who.Role != Operator || who.Name != "boss[m" || who.Fingerprint != ssh.FingerprintSHA256(key.PublicKey()) {
		t.Errorf("it is %+v, %v", who, err)
	}
	if _, err := door.Check(visitor{user: "x"}, other.PublicKey()); !errors.Is(err, ErrUnknown) {
		t.Errorf("another key gives %v", err)
	}
	for name, p := range map[string]*ssh.Permissions{"none": nil, "empty": {}, "odd": {Extensions: map[string]string{extensionKey: "!"}}} {
		if _, err := door.Identify(p); err == nil {
			t.Errorf("%s permissions are somebody's", name)
		}
	}
	empty, _ := ParseList("keys", nil)
	door.Use(empty)
	if _, err := door.Identify(p); !errors.Is(err, ErrUnknown) {
		t.Errorf("a key that was removed gives %v", err)
	}
}

func TestCertificates(t *testing.T) {
	ca, named, stranger := newKey(t), newKey(t), newKey(t)
	list, problems := ParseList("keys", fmt.Appendf(nil, "cert-authority %s desk\ncert-authority,role=\"operator\",principals=\"ops,admin\" %s ops\n", text(ca), text(named)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	now := time.Date(2025, time.March, 28, 12, 0, 0, 0, time.UTC)
	door := NewDoor(list, func() time.Time { return now })
	good := func() *ssh.Certificate {
		return &ssh.Certificate{
			Key: newKey(t).PublicKey(), CertType: ssh.UserCert, KeyId: "alice", ValidPrincipals: []string{"alice"},
			ValidAfter: uint64(now.Add(-time.Hour).Unix()), ValidBefore: uint64(now.Add(time.Hour).Unix()), //nolint:gosec // after 1970
		}
	}
	for name, c := range map[string]struct {
		by     ssh.Signer
		change func(*ssh.Certificate)
		want   string // the name and the role, or a part of the error
	}{
		"of its user":          {ca, nil, "alice viewer"},
		"with a principal":     {named, func(c *ssh.Certificate) { c.ValidPrincipals = []string{"x", "admin"} }, "alice operator"},
		"of another principal": {named, nil, "not those asked for"},
		"of another user":      {ca, func(c *ssh.Certificate) { c.ValidPrincipals = []string{"bob"} }, "not those asked for"},
		"for everybody":        {ca, func(c *ssh.Certificate) { c.ValidPrincipals = nil }, "no principal"},
		"not yet":              {ca, func(c *ssh.Certificate) { c.ValidAfter = c.ValidBefore - 1 }, "not yet valid"},
		"not any more":         {ca, func(c *ssh.Certificate) { c.ValidBefore = c.ValidAfter + 1 }, "expired"},
		"of a host":            {ca, func(c *ssh.Certificate) { c.CertType = ssh.HostCert }, "not a user's"},
		"of a stranger":        {stranger, nil, "not in the list"},
		"with a command":       {ca, func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"force-command": "x"} }, "unsupported critical option"},
		"with an address":      {ca, func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"source-address": "10.0.0.1"} }, "alice viewer"},
		"without a name":       {ca, func(c *ssh.Certificate) { c.KeyId = "" }, "desk viewer"},
		"of a weak key":        {ca, func(c *ssh.Certificate) { c.Key = rsaKey(t, 1024).PublicKey() }, "2048 to 8192"},
	} {
		t.Run(name, func(t *testing.T) {
			cert := good()
			if c.change != nil {
				c.change(cert)
			}
			if err := cert.SignCert(rand.Reader, c.by); err != nil {
				t.Fatal(err)
			}
			p, err := door.Check(visitor{user: "alice"}, cert)
			if err != nil {
				if !strings.Contains(err.Error(), c.want) {
					t.Errorf("it says %v, want %q", err, c.want)
				}
				return
			}
			who, err := door.Identify(p)
			if got := who.Name + " " + who.Role.String(); err != nil || got != c.want || !who.Until.Equal(now.Add(time.Hour)) {
				t.Errorf("it is %q until %v (%v), want %q", got, who.Until, err, c.want)
			}
			if p.CriticalOptions["source-address"] != cert.CriticalOptions["source-address"] {
				t.Error("the address that it is bound to is lost")
			}
		})
	}
	forged := good()
	if err := forged.SignCert(rand.Reader, stranger); err != nil {
		t.Fatal(err)
	}
	forged.SignatureKey = ca.PublicKey()
	if _, err := door.Check(visitor{user: "alice"}, forged); err == nil {
		t.Error("a certificate with a forged signature passed")
	}
}

func TestTheHostKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "host")
	first, err := LoadHostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it was written as %v, %v", info.Mode(), err)
	}
	again, err := LoadHostKey(path)
	if err != nil || ssh.FingerprintSHA256(again.PublicKey()) != ssh.FingerprintSHA256(first.PublicKey()) || first.PublicKey().Type() != ssh.KeyAlgoED25519 {
		t.Errorf("the second start has another key (%v)", err)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o602} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadHostKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("with the mode %v it says %v", mode, err)
		}
	}
}

func TestOnlyModernAlgorithms(t *testing.T) {
	c := ServerConfig(NewDoor(new(List), time.Now), newKey(t), 3)
	weak := ssh.InsecureAlgorithms()
	for name, have := range map[string][2][]string{
		"key exchange": {c.KeyExchanges, weak.KeyExchanges}, "cipher": {c.Ciphers, weak.Ciphers},
		"MAC": {c.MACs, weak.MACs}, "public key": {c.PublicKeyAuthAlgorithms, weak.PublicKeyAuths},
	} {
		for _, algorithm := range have[0] {
			if slices.Contains(have[1], algorithm) || strings.Contains(algorithm, "sha1") || strings.Contains(algorithm, "cbc") || algorithm == "ssh-rsa" || algorithm == "ssh-dss" {
				t.Errorf("the %s %s is offered", name, algorithm)
			}
		}
	}
	if c.KeyExchanges[0] != ssh.KeyExchangeMLKEM768X25519 || c.NoClientAuth || c.PasswordCallback != nil || c.MaxAuthTries != 3 {
		t.Errorf("it is made as %+v", c)
	}
}

func TestSlots(t *testing.T) {
	s := NewSlots(10, 3)
	from := func(ip string, port int) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: port} }
	var free []func()
	for i := range 3 {
		f, refused := s.Take(from("192.0.2.1", 1000+i))
		if refused != "" {
			t.Fatal(refused)
		}
		free = append(free, f)
	}
	if _, refused := s.Take(from("192.0.2.1", 2000)); refused != SourceTaken {
		t.Errorf("a fourth connection of one address: %q", refused)
	}
	for i := range 3 {
		if _, refused := s.Take(from(fmt.Sprintf("2001:db8::%d", i+1), 1)); refused != "" {
			t.Fatal(refused)
		}
	}
	if _, refused := s.Take(from("2001:db8::ffff", 1)); refused != SourceTaken {
		t.Errorf("a fourth connection of one /64: %q", refused)
	}
	for i := range 4 {
		if _, refused := s.Take(from(fmt.Sprintf("192.0.2.%d", 10+i), 1)); refused != "" {
			t.Fatal(refused)
		}
	}
	if _, refused := s.Take(from("192.0.2.99", 1)); refused != SlotsTaken {
		t.Errorf("an eleventh connection: %q", refused)
	}
	free[0]()
	free[0]()
	if _, refused := s.Take(from("::ffff:192.0.2.1", 1)); refused != "" || s.Taken() != 10 {
		t.Errorf("a slot that was given back: %q, %d taken", refused, s.Taken())
	}
}

func TestTheListIsWatched(t *testing.T) {
	dir := t.TempDir()
	f := &File{Path: filepath.Join(dir, "keys")}
	write := func(text string, mode os.FileMode) {
		t.Helper()
		if err := errors.Join(os.WriteFile(f.Path+"~", []byte(text), 0o600), os.Chmod(f.Path+"~", mode), os.Rename(f.Path+"~", f.Path)); err != nil {
			t.Fatal(err)
		}
	}
	one, two := text(newKey(t))+"\n", text(newKey(t))+"\n"
	write(one+two, 0o600)
	if list, _, err := f.Load(); err != nil || list.Len() != 2 {
		t.Fatal(list, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	again, told, done := make(chan struct{}), make(chan Changed, 16), make(chan struct{})
	go func() {
		defer close(done)
		f.Watch(ctx, again, func(c Changed) { told <- c })
	}()
	defer func() {
		stop()
		<-done
	}()
	next := func(what string) Changed {
		t.Helper()
		select {
		case c := <-told:
			return c
		case <-time.After(30 * time.Second):
			t.Fatalf("%s: nobody was told", what)
			return Changed{}
		}
	}
	write(one, 0o600)
	if c := next("a key removed"); c.List.Len() != 1 {
		t.Errorf("there are %d keys", c.List.Len())
	}
	write(one+"nonsense\n"+two, 0o600)
	if c := next("a bad line"); c.List.Len() != 2 || len(c.Problems) != 1 {
		t.Errorf("there are %d keys, and it says %v", c.List.Len(), c.Problems)
	}
	again <- struct{}{}
	if c := next("asked to"); c.List.Len() != 2 {
		t.Errorf("there are %d keys", c.List.Len())
	}
	write(one, 0o666)
	if c := next("others may write"); c.List != nil || len(c.Problems) != 1 {
		t.Errorf("a list that others may write was taken: %+v", c)
	}
	write(one, 0o600)
	if c := next("put right"); c.List.Len() != 1 {
		t.Errorf("there are %d keys", c.List.Len())
	}
	if err := os.Remove(f.Path); err != nil {
		t.Fatal(err)
	}
	if c := next("removed"); c.List == nil || c.List.Len() != 0 {
		t.Errorf("a list that is gone: %+v", c)
	}
	write(two, 0o600)
	if c := next("back"); c.List.Len() != 1 {
		t.Errorf("there are %d keys", c.List.Len())
	}
}
