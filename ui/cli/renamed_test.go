package cli

import (
	"context"
	"testing"

	"gyre/model"
)

func (a *asked) Next(context.Context) (*model.Snapshot, error) {
	if a.snap == nil {
		return nil, errOver
	}
	return a.snap, nil
}

func (a *asked) Ask(query model.Query) { a.count, a.last = a.count+1, query }

func TestIndicesAreRenamedWhileTheDashboardRuns(t *testing.T) {
	snap := &model.Snapshot{Indices: []model.Index{{Symbol: "RUT", Name: "Mine"}, {Symbol: "SPX", Name: "S&P 500"}}}
	viewer := &asked{snap: snap}
	r := &renamed{viewer: viewer, given: map[string]string{"RUT": "Russell 2000", "SPX": "S&P 500"}, names: map[string]string{"RUT": "Mine"}}
	names := func() [2]string {
		got, err := r.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return [2]string{got.Indices[0].Name, got.Indices[1].Name}
	}
	if got := names(); got != [2]string{"Mine", "S&P 500"} {
		t.Errorf("at first they are %q", got)
	}
	if same, _ := r.Next(t.Context()); same != snap {
		t.Error("a snapshot with the right names is copied")
	}
	query := model.Query{Financials: true}
	r.Ask(query)
	for want, chosen := range map[[2]string]map[string]string{
		{"Yours", "S&P 500"}:         {"RUT": "Yours"},
		{"Russell 2000", "Large"}:    {"SPX": "Large"},
		{"Russell 2000", "S&P 500"}:  nil,
		{"Russell 2000", "S&P  500"}: {"SPX": "S&P  500", "none": "x"},
	} {
		before := viewer.count
		r.rename(chosen)
		if got := names(); got != want || viewer.count != before+1 || viewer.last != query {
			t.Errorf("with %v they are %q; it asked %v", chosen, got, viewer.last)
		}
		r.rename(chosen)
		if viewer.count != before+1 {
			t.Error("the same names ask for a snapshot")
		}
	}
	if snap.Indices[0].Name != "Mine" {
		t.Errorf("the snapshot that others see says %q", snap.Indices[0].Name)
	}
	viewer.snap = nil
	if _, err := r.Next(t.Context()); err == nil {
		t.Error("the end is not passed on")
	}
}
