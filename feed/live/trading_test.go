package live

import (
	"testing"
	"time"
)

func TestHalts(t *testing.T) {
	at := func(minute, second int) time.Time {
		return friday.At(10, minute).Add(time.Duration(second) * time.Second)
	}
	halt := func(minute, second, resumes int) func(b *Board) {
		h := Halt{Symbol: "ALPHA", At: at(minute, second), Reason: "T1"}
		if resumes > 0 {
			h.Resumes = at(resumes, 0)
		}
		return func(b *Board) { b.Halt(h) }
	}
	resume := func(minute, second int) func(b *Board) {
		return func(b *Board) { b.Resume(Resume{Symbol: "ALPHA", At: at(minute, second)}) }
	}
	type step struct {
		minute  int
		observe []func(b *Board)
		want    []string
	}
	nothing := []string(nil)
	for name, steps := range map[string][]step{
		"halted and resumed": {
			{16, []func(b *Board){halt(15, 3, 0)}, []string{"halt 0 10:15:03T1"}},
			{17, []func(b *Board){halt(15, 3, 0)}, nothing},
			{21, []func(b *Board){resume(20, 0)}, []string{"resume 0 10:20:00"}},
			{22, []func(b *Board){halt(15, 3, 0), resume(20, 0)}, nothing},
		},
		"the resumption is announced later": {
			{16, []func(b *Board){halt(15, 3, 0)}, []string{"halt 0 10:15:03T1"}},
			{17, []func(b *Board){halt(15, 3, 20)}, nothing},
			{19, nil, nothing},
			{20, nil, []string{"resume 0 10:20:00T1"}},
			{21, []func(b *Board){halt(15, 3, 20)}, nothing},
		},
		"the resumption is put off in time": {
			{16, []func(b *Board){halt(15, 3, 20)}, []string{"halt 0 10:15:03T1"}},
			{19, []func(b *Board){halt(15, 3, 25)}, nothing},
			{20, nil, nothing},
			{25, nil, []string{"resume 0 10:25:00T1"}},
		},
		"the resumption is put off too late": {
			{16, []func(b *Board){halt(15, 3, 20)}, []string{"halt 0 10:15:03T1"}},
			{20, nil, []string{"resume 0 10:20:00T1"}},
			{21, []func(b *Board){halt(15, 3, 25)}, []string{"halt 0 10:20:00T1"}},
			{22, []func(b *Board){halt(15, 3, 25)}, nothing},
			{25, nil, []string{"resume 0 10:25:00T1"}},
			{26, []func(b *Board){halt(15, 3, 25)}, nothing},
		},
		"two sources, the second a little later": {
			{16, []func(b *Board){halt(15, 3, 0)}, []string{"halt 0 10:15:03T1"}},
			{17, []func(b *Board){halt(15, 4, 20)}, nothing},
			{18, []func(b *Board){halt(15, 4, 20)}, nothing},
			{20, nil, []string{"resume 0 10:20:00T1"}},
		},
		"two sources, the second a little earlier": {
			{16, []func(b *Board){halt(15, 4, 0)}, []string{"halt 0 10:15:04T1"}},
			{17, []func(b *Board){halt(15, 3, 20)}, nothing},
			{20, nil, []string{"resume 0 10:20:00T1"}},
			{21, []func(b *Board){halt(15, 3, 20)}, nothing},
		},
		"all over when we hear of it": {
			{30, []func(b *Board){halt(15, 3, 20)}, []string{"halt 0 10:15:03T1", "resume 0 10:20:00T1"}},
		},
		"halted twice": {
			{16, []func(b *Board){halt(15, 3, 20)}, []string{"halt 0 10:15:03T1"}},
			{26, []func(b *Board){halt(25, 0, 30), halt(15, 3, 20)}, []string{"resume 0 10:20:00T1", "halt 0 10:25:00T1"}},
			{30, nil, []string{"resume 0 10:30:00T1"}},
		},
		"resumed without a halt": {
			{16, []func(b *Board){resume(15, 0)}, nothing},
		},
		"a halt and a resumption of one instant": {
			{16, []func(b *Board){resume(15, 0), halt(15, 0, 0), resume(15, 0)}, []string{"halt 0 10:15:00T1"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, at(0, 0), reference(usd(10), usd(20), usd(30)), Identity{})
			r.at(at(0, 0))
			for _, s := range steps {
				r.clock = at(s.minute, 0)
				for _, observe := range s.observe {
					observe(r.Board)
				}
				r.at(r.clock)
				r.expect(s.want...)
			}
		})
	}
}

func TestAFloodOfHaltsIsBounded(t *testing.T) {
	r := newRig(t, friday.At(11, 0), reference(usd(10), usd(20), usd(30)), Identity{Delay: time.Hour})
	for i := range 1000 {
		r.Halt(Halt{Symbol: "ALPHA", At: friday.At(10, 30).Add(time.Duration(i) * time.Second)})
	}
	if got := len(r.halts[alpha].queue); got > maxChanges {
		t.Errorf("%d changes wait", got)
	}
}
