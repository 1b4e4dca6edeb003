package report

import (
	"fmt"
	"slices"
	"strings"

	"gyre/model"
	"gyre/model/session"
)

// unknown stands in text, Markdown and CSV where there is no value.
const unknown = "n/a"

// word is the i-th of names; unknown where there is none, so that a value
// added to the model later cannot break a report.
func word[T ~uint8](names []string, i T) string {
	if int(i) >= len(names) {
		return unknown
	}
	return names[i]
}

// StatisticNames is every name that ParseStatistic reads, in the model's order.
func StatisticNames() []string { return []string{"mean", "median", "trimmed", "cap-weighted"} }

// ParseStatistic finds a statistic by its name.
func ParseStatistic(name string) (model.Statistic, error) {
	i := slices.Index(StatisticNames(), strings.ToLower(name))
	if i < 0 {
		return model.Mean, fmt.Errorf("there is no statistic %q; choose one of %s", name, strings.Join(StatisticNames(), ", "))
	}
	return model.Statistic(i), nil
}

// RankNames is every name that ParseRank reads, in the model's order.
func RankNames() []string { return []string{"base", "month", "recon", "now"} }

// ParseRank finds a rank policy by its name.
func ParseRank(name string) (model.RankPolicy, error) {
	i := slices.Index(RankNames(), strings.ToLower(name))
	if i < 0 {
		return model.RankBase, fmt.Errorf("there is no rank date %q; choose one of %s", name, strings.Join(RankNames(), ", "))
	}
	return model.RankPolicy(i), nil
}

func statisticName(s model.Statistic) string { return word(StatisticNames(), s) }

func rankName(p model.RankPolicy) string { return word(RankNames(), p) }

func modeName(m model.Mode) string { return word([]string{"replay", "live", "delayed"}, m) }

func feedState(p model.FeedPhase) string {
	return word([]string{"connecting", "ok", "stale", "failing", "ended"}, p)
}

// market says whether the regular session is running.
func market(p session.Phase) string {
	if p == session.Open {
		return "open"
	}
	return "closed"
}

func axisState(s model.AxisState) string {
	return word([]string{unknown, "NONE", "TILT", "ROTATION", "EXTREME"}, s)
}

// verdictState is the state of a whole verdict, which may be withheld.
func verdictState(v model.Verdict) string {
	if v.Withheld {
		return "WITHHELD"
	}
	return axisState(v.State)
}

// direction says where money went on one axis, or that it went nowhere.
func direction(a model.AxisVerdict, negative, positive string) string {
	switch {
	case a.State <= model.StateNone, a.Sign == 0:
		return word([]string{unknown, "NONE"}, min(a.State, model.StateNone))
	case a.Sign < 0:
		return negative
	}
	return positive
}

func sizeDirection(v model.Verdict) string {
	if v.Withheld {
		return unknown
	}
	return direction(v.Size, "INTO LARGE", "INTO SMALL")
}

func leverageDirection(v model.Verdict) string {
	if v.Withheld {
		return unknown
	}
	return direction(v.Leverage, "INTO LOW", "INTO HIGH")
}

func trendName(t model.Trend) string {
	return word([]string{unknown, "continuing", "speeding up", "fading"}, t)
}

func ciMethod(m model.CIMethod) string { return word([]string{unknown, "bootstrap", "welch"}, m) }

// rangeState is where the level lies, unknown where the distance is.
func rangeState(r *model.RangePlace) string {
	if !r.Distance.Known() {
		return unknown
	}
	return word([]string{"inside", "below", "above"}, r.State)
}

func reconcileState(s model.ReconcileState) string {
	return word([]string{unknown, "ok", "amber", "red"}, s)
}

func incidentName(k model.IncidentKind) string {
	return word([]string{
		unknown, "rejected", "halt", "resume", "split", "merger", "rename", "late open", "quarantine", "correction",
	}, k)
}
