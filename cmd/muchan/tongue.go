package main

import (
	"muchan/parcels"
	"muchan/scoring"
)

// tongue is the language of what a person reads: Chinese unless English was asked for. JSON holds both.
type tongue struct{ english bool }

func (l tongue) say(zh, en string) string {
	if l.english {
		return en
	}
	return zh
}

func (l tongue) of(x scoring.Text) string { return l.say(x.Zh, x.En) }

// header is the first line of a table.
func (l tongue) header(columns []scoring.Text) []string {
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = l.of(c)
	}
	return line
}

// park names a park; one without an English name keeps its own.
func (l tongue) park(snap *parcels.Snapshot, code string) string {
	p := snap.Park(code)
	if p == nil {
		return code
	}
	if l.english && p.NameEn != "" {
		return p.NameEn
	}
	return p.Name
}

// parkOf names the park of a parcel; at is its position in Parcels.
func (l tongue) parkOf(s *scoring.Scores, at int) string {
	return l.park(s.Snapshot(), s.Snapshot().Parcels.At(at).Park)
}
