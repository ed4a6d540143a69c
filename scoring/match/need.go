package match

import (
	"errors"
	"fmt"

	"muchan/geo"
	"muchan/parcels"
)

// Need is what is looked for. Its zero value looks for anything anywhere.
type Need struct {
	USCC         string               // the firm that must grow; its own land is the place to be near, and is no candidate but for room on it
	Industry     string               // GB/T 4754-2017; that of the firm when empty. Warehousing (59) takes storage land for industrial
	LandM2       parcels.Opt[float64] // land needed
	FloorM2      parcels.Opt[float64] // floor area needed; where both are given an offer of either kind serves
	MinWidthM    parcels.Opt[float64] // narrowest width of land that serves
	MaxDistanceM parcels.Opt[float64]
	NearParcel   string     // code of a parcel to be near; goes before the firm's own land
	NearPoint    *geo.Point // a position to be near, when no parcel is named
	Park         string     // only in this park; "" for any
}

// Errors of a need that cannot be met because it names what is not there.
var (
	ErrNoFirm   = errors.New("match: there is no such firm")
	ErrNoParcel = errors.New("match: there is no such parcel")
	ErrNotDrawn = errors.New("match: the parcel to be near is not drawn")
	ErrIndustry = errors.New("match: this is no industry code of GB/T 4754-2017")
)

// warehousing is the division of GB/T 4754-2017 for handling and storage (59 装卸搬运和仓储业).
const warehousing = "59"

// place is what distances are measured from.
type place struct {
	parcels []int // positions in Snapshot.Parcels; empty for a position or nothing
	lines   []*geo.Outline
}

func (pl *place) named() bool { return len(pl.lines) > 0 }

// placeOf finds what a need is near: the parcel it names, the position, or the land the firm holds on the as-of date.
func (p *Pool) placeOf(n *Need) (place, error) {
	if n.NearParcel != "" {
		at, ok := p.snap.ParcelIndex(n.NearParcel)
		if !ok {
			return place{}, fmt.Errorf("%w: %s", ErrNoParcel, n.NearParcel)
		}
		if len(p.snap.Parcels.At(at).Shape) == 0 {
			return place{}, fmt.Errorf("%w: %s", ErrNotDrawn, n.NearParcel)
		}
		return p.placeAt([]int{at}), nil
	}
	if at := n.NearPoint; at != nil {
		return place{lines: []*geo.Outline{geo.OutlineAt(*at)}}, nil
	}
	return p.placeAt(p.landOf(n.USCC)), nil
}

func (p *Pool) placeAt(at []int) place {
	var pl place
	for _, i := range at {
		if s := p.snap.Parcels.At(i).Shape; len(s) > 0 {
			pl.parcels, pl.lines = append(pl.parcels, i), append(pl.lines, geo.OutlineOf(s))
		}
	}
	return pl
}

// landOf lists the parcels a firm holds on the as-of date, ascending.
func (p *Pool) landOf(uscc string) []int {
	var land []int
	last := -1
	for _, i := range p.snap.OccupanciesOf(uscc) {
		o := &p.snap.Occupancies[i]
		if o.From > p.asOf || (o.To.OK() && o.To <= p.asOf) {
			continue
		}
		if at, ok := p.snap.ParcelIndex(o.Parcel); ok && at != last {
			land, last = append(land, at), at
		}
	}
	return land
}
