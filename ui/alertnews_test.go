package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gyre/model"
	"gyre/model/session"
)

func TestNewsOfAlerts(t *testing.T) {
	noon := session.NewDate(2025, time.March, 28).At(12, 0)
	// at is an epoch, minutes after noon, and the alerts by the minute that they are about.
	type at struct {
		epoch   uint64
		minute  int
		alerts  string
		want    string
		because string
	}
	for name, row := range map[string][]at{
		"played": {
			{1, 0, "", "", "nothing has happened"},
			{1, 1, "1", "1", "it has just come"},
			{1, 2, "1", "", "it was told"},
			{1, 3, "1 2 3", "2 3", "both came since"},
		},
		"at the start": {
			{1, 0, "-5", "", "it was there"},
			{1, 0, "-5 -1 0", "", "they are of the past, found late"},
			{1, 1, "-5 -1 0 1", "1", "it is news among old ones"},
		},
		"found late": {
			{1, 0, "", "", ""},
			{1, 3, "", "", ""},
			{1, 3, "2", "2", "the sentry needed some time"},
			{1, 3, "2 3", "3", "there are two in one moment"},
		},
		"a jump ahead": {
			{1, 0, "", "", ""},
			{2, 60, "", "", "nothing is found yet"},
			{2, 60, "10 59 60", "", "the jump brought them"},
			{2, 61, "10 59 60 61", "61", "it has come since"},
		},
		"a jump back": {
			{1, 0, "", "", ""},
			{1, 9, "1 9", "1 9", "they have just come"},
			{2, 0, "-3", "", "it is the past again"},
			{2, 1, "-3 1", "1", "played again, it comes again"},
		},
		"the list was cut": {
			{1, 0, "", "", ""},
			{1, 4, "1 2 3 4", "1 2 3 4", ""},
			{1, 6, "3 4 5 6", "5 6", "the oldest are forgotten"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var news News
			for i, step := range row {
				snap := &model.Snapshot{Epoch: step.epoch, AsOf: noon.Add(time.Duration(step.minute) * time.Minute)}
				for word := range strings.FieldsSeq(step.alerts) {
					d, err := time.ParseDuration(word + "m")
					if err != nil {
						t.Fatal(err)
					}
					snap.Alerts = append(snap.Alerts, model.Alert{At: noon.Add(d), Text: word})
				}
				var got []string
				for _, a := range news.See(snap) {
					got = append(got, a.Text)
				}
				if !slices.Equal(got, strings.Fields(step.want)) {
					t.Errorf("step %d: news is %v, want %s: %s", i, got, step.want, step.because)
				}
			}
		})
	}
}
