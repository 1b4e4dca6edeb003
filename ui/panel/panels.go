package panel

// Panels are the panels of the dashboard in their order. The zero Panels are
// all of them in the usual one. They are compared with ==.
type Panels struct {
	order [FocusCount]Focus
	count uint8
}

// PanelsOf is the panels given, in that order, each taken once; none: all of
// them.
func PanelsOf(all ...Focus) Panels {
	var p Panels
	for _, f := range all {
		if int(f) < FocusCount && !p.listed(f) {
			p.order[p.count] = f
			p.count++
		}
	}
	usual := p.count == FocusCount
	for i, f := range p.order {
		usual = usual && f == Focus(i)
	}
	if usual {
		return Panels{}
	}
	return p
}

// All is the panels in their order, one or more.
func (p Panels) All() []Focus {
	if p.count == 0 {
		return []Focus{FocusIndex, FocusSize, FocusLeverage, FocusCalendar, FocusQuality}
	}
	return p.order[:p.count:p.count]
}

// Has tells whether f is one of them.
func (p Panels) Has(f Focus) bool { return p.count == 0 && int(f) < FocusCount || p.listed(f) }

func (p Panels) listed(f Focus) bool {
	for i := range p.count {
		if p.order[i] == f {
			return true
		}
	}
	return false
}

// Next is the panel that comes by places after f, round and round; the first
// one where f is not shown.
func (p Panels) Next(f Focus, by int) Focus {
	all := p.All()
	for i, at := range all {
		if at == f {
			return all[((i+by)%len(all)+len(all))%len(all)]
		}
	}
	return all[0]
}
