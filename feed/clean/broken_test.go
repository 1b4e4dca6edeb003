package clean_test

import (
	"errors"
	"testing"

	"gyre/feed/clean"
)

func TestBroken(t *testing.T) {
	for value, want := range map[any]string{
		"out of range\x1b[2J":      "the feed broke down: out of range[2J",
		errors.New("nil\npointer"): "the feed broke down: nil pointer",
		42:                         "the feed broke down: 42",
	} {
		if got := clean.Broken("the feed", value); got.Error() != want {
			t.Errorf("%v gives %q, want %q", value, got, want)
		}
	}
}
