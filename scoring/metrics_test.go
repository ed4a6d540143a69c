package scoring_test

import (
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

func TestUnits(t *testing.T) {
	// domain §14.1: 26.7 亿元/km² is 178 万元/亩; one hectare is 15 mu.
	p := plot(1, 1500)
	s := run(t, parcels.Rows{
		Parcels: []parcels.Parcel{p}, Firms: []parcels.Firm{firm(1, true)}, Occupancies: []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})},
		Figures: []parcels.Figures{filed(1, 267_000, 267_000, 80_000, 8_300)},
	}, scoring.Book{}, someDay)
	near(t, "output per mu", s.Parcels[0].OutputPerMu(), 178, 1e-9)
	near(t, "tax per mu", s.Parcels[0].TaxPerMu(), 8300.0/1500, 1e-9)
	if mu := geo.M2(10_000).Mu(); mu != 15 {
		t.Errorf("1 ha = %v mu", mu)
	}
}

func TestFloorAreaRatio(t *testing.T) {
	cases := []struct {
		name        string
		height      float64
		far, single float64
	}{
		{"domain §5.2: 9 m counts twice", 9, 1.00, 0.70},
		{"8.0 m counts once", 8.0, 0.70, 0.70},
		{"8.01 m counts twice", 8.01, 1.00, 0.70},
		{"unknown height counts once", 0, 0.70, 0.70},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := plant("b", 1, 6000)
			b.Storeys = []parcels.Storey{{FloorM2: 6000, HeightM: c.height}, {FloorM2: 6000, HeightM: 4.5}, {FloorM2: 2000, HeightM: 3.6}}
			s := run(t, parcels.Rows{Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{b}}, scoring.Book{}, someDay)
			near(t, "FAR", s.Parcels[0].FAR, c.far, 1e-12)
			near(t, "floor area", s.Parcels[0].FloorM2, c.single*20_000, 1e-9)
		})
	}
}

func TestDensityCoefficientOffice(t *testing.T) {
	p := plot(1, 30)
	p.WorksAreaM2, p.YardAreaM2 = m2(800), m2(1200)
	p.Contract.FAIWan = wan(10_500)
	b := plant("b", 1, 12_000)
	b.Shape = box(500, 0, 100, 60)
	office := plant("o", 1, 2000)
	office.Use, office.Shape = "office", box(620, 0, 40, 20)
	s := run(t, parcels.Rows{Parcels: []parcels.Parcel{p}, Buildings: []parcels.Building{b, office}}, scoring.Book{}, someDay).Parcels[0]
	ground := float64(geo.Area(b.Shape) + geo.Area(office.Shape))
	near(t, "footprint", s.FootprintM2, ground, 1e-6)
	near(t, "density", s.Density, ground/20_000, 1e-9)
	near(t, "coefficient", s.Coefficient, (ground+2000)/20_000, 1e-9)
	near(t, "office share by floor area", s.OfficeShare, 2000.0/14_000, 1e-12)
	near(t, "investment intensity", s.FAIPerMu, 350, 1e-9)

	p.OfficeLandM2 = m2(1000)
	s = run(t, parcels.Rows{Parcels: []parcels.Parcel{p}, Buildings: []parcels.Building{b, office}}, scoring.Book{}, someDay).Parcels[0]
	near(t, "office share by land", s.OfficeShare, 0.05, 1e-12)
}

func TestFootprintsThatOverlapCountOnce(t *testing.T) {
	podium, tower, apart := plant("a", 1, 1), plant("b", 1, 1), plant("c", 1, 1)
	podium.Shape, tower.Shape, apart.Shape = box(500, 0, 40, 40), box(510, 10, 10, 10), box(600, 0, 10, 10)
	half := plant("d", 1, 1)
	half.Shape = box(520, 0, 40, 40) // shares two edges' lines with the podium; no edge crosses another
	hall, shed := plant("e", 1, 1), plant("f", 1, 1)
	hall.Shape, shed.Shape = box(500, 0, 300, 40), box(620, 60, 10, 10)
	loft := plant("g", 1, 1)
	loft.Shape = box(600, 5, 20, 20)
	cases := []struct {
		name string
		b    []parcels.Building
		want geo.M2
	}{
		{"loft in a long hall beside a shed", []parcels.Building{hall, shed, loft}, geo.Area(hall.Shape) + geo.Area(shed.Shape)},
		{"chain in any order", []parcels.Building{podium, shed, half, tower}, geo.Area(box(500, 0, 60, 40)) + geo.Area(shed.Shape)},
		{"apart", []parcels.Building{podium, apart}, geo.Area(podium.Shape) + geo.Area(apart.Shape)},
		{"tower on podium", []parcels.Building{podium, tower}, geo.Area(podium.Shape)},
		{"twice the same", []parcels.Building{podium, {ID: "z", Parcel: code(1), ValidFrom: podium.ValidFrom, Shape: podium.Shape}}, geo.Area(podium.Shape)},
		{"overlap along shared edges", []parcels.Building{podium, half}, geo.Area(box(500, 0, 60, 40))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := run(t, parcels.Rows{Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: c.b}, scoring.Book{}, someDay)
			near(t, "footprint", s.Parcels[0].FootprintM2, float64(c.want), 1e-4)
		})
	}
}

func TestMissingStaysMissing(t *testing.T) {
	bare := plot(1, 30)
	noTitle := plot(2, 30)
	noTitle.TitleAreaM2 = parcels.Opt[float64]{}
	figures := filed(1, 100, 100, 30, 0)
	figures.VATWan = parcels.Opt[parcels.Wan]{}
	s := run(t, parcels.Rows{
		Parcels: []parcels.Parcel{bare, noTitle}, Firms: []parcels.Firm{firm(1, true), firm(2, true)},
		Occupancies: []parcels.Occupancy{holds(1, 1, "own", m2(100)), holds(2, 1, "lease", m2(300)), holds(2, 2, "own", m2(100))},
		Figures:     []parcels.Figures{figures, filed(2, 200, 200, 60, 12)},
	}, scoring.Book{}, someDay)
	p := s.Parcels[0]
	for name, v := range map[string]parcels.Opt[float64]{"tax": p.TaxPerMu(), "far": p.FAR, "density": p.Density, "vacant": p.VacantShare, "fai": p.FAIPerMu, "coefficient": p.Coefficient} {
		if v.OK() {
			t.Errorf("%s of a parcel without data is %v, not missing", name, v)
		}
	}
	near(t, "output on the bare parcel", p.OutputPerMu(), 25.0/30, 1e-9)
	q := s.Parcels[1]
	if q.LandIsTitle {
		t.Error("drawn area passes for title area")
	}
	near(t, "land", q.LandMu, float64(geo.Area(noTitle.Shape).Mu()), 1e-9)
	near(t, "tax of the one firm that has it", q.TaxPerMu(), 12/float64(geo.Area(noTitle.Shape).Mu()), 1e-9)
}
