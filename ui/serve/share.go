package serve

import (
	"context"

	"gyre/feed/hub"
	"gyre/ui"
	"gyre/ui/serve/gate"
)

// Shared shows everybody the one feed of h, as o says. o.Player steers it for
// all.
func Shared(h *hub.Hub, o ui.Options) func(context.Context, gate.Identity) (*Show, error) {
	return func(context.Context, gate.Identity) (*Show, error) {
		mine := o
		sub := h.Subscribe(o.Query)
		mine.Source = sub
		return &Show{Options: mine, Close: sub.Close}, nil
	}
}

// Private gives everybody a replay of their own, as o says. begin makes it; it
// runs for as long as its viewer stays, which is until ctx ends.
func Private(begin func(ctx context.Context) (*hub.Hub, ui.Player, error), o ui.Options) func(context.Context, gate.Identity) (*Show, error) {
	return func(ctx context.Context, _ gate.Identity) (*Show, error) {
		ctx, stop := context.WithCancel(ctx)
		h, player, err := begin(ctx)
		if err != nil {
			stop()
			return nil, err
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = h.Run(ctx) // the viewer sees what has become of the feed
		}()
		mine := o
		sub := h.Subscribe(o.Query)
		mine.Source, mine.Player = sub, player
		return &Show{Options: mine, Private: true, Close: func() {
			sub.Close()
			stop()
			<-ended
		}}, nil
	}
}
