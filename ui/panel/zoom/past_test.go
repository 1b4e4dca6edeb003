package zoom_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
	"gyre/ui/uitest"
)

// past is the section of the week's size spread, its heading and its body.
func past(snap *model.Snapshot, change func(*model.SpreadHistory)) string {
	in := panel.Input{Snap: snap, Theme: theme.New(theme.Options{})}
	history := &model.SpreadHistory{}
	if snap.History != nil {
		history = &snap.History.Size[session.Week]
	}
	change(history)
	s := zoom.Past(in, "T", history, snap.Size.Spread[session.Week].Return[model.Mean])
	return ansi.Strip(s.Note + "\n" + s.Draw(60, 12).String())
}

func TestPast(t *testing.T) {
	none := func(*model.SpreadHistory) {}
	asked := uitest.Plain()
	asked.Query.Detail = model.DetailHistory
	unknown := uitest.FinalFrame()
	unknown.Size.Spread[session.Week].Return[model.Mean] = model.Group{}.Return[model.Mean]
	tests := map[string]struct {
		snap        *model.Snapshot
		change      func(*model.SpreadHistory)
		want, never []string
	}{
		"whole":             {uitest.FinalFrame(), none, []string{"median −1.16, σ 1.16", "●−2.44", "median", "╌", "20 Dec", "28 Mar"}, nil},
		"not asked for":     {uitest.Plain(), none, []string{"asking …"}, []string{"●"}},
		"asked for in vain": {asked, none, []string{"n/a: not in this dataset"}, []string{"asking"}},
		"no values":         {uitest.FinalFrame(), func(h *model.SpreadHistory) { *h = model.SpreadHistory{} }, []string{"n/a: no earlier values"}, []string{"●"}},
		"too few for sigma": {uitest.FinalFrame(), func(h *model.SpreadHistory) { h.Sigma, h.Median = 0, 0 }, []string{"65 before, too few", "●−2.44"}, []string{"median", "╌", "σ"}},
		"today not known":   {unknown, none, []string{"median −1.16", "27 Mar"}, []string{"●", "28 Mar"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := past(tt.snap, tt.change)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, never := range tt.never {
				if strings.Contains(got, never) {
					t.Errorf("%q in\n%s", never, got)
				}
			}
		})
	}
}

func TestIntervalNamesItsMethod(t *testing.T) {
	th := theme.New(theme.Options{})
	spread := uitest.FinalFrame().Size.Spread[session.Week]
	for method, want := range map[model.CIMethod]string{
		model.CIBootstrap: "−3.60 to −1.28 pp, bootstrap", model.CIWelch: "−3.60 to −1.28 pp, Welch", model.CINone: "−3.60 to −1.28 pp",
	} {
		spread.CIMethod = method
		if got := ansi.Strip(zoom.Interval(th, &spread)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := ansi.Strip(zoom.Interval(th, &model.Spread{})); got != "n/a" {
		t.Errorf("an unknown interval is %q", got)
	}
}
