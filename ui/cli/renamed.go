package cli

import (
	"context"
	"maps"
	"slices"
	"sync"

	"gyre/model"
	"gyre/ui"
)

// renamed is a viewer whose snapshots call the indices as the configuration
// does, which may change.
type renamed struct {
	viewer ui.Source
	given  map[string]string // names that the reference had before, by symbol

	mu    sync.Mutex
	names map[string]string // of the configuration
	query model.Query       // that the viewer asks
}

// Next is the next snapshot, with the names.
func (r *renamed) Next(ctx context.Context) (*model.Snapshot, error) {
	snap, err := r.viewer.Next(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	names := r.names
	r.mu.Unlock()
	return r.say(snap, names), nil
}

// Ask changes what is asked for.
func (r *renamed) Ask(query model.Query) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.query = query
	r.viewer.Ask(query)
}

// rename changes the names. A snapshot with the new ones follows at once.
func (r *renamed) rename(names map[string]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !maps.Equal(names, r.names) {
		r.names = names
		r.viewer.Ask(r.query)
	}
}

// say is a snapshot with its indices renamed. The one that came is shared with
// others, and stays as it is.
func (r *renamed) say(snap *model.Snapshot, names map[string]string) *model.Snapshot {
	var indices []model.Index
	for i := range snap.Indices {
		symbol, name := snap.Indices[i].Symbol, snap.Indices[i].Name
		if before, ok := r.given[symbol]; ok {
			name = before
		}
		if chosen, ok := names[symbol]; ok {
			name = chosen
		}
		if name == snap.Indices[i].Name {
			continue
		}
		if indices == nil {
			indices = slices.Clone(snap.Indices)
		}
		indices[i].Name = name
	}
	if indices == nil {
		return snap
	}
	whole := *snap
	whole.Indices = indices
	return &whole
}
