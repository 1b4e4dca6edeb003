package cli

import "context"

// orEnd does what may wait for ever, as to open a pipe into which nobody writes,
// until ctx ends. What is then under way is left behind: the program ends.
func orEnd[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := do()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
