package live

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gyre/model"
	"gyre/model/session"
)

func TestSymbols(t *testing.T) {
	ref := &model.Reference{
		Calendar: session.New(),
		Instruments: []model.Instrument{
			{Symbol: "BRK.B", ShareClassOf: 0},
			{Symbol: "MOG-A", ShareClassOf: 1},
			{Symbol: "MOGB", ShareClassOf: 2},
			{Symbol: "MOG.B", ShareClassOf: 1},
			{Symbol: "OLD", ShareClassOf: 4},
			{Symbol: "GONE", ShareClassOf: 5},
			{Symbol: "GONE", ShareClassOf: 6},
			{Symbol: "FUND", ShareClassOf: 7},
		},
		Actions: []model.Action{
			{ID: 4, ExDate: friday, Kind: model.ActionRename, Symbol: "NEW"},
			{ID: 0, ExDate: monday, Kind: model.ActionRename, Symbol: "BRK.X"},
			{ID: 99, ExDate: thursday, Kind: model.ActionRename, Symbol: "NOBODY"},
		},
		Members: []model.Membership{
			{Index: "RUT", ID: 0, From: thursday},
			{Index: "RUT", ID: 1, From: thursday},
			{Index: "RMICRO", ID: 4, From: thursday},
			{Index: "RUT", ID: 5, From: thursday},
			{Index: "RUT", ID: 6, From: thursday, To: friday},
			{Index: "RUT", ID: 77, From: thursday},
		},
		Indices: []model.IndexSeries{{Symbol: "RUT"}, {Symbol: "SPX"}},
	}
	u, err := NewUniverse(ref, friday)
	if err != nil {
		t.Fatal(err)
	}
	const none = model.ID(-1)
	for symbol, want := range map[string]model.ID{
		"BRK.B": 0, "BRK-B": 0, "BRK/B": 0, "BRK B": 0, " BRK.B ": 0, "BRKB": 0,
		"MOG.A": 1, "MOG A": 1, "MOGA": 1,
		"MOGB":  2, // an exact symbol, so not the joined spelling of MOG.B
		"MOG.B": 3,
		"NEW":   4, "OLD": none,
		"GONE":  5, // the member, not the one that has left
		"BRK.X": none, "brk.b": none, "": none, ".": none, "KIMpL": none, "NOBODY": none, "BRK..B": none,
	} {
		got, ok := u.Find(symbol)
		if !ok {
			got = none
		}
		if got != want {
			t.Errorf("%q is instrument %d, want %d", symbol, got, want)
		}
	}
	for symbol, want := range map[string]model.ID{"RUT": 0, "I:RUT": 0, "^RUT": 0, "$SPX": 1, "^GSPC": 1, "SPX": 1, "VIX": none, "I:": none} {
		got, ok := u.FindIndex(symbol)
		if !ok {
			got = none
		}
		if got != want {
			t.Errorf("%q is index %d, want %d", symbol, got, want)
		}
	}
	if want := []string{"BRK.B", "GONE", "MOG.A", "MOG.B", "NEW"}; !slices.Equal(u.Symbols(), want) {
		t.Errorf("a vendor is asked for %q, want %q", u.Symbols(), want)
	}
	if got := u.Symbol(1); got != "MOG.A" {
		t.Errorf("instrument 1 is %q", got)
	}
	if got := u.Symbol(99); got != "" {
		t.Errorf("instrument 99 is %q", got)
	}
}

func TestWithoutMembersEveryoneIsAskedFor(t *testing.T) {
	u, err := NewUniverse(&model.Reference{Instruments: []model.Instrument{{Symbol: "B", ShareClassOf: 0}, {Symbol: "A", ShareClassOf: 1}}}, friday)
	if want := []string{"A", "B"}; err != nil || !slices.Equal(u.Symbols(), want) {
		t.Errorf("got %q, %v", u.Symbols(), err)
	}
}

func TestTooManySymbols(t *testing.T) {
	ref := &model.Reference{Calendar: session.New()}
	for i := range MaxSymbols {
		ref.Instruments = append(ref.Instruments, model.Instrument{Symbol: "S" + strconv.Itoa(i), ShareClassOf: model.ID(i)})
	}
	if _, err := New(Options{Reference: ref}); err != nil {
		t.Errorf("%d instruments: %v", MaxSymbols, err)
	}
	ref.Instruments = append(ref.Instruments, model.Instrument{Symbol: "MORE"})
	if _, err := New(Options{Reference: ref}); err == nil || !strings.Contains(err.Error(), "20001 instruments") {
		t.Errorf("one more: %v, want a refusal", err)
	}
}

func TestWithoutACalendarThereIsNoBoard(t *testing.T) {
	for name, ref := range map[string]*model.Reference{"no reference": nil, "no calendar": {}} {
		if _, err := New(Options{Reference: ref}); err == nil || !strings.Contains(err.Error(), "calendar") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := NewSource(Options{Reference: ref}, nil); err == nil {
			t.Errorf("%s: a source was made of it", name)
		}
	}
}
