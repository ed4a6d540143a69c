package scoring

import (
	"slices"

	"muchan/parcels"
)

// The register of firms has today's state. What held in the evaluation year stands in the year's figures and in dated events, and goes
// before it.

// AboveScale reports whether a firm was 规上 in the scores' year: as its figures of that year say, else as the register says today. f is
// a position in Firms.
func (s *Scores) AboveScale(f int) parcels.Opt[bool] { return s.run.aboveScale(f) }

// Tagged reports whether a firm carried one of parcels.FirmTags in the scores' year: by an event of the tag's name that counts in the
// year; where it has none in any year, as the register says today. f is a position in Firms.
func (s *Scores) Tagged(f int, tag string) bool {
	return s.run.hasTag(f, tag)
}

func (r *run) aboveScale(f int) parcels.Opt[bool] {
	firm := &r.snap.Firms[f]
	if figures := r.snap.FiguresAt(f, r.in.Year); figures != nil && figures.AboveScale.OK() {
		return figures.AboveScale
	}
	return firm.AboveScale
}

func (r *run) hasTag(f int, tag string) bool {
	is, _ := r.tagged(f, tag)
	return is
}

// tagged also returns the event that gave the tag; nil when the register did.
func (r *run) tagged(f int, tag string) (bool, *parcels.Event) {
	firm := &r.snap.Firms[f]
	if r.datedTags[tag] {
		dated := false
		for _, i := range r.snap.EventsOf(f) {
			e := &r.snap.Events[i]
			if e.Kind != tag {
				continue
			}
			if dated = true; counts(e, r.ledger.year) {
				return true, e
			}
		}
		if dated {
			return false, nil
		}
	}
	return slices.Contains(firm.Tags, tag), nil
}

// datedTagsOf are the tags that some event gives to a firm; most snapshots have few, and then no firm's events need be looked at.
func datedTagsOf(events []parcels.Event) map[string]bool {
	dated := map[string]bool{}
	for i := range events {
		if e := &events[i]; e.USCC != "" && slices.Contains(parcels.FirmTags, e.Kind) {
			dated[e.Kind] = true
		}
	}
	return dated
}
