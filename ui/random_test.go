package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"gyre/model/session"
	"gyre/ui/uitest"
)

// TestAnyKeysSizesAndSnapshots sends whatever may come in any order: nothing
// panics, and every frame is exact and the same as one drawn from nothing. A
// run has some 20 steps; 100,000 of them are
//
//	go test ./ui -run TestAnyKeysSizesAndSnapshots -rapid.checks=5000
func TestAnyKeysSizesAndSnapshots(t *testing.T) {
	snaps := uitest.All()
	names := []string{"tab", "shift+tab", "left", "right", "shift+left", "shift+right", "home", "end", "esc", "enter", "backspace", "space", "f1", "up", "down", "pgup", "pgdown", "ctrl+home", "ctrl+end"}
	for _, r := range "123456mrxt?[]:zZ0e28 MarsdcaghnesdbilO/op<>" {
		names = append(names, string(r))
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, _, play := full(nil)
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			switch rapid.IntRange(0, 9).Draw(rt, "kind") {
			case 0:
				w, h := rapid.IntRange(0, 260).Draw(rt, "w"), rapid.IntRange(0, 90).Draw(rt, "h")
				send(a, tea.WindowSizeMsg{Width: w, Height: h})
			case 1, 2:
				if snap := rapid.SampledFrom(snaps).Draw(rt, "snap").Snap; snap != nil {
					send(a, snapshotMsg{snap: snap})
				}
			case 3:
				send(a, tea.PasteMsg{Content: rapid.String().Draw(rt, "paste")})
			case 4:
				send(a, click(rapid.IntRange(-1, 260).Draw(rt, "x"), rapid.IntRange(-1, 90).Draw(rt, "y")))
				send(a, wheel(rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}).Draw(rt, "wheel")))
			case 5:
				minutes := rapid.IntRange(0, 7*24*60).Draw(rt, "now")
				play.Seek(play.Status().From.Add(time.Duration(minutes) * time.Minute))
			default:
				send(a, press(rapid.SampledFrom(names).Draw(rt, "key")))
			}
			text := a.View().Content
			exact(rt, text, a.size)
			if fresh := newScreen(a.props.keys).render(frame{a.snap, a.size, a.theme, a.state}); text != fresh {
				rt.Fatalf("the screen is not the one drawn from nothing at %v", a.size)
			}
			if int(a.state.Window) >= session.WindowCount {
				rt.Fatalf("the window is %d", a.state.Window)
			}
		}
	})
}
