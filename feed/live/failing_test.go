package live

import (
	"testing"
	"time"

	"gyre/model"
)

// A source that fails before it has shown anything shows the last closes, so
// that the screen can say what fails: also one that failed before the hub asked
// for its first word.
func TestAFailureFromTheStartIsShown(t *testing.T) {
	for name, asked := range map[string]bool{"before the first word": false, "after it": true} {
		t.Run(name, func(t *testing.T) {
			now := friday.At(11, 0)
			r := newRig(t, now, reference(usd(10), usd(20), usd(30)), Identity{})
			if asked {
				r.take()
			}
			r.Health(model.FeedFailing, "the server answered 503")
			told := r.take()
			if last := told[len(told)-1]; last.Kind != model.KindHeartbeat || last.At.After(now) || now.Sub(last.At) > 4*24*time.Hour {
				t.Errorf("it ends with %+v, want a heartbeat at the last close", last)
			}
			if f := r.market.Snapshot(now, model.Query{}).Feed; f.Phase != model.FeedFailing || f.Problem != "the server answered 503" {
				t.Errorf("the feed is %+v", f)
			}
			if again := r.take(); len(again) != 0 {
				t.Errorf("and then it told %d updates more", len(again))
			}
		})
	}
}
