package live

import (
	"slices"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestThePreviousClose(t *testing.T) {
	ref := reference()
	r := newRig(t, friday.At(11, 0), ref, Identity{})
	r.take()
	r.Close(Close{Symbol: "ALPHA", Date: thursday, Price: usd(10), Volume: 77})
	r.IndexClose(Close{Symbol: "RUT", Date: thursday, Price: usd(2010)})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 59), Price: usd(11)})
	r.Quote(Quote{Symbol: "BRK.B", At: friday.At(10, 59), Price: usd(21)})
	r.at(friday.At(11, 0))
	if got := r.day(alpha); got != "10.00" {
		t.Errorf("1D is %s %%, want 10.00 against the close that was observed", got)
	}
	if got := r.day(brkB); got != "none" {
		t.Errorf("1D is %s %%, want none: nobody knows the previous close", got)
	}
	if len(ref.Closes) != 1 || len(ref.Indices[0].Days) != 1 {
		t.Error("the reference that was handed in has been changed")
	}
	grown := r.resets[1].Reference
	if c := grown.Closes[1]; c.Date != thursday || c.Price[alpha] != usd(10) || c.Volume[alpha] != 77 || c.Price[brkB] != 0 {
		t.Errorf("the column is %+v", c)
	}
	if d := grown.Indices[0].Days[1]; d.Date != thursday || d.Close != usd(2010) {
		t.Errorf("the index's day is %+v", d)
	}
}

func TestTheReferencesCloseIsBetter(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), 0, usd(30)), Identity{})
	r.Close(Close{Symbol: "ALPHA", Date: thursday, Price: usd(12)})
	r.IndexClose(Close{Symbol: "RUT", Date: thursday, Price: usd(1)})
	r.Close(Close{Symbol: "BRK.B", Date: thursday, Price: usd(20)})
	r.at(friday.At(11, 0))
	if got := r.ref.Closes[1].Price; !slices.Equal(got, []num.Price{usd(10), usd(20), usd(30)}) {
		t.Errorf("Thursday's closes are %v, want the reference's with the missing one filled in", got)
	}
	if got := r.ref.Indices[0].Days[1].Close; got != usd(2010) {
		t.Errorf("the index's close is %v", got)
	}
}

func TestClosesThatComeLateAreToldWithANewEpoch(t *testing.T) {
	start := friday.At(11, 0)
	r := newRig(t, start, reference(), Identity{})
	r.Close(Close{Symbol: "ALPHA", Date: thursday, Price: usd(10)})
	r.Quote(Quote{Symbol: "BRK.B", At: start, Price: usd(21), Volume: 5})
	r.Level(Level{Symbol: "RUT", At: start, Price: usd(2020)})
	r.Halt(Halt{Symbol: "GAMMA", At: start, Reason: "T1"})
	r.Quote(Quote{Symbol: "GAMMA", At: start.Add(time.Second / 2), Price: usd(31)}) // reported a little later
	r.at(start.Add(time.Second))
	r.Close(Close{Symbol: "BRK.B", Date: thursday, Price: usd(20)})
	r.at(start.Add(2 * time.Second))
	if got := r.day(brkB); got != "none" || len(r.resets) != 2 {
		t.Errorf("at once 1D is %s with %d resets, want it to wait: others may follow", got, len(r.resets))
	}
	r.at(start.Add(12 * time.Second))
	if got := r.day(brkB); got != "5.00" || len(r.resets) != 3 {
		t.Errorf("later 1D is %s %% with %d resets, want 5.00 in a new epoch", got, len(r.resets))
	}
	if m := r.member(gamma); m.Price != usd(31) || m.Flags&model.MemberHalted == 0 {
		t.Errorf("the halted name is at %v with flags %d, want its last price, frozen", m.Price, m.Flags)
	}
	r.expect("quote 1 11:00:00 21 v5", "level 0 11:00:00 2020", "quote 2 11:00:00 31", "halt 2 11:00:00T1")
	r.Close(Close{Symbol: "GAMMA", Date: thursday, Price: usd(30)})
	r.at(start.Add(40 * time.Second))
	if len(r.resets) != 3 {
		t.Error("the next new epoch came too soon after the last one")
	}
	r.at(start.Add(60 * time.Second))
	if len(r.resets) != 4 {
		t.Errorf("%d resets, want 4", len(r.resets))
	}
}

