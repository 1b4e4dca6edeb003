package ndjson

import (
	"context"
	"os"
	"testing"

	"gyre/feed/live"
	"gyre/model"
	"gyre/model/session"
)

// stumbling is a transport that breaks down.
type stumbling struct{}

func (stumbling) run(context.Context, *intake) error { panic("index out of range") }

func TestATransportThatPanicsIsAnError(t *testing.T) {
	board, err := live.New(live.Options{Reference: &model.Reference{Calendar: session.New()}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := New("ndjson:-", Options{Input: os.Stdin})
	if err != nil {
		t.Fatal(err)
	}
	f.transport = stumbling{}
	if err := f.Observe(t.Context(), board); err == nil || err.Error() != f.name+": the feed broke down: index out of range" {
		t.Errorf("it ends with %v", err)
	}
}
