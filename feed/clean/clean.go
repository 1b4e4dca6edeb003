// Package clean is the door: all text and every number from outside pass here
// once, so that nothing behind it has to look again.
package clean
