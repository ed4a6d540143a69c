package ingest

import (
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// A stored parcel is over when new ones cover so much of it; they descend from it when they share so much of the smaller of the two, which
// is more than boundaries are off.
const (
	usedShare    = 0.9
	descentShare = 0.1
)

// descent recognises splits and merges: new parcels on the land of stored ones.
type descent struct {
	rows   []parcels.Parcel
	stored *parcels.Pages[parcels.Parcel] // valid now
	known  map[string]bool                // codes that the store has already
	index  *geo.Index
	report func(parcels.Problem)
}

// findDescent fills in the parents of new parcels that name none, and returns how many it found some for.
func (d *descent) find() (found int) {
	bounds := make([]geo.Bound, d.stored.Len())
	for i, p := range d.stored.All() {
		bounds[i] = p.Shape.Bound()
	}
	d.index = geo.NewIndex(bounds)
	candidates := map[int][]int{} // row -> stored parcels it may descend from
	cover := map[int]float64{}    // stored parcel -> m² of it that rows take up
	for i := range d.rows {
		for k, shared := range d.below(i) {
			if d.rows[i].Code == d.stored.At(k).Code && d.rows[i].ValidFrom <= d.stored.At(k).ValidFrom {
				continue // the stored parcel itself
			}
			cover[k] += shared
			if d.isNew(i) && d.descends(i, k, shared) {
				candidates[i] = append(candidates[i], k)
			}
		}
	}
	for i := range d.rows {
		slices.Sort(candidates[i])
		if d.settle(i, candidates[i], cover) {
			found++
		}
	}
	return found
}

func (d *descent) isNew(i int) bool { return !d.known[d.rows[i].Code] && len(d.rows[i].Parents) == 0 }

// below measures how much of stored parcels a row takes up, those that it replaces by its own code included.
func (d *descent) below(i int) map[int]float64 {
	r := &d.rows[i]
	shared := map[int]float64{}
	d.index.Search(r.Shape.Bound(), func(k int) bool {
		if area := float64(geo.SharedArea(r.Shape, d.stored.At(k).Shape)); area > 0 {
			shared[k] = area
		}
		return true
	})
	return shared
}

func (d *descent) descends(i, k int, shared float64) bool {
	smaller := min(float64(geo.Area(d.rows[i].Shape)), float64(geo.Area(d.stored.At(k).Shape)))
	return shared >= descentShare*smaller
}

// settle records a row's parents, or says why it does not.
func (d *descent) settle(i int, candidates []int, cover map[int]float64) bool {
	r := &d.rows[i]
	var parents, open []string
	for _, k := range candidates {
		p := d.stored.At(k)
		switch {
		case p.ValidFrom >= r.ValidFrom, cover[k] < usedShare*float64(geo.Area(p.Shape)):
			open = append(open, p.Code)
		default:
			parents = append(parents, p.Code)
		}
	}
	if len(open) > 0 {
		d.tell(r, "parcels.on_stored", "it lies on stored parcels that it cannot have come from alone: "+strings.Join(open, ", "),
			"If it was cut off, import what is left of them as a new edition in the same file, with the day; else check the boundary.", parcels.SeverityWarning)
	}
	if len(parents) == 0 {
		return false
	}
	r.Parents = parents
	d.tell(r, "parcels.descent", fmt.Sprintf("it was split or merged from %s, ended on %s: recorded as its parents", strings.Join(parents, ", "), r.ValidFrom),
		"Fill in 来源宗地 (parents) when it is otherwise.", parcels.SeverityWarning)
	return true
}

func (d *descent) tell(p *parcels.Parcel, rule, message, remedy string, severity parcels.Severity) {
	d.report(parcels.Problem{
		Entity: parcels.ParcelTable.Name, Key: parcels.ParcelTable.Key(p), Column: "parents", Rule: rule, Message: message, Remedy: remedy,
		Place: placeOf(p.Shape), Severity: severity,
	})
}
