package config

import (
	"errors"
	"slices"
	"strings"
)

// vendors are those that closes can be asked of; the empty one is whoever's key
// is set.
func vendors() []string { return []string{"", "alpaca", "massive"} }

func syncSettings() []setting {
	same := func(text string) string { return text }
	return []setting{
		word(func(c *Config) *string { return &c.Sync.Vendor }, parseVendor, same).
			as(tableSync, "vendor", "Who is asked for closes and corporate actions: alpaca or massive, or nothing for the one whose key is set."),
		word(func(c *Config) *string { return &c.Sync.Contact }, ParseContact, same).
			as(tableSync, "contact", "Your e-mail address, as in \"me@example.com\". The SEC wants to know who asks; without it there are no balance sheets."),
	}
}

func parseVendor(name string) (string, error) {
	if !slices.Contains(vendors(), name) {
		return "", noSuch("vendor", name, vendors()[1:])
	}
	return name, nil
}

// maxContact is the length of the longest address, in bytes.
const maxContact = 254

var errContact = errors.New("this is no e-mail address; write it as in \"me@example.com\"")

// ParseContact checks an e-mail address; an empty one is none.
func ParseContact(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	name, host, ok := strings.Cut(address, "@")
	odd := strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' })
	if !ok || name == "" || host == "" || odd || len(address) > maxContact {
		return "", errContact
	}
	return address, nil
}
