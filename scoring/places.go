package scoring

import (
	"fmt"
	"slices"
	"strings"

	"muchan/parcels"
)

// Place is where a rule set is looked for: a park, and the zones the land lies in.
type Place struct {
	Park  string
	Zones []PlaceZone
}

// PlaceZone is one zone that land lies in.
type PlaceZone struct {
	Kind  string // see parcels.ZoneKinds
	Level int    // 0 where the kind has no levels
}

// holds reports whether the scope means one of a place's zones.
func (z ZoneScope) holds(zones []PlaceZone) bool {
	return slices.ContainsFunc(zones, func(in PlaceZone) bool { return z.takes(in.Kind, in.Level) })
}

func (z ZoneScope) takes(kind string, level int) bool {
	return z.Kind == kind && (len(z.Levels) == 0 || slices.Contains(z.Levels, level))
}

// String is the kind with its level: industrial_line 1.
func (z PlaceZone) String() string {
	return strings.TrimSuffix(fmt.Sprintf("%s %d", z.Kind, z.Level), " 0")
}

// String is the park code with the zones behind it: QM (industrial_line 1).
func (p Place) String() string {
	if len(p.Zones) == 0 {
		return p.Park
	}
	names := make([]string, len(p.Zones))
	for i, z := range p.Zones {
		names[i] = z.String()
	}
	return p.Park + " (" + strings.Join(names, "; ") + ")"
}

// liesIn reports whether a parcel lies in a zone that the scope means and that is in force.
func (r *run) liesIn(p int, scope ZoneScope) bool {
	return slices.ContainsFunc(r.ground.zonesAround(p), func(i int32) bool {
		z := &r.snap.Zones[i]
		return scope.takes(z.Kind, z.Level) && inForce(z.ValidFrom, z.ValidTo, r.in.AsOf)
	})
}

// zonesIn returns those of a set of zones that are in force and that some scope means, each kind and level once, in order.
func (r *run) zonesIn(around []int32, scopes []ZoneScope) []PlaceZone {
	var out []PlaceZone
	for _, i := range around {
		zone := &r.snap.Zones[i]
		z := PlaceZone{zone.Kind, zone.Level}
		meant := slices.ContainsFunc(scopes, func(s ZoneScope) bool { return s.takes(z.Kind, z.Level) })
		if meant && inForce(zone.ValidFrom, zone.ValidTo, r.in.AsOf) && !slices.Contains(out, z) {
			out = append(out, z)
		}
	}
	slices.SortFunc(out, func(a, b PlaceZone) int { return strings.Compare(a.String(), b.String()) })
	return out
}

// locality is where parcels lie, whatever the day and the rules: the park, and the zones around, in force or not. Parcels are many and
// localities few.
type locality struct {
	park  string
	zones int32 // of ground: a position in zoneSets
}

// localitiesOf returns the localities of a snapshot and which one each parcel lies in.
func localitiesOf(snap *parcels.Snapshot, g *ground) (list []locality, of []int32) {
	number := map[locality]int32{}
	of = make([]int32, snap.Parcels.Len())
	for p := range of {
		here := locality{snap.Parcels.At(p).Park, g.zonesOf[p]}
		if p > 0 && here == list[of[p-1]] {
			of[p] = of[p-1]
			continue
		}
		n, ok := number[here]
		if !ok {
			n = int32(len(list))
			number[here], list = n, append(list, here)
		}
		of[p] = n
	}
	return list, of
}

// locate finds the place of every parcel, as far as some set of the book asks for zones: a point on the parcel's surface decides.
// places then holds each distinct one once, in the order of the parcels.
func (r *run) locate() {
	scopes, seen := r.in.Rules.zoneScopes(), map[string]int32{}
	placeOf := make([]int32, len(r.use.localities)) // plus 1; 0 until a parcel asks
	r.placeOf = make([]int32, r.snap.Parcels.Len())
	for p, at := range r.use.localityOf {
		if placeOf[at] == 0 {
			here := &r.use.localities[at]
			place := Place{here.park, r.zonesIn(r.ground.zoneSets[here.zones], scopes)}
			n, ok := seen[place.String()]
			if !ok {
				n = int32(len(r.places))
				seen[place.String()], r.places = n, append(r.places, place)
			}
			placeOf[at] = n + 1
		}
		r.placeOf[p] = placeOf[at] - 1
	}
}

// zoneScopes lists what zones the sets of a book ask for.
func (b Book) zoneScopes() []ZoneScope {
	var out []ZoneScope
	for i := range b.Sets {
		out = append(out, b.Sets[i].Zones...)
	}
	return out
}

// ruleAt returns the set of a kind for a parcel, or nil.
func (r *run) ruleAt(kind string, p int) *RuleSet { return r.rules.sets(kind)[r.placeOf[p]] }
