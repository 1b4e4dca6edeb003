package report_test

import (
	"testing"
	"time"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/report"
	"gyre/ui/uitest"
)

func TestStatusLine(t *testing.T) {
	with := func(change func(*model.Snapshot)) *model.Snapshot {
		s := uitest.FinalFrame()
		change(s)
		return s
	}
	cases := map[string]struct {
		snap *model.Snapshot
		opts report.Options
		want string
	}{
		"both axes": {
			uitest.FinalFrame(), week(),
			"REPLAY SAMPLE · 1W INTO LARGE INTO HIGH z0 −2.1 · R2000 2,023.27 −2.05% · S&P 5,580.94 −1.97% · cov 97.0% · Fri 16:00 EDT",
		},
		"in ASCII": {
			uitest.FinalFrame(),
			report.Options{Window: session.Week, ASCII: true},
			"REPLAY SAMPLE . 1W INTO LARGE INTO HIGH z0 -2.1 . R2000 2,023.27 -2.05% . S&P 5,580.94 -1.97% . cov 97.0% . Fri 16:00 EDT",
		},
		"withheld on a stale feed": {
			uitest.Stale(), week(),
			"LIVE STALE 42s · 1W WITHHELD · R2000 2,023.27 −2.05% · S&P 5,580.94 −1.97% · cov 62.0% · Fri 11:20 EDT",
		},
		"looking ahead": {
			with(func(s *model.Snapshot) { s.Size.LookAhead, s.Indices = true, s.Indices[:1] }), week(),
			"REPLAY SAMPLE LOOK-AHEAD · 1W INTO LARGE INTO HIGH z0 −2.1 · R2000 2,023.27 −2.05% · cov 97.0% · Fri 16:00 EDT",
		},
		"delayed": {
			with(func(s *model.Snapshot) {
				s.Mode, s.Sample, s.Indices, s.Feed.Delay = model.ModeDelayed, false, nil, 15*time.Minute
			}), week(),
			"DELAYED 15m · 1W INTO LARGE INTO HIGH z0 −2.1 · cov 97.0% · Fri 16:00 EDT",
		},
		"no rotation": {
			with(func(s *model.Snapshot) {
				s.Indices = nil
				s.Verdicts[session.Week].State = model.StateNone
				s.Verdicts[session.Week].Size.State, s.Verdicts[session.Week].Leverage.State = model.StateNone, model.StateNone
			}), week(),
			"REPLAY SAMPLE · 1W NONE z0 −2.1 · cov 97.0% · Fri 16:00 EDT",
		},
		"leverage only": {
			with(func(s *model.Snapshot) {
				s.Indices = nil
				s.Verdicts[session.Week].Size.State = model.StateNone
				s.Verdicts[session.Week].Leverage.Sign = -1
			}), week(),
			"REPLAY SAMPLE · 1W INTO LOW z0 −2.1 · cov 97.0% · Fri 16:00 EDT",
		},
		"before the first price": {nil, week(), "REPLAY · 1W n/a z0 n/a · cov n/a · n/a"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := report.Status(c.snap, c.opts); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
