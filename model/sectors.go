package model

// Sector is one of the eleven sectors that equity indices are commonly cut into.
type Sector struct {
	Code string // as in Instrument.Sector
	Name string
}

// Sectors are the sectors gyre knows by name. A dataset may use its own codes;
// only the codes FIN and RE have a meaning to the model.
func Sectors() []Sector {
	return []Sector{
		{"COM", "Communication services"},
		{"CD", "Consumer discretionary"},
		{"STP", "Consumer staples"},
		{"EN", "Energy"},
		{sectorFinancials, "Financials"},
		{"HC", "Health care"},
		{"IND", "Industrials"},
		{"IT", "Information technology"},
		{"MAT", "Materials"},
		{sectorRealEstate, "Real estate"},
		{"UTL", "Utilities"},
	}
}

// Codes of the sectors whose debt is raw material rather than leverage.
const (
	sectorFinancials = "FIN"
	sectorRealEstate = "RE"
)

// Financial tells whether a sector is left out of the leverage buckets unless
// the query includes it: banks and insurers, and real estate.
func Financial(sector string) bool { return sector == sectorFinancials || sector == sectorRealEstate }
