package serve

import (
	"strings"
	"testing"
	"time"
)

func TestLimitsPrintThemselves(t *testing.T) {
	limits := DefaultLimits()
	if err := limits.Check(); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := limits.Print(&text); err != nil {
		t.Fatal(err)
	}
	read := Limits{}
	for line := range strings.Lines(text.String()) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			t.Fatalf("%q does not say what it limits", line)
		}
		if err := read.Set(fields[0], fields[1]); err != nil {
			t.Error(err)
		}
	}
	if read != limits {
		t.Errorf("what is printed is not what there is: %+v", read)
	}
	for _, want := range []string{"handshakes               64 ", "grace                    10s ", "idle                     12h ", "columns                  500 "} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, &text)
		}
	}
}

func TestLimitsAreChecked(t *testing.T) {
	for name, c := range map[string]struct{ limit, value, want string }{
		"none of them":    {"speed", "1", "no limit \"speed\"; the limits are handshakes, "},
		"no number":       {"viewers", "many", "a whole number"},
		"no time":         {"grace", "10", "a time such as 10s"},
		"nothing at all":  {"viewers", "0", "from 1 to"},
		"too wide":        {"columns", "501", "from 1 to 500"},
		"too high":        {"rows", "201", "from 1 to 200"},
		"no time at all":  {"stall", "0s", "from 100ms"},
		"longer than all": {"idle", "100000h", "from 100ms"},
	} {
		t.Run(name, func(t *testing.T) {
			limits := DefaultLimits()
			if err := limits.Set(c.limit, c.value); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it says %v, want %q", err, c.want)
			}
			if limits != DefaultLimits() {
				t.Error("it was set all the same")
			}
		})
	}
	limits := DefaultLimits()
	if err := limits.Set("idle", "90m"); err != nil || limits.Idle != 90*time.Minute {
		t.Errorf("idle is %v, %v", limits.Idle, err)
	}
}
