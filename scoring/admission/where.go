package admission

import (
	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// where is a project on the land it names.
type where struct {
	scores  *scoring.Scores
	project *Project
	land    int        // position of the parcel, -1 for none
	at      *geo.Point // a point of the parcel, or the point that is named; nil for none
	shape   geo.Shape  // of the parcel; nil where it is not drawn
	checked bool       // the register of a drawn parcel, or the park's boundary, says that the place is in the park
}

// landSlackMu is how far a project's land may exceed its parcel's: mu are stated to two decimals.
const landSlackMu = 0.005

// whereOf finds the land of a project and refuses what contradicts it.
func whereOf(s *scoring.Scores, p *Project) (*where, error) {
	w := &where{scores: s, project: p, at: p.At}
	var err error
	if w.land, err = landOf(s, p); err != nil {
		return nil, err
	}
	if w.land >= 0 {
		if wrong := w.onParcel(); wrong != nil {
			return nil, wrong
		}
	}
	if w.shape != nil {
		w.checked = true
		return w, nil
	}
	park := s.Snapshot().Park(p.Park)
	if w.at == nil || park == nil || len(park.Shape) == 0 {
		return w, nil
	}
	if !geo.Contains(park.Shape, *w.at) {
		return nil, &Problem{"lon", scoring.Text{Zh: "该点不在园区边界内", En: "the point lies outside the park's boundary"}}
	}
	w.checked = true
	return w, nil
}

// landOf returns the position of the parcel a project names, -1 for none.
func landOf(s *scoring.Scores, p *Project) (int, error) {
	snap := s.Snapshot()
	if p.Parcel == "" {
		for i := range snap.Parcels.Len() {
			if snap.Parcels.At(i).Park == p.Park {
				return -1, nil
			}
		}
		return -1, ErrUnknownPark
	}
	i, ok := snap.ParcelIndex(p.Parcel)
	if !ok || snap.Parcels.At(i).Park != p.Park {
		return -1, ErrUnknownParcel
	}
	return i, nil
}

// onParcel takes the parcel's place, and says where the project's land or point does not fit it. A point counts only for a parcel that
// is not drawn.
func (w *where) onParcel() *Problem {
	if mu, ok := w.scores.Parcels[w.land].LandMu.Get(); ok && w.project.LandMu > mu+landSlackMu {
		has := scoring.NumberText(mu, 4)
		return &Problem{"land_mu", scoring.Text{Zh: "大于该宗地面积 " + has + " 亩", En: "is more than the parcel's " + has + " mu"}}
	}
	shape := w.scores.Snapshot().Parcels.At(w.land).Shape
	on, drawn := geo.PointOnSurface(shape)
	if !drawn {
		return nil
	}
	if w.project.At != nil && !geo.Contains(shape, *w.project.At) {
		return &Problem{"lon", scoring.Text{Zh: "该点不在所指宗地内", En: "the point lies outside the parcel that is named"}}
	}
	w.at, w.shape = &on, shape
	return nil
}

// set returns the set of a kind in force at the place: that of the parcel, that of the zones around the point, or that of the park for
// land in no zone.
func (w *where) set(kind string) *scoring.RuleSet {
	switch {
	case w.land >= 0:
		return w.scores.RuleSet(kind, w.land)
	case w.at != nil:
		return w.scores.SetAt(kind, w.project.Park, *w.at)
	}
	return w.scores.SetOf(kind, w.project.Park)
}

// contract returns the contract of the parcel, nil for none.
func (w *where) contract() *parcels.Contract {
	if w.land < 0 {
		return nil
	}
	return &w.scores.Snapshot().Parcels.At(w.land).Contract
}
