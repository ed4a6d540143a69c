package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"muchan/geo"
	"muchan/parcels"
)

// Reason says why a parcel is not offered.
type Reason string

// The reasons, in the order in which they are looked for; a parcel shows the first.
const (
	ReasonNoKind      Reason = "no_kind"      // nothing suggests that it could serve anybody
	ReasonPark        Reason = "other_park"   // not in the park that was asked for
	ReasonOwn         Reason = "own_land"     // the firm's own, with no room on it
	ReasonNotDrawn    Reason = "not_drawn"    // no boundary on file: neither distance nor red line can be told
	ReasonRedLine     Reason = "red_line"     // overlaps the ecological red line
	ReasonFloorOnly   Reason = "floor_only"   // land is needed, floor area is offered
	ReasonAreaUnknown Reason = "area_unknown" // what it offers is not on file
	ReasonTooSmall    Reason = "too_small"
	ReasonTooNarrow   Reason = "too_narrow"
	ReasonTooFar      Reason = "too_far"
)

// halfHundredthM2 is half of the last place of an area on a certificate.
const halfHundredthM2 = 0.005

// verdict is what a question says of one lot.
type verdict struct {
	reason Reason // "" for a fit
	offer  int    // position in the lot's offers
	gapM   float64
	from   int // position in Parcels of the land the gap is measured from, -1 for none
	fit    float64
	values [partCount]float64 // by position in Parts, NaN where a part does not apply
	score  float64
}

const partCount = 8 // of Parts

// Ranking is the answer to one question. It is immutable.
type Ranking struct {
	pool     *Pool
	need     Need
	params   Params
	place    place
	own      map[int32]bool // positions in Parcels of land the firm owns
	industry string
	verdicts []verdict // by lot
	fits     []int32   // lots, best first
	misses   []int32   // lots that are left out, by parcel code
}

// Find ranks what could serve a need. It fails when the need names a firm or parcel that is not there and when the parameters cannot be
// used. A need without a size leaves the area out of the score.
func (p *Pool) Find(need Need, params Params) (*Ranking, error) {
	if err := params.check(); err != nil {
		return nil, err
	}
	if need.Industry != "" && parcels.IndustryCheck(need.Industry) != "" {
		return nil, fmt.Errorf("%w: %s", ErrIndustry, need.Industry)
	}
	r := &Ranking{pool: p, need: need, params: params, own: map[int32]bool{}, industry: need.Industry}
	if need.USCC != "" {
		firm := p.snap.Firm(need.USCC)
		if firm == nil {
			return nil, ErrNoFirm
		}
		r.industry = cmp.Or(need.Industry, firm.Industry)
		r.findOwn()
	}
	var err error
	if r.place, err = p.placeOf(&need); err != nil {
		return nil, err
	}
	r.judge()
	for i := range r.verdicts {
		switch r.verdicts[i].reason {
		case "":
			r.fits = append(r.fits, int32(i))
		case ReasonPark:
		default:
			r.misses = append(r.misses, int32(i))
		}
	}
	slices.SortFunc(r.fits, r.compare)
	return r, nil
}

// findOwn lists the land the firm owns on the as-of date.
func (r *Ranking) findOwn() {
	for _, i := range r.pool.snap.OccupanciesOf(r.need.USCC) {
		o := &r.pool.snap.Occupancies[i]
		at, ok := r.pool.snap.ParcelIndex(o.Parcel)
		if ok && o.Tenure == "own" && o.From <= r.pool.asOf && (!o.To.OK() || o.To > r.pool.asOf) {
			r.own[int32(at)] = true
		}
	}
}

// compare orders by score to nine places, then by the shorter gap, then by parcel code.
func (r *Ranking) compare(a, b int32) int {
	x, y := &r.verdicts[a], &r.verdicts[b]
	const places = 1e9
	byScore := cmp.Compare(math.Round(y.score*places), math.Round(x.score*places))
	return cmp.Or(byScore, cmp.Compare(x.gapM, y.gapM), cmp.Compare(r.pool.lots[a].parcel, r.pool.lots[b].parcel))
}

