package layerfile_test

import (
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

func TestParseWKT(t *testing.T) {
	const one = "MULTIPOLYGON(((118 24,119 24,119 25,118 24)))"
	for _, tc := range []struct{ name, wkt, want, fault string }{
		{"polygon", "POLYGON((118 24,119 24,119 25,118 24))", one, ""},
		{"lower case and blanks", " polygon ( ( 118 24 , 119 24,\n119 25,118 24 ) ) ", one, ""},
		{"clockwise is turned", "POLYGON((118 24,119 25,119 24,118 24))", one, ""},
		{"Z", "POLYGON Z((118 24 5,119 24 5,119 25 5,118 24 5))", one, ""},
		{"PolygonZ", "PolygonZ((118 24 5,119 24 5,119 25 5,118 24 5))", one, ""},
		{"ZM", "POLYGON ZM((118 24 5 1,119 24 5 1,119 25 5 1,118 24 5 1))", one, ""},
		{"exponent", "POLYGON((1.18e2 24,119 24,119 25,118 24))", one, ""},
		{"two parts", "MULTIPOLYGON(((118 24,119 24,119 25,118 24)),((0 0,1 0,1 1,0 0)))", "MULTIPOLYGON(((118 24,119 24,119 25,118 24)),((0 0,1 0,1 1,0 0)))", ""},
		{"empty part", "MULTIPOLYGON(EMPTY,((118 24,119 24,119 25,118 24)))", one, ""},
		{"empty", "POLYGON EMPTY", "MULTIPOLYGON EMPTY", ""},
		{"empty Z", "MULTIPOLYGON Z EMPTY", "MULTIPOLYGON EMPTY", ""},
		{"nothing", "  ", "MULTIPOLYGON EMPTY", ""},
		{"point", "POINT(118 24)", "", "not an area"},
		{"SRID", "SRID=4490;POLYGON((118 24,119 24,119 25,118 24))", "", "--crs"},
		{"word", "POLYGON((118 north,119 24,119 25,118 24))", "", "not a number"},
		{"one number", "POLYGON((118,119 24,119 25,118 24))", "", "fewer than two"},
		{"five numbers", "POLYGON((1 2 3 4 5,119 24,119 25,118 24))", "", "more than four"},
		{"cut off", "POLYGON((118 24,119 24", "", "expected"},
		{"goes on", one + "x", "", "after the end"},
		{"infinite", "POLYGON((1e999 24,119 24,119 25,118 24))", "", "not a number"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			shape, err := layerfile.ParseWKT(tc.wkt)
			if tc.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tc.fault) {
					t.Errorf("err = %v, want %q", err, tc.fault)
				}
				return
			}
			if got := string(layerfile.AppendWKT(nil, shape)); err != nil || got != tc.want {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}
