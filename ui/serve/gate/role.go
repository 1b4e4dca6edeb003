// Package gate decides who comes in: it keeps the list of keys and the host
// key, says which algorithms are good enough, and bounds what a client can
// take before it has logged in.
package gate

import (
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/ssh"
)

// Role is what somebody may do.
type Role uint8

// The roles.
const (
	Viewer   Role = iota // looks, and changes nothing that others see
	Operator             // also steers the replay that all of them see
)

// String is the role's name in the list of keys.
func (r Role) String() string {
	if r == Operator {
		return "operator"
	}
	return "viewer"
}

// ParseRole reads a role's name.
func ParseRole(name string) (Role, error) {
	for _, r := range []Role{Viewer, Operator} {
		if name == r.String() {
			return r, nil
		}
	}
	return Viewer, fmt.Errorf("there is no role %q; choose viewer or operator", name)
}

// Identity is who has logged in: what the list says of the key that signed.
type Identity struct {
	Name        string // the key's comment, or the certificate's; clean
	Fingerprint string // SHA256 of the key that signed
	Role        Role
	Until       time.Time // when a certificate ends; zero: it does not
}

// The names under which an identity travels in the permissions of a connection.
// They hold what the key was when it signed, and nothing else is ever asked.
const (
	extensionKey  = "gyre-key"
	extensionUser = "gyre-user"
)

// errNobody is what a connection without permissions gives.
var errNobody = errors.New("the connection has no key")

// permissionsFor carries a key through the handshake. The SSH library hands
// back the permissions of the key whose signature it has verified.
func permissionsFor(key ssh.PublicKey, user string, options map[string]string) *ssh.Permissions {
	return &ssh.Permissions{
		CriticalOptions: options,
		Extensions: map[string]string{
			extensionKey:  base64.StdEncoding.EncodeToString(key.Marshal()),
			extensionUser: user,
		},
	}
}

// signer is the key in the permissions of a connection, and its user.
func signer(p *ssh.Permissions) (key ssh.PublicKey, user string, err error) {
	if p == nil {
		return nil, "", errNobody
	}
	blob, err := base64.StdEncoding.DecodeString(p.Extensions[extensionKey])
	if err != nil || len(blob) == 0 {
		return nil, "", errNobody
	}
	key, err = ssh.ParsePublicKey(blob)
	if err != nil {
		return nil, "", fmt.Errorf("the connection's key: %w", err)
	}
	return key, p.Extensions[extensionUser], nil
}
