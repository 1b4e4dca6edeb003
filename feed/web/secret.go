package web

import (
	"bytes"
	"encoding/base64"
	"log/slog"
	"net/url"
	"strings"
)

// hidden is what is printed for a secret.
const hidden = "<secret>"

// Secret is a key or a token. However it is printed, as itself or within
// something else, it is "<secret>" or an address in memory. The zero Secret is
// none.
type Secret struct {
	value *string // behind a pointer, as fmt prints private text within other types
	bare  *string // without the word before it
}

// NewSecret keeps a text secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{value: &text, bare: &text}
}

// Reveal is the secret itself, "" for none. It is for the request to its own
// vendor and for nothing else.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Prefixed is the secret with a word before it, as in "Bearer KEY". The zero
// Secret stays none.
func (s Secret) Prefixed(word string) Secret {
	if s.value == nil {
		return s
	}
	text := word + *s.value
	return Secret{value: &text, bare: s.bare}
}

// IsZero tells whether there is no secret.
func (s Secret) IsZero() bool { return s.value == nil }

// String hides the secret.
func (s Secret) String() string {
	if s.value == nil {
		return ""
	}
	return hidden
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return "web.Secret(" + s.String() + ")" }

// MarshalText hides the secret from JSON, TOML and their like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// forms are how the secret may be written: as it is, and as an address or a
// header has it.
func (s Secret) forms() []string {
	if s.value == nil {
		return nil
	}
	var all []string
	for _, secret := range []string{*s.value, *s.bare} {
		all = append(all, secret, url.QueryEscape(secret), url.PathEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret)))
	}
	return all
}

// Hide takes the secret out of a text, in whatever form it is written there.
func (s Secret) Hide(text string) string {
	for _, form := range s.forms() {
		text = strings.ReplaceAll(text, form, hidden)
	}
	return text
}

// scrub takes secrets out of a text.
func scrub(text string, secrets []Secret) string {
	for _, s := range secrets {
		text = s.Hide(text)
	}
	return text
}

// scrubBody takes secrets out of an answer. One that has none, as all but the
// answers of a vendor that repeats what it is told, is not copied.
func scrubBody(body []byte, secrets []Secret) []byte {
	for _, s := range secrets {
		for _, form := range s.forms() {
			if bytes.Contains(body, []byte(form)) {
				body = bytes.ReplaceAll(body, []byte(form), []byte(hidden))
			}
		}
	}
	return body
}
