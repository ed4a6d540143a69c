package storetest

import (
	"fmt"
	"math"

	"muchan/geo"
	"muchan/parcels"
)

// square returns a closed counter-clockwise square with its south-west corner at lon, lat.
func square(lon, lat, size float64) geo.Shape {
	return geo.Shape{{{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}}}}
}

// rugged returns two parts, the first with a hole, with coordinates that have no short decimal form.
func rugged(lon, lat float64) geo.Shape {
	third := 1.0 / 3000
	outer := square(lon+1e-15, lat+third, 7*third)[0][0]
	hole := square(lon+2*third, lat+3*third, third)[0][0]
	for i, j := 0, len(hole)-1; i < j; i, j = i+1, j-1 {
		hole[i], hole[j] = hole[j], hole[i]
	}
	return geo.Shape{{outer, hole}, square(lon+10*third, lat, math.Pi/1e4)[0]}
}

func parcelCode(i int) string   { return fmt.Sprintf("359900%06dGB%05d", i/100000, i%100000) }
func buildingID(i int) string   { return fmt.Sprintf("B%07d", i) }
func creditCode(i int) string   { return fmt.Sprintf("91359900MA%08d", i) }
func day(s string) parcels.Date { return parcels.MustDate(s) }

func park() parcels.Park {
	return parcels.Park{Code: "QM", Name: "清濛园区", Shape: square(118.5, 24.8, 0.1)}
}

func parcel(i int) parcels.Parcel {
	return parcels.Parcel{
		Code: parcelCode(i), Park: "QM", State: parcels.StateInUse, UseScheme: "ydyh2023", UseCode: "1001",
		Address: fmt.Sprintf("清濛大道 %d 号", i), TitleAreaM2: parcels.Some(10000 + float64(i)/7), ValidFrom: day("2010-01-01"),
		Contract: parcels.Contract{SignedOn: day("2009-06-30"), PriceWan: parcels.Some(parcels.Wan(1234567890 + i))},
		Shape:    square(118.5+float64(i%300)*3e-4, 24.8+float64(i/300)*3e-4, 2.7e-4),
	}
}

func building(i int) parcels.Building {
	return parcels.Building{
		ID: buildingID(i), Parcel: parcelCode(i), Use: "plant", ValidFrom: day("2011-01-01"),
		Storeys: []parcels.Storey{{FloorM2: 3000 + float64(i)/3, HeightM: 9}, {FloorM2: 3000}},
		Shape:   square(118.5+float64(i%300)*3e-4+5e-5, 24.8+float64(i/300)*3e-4+5e-5, 1e-4),
	}
}

func firm(i int) parcels.Firm {
	return parcels.Firm{USCC: creditCode(i), Name: fmt.Sprintf("演示纺织 %d 有限公司", i), Industry: "1751", Tags: []string{"utility", "listed"}}
}

func occupancy(i int) parcels.Occupancy {
	return parcels.Occupancy{
		Parcel: parcelCode(i), Building: buildingID(i), USCC: creditCode(i), Tenure: "own",
		FloorM2: parcels.Some(1.0 / 3), From: day("2012-01-01"),
	}
}

func figures(i, year int) parcels.Figures {
	return parcels.Figures{
		USCC: creditCode(i), Year: year, OutputWan: parcels.Some(parcels.Wan(int64(i)*7919 + 1)),
		ValueAddedWan: parcels.Some(parcels.Wan(-123456789)), Staff: parcels.Some(86.5), Source: "filing",
	}
}

// Town returns a consistent set of rows with n parcels and as many buildings, firms, occupancies and figures.
func Town(n int) parcels.Rows {
	rows := parcels.Rows{Parks: []parcels.Park{park()}}
	for i := range n {
		rows.Parcels = append(rows.Parcels, parcel(i))
		rows.Buildings = append(rows.Buildings, building(i))
		rows.Firms = append(rows.Firms, firm(i))
		rows.Occupancies = append(rows.Occupancies, occupancy(i))
		rows.Figures = append(rows.Figures, figures(i, 2020))
	}
	return rows
}

