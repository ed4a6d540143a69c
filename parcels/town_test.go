package parcels_test

import (
	"testing"

	"muchan/parcels"
)

// domain §10.3 and §14.10.
func TestTownOf(t *testing.T) {
	for place, want := range map[string]string{
		"官桥": "350583118", "官桥镇": "350583118", "官桥园区": "350583118", "福建省泉州市南安市官桥镇": "350583118",
		"安溪官桥": "", "安溪县官桥镇": "", "福建省泉州市安溪县官桥镇思明园": "",
		"清濛": "350502400", "泉州经济技术开发区清濛园区": "350502400", "泉州综合保税区": "350582402",
		"": "", "泉州": "", "清濛、官桥两园区": "",
	} {
		town, ok := parcels.TownOf(place)
		if town.Code != want || ok != (want != "") {
			t.Errorf("%s: %s %v, want %s", place, town.Code, ok, want)
		}
	}
	for _, town := range parcels.Towns {
		if len(town.Code) != 9 || town.Name == "" || town.County == "" {
			t.Errorf("%+v", town)
		}
	}
}

// A park is registered in its town's county: whoever looked 官桥 up by name alone may have found the one in 安溪.
func TestParkInAnotherCounty(t *testing.T) {
	for _, c := range []struct {
		name, county string
		warned       bool
	}{
		{"官桥园区", "350583", false},
		{"官桥园区", "350524", true},
		{"清濛园区", "350502", false},
		{"清濛园区", "350582", true},
		{"官桥园区", "", false},
		{"示例园区", "350524", false},
	} {
		p := parcels.Park{Code: "GQ", Name: c.name, County: c.county, Definition: "planned", Shape: square(118.42, 24)}
		warned := false
		for _, problem := range p.Validate() {
			warned = warned || problem.Rule == "park.county" && problem.Severity == parcels.SeverityWarning && problem.Column == "county"
		}
		if warned != c.warned {
			t.Errorf("%s in %q: warned %v", c.name, c.county, warned)
		}
	}
}
