package massive_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"gyre/feed"
	"gyre/feed/massive"
	"gyre/feed/massive/massivetest"
	"gyre/feed/stream/streamtest"
	"gyre/feed/web"
	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

var friday = session.NewDate(2025, 3, 28)

// symbols are those of the fixture's instruments, in the order of their IDs.
func symbols() []string { return []string{"AAA", "BBB", "BRK.B", "KIM.PRL"} }

// tickers are the same as Massive writes them.
func tickers() []string { return []string{"AAA", "BBB", "BRK.B", "KIMpL"} }

// reference is a small universe without closes, and one index.
func reference() *model.Reference {
	ref := &model.Reference{Name: "fixture", Calendar: session.New()}
	for i, symbol := range symbols() {
		id := model.ID(i)
		ref.Instruments = append(ref.Instruments, model.Instrument{Key: symbol, Symbol: symbol, Name: symbol, ShareClassOf: id})
		ref.Members = append(ref.Members, model.Membership{Index: "RUT", ID: id, From: friday - 100})
	}
	ref.Indices = []model.IndexSeries{{Symbol: "RUT", Name: "Russell 2000", Days: []model.IndexDay{{Date: friday - 1, Close: 2065_700_000}}}}
	return ref
}

// grouped is the path of the daily closes of a date.
func grouped(date session.Date) string {
	return "/v2/aggs/grouped/locale/us/market/stocks/" + date.String()
}

// trading is a server whose symbols trade at one dollar above Thursday's close,
// beside one that is not in the universe.
func trading(t *testing.T, at time.Time, timeframe string) *massivetest.Server {
	t.Helper()
	server := massivetest.New(t)
	var closes []string
	for i, ticker := range tickers() {
		server.Set(ticker, at, fmt.Sprintf("%d.00", 10*(i+1)+1), 5000.5)
		closes = append(closes, fmt.Sprintf(`{"T":%q,"c":%d,"v":1000.5,"t":%d}`, ticker, 10*(i+1), (friday-1).At(16, 0).UnixMilli()))
	}
	server.Set("NOTOURS", at, "1", 1)
	server.SetIndex("I:RUT", at, "2023.27")
	server.Answer(grouped(friday-1), `{"adjusted":false,"status":"OK","results":[`+strings.Join(closes, ",")+`]}`)
	server.Answer("/v3/snapshot", fmt.Sprintf(`{"status":"OK","results":[{"ticker":"SPY","type":"stocks","last_minute":{"timeframe":%q}}]}`, timeframe))
	return server
}

// options are those of an adapter of the fixture's universe. Its clock begins
// at a time and goes as the test's does.
func options(at time.Time, base string, transport http.RoundTripper) massive.Options {
	began := time.Now()
	return massive.Options{
		Key: web.NewSecret(massivetest.Key), BaseURL: base, StreamURL: strings.Replace(base, "http", "ws", 1),
		Interval: 5 * time.Second, Rate: rate.NewLimiter(rate.Inf, 1), Transport: transport,
		Reference: reference(), Now: func() time.Time { return at.Add(time.Since(began)) },
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

// of are the updates of a kind so far.
func (v *viewer) of(kind model.Kind) []model.Update {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(v.updates), func(u model.Update) bool { return u.Kind != kind })
}

// problems are the problems told so far.
func (v *viewer) problems() (problems []string) {
	for _, u := range v.of(model.KindHealth) {
		if h, ok := u.Payload.(*model.Health); ok {
			problems = append(problems, h.Problem)
		}
	}
	return problems
}

// told tells whether a problem that says something was told.
func (v *viewer) told(text string) bool {
	return slices.ContainsFunc(v.problems(), func(p string) bool { return strings.Contains(p, text) })
}

// last is the newest health told.
func (v *viewer) last() model.Health {
	all := v.of(model.KindHealth)
	if len(all) == 0 {
		return model.Health{}
	}
	h, _ := all[len(all)-1].Payload.(*model.Health)
	return *h
}

// price is the newest price of a symbol, 0 where there is none.
func (v *viewer) price(symbol string) (p num.Price) {
	for _, u := range v.of(model.KindQuote) {
		if int(u.ID) == slices.Index(symbols(), symbol) {
			p = u.Price
		}
	}
	return p
}

// reset is the newest reset.
func (v *viewer) reset() *model.Reset {
	all := v.of(model.KindReset)
	if len(all) == 0 {
		return &model.Reset{}
	}
	reset, _ := all[len(all)-1].Payload.(*model.Reset)
	return reset
}

// isEnded tells whether the source has ended, and how.
func (v *viewer) isEnded(target error) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.ended && errors.Is(v.end, target)
}

// scene is a test in a bubble, with a running source in it.
type scene struct {
	*testing.T
	server *massivetest.Server
	viewer *viewer
}

// bubble runs a test in a bubble of time, against a server reached over pipes.
func bubble(t *testing.T, server func(t *testing.T) *massivetest.Server, from time.Time, test func(t *scene), change ...func(*massive.Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := server(t)
		opts := options(from, "http://localhost", streamtest.Serve(t, s).Transport)
		for _, c := range change {
			c(&opts)
		}
		source, err := massive.New(opts)
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
