package say

import "gyre/model"

// Incident is what happened, in words that follow a company or a number of them.
func Incident(kind model.IncidentKind) string {
	switch kind {
	case model.IncidentRejected:
		return "tick rejected"
	case model.IncidentHalt:
		return "halted"
	case model.IncidentResume:
		return "trades again"
	case model.IncidentSplit:
		return "split"
	case model.IncidentMerger:
		return "merged"
	case model.IncidentRename:
		return "renamed"
	case model.IncidentLateOpen:
		return "had not printed by 09:30:30"
	case model.IncidentQuarantine:
		return "quarantined"
	case model.IncidentCorrection:
		return "trade corrected"
	default:
		return ""
	}
}
