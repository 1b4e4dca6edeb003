package claim

import (
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
)

// find is what the snapshot has for a subject and metric; nothing where it has
// no such subject or does not know.
func find(s *model.Snapshot, subject string, metric Metric, window string) num.Figure {
	w, err := session.ParseWindow(window)
	if err != nil && (metric == Return || metric == Spread) {
		return num.Figure{}
	}
	switch metric {
	case Level:
		if index := findIndex(s, subject); index != nil {
			return index.Level
		}
	case MonthRank:
		if index := findIndex(s, subject); index != nil && index.MonthRank > 0 {
			return num.Count(index.MonthRank)
		}
	case Return:
		return findReturn(s, subject, w)
	case Spread:
		return findSpread(s, subject, w)
	case Range, Cuts:
	}
	return num.Figure{}
}

func findIndex(s *model.Snapshot, symbol string) *model.Index {
	for i := range s.Indices {
		if s.Indices[i].Symbol == symbol {
			return &s.Indices[i]
		}
	}
	return nil
}

// findReturn is the return of an index, or the mean of a group.
func findReturn(s *model.Snapshot, subject string, w session.Window) num.Figure {
	universe, part, ofUniverse := strings.Cut(subject, "/")
	if !ofUniverse {
		if index := findIndex(s, subject); index != nil {
			return index.Returns[w]
		}
		return num.Figure{}
	}
	for i := range s.Size.Buckets {
		if b := &s.Size.Buckets[i]; s.Size.Universe == universe && b.ID == part {
			return b.Groups[w].Return[model.Mean]
		}
	}
	for i := range s.Leverage {
		lev := &s.Leverage[i]
		for j := range lev.Buckets {
			if b := &lev.Buckets[j]; lev.Universe == universe && b.ID == part {
				return b.Groups[w].Return[model.Mean]
			}
		}
	}
	return num.Figure{}
}

// findSpread is a universe's spread, or that of two indices.
func findSpread(s *model.Snapshot, subject string, w session.Window) num.Figure {
	universe, part, ofUniverse := strings.Cut(subject, "/")
	switch {
	case !ofUniverse:
		if s.Pair.Known && subject == s.Pair.A+"-"+s.Pair.B {
			return s.Pair.Spread[w]
		}
	case part == "leverage", part == "H-L":
		for i := range s.Leverage {
			if s.Leverage[i].Universe == universe {
				return s.Leverage[i].Spread[w].Return[model.Mean]
			}
		}
	case s.Size.Universe == universe && (part == "size" || part == s.Size.SpreadName()):
		return s.Size.Spread[w].Return[model.Mean]
	}
	return num.Figure{}
}
