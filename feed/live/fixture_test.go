package live

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The days of the tests: a Thursday and a Friday, and the Monday after them.
var (
	thursday = session.NewDate(2025, time.March, 27)
	friday   = session.NewDate(2025, time.March, 28)
	monday   = session.NewDate(2025, time.March, 31)
)

// The instruments of the tests, by ID.
const (
	alpha model.ID = iota
	brkB
	gamma
	instruments
)

// reference has three names and an index, with closes of Wednesday and, where
// they are given, of Thursday.
func reference(thursdayCloses ...num.Price) *model.Reference {
	ref := &model.Reference{
		Calendar:    session.New(),
		Instruments: []model.Instrument{{Symbol: "ALPHA"}, {Symbol: "BRK.B", ShareClassOf: brkB}, {Symbol: "GAMMA", ShareClassOf: gamma}},
		Closes:      []model.CloseColumn{{Date: thursday - 1, Price: []num.Price{usd(9), usd(19), usd(29)}, Volume: []int64{1, 1, 1}}},
		Indices:     []model.IndexSeries{{Symbol: "RUT", Name: "Russell 2000", Days: []model.IndexDay{{Date: thursday - 1, Close: usd(2000)}}}},
	}
	for id := range instruments {
		ref.Members = append(ref.Members, model.Membership{Index: "RUT", ID: id, From: friday - 1000})
		ref.Shares = append(ref.Shares, model.ShareCount{ID: id, KnownAt: (friday - 1000).Time(), Shares: 1000})
	}
	if len(thursdayCloses) > 0 {
		ref.Closes = append(ref.Closes, model.CloseColumn{Date: thursday, Price: thursdayCloses, Volume: make([]int64, instruments)})
		ref.Indices[0].Days = append(ref.Indices[0].Days, model.IndexDay{Date: thursday, Close: usd(2010)})
	}
	return ref
}

func usd(dollars float64) num.Price { return num.Price(dollars * float64(num.PriceScale)) }

// rig is a board on a clock that the test sets, and the market it feeds.
type rig struct {
	*Board
	t      *testing.T
	clock  time.Time
	market *model.Market
	told   []model.Update // of the last take
	resets []*model.Reset // all
}

func newRig(t *testing.T, now time.Time, ref *model.Reference, id Identity) *rig {
	t.Helper()
	r := &rig{t: t, clock: now, market: model.NewMarket()}
	id.Feed = "test"
	if id.Interval == 0 {
		id.Interval = time.Second
	}
	board, err := New(Options{Reference: ref, Identity: id, Now: func() time.Time { return r.clock }})
	if err != nil {
		t.Fatal(err)
	}
	r.Board = board
	return r
}

// take feeds the market everything there is to send.
func (r *rig) take() []model.Update {
	r.t.Helper()
	r.told = nil
	for {
		batches, _ := r.next()
		if len(batches) == 0 {
			return r.told
		}
		for _, batch := range batches {
			for i := range batch {
				if reset, ok := batch[i].Payload.(*model.Reset); ok {
					r.resets = append(r.resets, reset)
				}
				if batch[i].Kind == model.KindHeartbeat && i != len(batch)-1 {
					r.t.Errorf("a heartbeat at place %d of %d in its batch", i+1, len(batch))
				}
				r.market.Apply(&batch[i])
			}
			r.told = append(r.told, batch...)
		}
	}
}

// at sets the clock and completes that moment of the data.
func (r *rig) at(now time.Time) []model.Update {
	r.t.Helper()
	r.clock = now
	r.Complete(now.Add(-r.identity.Delay))
	return r.take()
}

// news are the updates that were told, without those about the source.
func (r *rig) news() []string {
	var all []string
	for _, u := range r.told {
		switch u.Kind {
		case model.KindReset, model.KindHealth, model.KindHeartbeat:
		default:
			all = append(all, say(u))
		}
	}
	return all
}

// say is an update in words.
func say(u model.Update) string {
	kinds := map[model.Kind]string{
		model.KindQuote: "quote", model.KindCancel: "cancel", model.KindHalt: "halt", model.KindResume: "resume",
		model.KindOfficialClose: "official", model.KindIndexLevel: "level", model.KindAction: "action", model.KindFedFunds: "fed",
	}
	var flags []byte
	for i, flag := range []model.Flags{model.FlagBar, model.FlagNoLast, model.FlagExtended, model.FlagOfficial} {
		if u.Flags&flag != 0 {
			flags = append(flags, "bnxo"[i])
		}
	}
	text := fmt.Sprintf("%s%s %d %s", kinds[u.Kind], flags, u.ID, u.At.In(session.Zone()).Format("15:04:05"))
	if u.Price > 0 {
		text += " " + u.Price.Decimal().String()
	}
	if u.Volume > 0 {
		text += fmt.Sprintf(" v%d", u.Volume)
	}
	return text + u.Text
}

// expect fails where something else was told.
func (r *rig) expect(want ...string) {
	r.t.Helper()
	if got := r.news(); !slices.Equal(got, want) {
		r.t.Errorf("told %q, want %q", got, want)
	}
}

// member is a row of the members table.
func (r *rig) member(id model.ID) model.Member {
	r.t.Helper()
	snap := r.market.Snapshot(r.clock, model.Query{Detail: model.DetailMembers})
	for _, m := range snap.Members {
		if m.ID == id {
			return m
		}
	}
	r.t.Fatalf("no member %d", id)
	return model.Member{}
}

// day is the return of a member over the day in percent, "none" for none.
func (r *rig) day(id model.ID) string {
	r.t.Helper()
	m := r.member(id)
	if !m.HasReturn[session.Day] {
		return "none"
	}
	return num.Percent(m.Return[session.Day]).String()
}
