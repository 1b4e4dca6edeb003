package ndjson

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sibling is a file that rotation has made of another one.
type sibling struct {
	path string
	info os.FileInfo
}

// siblings are the files that rotation has made of the one at path, as
// quotes.ndjson.1 or quotes.ndjson-20250328. The one written to first comes first.
func siblings(path string) []sibling {
	folder, base := filepath.Split(path)
	entries, err := os.ReadDir(cmp.Or(folder, "."))
	if err != nil {
		return nil
	}
	var found []sibling
	for _, entry := range entries {
		if !rotated(entry.Name(), base) {
			continue
		}
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() {
			found = append(found, sibling{folder + entry.Name(), info})
		}
	}
	slices.SortStableFunc(found, func(a, b sibling) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	return found
}

// rotated tells whether name is what rotation makes of base: a point or a dash
// and a number or a date behind it.
func rotated(name, base string) bool {
	suffix, ok := strings.CutPrefix(name, base)
	return ok && len(suffix) > 1 && strings.ContainsRune(".-", rune(suffix[0])) &&
		strings.Trim(suffix[1:], "0123456789.-_:T") == ""
}
