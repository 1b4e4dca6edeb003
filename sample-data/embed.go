// Package sampledata holds the embedded sample: the week of 24 to 28 March
// 2025 as a dataset folder. README.md says what in it is real and what is not.
package sampledata

import (
	"embed"
	"io/fs"
)

//go:generate go run ./generate

//go:embed *.csv *.zst *.toml
var files embed.FS

// FS is the dataset folder.
func FS() fs.FS { return files }
