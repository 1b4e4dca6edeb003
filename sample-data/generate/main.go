// Command generate makes the synthetic part of the sample anew, from the
// published index closes and the seed in dataset.toml. Run it with
//
//	go generate ./sample-data/...
//
// It always writes the same bytes on amd64 with Go's default, GOAMD64=v1; other
// processors may round logarithms and exponentials another way.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"

	"gyre/sample-data/generate/internal/paper"
	"gyre/sample-data/generate/internal/synth"
)

func main() {
	if err := generate("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate reads what is typed in by hand in the folder and writes the rest.
func generate(folder string) error {
	text, err := os.ReadFile(filepath.Join(folder, "dataset.toml"))
	if err != nil {
		return err
	}
	var settings struct{ Seed uint64 }
	if err := toml.Unmarshal(text, &settings); err != nil {
		return fmt.Errorf("dataset.toml: %w", err)
	}
	indices, err := os.ReadFile(filepath.Join(folder, "indices.csv"))
	if err != nil {
		return err
	}
	published, err := synth.ReadPublished(bytes.NewReader(indices))
	if err != nil {
		return err
	}
	targets := synth.NoteTargets()
	m, err := synth.Make(published, settings.Seed, &targets)
	if err != nil {
		return err
	}
	return paper.Write(folder, m)
}
