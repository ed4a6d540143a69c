package quality_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/postgis/pgtest"
	"muchan/parcels/quality"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var (
	asOf   = parcels.MustDate("2025-06-30")
	since  = parcels.MustDate("2010-01-01")
	later  = parcels.MustDate("2025-07-01")
	crs, _ = geo.CRSByEPSG(4549)
)

// rect is a rectangle in metres east and north of a point of EPSG:4549, whose areas are some 0.05 % above those on the ellipsoid.
func rect(x, y, width, height float64) geo.Shape {
	const e, n = 356_490, 2_752_400
	x, y = x+e, y+n
	return geo.ToLonLat(geo.Shape{{{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}}}, crs)
}

const (
	codeA = "350502001001GB00001"
	codeB = "350502001001GB00002"
	firmA = "91359900MA0000015X"
	firmB = "91359900MA0000023Q"

	firmBad = "91359900MA00000159" // its check character should be X
)

func parcelOf(code string, shape geo.Shape) parcels.Parcel {
	return parcels.Parcel{
		Code: code, Park: "QM", UseScheme: "ydyh2023", UseCode: "1001", State: parcels.StateApproved,
		TitleAreaM2: parcels.Some(math.Round(float64(geo.Area(shape))*100) / 100), ValidFrom: since, Shape: shape,
	}
}

func buildingOf(id string, shape geo.Shape, floors ...float64) parcels.Building {
	b := parcels.Building{ID: id, Parcel: codeA, Use: "plant", ValidFrom: since, Shape: shape}
	for _, f := range floors {
		b.Storeys = append(b.Storeys, parcels.Storey{FloorM2: f, HeightM: 4})
	}
	return b
}

func occupancyOf(building, uscc string, floor float64) parcels.Occupancy {
	return parcels.Occupancy{Parcel: codeA, Building: building, USCC: uscc, Tenure: "lease", FloorM2: parcels.Some(floor), From: since}
}

// sound are rows without fault: two parcels side by side, a building on the first, used by a firm.
func sound() parcels.Rows {
	park := rect(-500, -500, 2000, 2000)
	return parcels.Rows{
		Parks:       []parcels.Park{{Code: "QM", Name: "清濛", County: "350502", Shape: park}},
		Parcels:     []parcels.Parcel{parcelOf(codeA, rect(0, 0, 100, 100)), parcelOf(codeB, rect(100, 0, 100, 100))},
		Buildings:   []parcels.Building{buildingOf("B1", rect(10, 10, 40, 40), 1600, 1600)},
		Firms:       []parcels.Firm{{USCC: firmA, Name: "演示甲", Industry: "1951"}},
		Occupancies: []parcels.Occupancy{occupancyOf("B1", firmA, 3200)},
		Figures:     []parcels.Figures{{USCC: firmA, Year: 2023, OutputWan: wan(5000)}, {USCC: firmA, Year: 2024, OutputWan: wan(5200)}},
	}
}

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

func check(rows parcels.Rows) quality.Report {
	return quality.Check(parcels.NewSnapshot(1, asOf, rows), quality.DefaultOptions())
}

func rules(r quality.Report) string {
	var list []string
	for _, f := range r.Findings {
		list = append(list, f.Rule)
	}
	return strings.Join(list, " ")
}

func TestSoundRowsHaveNoFindings(t *testing.T) {
	if r := check(sound()); len(r.Findings) > 0 || len(r.Counts) > 0 {
		t.Errorf("found %+v", r.Findings)
	}
}

