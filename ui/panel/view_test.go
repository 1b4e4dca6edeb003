package panel

import (
	"strings"
	"testing"
)

func TestViewsAreReadByTheirNames(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range Views() {
		name := v.String()
		if seen[name] || name == "?" {
			t.Errorf("view %d is called %q", v, name)
		}
		seen[name] = true
		for _, spelled := range []string{name, strings.ToUpper(name)} {
			if got, err := ParseView(spelled); err != nil || got != v {
				t.Errorf("%q is read as %v, %v", spelled, got, err)
			}
		}
	}
}

func TestViewsThatCannotBeRead(t *testing.T) {
	for _, name := range []string{"", "maps", "member", "?"} {
		if v, err := ParseView(name); err == nil || !strings.Contains(err.Error(), "choose one of dashboard, ") {
			t.Errorf("%q is read as %v, %v", name, v, err)
		}
	}
}

func TestAViewThatThereIsNot(t *testing.T) {
	if got := View(ViewCount).String(); got != "?" {
		t.Errorf("it is called %q", got)
	}
}
