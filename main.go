// Gyre is a terminal dashboard for watching equity rotation live.
package main

import (
	"os"

	sampledata "gyre/sample-data"
	"gyre/ui/cli"
)

func main() {
	os.Exit(run())
}

// run runs the program until it is done or told to stop.
func run() int {
	ctx, hangup, stop := cli.Signals()
	defer stop()
	gyre := cli.Program{Sample: sampledata.FS(), Hangup: hangup}
	return gyre.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ())
}
