package dataset

import (
	"io"
	"strings"
	"testing"
)

// stumbling is a decompressor that cannot take what it is given.
type stumbling struct{}

func (stumbling) Read([]byte) (int, error) { panic("index out of range") }

func TestAReaderThatPanicsIsAnError(t *testing.T) {
	c := newChunks(t.Context(), io.MultiReader(strings.NewReader("a\n"), stumbling{}))
	defer c.close()
	part, err := c.next()
	if err == nil || !strings.Contains(err.Error(), "broke down: index out of range") {
		t.Errorf("got %q, %v", part.text, err)
	}
}
