package parcels_test

import (
	"slices"
	"testing"

	"muchan/parcels"
)

func TestSnapshotSortsAndFinds(t *testing.T) {
	s := parcels.NewSnapshot(7, parcels.MustDate("2026-06-30"), parcels.Rows{
		Parks:     []parcels.Park{{Code: "QM"}, {Code: "GQ"}},
		Parcels:   []parcels.Parcel{{Code: "b"}, {Code: "a"}},
		Buildings: []parcels.Building{{ID: "2", Parcel: "a"}, {ID: "1", Parcel: "a"}, {ID: "3", Parcel: "b"}},
		Firms:     []parcels.Firm{{USCC: "y"}, {USCC: "x"}},
		Occupancies: []parcels.Occupancy{
			{Parcel: "b", USCC: "x", From: 2}, {Parcel: "a", USCC: "x", From: 3}, {Parcel: "a", USCC: "x", From: 1},
		},
		Figures: []parcels.Figures{{USCC: "x", Year: 2025}, {USCC: "x", Year: 2024}, {USCC: "y", Year: 2025}},
		Events:  []parcels.Event{{ID: "e2", USCC: "x"}, {ID: "e1", Parcel: "a"}},
	})
	if i, ok := s.ParcelIndex("b"); !ok || i != 1 || s.Parcel("b") != s.Parcels.At(1) {
		t.Errorf("parcel b is at %d, %t", i, ok)
	}
	if s.Parcel("c") != nil || s.Firm("") != nil || s.Park("XX") != nil || s.Building("9") != nil {
		t.Error("something that is not there was found")
	}
	if got := s.BuildingsOn("a"); len(got) != 2 || s.Buildings.At(got[0]).ID != "1" {
		t.Errorf("buildings on a: %v", got)
	}
	if got := s.OccupanciesAt(0); len(got) != 2 || s.Occupancies[got[0]].From != 1 {
		t.Errorf("occupancies at a: %v", got)
	}
	if got := s.OccupanciesOf("x"); len(got) != 3 {
		t.Errorf("occupancies of x: %v", got)
	}
	if f := s.FiguresOf("x", 2024); f == nil || f.Year != 2024 || s.FiguresOf("x", 2023) != nil {
		t.Error("figures of x are not found by year")
	}
	if got := s.Years(); !slices.Equal(got, []int{2024, 2025}) {
		t.Errorf("years %v", got)
	}
	if len(s.EventsOf(0)) != 1 || len(s.EventsAt(0)) != 1 || len(s.EventsOf(1))+len(s.EventsAt(1)) != 0 {
		t.Error("events are filed wrongly")
	}
}

// TestOccupancyBuilding finds the building of an occupancy wherever it stands.
func TestOccupancyBuilding(t *testing.T) {
	s := parcels.NewSnapshot(1, parcels.MustDate("2026-06-30"), parcels.Rows{
		Parcels: []parcels.Parcel{{Code: "a"}, {Code: "b"}},
		Buildings: []parcels.Building{
			{ID: "1", Parcel: "a"}, {ID: "2", Parcel: "b"}, {ID: "3", Parcel: "a"}, {ID: "4", Parcel: "gone"}, {ID: "5", Parcel: "a"},
		},
		Occupancies: []parcels.Occupancy{
			{Parcel: "a", Building: "3"},
			{Parcel: "a", Building: "2"},
			{Parcel: "gone", Building: "4"},
			{Parcel: "gone", Building: "1"},
			{Parcel: "a", Building: "9"},
			{Parcel: "b", Building: ""},
			{Parcel: "b", Building: "0"},
		},
	})
	for i, o := range s.Occupancies {
		got, want := s.OccupancyBuilding(i), s.Building(o.Building)
		if want == nil && got != -1 || want != nil && (got < 0 || s.Buildings.At(got) != want) {
			t.Errorf("the building %q of %q is at %d, want %v", o.Building, o.Parcel, got, want)
		}
	}
	if s.Building("3") == nil || s.Building("9") != nil {
		t.Error("building 3 is not found, or 9 is")
	}
}
