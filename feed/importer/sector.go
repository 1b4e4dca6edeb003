package importer

// sectorOf is the code of a sector by the name that iShares files give it, in
// English or German; "" where the name is not known.
func sectorOf(name string) string {
	switch fold(name) {
	case "communication", "communicationservices", "kommunikation", "kommunikationsdienste":
		return "COM"
	case "consumerdiscretionary", "nichtbasiskonsumgter", "zyklischekonsumgter":
		return "CD"
	case "consumerstaples", "basiskonsumgter", "nichtzyklischekonsumgter":
		return "STP"
	case "energy", "energie":
		return "EN"
	case "financials", "finanzen", "finanzwesen", "finanzwerte":
		return "FIN"
	case "healthcare", "gesundheitsversorgung", "gesundheitswesen":
		return "HC"
	case "industrials", "industrie":
		return "IND"
	case "informationtechnology", "it", "informationstechnologie":
		return "IT"
	case "materials", "materialien", "grundstoffe", "rohstoffe", "rohhilfsbetriebsstoffe":
		return "MAT"
	case "realestate", "immobilien": //nolint:misspell // it is German
		return "RE"
	case "utilities", "versorger", "versorgungsbetriebe":
		return "UTL"
	default:
		return ""
	}
}
