package gate

import (
	"maps"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// sourceAddress is the critical option that the SSH library itself holds
// clients to: the addresses a key may be used from.
const sourceAddress = "source-address"

// Door lets in whoever is in the list as it is at the moment. It is safe for
// concurrent use.
type Door struct {
	list atomic.Pointer[List]
	now  func() time.Time
}

// NewDoor is a door with that list. now is the wall clock.
func NewDoor(list *List, now func() time.Time) *Door {
	d := &Door{now: now}
	d.list.Store(list)
	return d
}

// Use changes the list.
func (d *Door) Use(list *List) { d.list.Store(list) }

// Check is the handshake's question whether a key might log in. It is asked of
// keys that are only offered, so that it notes nothing.
func (d *Door) Check(conn ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
	_, e, err := d.list.Load().find(key, conn.User(), d.now())
	if err != nil {
		return nil, err
	}
	options := map[string]string{}
	if cert, ok := key.(*ssh.Certificate); ok {
		maps.Copy(options, cert.CriticalOptions)
	}
	if e.from != "" {
		if _, narrower := options[sourceAddress]; narrower {
			return nil, ErrUnknown // two lists of addresses: the library holds a client to one
		}
		options[sourceAddress] = e.from
	}
	return permissionsFor(key, conn.User(), options), nil
}

// Identify is who the permissions of a connection belong to, by the list as it
// is now: an error means that they may not be here, or not any more.
func (d *Door) Identify(p *ssh.Permissions) (Identity, error) {
	key, user, err := signer(p)
	if err != nil {
		return Identity{}, err
	}
	who, _, err := d.list.Load().find(key, user, d.now())
	return who, err
}