// Everything returns rows of all entities: in each, the first row has every column and the second has only what is required.
func Everything() parcels.Rows {
	rows := parcels.Rows{
		Parks: []parcels.Park{{Code: "QM", County: "350502"}, {Code: "GQ", Name: "官桥园区", Shape: square(118.4, 24.8, 0.05)}},
		Zones: []parcels.Zone{
			{ID: "Z1", Park: "QM", ValidFrom: day("2005-05-05"), ValidTo: day("2099-01-01")},
			{ID: "Z2", Park: "GQ", Name: "红线", Kind: parcels.ZoneRedLine, ValidFrom: day("2001-01-01"), Shape: square(118.41, 24.81, 0.01)},
		},
		Parcels: []parcels.Parcel{
			{Code: parcelCode(1), Park: "QM", Parents: []string{parcelCode(8), parcelCode(9)}, ValidFrom: day("2010-01-01"), ValidTo: day("2099-12-31")},
			{Code: parcelCode(2), Park: "GQ", ValidFrom: day("2010-01-01"), Shape: square(118.42, 24.82, 0.001)},
			{Code: parcelCode(8), Park: "QM", ValidFrom: day("1999-01-01"), ValidTo: day("2010-01-01"), Shape: square(118.5, 24.8, 1e-4)},
			{Code: parcelCode(9), Park: "QM", ValidFrom: day("1999-01-01"), ValidTo: day("2010-01-01"), Shape: square(118.6, 24.8, 1e-4)},
		},
		Buildings: []parcels.Building{
			{ID: "b1", Parcel: parcelCode(1), ValidFrom: day("2011-11-11"), ValidTo: day("2099-01-01")},
			{ID: "乙 2", Parcel: parcelCode(2), ValidFrom: day("2012-02-29"), Shape: square(118.4201, 24.8201, 1e-4)},
		},
		Firms: []parcels.Firm{{USCC: creditCode(1), Industry: "1951"}, {USCC: creditCode(2), Name: "演示 O'Neil \"鞋业\"\n有限公司; DROP TABLE firms"}},
		Occupancies: []parcels.Occupancy{
			{Parcel: parcelCode(1), Building: "b1", USCC: creditCode(1), From: day("2012-12-12"), To: day("2098-01-01")},
			{Parcel: parcelCode(2), USCC: creditCode(2), Tenure: "lease", From: day("2013-01-01")},
		},
		Figures: []parcels.Figures{{USCC: creditCode(1), Year: 2020}, {USCC: creditCode(2), Year: 2021}},
		Events: []parcels.Event{
			{ID: "E1", USCC: creditCode(1), Parcel: parcelCode(1), On: day("2020-02-02"), ValidFrom: day("2020-03-01"), ValidTo: day("2023-03-01")},
			{ID: "E2", Parcel: parcelCode(2), Kind: "vacancy_check", On: day("2021-02-02")},
		},
		Targets:      []parcels.Target{{ID: "T1", BaseYear: 2020, TargetYear: 2025}, {ID: "T2", Name: "亩均税收"}},
		TargetValues: []parcels.TargetValue{{Target: "T1", Year: 2022}, {Target: "T2", Year: 2023, Value: parcels.Some(1.0 / 3)}},
	}
	fill(&parcels.ParkTable, &rows.Parks[0])
	fill(&parcels.ZoneTable, &rows.Zones[0])
	fill(&parcels.ParcelTable, &rows.Parcels[0])
	fill(&parcels.BuildingTable, &rows.Buildings[0])
	fill(&parcels.FirmTable, &rows.Firms[0])
	fill(&parcels.OccupancyTable, &rows.Occupancies[0])
	fill(&parcels.FiguresTable, &rows.Figures[0])
	fill(&parcels.EventTable, &rows.Events[0])
	fill(&parcels.TargetTable, &rows.Targets[0])
	fill(&parcels.TargetValueTable, &rows.TargetValues[0])
	return rows
}

// fill gives every missing column of a row a value that is hard to keep: long fractions, single fen, negative money, CJK and
// quotes. Values differ from column to column, so that two columns swapped are seen.
func fill[T any](t *parcels.Table[T], row *T) {
	for i := range t.Columns {
		c := &t.Columns[i]
		field := c.Field(row)
		if !parcels.Missing(field) {
			continue
		}
		n := float64(i + 1)
		switch f := field.(type) {
		case *string:
			*f = fmt.Sprintf("𠮷 第%d列 'a' \"b\" \\ | ; \u3000é\n<%s>", i, c.Name)
			if len(c.Enum) > 0 {
				*f = c.Enum[i%len(c.Enum)]
			}
		case *int:
			*f = i
		case *parcels.Opt[float64]:
			*f = parcels.Some(n / 3 * []float64{1, 1e-9, 1e15, 0}[i%4])
		case *parcels.Opt[parcels.Wan]:
			*f = parcels.Some([]parcels.Wan{-999_999_999_999_999, 1, 999_999_999_998_999, 0, -1}[i%5] + parcels.Wan(10*i))
		case *parcels.Opt[bool]:
			*f = parcels.Some(i%2 == 0)
		case *parcels.Date:
			*f = day("2000-02-28") + parcels.Date(i)
		case *[]string:
			*f = []string{"policy_move", "high_tech", "champion"}
		case *[]parcels.Storey:
			*f = []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 1e4 / 3, HeightM: 4.5}, {FloorM2: 0.1}}
		case *geo.Shape:
			*f = rugged(118.5+n/1000, 24.8)
		}
	}
}
