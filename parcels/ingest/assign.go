package ingest

import (
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// What happens to a building that stands on several parcels and names none.
const (
	StraddleFlag  = "flag"  // it goes to the parcel with the largest share, with a warning
	StraddleSplit = "split" // it becomes one building on each parcel, floor areas by share of the footprint
)

// Straddles lists the words for Options.Straddle.
var Straddles = []string{StraddleFlag, StraddleSplit}

// A part of a footprint that is smaller than both is drawn inaccurately, not built over the boundary.
const (
	straddleShare = 0.05
	straddleM2    = 10
)

// share is the part of a building that stands on one parcel.
type share struct {
	parcel *parcels.Parcel
	shape  geo.Shape
	part   float64 // of the footprint, 0 to 1
}

// land finds parcels by place.
type land struct {
	rows  *parcels.Pages[parcels.Parcel]
	index *geo.Index
}

func newLand(rows *parcels.Pages[parcels.Parcel]) *land {
	bounds := make([]geo.Bound, rows.Len())
	for i, p := range rows.All() {
		bounds[i] = p.Shape.Bound()
	}
	return &land{rows, geo.NewIndex(bounds)}
}

// under lists the parcels under a footprint, the largest share first, equal ones by code.
func (l *land) under(footprint geo.Shape) ([]share, error) {
	whole := float64(geo.Area(footprint))
	if whole <= 0 {
		return nil, nil
	}
	var shares []share
	var failed error
	l.index.Search(footprint.Bound(), func(i int) bool {
		shape, err := geo.Intersection(footprint, l.rows.At(i).Shape)
		if err != nil {
			failed = err
			return false
		}
		if area := float64(geo.Area(shape)); area > 0 {
			shares = append(shares, share{l.rows.At(i), shape, area / whole})
		}
		return true
	})
	slices.SortFunc(shares, func(a, b share) int {
		switch {
		case a.part > b.part:
			return -1
		case a.part < b.part:
			return 1
		}
		return strings.Compare(a.parcel.Code, b.parcel.Code)
	})
	return shares, failed
}

// assignment gives buildings without a parcel code the parcel they stand on.
type assignment struct {
	land     *land
	straddle string
	report   func(parcels.Problem) // takes what is found, by key
	assigned int
	split    int
}

// assign returns the rows with their parcels; a building that stands on none is refused and left out.
func (a *assignment) assign(rows []parcels.Building) []parcels.Building {
	out := rows[:0:0]
	for i := range rows {
		b := &rows[i]
		if b.Parcel != "" {
			out = append(out, *b)
			continue
		}
		out = append(out, a.place(b)...)
	}
	return out
}

func (a *assignment) place(b *parcels.Building) []parcels.Building {
	shares, err := a.land.under(b.Shape)
	if err != nil || len(shares) == 0 {
		message := "it names no parcel and stands on none that is stored"
		if err != nil {
			message = "it names no parcel, and where it stands cannot be computed: " + err.Error()
		}
		a.tell(b, "buildings.no_parcel", message, "Import the parcel first, correct the footprint, or fill in the parcel's code.", parcels.SeverityError)
		return nil
	}
	a.assigned++
	kept := straddling(shares, float64(geo.Area(b.Shape)))
	if len(kept) > 1 && a.straddle == StraddleSplit {
		a.split++
		return a.divide(b, kept)
	}
	whole := *b
	whole.Parcel = shares[0].parcel.Code
	if len(kept) > 1 {
		a.tell(b, "buildings.straddles", "it stands on several parcels: "+listShares(kept)+"; it was given to the first",
			"Check the boundary, or split such buildings by --straddle split.", parcels.SeverityWarning)
	}
	return []parcels.Building{whole}
}

// straddling keeps the shares that are more than inaccuracy; the largest always.
func straddling(shares []share, areaM2 float64) []share {
	kept := shares[:1:1]
	for _, s := range shares[1:] {
		if s.part >= straddleShare && s.part*areaM2 >= straddleM2 {
			kept = append(kept, s)
		}
	}
	return kept
}

// divide makes one building of each share. What was drawn beyond the shares that count goes with them in proportion.
func (a *assignment) divide(b *parcels.Building, shares []share) []parcels.Building {
	sum := 0.0
	for _, s := range shares {
		sum += s.part
	}
	var parts []parcels.Building
	for i, s := range shares {
		part := *b
		part.ID, part.Parcel, part.Shape = fmt.Sprintf("%s-%d", b.ID, i+1), s.parcel.Code, s.shape
		part.Storeys = nil
		for _, st := range b.Storeys {
			part.Storeys = append(part.Storeys, parcels.Storey{FloorM2: st.FloorM2 * s.part / sum, HeightM: st.HeightM})
		}
		if v, ok := b.VacantM2.Get(); ok {
			part.VacantM2 = parcels.Some(v * s.part / sum)
		}
		parts = append(parts, part)
	}
	a.tell(b, "buildings.split", "it stands on several parcels and was split: "+listShares(shares), "Check the boundary.", parcels.SeverityWarning)
	return parts
}

func (a *assignment) tell(b *parcels.Building, rule, message, remedy string, severity parcels.Severity) {
	a.report(parcels.Problem{
		Entity: parcels.BuildingTable.Name, Key: parcels.BuildingTable.Key(b), Column: "parcel", Rule: rule, Message: message, Remedy: remedy,
		Place: placeOf(b.Shape), Severity: severity,
	})
}

func placeOf(s geo.Shape) string {
	p, ok := geo.PointOnSurface(s)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%.7f %.7f", p[0], p[1])
}

func listShares(shares []share) string {
	words := make([]string, len(shares))
	for i, s := range shares {
		words[i] = fmt.Sprintf("%s %.1f %%", s.parcel.Code, 100*s.part)
	}
	return strings.Join(words, ", ")
}