// judge asks every lot. Where a largest distance is given, only lots whose box is near are measured.
func (r *Ranking) judge() {
	lots := r.pool.lots
	r.verdicts = make([]verdict, len(lots))
	near := r.nearby()
	each(len(lots), func(i int) {
		v := &r.verdicts[i]
		v.gapM, v.from = math.NaN(), -1
		if v.reason = r.refuse(&lots[i], v); v.reason != "" {
			return
		}
		if near != nil && !near[i] {
			v.reason = ReasonTooFar
			return
		}
		r.measure(&lots[i], v)
		if most, ok := r.need.MaxDistanceM.Get(); ok && v.gapM > most {
			v.reason = ReasonTooFar
			return
		}
		r.rate(&lots[i], v)
	})
}

// nearby marks the lots whose boxes are within the largest distance; nil when all have to be measured.
func (r *Ranking) nearby() []bool {
	most, ok := r.need.MaxDistanceM.Get()
	if !ok || !r.place.named() {
		return nil
	}
	near := make([]bool, len(r.pool.lots))
	for _, line := range r.place.lines {
		r.pool.index.Search(widened(line.Bound(), most), func(i int) bool { near[i] = true; return true })
	}
	return near
}

// widened grows a box by a distance in metres to all sides, rather too much than too little: no degree of latitude is shorter than 110
// km, and one of longitude is that times the cosine of the latitude or more.
func widened(b geo.Bound, m float64) geo.Bound {
	const shortest = 110_000.0
	lat := m / shortest
	steepest := min(max(math.Abs(b.Min[1]-lat), math.Abs(b.Max[1]+lat)), 89)
	lon := lat / math.Cos(steepest*math.Pi/180)
	return geo.Bound{Min: geo.Point{b.Min[0] - lon, b.Min[1] - lat}, Max: geo.Point{b.Max[0] + lon, b.Max[1] + lat}}
}

// measure finds the shortest gap to the place, and which of its parcels it is from.
func (r *Ranking) measure(l *lot, v *verdict) {
	for k, line := range r.place.lines {
		gap := line.Gap(r.pool.snap.Parcels.At(int(l.parcel)).Shape)
		if !(gap >= v.gapM) {
			v.gapM = gap
			if len(r.place.parcels) > 0 {
				v.from = r.place.parcels[k]
			}
		}
	}
}

// refuse looks for a reason against a lot that needs no distance, and rates how each offer fits otherwise.
func (r *Ranking) refuse(l *lot, v *verdict) Reason {
	parcel := r.pool.snap.Parcels.At(int(l.parcel))
	switch {
	case r.need.Park != "" && parcel.Park != r.need.Park:
		return ReasonPark
	case r.own[l.parcel] && !slices.ContainsFunc(l.offers, func(o Offer) bool { return roomOnOwn(o.Kind) }):
		return ReasonOwn
	case len(parcel.Shape) == 0:
		return ReasonNotDrawn
	case l.redM2 > r.params.RedLineM2:
		return ReasonRedLine
	}
	worst := ReasonFloorOnly
	for i := range l.offers {
		reason := r.refuseOffer(l, &l.offers[i])
		if reason == "" {
			return ""
		}
		v.offer, worst = i, later(worst, reason)
	}
	return worst
}

// roomOnOwn says whether an offer of this kind is room for the owner himself.
func roomOnOwn(k Kind) bool { return k != KindExit && k != KindReserve }

var sizeReasons = []Reason{ReasonFloorOnly, ReasonAreaUnknown, ReasonTooSmall, ReasonTooNarrow}

func later(a, b Reason) Reason {
	if slices.Index(sizeReasons, b) > slices.Index(sizeReasons, a) {
		return b
	}
	return a
}

// refuseOffer looks for a reason against one offer by its size.
func (r *Ranking) refuseOffer(l *lot, o *Offer) Reason {
	if r.own[l.parcel] && !roomOnOwn(o.Kind) {
		return ReasonFloorOnly
	}
	if _, reason := r.need.fit(o); reason != "" {
		return reason
	}
	if width, ok := r.need.MinWidthM.Get(); ok && o.Kind != KindVacantPlant && l.form.ShortM < width {
		return ReasonTooNarrow
	}
	return ""
}
