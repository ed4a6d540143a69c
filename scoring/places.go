package scoring

import (
	"fmt"
	"slices"
	"strings"
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

// zonesAt returns the zones around a parcel that are in force and that some scope means, each kind and level once, in order.
func (r *run) zonesAt(p int, scopes []ZoneScope) []PlaceZone {
	var out []PlaceZone
	for _, i := range r.ground.zonesAround(p) {
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

// locate finds the place of every parcel, as far as some set of the book asks for zones: a point on the parcel's surface decides.
// places then holds each distinct one once, in the order of the parcels.
func (r *run) locate() {
	zones := r.zonesOfParcels()
	seen := map[string]int32{}
	r.placeOf = make([]int32, len(r.snap.Parcels))
	for p := range r.placeOf {
		place := Place{Park: r.snap.Parcels[p].Park}
		if zones != nil {
			place.Zones = zones[p]
		} else if p > 0 && place.Park == r.snap.Parcels[p-1].Park {
			r.placeOf[p] = r.placeOf[p-1]
			continue
		}
		name := place.String()
		at, ok := seen[name]
		if !ok {
			at = int32(len(r.places))
			seen[name] = at
			r.places = append(r.places, place)
		}
		r.placeOf[p] = at
	}
}

// zonesOfParcels returns the zones each parcel lies in, nil when no set asks for any.
func (r *run) zonesOfParcels() [][]PlaceZone {
	scopes := r.in.Rules.zoneScopes()
	if len(scopes) == 0 {
		return nil
	}
	zones := make([][]PlaceZone, len(r.snap.Parcels))
	eachChunk(len(zones), func(from, to int) {
		for p := from; p < to; p++ {
			zones[p] = r.zonesAt(p, scopes)
		}
	})
	return zones
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
