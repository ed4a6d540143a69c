package parcels_test

import (
	"errors"
	"strings"
	"testing"

	"muchan/parcels"
)

func editedZone() *parcels.Snapshot {
	from := parcels.MustDate("2010-01-01")
	code := "350502001001GB00001"
	return parcels.NewSnapshot(3, parcels.MustDate("2026-11-22"), parcels.Rows{
		Parks:     []parcels.Park{{Code: "QM", Name: "清濛"}},
		Parcels:   []parcels.Parcel{{Code: code, Park: "QM", State: parcels.StateInUse, TitleAreaM2: parcels.Some(20_000.0), ValidFrom: from}},
		Buildings: []parcels.Building{{ID: "b1", Parcel: code, Use: "plant", ValidFrom: from, CompletedOn: from}},
		Firms:     []parcels.Firm{{USCC: "91350500MA2XWXKE31", Name: "演示", Industry: "1951"}},
		Occupancies: []parcels.Occupancy{
			{Parcel: code, Building: "b1", USCC: "91350500MA2XWXKE31", Tenure: "own", From: from, To: from.AddYears(5)},
			{Parcel: code, Building: "b1", USCC: "91350500MA2XWXKE31", Tenure: "own", From: from.AddYears(5)},
		},
		Figures: []parcels.Figures{{USCC: "91350500MA2XWXKE31", Year: 2023}, {USCC: "91350500MA2XWXKE31", Year: 2024, VATWan: parcels.Some(parcels.Wan(5_000_000))}},
	})
}

func TestWith(t *testing.T) {
	s := editedZone()
	key := "91350500MA2XWXKE31|2024"
	got, err := s.With([]parcels.Edit{
		{Table: "figures", Key: key, Column: "vat_wan", Value: "12.5"},
		{Table: "figures", Key: key, Column: "staff", Value: "30"},
		{Table: "parcels", Key: "350502001001GB00001", Column: "title_area_m2", Value: ""},
		{Table: "parcels", Key: "350502001001GB00001", Column: "started_on", Value: "2012-02-29"},
		{Table: "buildings", Key: "b1", Column: "storeys", Value: "6000@9;5000"},
		{Table: "firms", Key: "91350500MA2XWXKE31", Column: "above_scale", Value: "true"},
		{Table: "occupancies", Key: "350502001001GB00001|b1|91350500MA2XWXKE31|2015-01-01", Column: "tenure", Value: "lease"},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := got.FiguresOf("91350500MA2XWXKE31", 2024)
	if f.VATWan != parcels.Some(parcels.Wan(12_500_000)) || f.Staff != parcels.Some(30.0) {
		t.Errorf("figures %+v", f)
	}
	p, b := *got.Parcels.At(0), *got.Buildings.At(0)
	if p.TitleAreaM2.OK() || p.Contract.StartedOn != parcels.MustDate("2012-02-29") || len(b.Storeys) != 2 || b.Storeys[0].HeightM != 9 {
		t.Errorf("parcel %+v building %+v", p, b)
	}
	if above, ok := got.Firms[0].AboveScale.Get(); !above || !ok || got.Occupancies[1].Tenure != "lease" || got.Occupancies[0].Tenure != "own" {
		t.Errorf("firm %+v occupancies %+v", got.Firms[0], got.Occupancies)
	}
	if s.Figures.At(1).VATWan != parcels.Some(parcels.Wan(5_000_000)) || !s.Parcels.At(0).TitleAreaM2.OK() || s.Buildings.At(0).Storeys != nil ||
		s.Firms[0].AboveScale.OK() || s.Occupancies[1].Tenure != "own" {
		t.Error("the snapshot itself changed")
	}
}

func TestWithRefuses(t *testing.T) {
	key := "91350500MA2XWXKE31|2024"
	cases := []struct {
		name   string
		edit   parcels.Edit
		reason string
		zh     string
	}{
		{"no such table", parcels.Edit{Table: "targets", Key: "x", Column: "y"}, `no table "targets" to edit`, "没有可改动的表"},
		{"no such row", parcels.Edit{Table: "figures", Key: "91350500MA2XWXKE31|2022", Column: "vat_wan", Value: "1"}, "no such row", "没有这一行"},
		{"no such firm", parcels.Edit{Table: "firms", Key: "9", Column: "industry", Value: "1"}, "no such row", "没有这一行"},
		{"not one row", parcels.Edit{Table: "figures", Key: "91350500MA2XWXKE31", Column: "vat_wan", Value: "1"}, "2 rows begin with this key", "有 2 行以此开头"},
		{"another edition", parcels.Edit{Table: "parcels", Key: "350502001001GB00001|2011-01-01", Column: "state", Value: ""}, "no such row", "没有这一行"},
		{"no such column", parcels.Edit{Table: "figures", Key: key, Column: "vat", Value: "1"}, "no such column", "该表没有这一列"},
		{"the key", parcels.Edit{Table: "figures", Key: key, Column: "year", Value: "2025"}, "part of the key", "这一列是键的一部分"},
		{"a reference", parcels.Edit{Table: "buildings", Key: "b1", Column: "parcel", Value: "x"}, "refers to other rows", "这一列指向别的行"},
		{"a shape", parcels.Edit{Table: "parcels", Key: "350502001001GB00001", Column: "shape", Value: ""}, "shape", "图形不能"},
		{"not a number", parcels.Edit{Table: "figures", Key: key, Column: "staff", Value: "NaN"}, "not a number", "“NaN”不是数字"},
		{"not an amount", parcels.Edit{Table: "figures", Key: key, Column: "vat_wan", Value: "1,5"}, "not an amount", "“1,5”不是以万元计的金额"},
		{"not a day", parcels.Edit{Table: "parcels", Key: "350502001001GB00001", Column: "started_on", Value: "2023-02-29"}, "not a date", "“2023-02-29”不是日期"},
		{"not a flag", parcels.Edit{Table: "firms", Key: "91350500MA2XWXKE31", Column: "above_scale", Value: "1"}, "neither true nor false", "“1”应为 true"},
		{"a word not in its list", parcels.Edit{Table: "parcels", Key: "350502001001GB00001", Column: "state", Value: "gone"}, "state", "不是该字段允许的取值：gone"},
		{"a negative area", parcels.Edit{Table: "parcels", Key: "350502001001GB00001", Column: "title_area_m2", Value: "-1"}, "title_area_m2", "数值超出允许范围：-1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := editedZone().With([]parcels.Edit{c.edit})
			if err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v, want %q", err, c.reason)
			}
			if told := inChinese(err); strings.Contains(told, "%!") || !strings.Contains(told, "的改动："+c.zh) {
				t.Errorf("in Chinese: %q, want %q", told, c.zh)
			}
		})
	}
	if _, err := editedZone().With(make([]parcels.Edit, parcels.MaxEdits+1)); err == nil || !strings.Contains(err.Error(), "at most") || inChinese(err) != "改动 1001 处，至多 1000 处" {
		t.Errorf("too many: %v, %q", err, inChinese(err))
	}
}

func inChinese(err error) string {
	if e := (*parcels.EditError)(nil); errors.As(err, &e) {
		return e.Zh()
	}
	return ""
}
