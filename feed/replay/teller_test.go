package replay_test

import (
	"slices"
	"testing"
	"time"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// told is everything that a seek to t tells.
func told(t *testing.T, at string) []model.Update {
	t.Helper()
	source, _ := replay.New(market(t), replay.Options{})
	var all []model.Update
	for batch := range source.StateAt(ny(t, at)) {
		all = append(all, batch...)
	}
	return all
}

// at are the updates of one instant.
func at(all []model.Update, t time.Time) []model.Update {
	return slices.DeleteFunc(slices.Clone(all), func(u model.Update) bool { return !u.At.Equal(t) })
}

func TestFirstComesTheReset(t *testing.T) {
	all := told(t, "28 12:00")
	reset, ok := all[0].Payload.(*model.Reset)
	if !ok || all[0].Kind != model.KindReset {
		t.Fatalf("it begins with %+v", all[0])
	}
	if reset.Reference == nil || reset.Mode != model.ModeReplay || reset.Epoch != 1 || !reset.Until.Equal(ny(t, "28 12:00")) {
		t.Errorf("got %+v", reset)
	}
}

func TestOrderWithinTheClose(t *testing.T) {
	closing := ny(t, "28 16:00")
	var kinds []model.Kind
	for _, u := range at(told(t, "28 16:00"), closing) {
		if u.Kind == model.KindReset {
			continue
		}
		if len(kinds) == 0 || kinds[len(kinds)-1] != u.Kind {
			kinds = append(kinds, u.Kind)
		}
	}
	want := []model.Kind{
		model.KindIndexLevel, model.KindQuote, // the last minute
		model.KindIndexLevel, model.KindOfficialClose, // official
		model.KindHeartbeat,
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("got the kinds %v, want %v", kinds, want)
	}
}

func TestMinutesKeepToTheBar(t *testing.T) {
	all := told(t, "28 16:00")
	bars := map[model.ID][4]num.Price{ // open, high, low, close
		nameA: {10_400_000, 11_000_000, 10_000_000, 10_600_000},
		nameC: {30_400_000, 31_000_000, 30_000_000, 30_600_000},
	}
	for id, bar := range bars {
		var prices []num.Price
		var volume int64
		for _, u := range all {
			if u.Kind != model.KindQuote || u.ID != id || u.Flags&model.FlagBar == 0 {
				continue
			}
			if u.Volume < volume {
				t.Errorf("name %d: the volume falls from %d to %d", id, volume, u.Volume)
			}
			prices, volume = append(prices, u.Price), u.Volume
		}
		got := [4]num.Price{prices[0], slices.Max(prices), slices.Min(prices), prices[len(prices)-1]}
		if got != bar {
			t.Errorf("name %d: got the bar %v, want %v", id, got, bar)
		}
	}
}

func TestIndexKeepsToItsDay(t *testing.T) {
	levels := map[bool][]num.Price{}
	for _, u := range told(t, "28 16:00") {
		if u.Kind == model.KindIndexLevel {
			official := u.Flags&model.FlagOfficial != 0
			levels[official] = append(levels[official], u.Price)
		}
	}
	minutes := levels[false]
	if len(minutes) != 391 || minutes[0] != 2_063_310_000 || slices.Max(minutes) != 2_063_310_000 || slices.Min(minutes) != 2_013_000_000 {
		t.Errorf("%d minutes from %d, between %d and %d", len(minutes), minutes[0], slices.Min(minutes), slices.Max(minutes))
	}
	if !slices.Equal(levels[true], []num.Price{2_023_270_000}) {
		t.Errorf("official closes: %v", levels[true])
	}
}

func TestOfficialClosesComeAtTheClose(t *testing.T) {
	closes := func(all []model.Update) (found []num.Price) {
		for _, u := range all {
			if u.Kind == model.KindOfficialClose {
				found = append(found, u.Price)
			}
		}
		return found
	}
	if got := closes(told(t, "28 15:59:59")); got != nil {
		t.Errorf("before the close there are official closes: %v", got)
	}
	want := []num.Price{10_600_000, 20_600_000, 30_600_000, 40_600_000}
	if got := closes(told(t, "28 16:00")); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// H has none on Monday.
	if got := closes(told(t, "31 16:00")); !slices.Equal(got, []num.Price{10_800_000, 20_800_000, 30_800_000}) {
		t.Errorf("on Monday: %v", got)
	}
	// A session without minutes has its official closes and nothing else.
	thursday := told(t, "27 16:00")
	if got := closes(thursday); len(got) != 4 || slices.ContainsFunc(thursday, func(u model.Update) bool { return u.Kind == model.KindQuote }) {
		t.Errorf("on Thursday there are %d updates, official closes %v", len(thursday), got)
	}
}

func TestHaltedNamesAreSilent(t *testing.T) {
	silent := func(id model.ID, from, to time.Time) bool {
		return !slices.ContainsFunc(told(t, "28 16:00"), func(u model.Update) bool {
			return u.Kind == model.KindQuote && u.ID == id && u.At.After(from) && u.At.Before(to)
		})
	}
	if !silent(nameH, ny(t, "28 10:42:15"), ny(t, "28 16:01")) {
		t.Error("H trades after its halt")
	}
	if !silent(nameB, ny(t, "28 13:20"), ny(t, "28 13:25:30")) {
		t.Error("B trades while it is halted")
	}
	if silent(nameB, ny(t, "28 13:25:30"), ny(t, "28 14:30")) {
		t.Error("B does not trade after its halt")
	}
	if silent(nameH, ny(t, "28 09:29"), ny(t, "28 10:42:15")) {
		t.Error("H does not trade before its halt")
	}
}

// TestHaltedNamesStopAtTheirClose is what keeps the last price of a halted name
// and its official close the same.
func TestHaltedNamesStopAtTheirClose(t *testing.T) {
	var last num.Price
	for _, u := range told(t, "28 15:59") {
		if u.Kind == model.KindQuote && u.ID == nameH {
			last = u.Price
		}
	}
	if last != 40_600_000 {
		t.Errorf("H stops at %d, want its close", last)
	}
}

// TestOnlyMicroCapsAreSilentForLong counts the minutes between the prints of
// the sample's names. Those outside the micro caps must never look stale.
func TestOnlyMicroCapsAreSilentForLong(t *testing.T) {
	const stale = 15 * time.Minute
	ds := sample(t)
	micro := map[model.ID]bool{}
	for _, m := range ds.Reference.Members {
		micro[m.ID] = micro[m.ID] || m.Index == "RMICRO"
	}
	source, _ := replay.New(ds, replay.Options{})
	last := map[model.ID]time.Time{}
	longest := map[bool]time.Duration{}
	for batch := range source.StateAt(ny(t, "27 16:00")) {
		for _, u := range batch {
			if u.Kind != model.KindQuote {
				continue
			}
			if before, ok := last[u.ID]; ok {
				longest[micro[u.ID]] = max(longest[micro[u.ID]], u.At.Sub(before))
			}
			last[u.ID] = u.At
		}
	}
	if longest[false] >= stale || longest[true] < stale {
		t.Errorf("the longest silence is %s, of a micro cap %s", longest[false], longest[true])
	}
}

func TestLateOpening(t *testing.T) {
	for _, u := range told(t, "28 10:00") {
		if u.Kind == model.KindQuote && u.ID == nameC {
			if want := ny(t, "28 09:33"); !u.At.Equal(want) {
				t.Errorf("C first trades at %s, want %s", u.At, want)
			}
			return
		}
	}
	t.Error("C does not trade")
}

func TestTicksComeAtTheirInstant(t *testing.T) {
	all := told(t, "28 12:00")
	bad := at(all, ny(t, "28 11:07:12"))
	if len(bad) != 2 || bad[0].Kind != model.KindQuote || bad[0].Price != 1_050_000 || bad[0].Flags != 0 || bad[1].Kind != model.KindHeartbeat {
		t.Fatalf("at 11:07:12 it tells %+v", bad)
	}
	minute := slices.DeleteFunc(at(all, ny(t, "28 11:07")), func(u model.Update) bool { return u.ID != nameA || u.Kind != model.KindQuote })
	if len(minute) == 1 && bad[0].Volume != minute[0].Volume || bad[0].Volume == 0 {
		t.Errorf("the tick without volume has %d, the minute before %v", bad[0].Volume, minute)
	}
	odd := at(all, ny(t, "28 11:07:40"))
	if len(odd) != 2 || odd[0].Flags != model.FlagNoLast {
		t.Errorf("at 11:07:40 it tells %+v", odd)
	}
}

func TestHaltsOfEarlierSessionsAreRecalled(t *testing.T) {
	monday := told(t, "31 12:00")
	if h := monday[1]; h.Kind != model.KindHalt || h.ID != nameH || h.Text != "T1" || !h.At.Equal(ny(t, "28 10:42:15")) {
		t.Errorf("after the reset comes %+v", h)
	}
	if monday[2].Kind == model.KindHalt {
		t.Errorf("B was halted and went on, but %+v is recalled", monday[2])
	}
}

// TestNothingIsToldBeforeItWasKnown looks at every update of a whole replay.
func TestNothingIsToldBeforeItWasKnown(t *testing.T) {
	source, _ := replay.New(market(t), replay.Options{})
	calendar := session.New()
	for _, moment := range []string{"27 16:00", "28 09:29", "28 10:00", "28 15:59", "28 16:00", "31 09:29", "31 10:00"} {
		limit := ny(t, moment)
		shown, _ := calendar.Started(limit)
		for batch := range source.StateAt(limit) {
			for _, u := range batch {
				if u.At.After(limit) {
					t.Fatalf("at %s it tells of %s", limit, u.At)
				}
				if u.Kind == model.KindOfficialClose && limit.Before(shown.Closes) {
					t.Fatalf("at %s it tells the close", limit)
				}
			}
		}
	}
}

func TestLargeMinutesAreSplit(t *testing.T) {
	source, _ := replay.New(sample(t), replay.Options{})
	batches, largest := 0, 0
	for batch := range source.StateAt(ny(t, "28 16:00")) {
		batches, largest = batches+1, max(largest, len(batch))
	}
	if largest > 4096 || batches < 391 {
		t.Errorf("%d batches, the largest of %d", batches, largest)
	}
}

func TestStateAtStopsWhenItsReaderDoes(t *testing.T) {
	source, _ := replay.New(market(t), replay.Options{})
	batches := 0
	for range source.StateAt(ny(t, "28 16:00")) {
		if batches++; batches == 3 {
			break
		}
	}
	if batches != 3 {
		t.Errorf("it went on to %d", batches)
	}
}
