package match

import (
	"fmt"
	"math"
	"slices"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// Item is one parcel that could serve, with everything its place in the order rests on.
type Item struct {
	Rank   int // 1 is best
	Parcel int // position in Snapshot.Parcels
	Score  float64
	Kinds  []Kind
	Offer  Offer // the one that serves best
	Own    bool  // the firm owns it already
	Fit    parcels.Opt[float64]
	GapM   parcels.Opt[float64]
	From   string // code of the parcel the gap is measured from, "" for a position
	Form   Form
	Line   int             // level of the industrial block line, 0 for none
	Zones  []*parcels.Zone // all zones of interest its surface point lies in
	Paths  []Path          // the best offer's first
	Holder int             // position in Snapshot.Firms, -1 for none
	Class  scoring.Class   // of the holder
	Parts  []PartScore
}

// PartScore is one part of a score.
type PartScore struct {
	Part   Part
	Weight float64
	Points float64 // of 100; the points of the parts add up to the score
	scoring.Explanation
}

// Exclusion is a parcel that was left out.
type Exclusion struct {
	Parcel   int
	Kinds    []Kind
	Reason   Reason
	Detail   scoring.Text // the reason with its numbers
	GapM     parcels.Opt[float64]
	Partners []Partner // for one that is too small: neighbours it would suffice with
}

// Partner is a neighbouring candidate that would make a parcel large enough.
type Partner struct {
	Code       string
	LandM2     float64 // what it offers
	TogetherM2 float64
}

// Len returns the number of parcels that could serve.
func (r *Ranking) Len() int { return len(r.fits) }

// ExcludedLen returns the number of candidates that were left out.
func (r *Ranking) ExcludedLen() int { return len(r.misses) }

// Industry is the industry the question was asked for, "" when none is known.
func (r *Ranking) Industry() string { return r.industry }

// Near lists the codes of the parcels distances are measured from; none for a position or nothing.
func (r *Ranking) Near() []string {
	codes := make([]string, len(r.place.parcels))
	for i, p := range r.place.parcels {
		codes[i] = r.pool.snap.Parcels.At(p).Code
	}
	return codes
}

// Score returns the score at a place in the order.
func (r *Ranking) Score(at int) float64 { return r.verdicts[r.fits[at]].score }

// GapM returns the distance at a place in the order.
func (r *Ranking) GapM(at int) parcels.Opt[float64] { return known(r.verdicts[r.fits[at]].gapM) }

// Offered returns the offer at a place in the order that serves best.
func (r *Ranking) Offered(at int) Offer {
	i := r.fits[at]
	return r.pool.lots[i].offers[r.verdicts[i].offer]
}

// Item returns the parcel at a place in the order, 0 being the best.
func (r *Ranking) Item(at int) Item {
	i := r.fits[at]
	l, v := &r.pool.lots[i], &r.verdicts[i]
	item := Item{
		Rank: at + 1, Parcel: int(l.parcel), Score: v.score, Kinds: l.kinds(), Offer: l.offers[v.offer], Own: r.own[l.parcel],
		Fit: known(v.fit), GapM: known(v.gapM), Form: l.form, Line: l.line,
		Zones: r.pool.zones.on(r.pool.snap.Parcels.At(int(l.parcel)).Shape), Paths: r.pathsOf(l, v.offer),
	}
	item.Holder, item.Class = r.pool.holder(item.Parcel)
	if v.from >= 0 {
		item.From = r.pool.snap.Parcels.At(v.from).Code
	}
	item.Parts = r.explain(l, v, &item)
	return item
}

// Excluded returns a candidate that was left out, by parcel code.
func (r *Ranking) Excluded(at int) Exclusion { return r.exclusion(r.misses[at]) }

// Why tells of one parcel: its item when it could serve, else why not. It fails when there is no such parcel.
func (r *Ranking) Why(code string) (*Item, *Exclusion, error) {
	at, ok := r.pool.snap.ParcelIndex(code)
	if !ok {
		return nil, nil, fmt.Errorf("%w: %s", ErrNoParcel, code)
	}
	i, ok := r.pool.lotOf[int32(at)]
	if !ok {
		state := stateOf(r.pool.snap.Parcels.At(at))
		return nil, &Exclusion{Parcel: at, Reason: ReasonNoKind, Detail: scoring.Text{
			Zh: "不属于任何候选类型：土地状态“" + state.Zh + "”，不是疑似闲置土地或厂房，也不是疑似退出候选",
			En: "of no kind that could serve: its state is " + state.En + ", and it is suspected neither of being idle nor of having to leave",
		}}, nil
	}
	if r.verdicts[i].reason != "" {
		x := r.exclusion(i)
		return nil, &x, nil
	}
	item := r.Item(slices.Index(r.fits, i))
	return &item, nil, nil
}

func (l *lot) kinds() []Kind {
	kinds := make([]Kind, len(l.offers))
	for i := range l.offers {
		kinds[i] = l.offers[i].Kind
	}
	return kinds
}

func known(v float64) parcels.Opt[float64] {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(v)
}

func (r *Ranking) exclusion(i int32) Exclusion {
	l, v := &r.pool.lots[i], r.verdicts[i]
	x := Exclusion{Parcel: int(l.parcel), Kinds: l.kinds(), Reason: v.reason, Detail: ReasonTitles[v.reason]}
	if v.reason == ReasonTooFar || v.reason == ReasonTooSmall {
		r.measure(l, &v) // what lies outside the box was not measured when the list was made
		x.GapM = known(v.gapM)
	}
	switch v.reason {
	case ReasonTooSmall:
		x.Detail = r.tooSmall(&l.offers[v.offer])
		x.Partners = r.partners(i)
	case ReasonTooFar:
		most, _ := r.need.MaxDistanceM.Get()
		x.Detail = detail(v.reason, "%.0f 米，最大 %.0f 米", "%.0f m, at most %.0f m", v.gapM, most)
	case ReasonTooNarrow:
		width, _ := r.need.MinWidthM.Get()
		x.Detail = detail(v.reason, "最小外接矩形短边 %.1f 米，需要 %.1f 米", "the short side of its smallest rectangle is %.1f m, needed are %.1f m", l.form.ShortM, width)
	case ReasonRedLine:
		x.Detail = detail(v.reason, "%.2f 平方米", "%.2f m²", l.redM2)
	}
	return x
}

func detail(reason Reason, zh, en string, values ...any) scoring.Text {
	t := ReasonTitles[reason]
	return scoring.Text{Zh: t.Zh + "：" + fmt.Sprintf(zh, values...), En: t.En + ": " + fmt.Sprintf(en, values...)}
}

func (r *Ranking) tooSmall(o *Offer) scoring.Text {
	need, offer, zh, en := r.need.LandM2, o.LandM2, "土地", "land"
	if !need.OK() {
		need, offer, zh, en = r.need.FloorM2, o.floor(), "建筑面积", "floor area"
	}
	n, wanted := need.Get()
	has, ok := offer.Get()
	if !wanted || !ok {
		return ReasonTitles[ReasonTooSmall]
	}
	return detail(ReasonTooSmall, zh+" %.2f 平方米，需要 %.2f 平方米", en+" %.2f m², needed are %.2f m²", has, n)
}

// maxPartners bounds the neighbours that are named.
const maxPartners = 5

// partners lists up to five neighbouring candidates with which a parcel that is too small would have enough land, by code. Only two
// parcels at a time are joined, none that would be enough by itself and none that overlaps the red line.
func (r *Ranking) partners(i int32) []Partner {
	need, wanted := r.need.LandM2.Get()
	own, ok := mostLand(&r.pool.lots[i]).Get()
	shape := r.pool.snap.Parcels.At(int(r.pool.lots[i].parcel)).Shape
	if !wanted || !ok || len(shape) == 0 {
		return nil
	}
	var found []Partner
	line := geo.OutlineOf(shape)
	r.pool.index.Search(widened(line.Bound(), r.params.TouchM), func(j int) bool {
		l := &r.pool.lots[j]
		other, ok := mostLand(l).Get()
		if int32(j) == i || !ok || other >= need || own+other < need-halfHundredthM2 || l.redM2 > r.params.RedLineM2 {
			return true
		}
		if parcel := r.pool.snap.Parcels.At(int(l.parcel)); line.Gap(parcel.Shape) <= r.params.TouchM {
			found = append(found, Partner{Code: parcel.Code, LandM2: other, TogetherM2: own + other})
		}
		return true
	})
	slices.SortFunc(found, func(a, b Partner) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return found[:min(len(found), maxPartners)]
}

// mostLand is the largest land that a lot offers.
func mostLand(l *lot) parcels.Opt[float64] {
	var most parcels.Opt[float64]
	for i := range l.offers {
		if v, ok := l.offers[i].LandM2.Get(); ok && v > most.Or(0) {
			most = l.offers[i].LandM2
		}
	}
	return most
}
