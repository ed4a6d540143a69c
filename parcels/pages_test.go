package parcels_test

import (
	"slices"
	"strconv"
	"testing"

	"muchan/parcels"
)

// A snapshot with changed figures has the pages of these anew, and everything else of the one before stays and is shared.
func TestOnlyPagesOfChangedFiguresAreCopied(t *testing.T) {
	const n = 3000
	var rows parcels.Rows
	for i := range n {
		rows.Figures = append(rows.Figures, parcels.Figures{USCC: "F" + strconv.Itoa(10_000+i), Year: 2024, VATWan: parcels.Some(parcels.Wan(i))})
	}
	before := parcels.NewSnapshot(1, 0, rows)
	was := slices.Clone(before.Figures.Rows())
	d := parcels.Delta{Version: 2, Codes: map[string][]string{"figures": {"F10000", "F11500", "F12999"}}}
	for _, i := range []int{0, 1500, 2999} {
		row := was[i]
		row.VATWan = parcels.Some(parcels.Wan(-1))
		d.Rows.Figures = append(d.Rows.Figures, row)
	}
	after := before.After(d)
	shared := 0
	for i, row := range after.Figures.All() {
		want := parcels.Wan(i)
		if i == 0 || i == 1500 || i == 2999 {
			want = -1
		}
		if row.VATWan != parcels.Some(want) || row.USCC != was[i].USCC {
			t.Fatalf("row %d is %v of %s, want %v", i, row.VATWan, row.USCC, want)
		}
		if row == before.Figures.At(i) {
			shared++
		}
	}
	if !slices.Equal(before.Figures.Rows(), was) {
		t.Error("the snapshot before is another")
	}
	if shared < n/3 || after.Figures.SharedWith(&before.Figures) || !after.Figures.SharedWith(&after.Figures) {
		t.Errorf("%d of %d rows are shared", shared, n)
	}
	if after.LenOf("figures") != n || after.Len() != n || len(after.AllRows().Figures) != n {
		t.Errorf("%d figures, %d rows, %d listed; want %d", after.LenOf("figures"), after.Len(), len(after.AllRows().Figures), n)
	}

	gone := parcels.Delta{Version: 3, Codes: map[string][]string{"figures": {"F11500"}}}
	if rest := after.After(gone); rest.Figures.Len() != n-1 || rest.Figures.At(1500).USCC != "F11501" || after.Figures.Len() != n {
		t.Errorf("%d figures after one went, the next is %s", rest.Figures.Len(), rest.Figures.At(1500).USCC)
	}
}

// The same for parcels and buildings.
func TestOnlyPagesOfChangedLandAreCopied(t *testing.T) {
	const n = 2000
	var rows parcels.Rows
	for i := range n {
		code := strconv.Itoa(10_000 + i)
		rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: "P" + code})
		rows.Buildings = append(rows.Buildings, parcels.Building{ID: "B" + code, Parcel: "P" + code})
	}
	before := parcels.NewSnapshot(1, 0, rows)
	parcel, building := *before.Parcels.At(700), *before.Buildings.At(1999)
	parcel.TitleAreaM2, building.Name = parcels.Some(1000.0), "new"
	after := before.After(parcels.Delta{
		Version: 2, Codes: map[string][]string{"parcels": {"P10700"}, "buildings": {"B11999"}},
		Rows: parcels.Rows{Parcels: []parcels.Parcel{parcel}, Buildings: []parcels.Building{building}},
	})
	if !after.Parcel("P10700").TitleAreaM2.OK() || before.Parcel("P10700").TitleAreaM2.OK() {
		t.Error("the parcel's area is not in the later snapshot, or in the earlier one too")
	}
	if after.Building("B11999").Name != "new" || before.Building("B11999").Name != "" {
		t.Error("the building's name is not in the later snapshot, or in the earlier one too")
	}
	for i := range n {
		if same := after.Parcels.At(i) == before.Parcels.At(i); same == (i/512 == 700/512) {
			t.Fatalf("parcel %d is shared: %v", i, same)
		}
		if same := after.Buildings.At(i) == before.Buildings.At(i); same == (i/512 == 1999/512) {
			t.Fatalf("building %d is shared: %v", i, same)
		}
	}
	if touched, ok := after.TouchedSince(before); !ok || len(touched) != 2 {
		t.Errorf("touched are %v, %v", touched, ok)
	}
}
