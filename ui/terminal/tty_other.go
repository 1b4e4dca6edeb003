//go:build !unix

package terminal

// suspends tells that a program can be suspended here.
const suspends = false

// followSize does nothing: a console tells its size with the keys.
func followSize(func()) (stop func()) { return func() {} }
