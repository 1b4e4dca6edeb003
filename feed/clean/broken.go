package clean

import "fmt"

// Broken is the error of what has panicked with a value, to be called where it
// is recovered: "the feed broke down: ...". One broken part must not take the
// screens down.
func Broken(what string, value any) error {
	text, _ := Text(fmt.Sprint(value))
	return fmt.Errorf("%s broke down: %s", what, text)
}
