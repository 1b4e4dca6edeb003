package alpaca_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"gyre/feed"
	"gyre/feed/alpaca"
	"gyre/feed/alpaca/alpacatest"
	"gyre/feed/stream/streamtest"
	"gyre/feed/web"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

var friday = session.NewDate(2025, 3, 28)

// symbols are those of the fixture's instruments, in the order of their IDs.
func symbols() []string { return []string{"AAA", "BBB", "CCC", "BRK.B"} }

// reference is a small universe that closed at 10, 20, 30 and 40 on Thursday.
func reference() *model.Reference {
	ref := &model.Reference{Name: "fixture", Calendar: session.New()}
	column := model.CloseColumn{Date: friday - 1}
	for i, symbol := range symbols() {
		id := model.ID(i)
		ref.Instruments = append(ref.Instruments, model.Instrument{Key: symbol, Symbol: symbol, Name: symbol, ShareClassOf: id})
		ref.Members = append(ref.Members, model.Membership{Index: "RUT", ID: id, From: friday - 100})
		ref.Shares = append(ref.Shares, model.ShareCount{ID: id, KnownAt: (friday - 100).Time(), Shares: 1_000_000})
		column.Price = append(column.Price, num.Price(10*(i+1))*num.PriceScale)
		column.Volume = append(column.Volume, 1000)
	}
	ref.Closes = []model.CloseColumn{column}
	return ref
}

// trading is a server whose symbols trade at one dollar above Thursday's close.
func trading(t *testing.T, at time.Time) *alpacatest.Server {
	t.Helper()
	server := alpacatest.New(t)
	for i, symbol := range symbols() {
		server.Set(symbol, alpacatest.Figures{
			At: at, Price: fmt.Sprintf("%d.00", 10*(i+1)+1), Volume: 5000,
			Day: friday.Time(), Before: (friday - 1).Time(), Previous: strconv.Itoa(10 * (i + 1)),
		})
	}
	return server
}

// options are those of an adapter of the fixture's universe. Its clock begins
// at a time and goes as the test's does.
func options(at time.Time, base string, transport http.RoundTripper) alpaca.Options {
	began := time.Now()
	return alpaca.Options{
		KeyID: web.NewSecret(alpacatest.KeyID), Secret: web.NewSecret(alpacatest.Secret),
		DataURL: base, TradingURL: base, StreamURL: strings.Replace(base, "http", "ws", 1),
		Interval: 15 * time.Second, Watch: []string{"AAA", "BBB"}, Rate: rate.NewLimiter(rate.Inf, 1),
		Transport: transport, Reference: reference(), Now: func() time.Time { return at.Add(time.Since(began)) },
	}
}

// at is a time of Friday 28 March 2025 in New York.
func at(hour, minute, second int) time.Time {
	return friday.At(hour, minute).Add(time.Duration(second) * time.Second)
}

// viewer takes in what a source sends.
type viewer struct {
	mu      sync.Mutex
	updates []model.Update
	end     error
	ended   bool
}

// watch runs a source for as long as the test lasts.
func watch(t *testing.T, source feed.Source) *viewer {
	t.Helper()
	v := &viewer{}
	ctx, stop := context.WithCancel(t.Context())
	out, end := make(chan []model.Update), make(chan error, 1)
	go func() { end <- source.Run(ctx, out) }()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case batch := <-out:
				v.mu.Lock()
				v.updates = append(v.updates, batch...)
				v.mu.Unlock()
			case err := <-end:
				v.mu.Lock()
				defer v.mu.Unlock()
				v.end, v.ended = err, true
				return
			}
		}
	}()
	t.Cleanup(func() {
		stop()
		<-done
		if v.end == nil {
			t.Error("Run ended without an error")
		}
	})
	return v
}

// all are the updates so far that a filter takes.
func (v *viewer) all(takes func(*model.Update) bool) []model.Update {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(v.updates), func(u model.Update) bool { return !takes(&u) })
}

// of are the updates of a kind so far.
func (v *viewer) of(kind model.Kind) []model.Update {
	return v.all(func(u *model.Update) bool { return u.Kind == kind })
}

// health are the states told so far, each with its problem.
func (v *viewer) health() (states []model.FeedPhase, problems []string) {
	for _, u := range v.of(model.KindHealth) {
		if h, ok := u.Payload.(*model.Health); ok {
			states, problems = append(states, h.State), append(problems, h.Problem)
		}
	}
	return states, problems
}

// last is the newest health told.
func (v *viewer) last() model.Health {
	states, problems := v.health()
	if len(states) == 0 {
		return model.Health{}
	}
	return model.Health{State: states[len(states)-1], Problem: problems[len(problems)-1]}
}

// price is the newest price of a symbol, 0 where there is none.
func (v *viewer) price(symbol string) num.Price {
	id := model.ID(slices.Index(symbols(), symbol))
	quotes := v.all(func(u *model.Update) bool {
		return u.Kind == model.KindQuote && u.ID == id && u.Flags&model.FlagNoLast == 0
	})
	if len(quotes) == 0 {
		return 0
	}
	return quotes[len(quotes)-1].Price
}

// scene is a test in a bubble, with a running source in it.
type scene struct {
	*testing.T
	server *alpacatest.Server
	viewer *viewer
}

// bubble runs a test in a bubble of time, against a server reached over pipes.
func bubble(t *testing.T, server func(t *testing.T) *alpacatest.Server, from time.Time, test func(t *scene), change ...func(*alpaca.Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := server(t)
		opts := options(from, "http://localhost", streamtest.Serve(t, s).Transport)
		for _, c := range change {
			c(&opts)
		}
		source, err := alpaca.New(opts)
		if err != nil {
			t.Fatal(err)
		}
		v := watch(t, source)
		synctest.Wait()
		test(&scene{T: t, server: s, viewer: v})
	})
}

// pass lets time pass in a bubble.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// isEnded tells whether the source has ended, and how.
func (v *viewer) isEnded(target error) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.ended && errors.Is(v.end, target)
}