func TestTheDayRollsOver(t *testing.T) {
	r := newRig(t, friday.At(15, 59), reference(usd(10), usd(20), usd(30)), Identity{})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(15, 58), Price: usd(10.9)})
	r.Quote(Quote{Symbol: "BRK.B", At: friday.At(15, 58), Price: usd(21), Volume: 3})
	r.Halt(Halt{Symbol: "GAMMA", At: friday.At(8, 0), Reason: "T12"})
	r.Level(Level{Symbol: "RUT", At: friday.At(15, 58), Price: usd(2023)})
	r.at(friday.At(15, 59))
	r.clock = friday.At(16, 10)
	r.Close(Close{Symbol: "ALPHA", Date: friday, Price: usd(11), Volume: 900})
	for _, at := range []time.Time{friday.At(16, 10), friday.At(23, 0), (friday + 1).At(12, 0), monday.At(3, 59)} {
		if r.at(at); r.Day().Date != friday || len(r.resets) != 2 {
			t.Fatalf("at %s the day is %s after %d resets", at, r.Day().Date, len(r.resets))
		}
	}
	r.at(monday.At(4, 0))
	if r.Day().Date != monday || len(r.resets) != 3 {
		t.Fatalf("at 04:00 the day is %s after %d resets", r.Day().Date, len(r.resets))
	}
	ref := r.resets[2].Reference
	column := ref.Closes[len(ref.Closes)-1]
	if want := []num.Price{usd(11), usd(21), usd(30)}; column.Date != friday || !slices.Equal(column.Price, want) || !slices.Equal(column.Volume, []int64{900, 3, 0}) {
		t.Errorf("the column is %+v, want %v of Friday: the official close, the last price, the halted name's last close", column, want)
	}
	if days := ref.Indices[0].Days; days[len(days)-1] != (model.IndexDay{Date: friday, Close: usd(2023)}) {
		t.Errorf("the index's days are %+v", days)
	}
	if got := r.day(alpha); got != "10.00" {
		t.Errorf("before Monday's open 1D is %s %%, want Friday's finished frame", got)
	}
	r.Close(Close{Symbol: "BRK.B", Date: friday, Price: usd(22)}) // the official one, which we had not seen
	r.Close(Close{Symbol: "ALPHA", Date: friday, Price: usd(99)}) // we have seen that one
	r.IndexClose(Close{Symbol: "RUT", Date: friday, Price: usd(2023.27)})
	r.at(monday.At(9, 29))
	r.clock = monday.At(9, 31)
	for symbol, price := range map[string]float64{"ALPHA": 12.1, "BRK.B": 23.1} {
		r.Quote(Quote{Symbol: symbol, At: monday.At(9, 30), Price: usd(price)})
		r.Quote(Quote{Symbol: symbol, At: friday.At(15, 59), Price: usd(1)})
	}
	r.at(monday.At(9, 31))
	for id, want := range map[model.ID]string{alpha: "10.00", brkB: "5.00", gamma: "0.00"} {
		if got := r.day(id); got != want {
			t.Errorf("on Monday 1D of %d is %s %%, want %s against Friday's close", id, got, want)
		}
	}
	if days := r.ref.Indices[0].Days; days[len(days)-1].Close != usd(2023.27) {
		t.Errorf("the index's days are %+v, want its official close, which came late", days)
	}
	before := len(r.resets)
	r.Close(Close{Symbol: "BRK.B", Date: friday, Price: usd(21.5)}) // the vendor cannot make up its mind
	if r.at(monday.At(12, 0)); len(r.resets) != before {
		t.Error("a close that is known is taken for news")
	}
	if m := r.member(gamma); m.Flags&model.MemberHalted == 0 {
		t.Error("what was halted on Friday trades on Monday without a word")
	}
}

func TestASplitOnTheNextDay(t *testing.T) {
	ref := reference(usd(10), usd(20), usd(30))
	ref.Actions = []model.Action{{ID: alpha, ExDate: monday, Kind: model.ActionSplit, New: 1, Old: 20}}
	r := newRig(t, friday.At(15, 59), ref, Identity{})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(15, 58), Price: usd(11)})
	r.at(friday.At(15, 59))
	r.at(monday.At(9, 30))
	r.clock = monday.At(9, 40)
	r.Quote(Quote{Symbol: "ALPHA", At: monday.At(9, 40), Price: usd(242)})
	r.at(monday.At(9, 40))
	if got := r.day(alpha); got != "10.00" {
		t.Errorf("after 1 for 20, from 11 to 242 is %s %%, want 10.00", got)
	}
	if got := r.Report().Suspects; len(got) > 0 {
		t.Errorf("a split that was announced is suspect: %v", got)
	}
}