// A tolerance is crossed by a hair and missed by a hair; what differs is in the name of the case.
func TestRulesAtTheirBoundaries(t *testing.T) {
	type change = func(r *parcels.Rows)
	second := func(shape geo.Shape) change { return func(r *parcels.Rows) { r.Parcels[1] = parcelOf(codeB, shape) } }
	building := func(b parcels.Building) change { return func(r *parcels.Rows) { r.Buildings[0] = b } }
	figures := func(values ...float64) change {
		return func(r *parcels.Rows) {
			r.Figures = nil
			for i, v := range values {
				r.Figures = append(r.Figures, parcels.Figures{USCC: firmA, Year: 2020 + i, OutputWan: wan(v)})
			}
		}
	}
	for _, c := range []struct {
		name, want string
		change     change
	}{
		{"overlap of 0.06 m × 100 m", "parcel.overlap", second(rect(99.94, 0, 100, 100))},
		{"overlap of 0.04 m × 100 m is the error of a point", "", second(rect(99.96, 0, 100, 100))},
		{"overlap of 0.99 m × 1 m", "", second(rect(99.01, 99, 100, 100))},
		{"overlap of 1.01 m × 1 m", "parcel.overlap", second(rect(98.99, 99, 100, 100))},
		{"the same land twice", "parcel.overlap", second(rect(0, 0, 100, 100))},
		{"a parcel inside the other", "parcel.overlap", second(rect(20, 20, 10, 10))},
		{"gap of 0.99 m", "parcel.gap", second(rect(100.99, 0, 100, 100))},
		{"alley of 1.01 m", "", second(rect(101.01, 0, 100, 100))},
		{"gap of 0.06 m", "parcel.gap", second(rect(100.06, 0, 100, 100))},
		{"gap of 0.04 m is the error of a point", "", second(rect(100.04, 0, 100, 100))},
		{"gap of 0.5 m × 1.9 m is small", "", second(rect(100.5, 98.1, 100, 100))},
		{"gap of 0.5 m × 2.1 m", "parcel.gap", second(rect(100.5, 97.9, 100, 100))},
		{"a strip that is a third parcel's", "", func(r *parcels.Rows) {
			r.Parcels[1] = parcelOf(codeB, rect(100.9, 0, 100, 100))
			r.Parcels = append(r.Parcels, parcelOf("350502001001GB00003", rect(100, 0, 0.9, 100)))
		}},
		{"outside the park", "parcel.outside_park", second(rect(3000, 0, 100, 100))},
		{"on the park's boundary from outside", "parcel.outside_park", second(rect(1500, 0, 100, 100))},
		{"2 m² over the park's boundary", "parcel.over_park_boundary", second(rect(1400.2, 0, 100, 10))},
		{"0.9 m² over the park's boundary", "", second(rect(1400.09, 0, 100, 10))},
		{"title 0.51 % above the drawn area", "parcel.title_area", func(r *parcels.Rows) { scaleTitle(r, 1.0051) }},
		{"title 0.49 % above the drawn area", "", func(r *parcels.Rows) { scaleTitle(r, 1.0049) }},
		{"no title area", "parcel.title_missing", func(r *parcels.Rows) { r.Parcels[0].TitleAreaM2 = parcels.Opt[float64]{} }},
		{"county of another park", "parcel.county", func(r *parcels.Rows) { r.Parcels[1].Code = "350583001001GB00002" }},
		{"park without boundary", "parcel.park_missing parcel.park_missing", func(r *parcels.Rows) { r.Parcels[0].Park, r.Parcels[1].Park = "GQ", "GQ" }},
		{"in use without firm", "parcel.without_firm", func(r *parcels.Rows) { r.Parcels[1].State = parcels.StateInUse }},
		{"a road in use without firm", "", func(r *parcels.Rows) { r.Parcels[1].State, r.Parcels[1].UseCode = parcels.StateInUse, "1207" }},
		{"in use, its firm left the day after", "", func(r *parcels.Rows) { r.Parcels[0].State, r.Occupancies[0].To = parcels.StateInUse, later }},
		{"in use, its firm left today", "firm.without_land parcel.without_firm", func(r *parcels.Rows) {
			r.Parcels[0].State, r.Occupancies[0].To = parcels.StateInUse, asOf
		}},
		{"building outside", "building.outside_parcel", building(buildingOf("B1", rect(110, 10, 40, 40), 1600, 1600))},
		{"building 0.25 m over: 10 m² of 1 600", "building.over_boundary", building(buildingOf("B1", rect(60.25, 10, 40, 40), 1600, 1600))},
		{"building 0.19 m over: 7.6 m² of 1 600", "", building(buildingOf("B1", rect(60.19, 10, 40, 40), 1600, 1600))},
		{"two buildings on one place", "building.overlap", func(r *parcels.Rows) {
			r.Buildings = append(r.Buildings, buildingOf("B2", rect(20, 20, 40, 40), 1600))
		}},
		{"two buildings wall to wall", "", func(r *parcels.Rows) { r.Buildings = append(r.Buildings, buildingOf("B2", rect(50, 10, 40, 40), 1600)) }},
		{"floor area 1.21 × footprint × storeys", "building.floor_footprint", building(buildingOf("B1", rect(10, 10, 40, 40), 1936, 1936))},
		{"floor area 1.19 × footprint × storeys", "", building(buildingOf("B1", rect(10, 10, 40, 40), 1904, 1904))},
		{"floor area 0.29 × footprint × storeys", "building.floor_footprint occupancy.over_building occupancy.over_parcel", building(buildingOf("B1", rect(10, 10, 40, 40), 464, 464))},
		{"storeys missing", "building.storeys_missing", building(buildingOf("B1", rect(10, 10, 40, 40)))},
		{"building on a parcel that ended", "building.parcel_ended occupancy.building_elsewhere", func(r *parcels.Rows) { r.Buildings[0].Parcel = "350502001001GB00009" }},
		{"3 217 m² used of 3 200", "occupancy.over_building occupancy.over_parcel", func(r *parcels.Rows) { r.Occupancies[0].FloorM2 = parcels.Some(3217.0) }},
		{"3 215 m² used of 3 200", "", func(r *parcels.Rows) { r.Occupancies[0].FloorM2 = parcels.Some(3215.0) }},
		{"used on the parcel at large", "occupancy.over_parcel", func(r *parcels.Rows) {
			r.Firms = append(r.Firms, parcels.Firm{USCC: firmB, Name: "演示乙"})
			r.Figures = append(r.Figures, parcels.Figures{USCC: firmB, Year: 2024})
			r.Occupancies = append(r.Occupancies, occupancyOf("", firmB, 17))
		}},
		{"occupancy of a parcel that ended", "occupancy.parcel_ended", func(r *parcels.Rows) { r.Occupancies[0].Parcel, r.Occupancies[0].Building = "350502001001GB00009", "" }},
		{"closed firm on land", "firm.closed_on_land", func(r *parcels.Rows) { r.Firms[0].ClosedOn = asOf }},
		{"firm that closes tomorrow", "", func(r *parcels.Rows) { r.Firms[0].ClosedOn = later }},
		{"no figures", "firm.without_figures", func(r *parcels.Rows) { r.Figures = nil }},
		{"a year missing", "figures.year_missing", func(r *parcels.Rows) { r.Figures[0].Year = 2022 }},
		{"1 000 times the other years", "figures.magnitude", figures(5000, 5000, 5_000_000)},
		{"999 times the other years", "", figures(5000, 5000, 4_995_000)},
		{"10⁻⁴ of the other years", "figures.magnitude", figures(5000, 5200, 0.5)},
		{"a zero has no magnitude", "", figures(5000, 5000, 0)},
		{"small amounts vary", "", figures(0.05, 0.05, 99)},
		{"two firms of one name", "firm.same_name firm.without_figures firm.without_land", func(r *parcels.Rows) {
			r.Firms = append(r.Firms, parcels.Firm{USCC: firmB, Name: "演示甲"})
		}},
		{"wrong check character", "uscc.form uscc.form uscc.form uscc.form", func(r *parcels.Rows) {
			r.Firms[0].USCC, r.Occupancies[0].USCC, r.Figures[0].USCC, r.Figures[1].USCC = firmBad, firmBad, firmBad, firmBad
		}},
		{"a bow tie is not measured", "ring.self_intersection", func(r *parcels.Rows) {
			ring := r.Parcels[1].Shape[0][0]
			ring[1], ring[2] = ring[2], ring[1]
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := sound()
			c.change(&rows)
			r := check(rows)
			got := strings.Fields(rules(r))
			slices.Sort(got)
			if strings.Join(got, " ") != c.want {
				t.Errorf("found %q, want %q: %+v", got, c.want, r.Findings)
			}
		})
	}
}

func scaleTitle(r *parcels.Rows, by float64) {
	r.Parcels[0].TitleAreaM2 = parcels.Some(float64(geo.Area(r.Parcels[0].Shape)) * by)
}
