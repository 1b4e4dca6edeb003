package sync

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gyre/feed/alpaca"
	"gyre/feed/massive"
	"gyre/feed/web"
	"gyre/model/session"
)

// Kind is a kind of what is kept up to date.
type Kind string

// The kinds, which are also the names by which they are asked for.
const (
	Holdings Kind = "holdings" // who is in the indices
	Closes   Kind = "closes"   // of every session
	Actions  Kind = "actions"  // splits, renames and what else changes a price's meaning
	Facts    Kind = "facts"    // balance sheets and numbers of shares
	Calendar Kind = "calendar" // scheduled releases
	Rate     Kind = "rate"     // the effective federal funds rate
)

// Kinds is every kind.
func Kinds() []Kind { return []Kind{Holdings, Closes, Actions, Facts, Calendar, Rate} }

// Vendor is who is asked for closes and actions.
type Vendor string

// The vendors.
const (
	Nobody  Vendor = ""
	Alpaca  Vendor = "alpaca"  // daily bars of the members of the lists
	Massive Vendor = "massive" // daily bars of the whole market
)

// Hosts are the addresses that are asked. Those that are empty are the
// publishers' own.
type Hosts struct {
	IShares, Alpaca, Massive, SEC, SECData, BLS, BEA, Fed, NewYorkFed string
}

// The defaults of Options.
const (
	DefaultSessions = 90
	DefaultEvery    = time.Second
)

// maxSessions bounds how far back closes are asked for, in sessions.
const maxSessions = 2520

// Options say what is kept up to date, and of whom it is asked.
type Options struct {
	Kinds   []Kind   // none: every kind
	Indices []string // RUT, RMICRO, SPX; none: all of them

	Vendor       Vendor
	AlpacaKeyID  web.Secret
	AlpacaSecret web.Secret
	MassiveKey   web.Secret
	// Every is the least time from one request to the vendor to the next; 0: a
	// second. A free Massive account may ask every 12 seconds.
	Every time.Duration

	// Contact is how the operators of public servers reach who runs this gyre: an
	// e-mail address. The SEC asks for it and is not asked without it.
	Contact string
	// Sessions is how many sessions closes are brought for at most; 0: 90.
	Sessions int

	Hosts     Hosts
	Proxy     *url.URL          // nil for none
	Transport http.RoundTripper // nil for that of the network; a test's own
	Calendar  *session.Calendar // nil: that of the New York Stock Exchange
	Now       func() time.Time  // nil: time.Now
}

// What may be wrong with Options.
var (
	ErrKind   = errors.New("there is no such kind of data")
	ErrIndex  = errors.New("no list of such an index is published")
	ErrVendor = errors.New("there is no such vendor")
)

// filled is the options with the defaults where nothing is said.
func (o Options) filled() (Options, error) {
	if len(o.Kinds) == 0 {
		o.Kinds = Kinds()
	}
	for _, k := range o.Kinds {
		if !slices.Contains(Kinds(), k) {
			return o, fmt.Errorf("%w: %q; there are %s", ErrKind, k, listed(Kinds()))
		}
	}
	if len(o.Indices) == 0 {
		o.Indices = indices()
	}
	for _, index := range o.Indices {
		if _, ok := fundOf(index); !ok {
			return o, fmt.Errorf("%w: %q; there are %s", ErrIndex, index, listed(indices()))
		}
	}
	if o.Vendor != Nobody && o.Vendor != Alpaca && o.Vendor != Massive {
		return o, fmt.Errorf("%w: %q; there are alpaca and massive", ErrVendor, o.Vendor)
	}
	if o.Every <= 0 {
		o.Every = DefaultEvery
	}
	if o.Sessions <= 0 {
		o.Sessions = DefaultSessions
	}
	o.Sessions = min(o.Sessions, maxSessions)
	if o.Calendar == nil {
		o.Calendar = session.New()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Hosts.fill()
	return o, nil
}

// fill puts the publishers' own addresses where none is said.
func (h *Hosts) fill() {
	for _, host := range []struct {
		at  *string
		own string
	}{
		{&h.IShares, "https://www.ishares.com"},
		{&h.Alpaca, alpaca.DataURL},
		{&h.Massive, massive.BaseURL},
		{&h.SEC, "https://www.sec.gov"},
		{&h.SECData, "https://data.sec.gov"},
		{&h.BLS, "https://www.bls.gov"},
		{&h.BEA, "https://www.bea.gov"},
		{&h.Fed, "https://www.federalreserve.gov"},
		{&h.NewYorkFed, "https://markets.newyorkfed.org"},
	} {
		if *host.at == "" {
			*host.at = host.own
		}
	}
}

// maxContact is the length of the longest contact, in bytes.
const maxContact = 254

// contactable tells whether a contact is one that a header can carry.
func contactable(contact string) bool {
	for _, c := range []byte(contact) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	name, host, ok := strings.Cut(contact, "@")
	return ok && name != "" && host != "" && len(contact) <= maxContact
}

// agent is how gyre introduces itself. Some publishers turn away what does not
// look like a browser.
func (o *Options) agent() string {
	if contactable(o.Contact) {
		return "Mozilla/5.0 (compatible; gyre; " + o.Contact + ")"
	}
	return "Mozilla/5.0 (compatible; gyre)"
}

// listed is names in a sentence.
func listed[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = string(n)
	}
	return strings.Join(texts, ", ")
}
