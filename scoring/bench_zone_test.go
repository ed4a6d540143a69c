package scoring_test

import (
	"fmt"

	"muchan/geo"
	"muchan/parcels"
)

// benchZone is a zone in the proportions of a real one, only larger: a firm for every five parcels, 1.3 occupancies and 1.2 buildings
// a parcel, three years of figures. Parcels have eight corners; one parcel in a hundred has a podium and its tower as two buildings
// that overlap. A few have retired parents, gaps, no title area, unknown firms and buildings, or no floor area on file.
func benchZone(n int) parcels.Rows {
	var rows parcels.Rows
	firms := max(1, n/5)
	for level, dx := range []float64{-1000, 150_000} {
		line := blockLine(level+1, level+1)
		line.Shape = box(dx, -1000, 151_000, 400_000)
		rows.Zones = append(rows.Zones, line)
	}
	rows.Parcels = make([]parcels.Parcel, 0, n)
	for i := 1; i <= n; i++ {
		benchParcel(&rows, i, firms)
	}
	for f := range firms {
		benchFirm(&rows, f+1)
	}
	return rows
}

func benchParcel(rows *parcels.Rows, i, firms int) {
	x, y := float64(i%1000)*250, float64(i/1000)*150
	p := plot(1, float64(27+i%6))
	p.Code = fmt.Sprintf("3505020%05dGB%05d", i/90_000, i%90_000)
	p.Shape = octagon(x, y, 200, 100)
	p.Contract.FAIWan = wan(float64(30 * (200 + i%600)))
	if i%7 == 0 {
		p.TitleAreaM2 = parcels.Opt[float64]{}
	}
	if i%23 == 0 {
		p.Contract.DueStartOn, p.Contract.PriceWan = day("2023-05-01"), wan(float64(100+i%400))
	}
	rows.Parcels = append(rows.Parcels, p)
	built := []parcels.Building{benchBuilding(i, 0, p.Code, octagon(x+10, y+10, 120, 70))}
	switch {
	case i%100 == 0:
		built = append(built, benchBuilding(i, 1, p.Code, box(x+60, y+20, 80, 20)))
	case i%5 == 0:
		built = append(built, benchBuilding(i, 1, p.Code, box(x+130, y+20, 40, 30)))
	}
	rows.Buildings = append(rows.Buildings, built...)
	benchOccupancies(rows, i, firms, &p, built[len(built)-1].ID)
}

func benchOccupancies(rows *parcels.Rows, i, firms int, p *parcels.Parcel, building string) {
	own := holds(1, 1+(i-1)%firms, "own", parcels.Opt[float64]{})
	own.Parcel = p.Code
	if i%11 == 0 {
		own.From = parcels.DateOf(inYear, 1, 1).AddMonths(i % 12)
	}
	rows.Occupancies = append(rows.Occupancies, own)
	if i%10 < 3 {
		lease := holds(1, 1+(i*7)%firms, "lease", m2(float64(300+i%700)))
		lease.Parcel, lease.Building = p.Code, building
		if i%13 == 0 {
			lease.FloorM2 = parcels.Opt[float64]{}
		}
		if i%17 == 0 {
			lease.To = parcels.DateOf(inYear, 1, 1).AddMonths(1 + i%11)
		}
		rows.Occupancies = append(rows.Occupancies, lease)
	}
}

func benchBuilding(i, k int, parcel string, shape geo.Shape) parcels.Building {
	b := plant(fmt.Sprintf("b%07d-%d", i, k), 1, float64(9000+i%20000))
	b.Parcel, b.Shape = parcel, shape
	if i%3 == 0 {
		b.Storeys = append(b.Storeys, parcels.Storey{FloorM2: 800, HeightM: 9}, parcels.Storey{FloorM2: 700})
	}
	if i%9 == 0 {
		b.VacantM2, b.VacantSince = m2(float64(i%1500)), day("2024-03-01")
	}
	if i%31 == 0 {
		b.Use = "office"
	}
	return b
}

func benchFirm(rows *parcels.Rows, i int) {
	f := firm(i, i%3 == 0)
	f.Industry = []string{"1951", "2642", "3311", "1742"}[i%4]
	if i%29 == 0 {
		f.RegisteredOn = day("2023-02-01")
	}
	if i%97 == 0 {
		f.ClosedOn = parcels.DateOf(inYear, 9, 1)
	}
	rows.Firms = append(rows.Firms, f)
	for year := inYear - 2; year <= inYear; year++ {
		if (i+year)%19 == 0 {
			continue
		}
		g := filed(i, float64(20000+i%90000), float64(21000+i%90000), float64(4000+i%20000), float64(500+i%3000))
		g.Year, g.ElectricityMWh = year, m2(float64(100+i%700))
		g.EnergyTce, g.EmissionsT, g.Staff, g.RDWan = m2(float64(10+i%600)), m2(float64(1+i%40)/10), m2(float64(10+i%900)), wan(float64(i%150))
		g.IncomeTaxWan, g.LandUseTaxWan = wan(float64(i%80)), wan(float64(i%30)+0.123456)
		rows.Figures = append(rows.Figures, g)
	}
}

// octagon is a rectangle with its corners cut.
func octagon(dx, dy, width, depth float64) geo.Shape {
	r := box(dx, dy, width, depth)[0][0]
	x0, y0, x1, y1 := r[0][0], r[0][1], r[2][0], r[2][1]
	u, v := (x1-x0)/20, (y1-y0)/10
	return geo.Shape{{{
		{x0 + u, y0}, {x1 - u, y0}, {x1, y0 + v}, {x1, y1 - v}, {x1 - u, y1}, {x0 + u, y1}, {x0, y1 - v}, {x0, y0 + v}, {x0 + u, y0},
	}}}
}
