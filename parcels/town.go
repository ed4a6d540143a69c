package parcels

import "strings"

// Town (街道、乡镇、开发区) is a place of the statistical division: nine digits, of which the first six are its county's.
type Town struct {
	Code   string
	Name   string
	County string // its name
	short  string
}

// CountyCode is the six-digit code of the town's county.
func (t Town) CountyCode() string { return t.Code[:6] }

// Towns are those of the zone. 泉州 has two places called 官桥镇: the one in 安溪 is another development zone's.
var Towns = []Town{
	{"350502400", "清濛经济开发区", "鲤城区", "清濛"},
	{"350583118", "官桥镇", "南安市", "官桥"},
	{"350582402", "泉州综合保税区", "晋江市", "综合保税区"},
}

// elsewhere are counties whose places share a name with one of the zone.
var elsewhere = []string{"安溪"}

// TownOf finds the town of the zone that a place's name or address speaks of: 官桥园区 and 南安官桥镇 are 350583118. It is false for a
// name that speaks of none or of several, and for 安溪官桥镇 (350524103), which is not of this zone.
func TownOf(place string) (Town, bool) {
	var found Town
	for _, county := range elsewhere {
		if strings.Contains(place, county) {
			return found, false
		}
	}
	for _, t := range Towns {
		if !strings.Contains(place, t.short) {
			continue
		}
		if found.Code != "" {
			return Town{}, false
		}
		found = t
	}
	return found, found.Code != ""
}