func TestSuspects(t *testing.T) {
	for name, c := range map[string]struct {
		previous, last float64
		want           Suspect
	}{
		"1 for 20":             {1, 20.4, Suspect{"ALPHA", 1, 20}},
		"4 for 1":              {100, 25.5, Suspect{"ALPHA", 4, 1}},
		"doubled":              {10, 20, Suspect{"ALPHA", 1, 2}},
		"not quite a multiple": {10, 23, Suspect{}},
		"a takeover":           {10, 15.5, Suspect{}},
		"a failed trial":       {10, 5, Suspect{}}, // half is no more than 60 %
		"a third":              {30, 10, Suspect{"ALPHA", 3, 1}},
		"no previous close":    {0, 20, Suspect{}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, friday.At(11, 0), reference(usd(c.previous), usd(20), usd(30)), Identity{})
			r.Quote(Quote{Symbol: "ALPHA", At: friday.At(11, 0), Price: usd(c.last)})
			var want []Suspect
			if c.want != (Suspect{}) {
				want = []Suspect{c.want}
			}
			if got := r.Report().Suspects; !slices.Equal(got, want) {
				t.Errorf("suspects %v, want %v", got, want)
			}
			r.Action("ALPHA", friday.At(10, 0), model.Action{ExDate: friday, Kind: model.ActionSplit, New: c.want.New, Old: c.want.Old})
			if got := r.Report().Suspects; len(got) > 0 {
				t.Errorf("suspects %v though the split was told", got)
			}
		})
	}
}

func TestDaysWithoutASession(t *testing.T) {
	cal := session.New()
	for name, c := range map[string]struct {
		at   time.Time
		want session.Date
	}{
		"a Saturday":             {(friday + 1).At(12, 0), friday},
		"before 04:00":           {friday.At(3, 59), thursday},
		"at 04:00":               {friday.At(4, 0), friday},
		"a holiday":              {session.NewDate(2025, time.July, 4).At(12, 0), session.NewDate(2025, time.July, 3)},
		"the day clocks go back": {session.NewDate(2025, time.November, 3).At(4, 0), session.NewDate(2025, time.November, 3)},
	} {
		if got := tradingDay(cal, c.at.UTC()); got.Date != c.want {
			t.Errorf("%s: the day is %s, want %s", name, got.Date, c.want)
		}
	}
}

func TestDelayedData(t *testing.T) {
	const delay = 15 * time.Minute
	r := newRig(t, friday.At(10, 15), reference(usd(10), usd(20), usd(30)), Identity{Delay: delay})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(9, 59), Price: usd(11)})
	r.Halt(Halt{Symbol: "ALPHA", At: friday.At(10, 14), Reason: "LUDP", Resumes: friday.At(10, 19)})
	r.Action("BRK.B", friday.At(10, 14), model.Action{ExDate: friday, Kind: model.ActionSplit, New: 2, Old: 1})
	r.at(friday.At(10, 15))
	r.expect("quote 0 09:59:00 11", "action 1 10:00:00")
	if reset := r.resets[1]; reset.Mode != model.ModeDelayed || reset.Delay != delay || !reset.Until.Equal(friday.At(10, 0)) {
		t.Errorf("the reset is %+v", reset)
	}
	r.at(friday.At(10, 28))
	r.expect()
	r.at(friday.At(10, 29))
	r.expect("halt 0 10:14:00LUDP")
	r.at(friday.At(10, 34))
	r.expect("resume 0 10:19:00LUDP")
	if r.at(friday.At(4, 0).AddDate(0, 0, 3)); r.Day().Date != friday {
		t.Error("the day rolled over with our clock, before the data did")
	}
	if r.at(monday.At(4, 15)); r.Day().Date != monday {
		t.Error("the day did not roll over with the data")
	}
}

