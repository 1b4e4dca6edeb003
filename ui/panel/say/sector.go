package say

import "gyre/model"

// Sector is the full name of a sector by its code; the code itself where the
// dataset has one of its own.
func Sector(code string) string {
	for _, sector := range model.Sectors() {
		if sector.Code == code {
			return sector.Name
		}
	}
	return code
}
