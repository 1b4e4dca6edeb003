package cli

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gyre/ui"
)

// glass is a screen of 120 by 40 cells that a test looks at. It shows a
// dashboard as a terminal would, and hands keys to it.
type glass struct {
	messages chan tea.Msg
	seen     func(text string) // of each picture; may be nil

	mu    sync.Mutex
	text  string        // as it was drawn last, with its colours
	drawn chan struct{} // closed when there is another picture
}

func newGlass() *glass {
	return &glass{messages: make(chan tea.Msg), drawn: make(chan struct{})}
}

// show shows a dashboard until ctx ends or it quits.
func (g *glass) show(ctx context.Context, o ui.Options) error {
	ctx, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	app := ui.New(ctx, o)
	do := func(cmd tea.Cmd) {
		if cmd != nil {
			running.Go(func() { g.send(ctx, cmd()) })
		}
	}
	do(app.Init())
	do(func() tea.Msg { return tea.WindowSizeMsg{Width: 120, Height: 40} })
	for {
		select {
		case <-ctx.Done():
			return nil
		case msg := <-g.messages:
			switch msg := msg.(type) {
			case tea.BatchMsg:
				for _, cmd := range msg {
					do(cmd)
				}
			case tea.QuitMsg:
				return nil
			default:
				_, cmd := app.Update(msg)
				do(cmd)
				g.draw(app.View().Content)
			}
		}
	}
}

func (g *glass) send(ctx context.Context, msg tea.Msg) {
	select {
	case g.messages <- msg:
	case <-ctx.Done():
	}
}

func (g *glass) draw(text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if text != g.text {
		g.text = text
		if g.seen != nil {
			g.seen(text)
		}
		close(g.drawn)
		g.drawn = make(chan struct{})
	}
}

// picture is the screen as it is, without its colours, and a channel that tells
// when it is another one.
func (g *glass) picture() (text string, other <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return ansi.Strip(g.text), g.drawn
}

// coloured is the screen as it is.
func (g *glass) coloured() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.text
}

// await waits until the screen is as it should be, and tells how long that took.
func (g *glass) await(t *testing.T, what string, within time.Duration, ready func(picture string) bool) time.Duration {
	t.Helper()
	began, patience := time.Now(), time.NewTimer(within)
	defer patience.Stop()
	for {
		picture, other := g.picture()
		if ready(picture) {
			return time.Since(began)
		}
		select {
		case <-other:
		case <-patience.C:
			t.Fatalf("after %s it is not %s:\n%s", within, what, picture)
		}
	}
}

// says is that the screen says all of the words.
func says(words ...string) func(picture string) bool {
	return func(picture string) bool {
		for _, word := range words {
			if !strings.Contains(picture, word) {
				return false
			}
		}
		return true
	}
}

// eighty is how many names the market of eightyNames has.
const eighty = 80

// eightyNames is a market of 80 names, the larger the earlier, each at $10 on
// two days before the Monday.
func eightyNames() fstest.MapFS {
	var names, closes, members, shares strings.Builder
	names.WriteString("id,symbol,name,sector,share_class_of\n")
	closes.WriteString("date,id,close,volume\n")
	members.WriteString("index,id,from,to\n")
	shares.WriteString("id,known_at,shares\n")
	for i := range eighty {
		id := fmt.Sprintf("N%02d", i)
		fmt.Fprintf(&names, "%s,%s,Name %d,IND,\n", id, id, i)
		fmt.Fprintf(&members, "RUT,%s,2024-06-28,\n", id)
		fmt.Fprintf(&shares, "%s,2024-11-14T06:58:00-05:00,%d\n", id, (eighty-i)*1_000_000)
		fmt.Fprintf(&closes, "2025-03-27,%s,10.00,1000\n2025-03-28,%s,10.00,1000\n", id, id)
	}
	return fstest.MapFS{
		"instruments.csv": {Data: []byte(names.String())}, "closes.csv": {Data: []byte(closes.String())},
		"members.csv": {Data: []byte(members.String())}, "shares.csv": {Data: []byte(shares.String())},
		"indices.csv": {Data: []byte("symbol,name,date,open,high,low,close\nRUT,Russell 2000,2025-03-27,,,,2065.70\nRUT,Russell 2000,2025-03-28,,,,2023.27\n")},
	}
}
