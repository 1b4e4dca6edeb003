package say

import (
	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/theme"
)

// SectorIn is a sector's name in w cells: a shorter one where the full one is
// too long.
func SectorIn(th *theme.Theme, code string, w int) string {
	short := Sector(code)
	switch code {
	case "IT":
		short = "Technology"
	case "CD":
		short = "Cons. discr."
	case "COM":
		short = "Communicat."
	case "STP":
		short = "Staples"
	}
	return draw.Cut(th, th.Say(Pick(w, Sector(code), short)), w)
}

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