func TestASourceThatLearnsWhoItIs(t *testing.T) {
	r := newRig(t, friday.At(14, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	half, err := session.New().With(session.HalfDay(friday))
	if err != nil {
		t.Fatal(err)
	}
	id := Identity{Feed: "sip", Delay: 15 * time.Minute, Interval: 20 * time.Second, Calendar: half}
	r.Declare(id)
	r.Declare(id)
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(13, 30), Price: usd(11)})
	r.at(friday.At(14, 0))
	r.expect("quotex 0 13:30:00 11") // after the close that the vendor knows of
	reset := r.resets[len(r.resets)-1]
	if reset.Feed != "sip" || reset.Mode != model.ModeDelayed || reset.Interval != 20*time.Second || reset.Reference.Calendar != half {
		t.Errorf("the reset is %+v", reset)
	}
	r.Declare(Identity{Feed: "sip", Delay: id.Delay, Interval: id.Interval})
	if r.at(friday.At(14, 1)); len(r.resets) != 2 || r.Calendar() != half {
		t.Errorf("%d resets after the same was declared again, want 2 and the same calendar", len(r.resets))
	}
	r.Declare(Identity{Feed: "sip", Calendar: session.New().Without(friday)})
	if r.at(friday.At(14, 2)); r.Day().Date != thursday {
		t.Errorf("the day is %s, though today is no session after all", r.Day().Date)
	}
}

func TestNotesAreToldAgainInANewEpoch(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	event := model.Event{At: friday.At(12, 30), Title: "Payrolls\x1b[2J", Consensus: "140k", KnownAt: friday.At(12, 30)}
	r.Event(friday.At(9, 0), event)
	r.Event(friday.At(9, 0), event)
	r.Shares("ALPHA", friday.At(9, 0), 5000)
	r.Facts("ALPHA", friday.At(9, 0), model.Facts{Debt: model.Amount{Dollars: 5, Known: true}})
	r.at(friday.At(11, 0))
	if got := len(r.news()); got != 3 {
		t.Fatalf("told %q, want three notes", r.news())
	}
	for _, u := range r.told {
		if e, ok := u.Payload.(*model.Event); ok && e.Title != "Payrolls[2J" {
			t.Errorf("the title is %q", e.Title)
		}
	}
	event.Actual = "228k"
	r.clock = friday.At(12, 31)
	r.Event(r.clock, event)
	r.at(r.clock)
	if got := len(r.news()); got != 1 {
		t.Errorf("told %q, want the event with its actual", r.news())
	}
	r.at(monday.At(4, 0))
	if got := len(r.news()); got != 3 {
		t.Errorf("in the new epoch %q is told, want three notes", r.news())
	}
	for i := range maxNotes + 10 {
		r.Shares("ALPHA", friday.At(9, 0), int64(10_000+i))
	}
	if len(r.notes.all) != maxNotes || r.losses().dropped != 13 {
		t.Errorf("%d notes are kept and %d lost", len(r.notes.all), r.losses().dropped)
	}
}

// Data that turn out to be late are called so at once, before anything of the
// delayed time has come: what is shown stays, and gives way to what is observed
// from then on. They grow old as any other data.
func TestTheDelayGrows(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{})
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(11, 0), Price: usd(11), Volume: 500})
	r.Level(Level{Symbol: "RUT", At: friday.At(11, 0), Price: usd(2020)})
	r.Halt(Halt{Symbol: "GAMMA", At: friday.At(10, 58), Reason: "T1"})
	r.at(friday.At(11, 0))
	r.Declare(Identity{Feed: "test", Delay: 15 * time.Minute, Interval: time.Second})
	r.take()
	r.expect("quote 0 10:45:00 11 v500", "halt 2 10:45:00T1", "level 0 10:45:00 2020")
	if reset := r.resets[len(r.resets)-1]; reset.Mode != model.ModeDelayed || reset.Delay != 15*time.Minute {
		t.Errorf("the reset says %+v", reset)
	}
	if got := r.day(alpha); got != "10.00" {
		t.Errorf("1D is %s %%, want 10.00 as before", got)
	}
	r.clock = friday.At(11, 0).Add(11 * time.Second)
	if f := r.market.Snapshot(r.clock, model.Query{}).Feed; f.Phase != model.FeedStale || f.Age != 11*time.Second {
		t.Errorf("silent for 11 s, the feed is %d and %s old", f.Phase, f.Age)
	}
	r.Quote(Quote{Symbol: "ALPHA", At: friday.At(10, 45).Add(5 * time.Second), Price: usd(12), Volume: 400})
	r.at(friday.At(11, 0).Add(12 * time.Second))
	r.expect("quote 0 10:45:05 12 v500")
	if f := r.market.Snapshot(r.clock, model.Query{}).Feed; f.Phase != model.FeedOK || f.Delay != 15*time.Minute {
		t.Errorf("after the next moment the feed is %+v", f)
	}
}
