package web

import (
	"log/slog"
	"strings"
)

// hidden is what is printed for a secret.
const hidden = "<secret>"

// Secret is a key or a token. However it is printed, as itself or within
// something else, it is "<secret>" or an address in memory. The zero Secret is
// none.
type Secret struct{ value *string } // behind a pointer, as fmt prints private text within other types

// NewSecret keeps a text secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{value: &text}
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
	return NewSecret(word + *s.value)
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

// scrub takes the secrets out of a text.
func scrub(text string, secrets []Secret) string {
	for _, s := range secrets {
		if s.value != nil {
			text = strings.ReplaceAll(text, *s.value, hidden)
		}
	}
	return text
}
