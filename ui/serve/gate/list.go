package gate

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/feed/clean"
)

// RSA keys outside these sizes are refused: shorter ones are weak, and longer
// ones cost more to check than they are worth.
const (
	minRSABits = 2048
	maxRSABits = 8192
)

// ErrUnknown is what a key gives that is not in the list.
var ErrUnknown = errors.New("the key is not in the list")

// List is who may log in. It is never changed.
type List struct {
	keys        map[string]entry // by the key's wire form
	authorities map[string]entry
}

// entry is what a line says of its key.
type entry struct {
	name       string
	role       Role
	from       string   // addresses, as of the critical option source-address; empty: any
	principals []string // of a certificate; none: the user's name
}

// Len is how many keys and authorities there are.
func (l *List) Len() int { return len(l.keys) + len(l.authorities) }

// ParseList reads a list in the form of OpenSSH's authorized_keys. A line that
// is wrong is left out and reported as file:line; the others stay.
func ParseList(file string, text []byte) (*List, []error) {
	l := &List{keys: make(map[string]entry), authorities: make(map[string]entry)}
	var problems []error
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := l.add(line); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", file, number, err))
		}
	}
	return l, problems
}

// add takes a line up.
func (l *List) add(line string) error {
	key, comment, options, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return errors.New("this is no public key; write [options] ssh-ed25519 AAAA… name")
	}
	if err := strong(key); err != nil {
		return err
	}
	e := entry{}
	e.name, _ = clean.Text(comment)
	if e.name == "" {
		e.name = ssh.FingerprintSHA256(key)
	}
	authority, err := e.read(options)
	if err != nil {
		return err
	}
	into := l.keys
	if authority {
		into = l.authorities
	} else if len(e.principals) > 0 {
		return errors.New("the option principals= belongs to a cert-authority")
	}
	blob := string(key.Marshal())
	if _, twice := into[blob]; twice {
		return fmt.Errorf("the key %s is in the list already; the first line counts", ssh.FingerprintSHA256(key))
	}
	into[blob] = e
	return nil
}

// read takes a line's options over. An option that is not known might be a
// restriction, so that its line does not count.
func (e *entry) read(options []string) (authority bool, err error) {
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		value = strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`)
		switch strings.ToLower(name) {
		case "role":
			e.role, err = ParseRole(value)
		case "cert-authority":
			authority = true
		case "principals":
			e.principals = strings.Split(value, ",")
		case "from":
			e.from, err = value, checkAddresses(value)
		case "restrict", "no-port-forwarding", "no-agent-forwarding", "no-x11-forwarding", "no-user-rc":
			// So it is for everybody.
		default:
			text, _ := clean.Text(name)
			err = fmt.Errorf("the option %q is not known; there are role=, from=, cert-authority, principals= and restrict", text)
		}
		if err != nil {
			return false, err
		}
	}
	return authority, nil
}

// checkAddresses tells whether text is a list of addresses and networks.
func checkAddresses(text string) error {
	for _, each := range strings.Split(text, ",") {
		if _, err := netip.ParseAddr(each); err == nil {
			continue
		}
		if _, err := netip.ParsePrefix(each); err != nil {
			shown, _ := clean.Text(each)
			return fmt.Errorf("from= takes addresses and networks such as 10.0.0.0/8, not %q", shown)
		}
	}
	return nil
}

// strong tells what is wrong with a key itself.
func strong(key ssh.PublicKey) error {
	if cert, ok := key.(*ssh.Certificate); ok {
		if err := strong(cert.Key); err != nil {
			return err
		}
		return strong(cert.SignatureKey)
	}
	if !slices.Contains(keyTypes(), key.Type()) {
		return fmt.Errorf("keys of the type %s are not accepted; use ssh-ed25519", key.Type())
	}
	if plain, ok := key.(ssh.CryptoPublicKey); ok {
		if r, ok := plain.CryptoPublicKey().(*rsa.PublicKey); ok && (r.N.BitLen() < minRSABits || r.N.BitLen() > maxRSABits) {
			return fmt.Errorf("an RSA key has from %d to %d bits, this one %d", minRSABits, maxRSABits, r.N.BitLen())
		}
	}
	return nil
}

// find is who a key belongs to, and where it may come from.
func (l *List) find(key ssh.PublicKey, user string, now time.Time) (Identity, entry, error) {
	if err := strong(key); err != nil {
		return Identity{}, entry{}, err
	}
	who := Identity{Fingerprint: ssh.FingerprintSHA256(key)}
	cert, ok := key.(*ssh.Certificate)
	if !ok {
		e, known := l.keys[string(key.Marshal())]
		if !known {
			return who, e, ErrUnknown
		}
		who.Name, who.Role = e.name, e.role
		return who, e, nil
	}
	who.Fingerprint = ssh.FingerprintSHA256(cert.Key)
	e, known := l.authorities[string(cert.SignatureKey.Marshal())]
	if !known {
		return who, e, ErrUnknown
	}
	if err := e.certified(cert, user, now); err != nil {
		return who, e, fmt.Errorf("the certificate: %w", err)
	}
	who.Role = e.role
	if who.Name, _ = clean.Text(cert.KeyId); who.Name == "" {
		who.Name = e.name
	}
	if cert.ValidBefore != ssh.CertTimeInfinity {
		who.Until = time.Unix(int64(cert.ValidBefore), 0) //nolint:gosec // certified has refused times beyond int64
	}
	return who, e, nil
}

// certified tells what is wrong with a certificate of this authority. One for
// everybody is refused, unlike in the SSH library.
func (e entry) certified(cert *ssh.Certificate, user string, now time.Time) error {
	if cert.CertType != ssh.UserCert {
		return errors.New("it is not a user's")
	}
	if len(cert.ValidPrincipals) == 0 {
		return errors.New("it names no principal")
	}
	wanted := e.principals
	if len(wanted) == 0 {
		wanted = []string{user}
	}
	i := slices.IndexFunc(wanted, func(p string) bool { return p != "" && slices.Contains(cert.ValidPrincipals, p) })
	if i < 0 {
		return errors.New("its principals are not those asked for")
	}
	checker := ssh.CertChecker{Clock: func() time.Time { return now }, SupportedCriticalOptions: []string{sourceAddress}}
	if err := checker.CheckCert(wanted[i], cert); err != nil {
		return fmt.Errorf("%w", err)
	}
	return nil
}
