package ingest

import (
	"maps"
	"slices"
	"strings"

	"muchan/geo"
)

// units says what one of a file's unit is in ours. Names are folded: ㎡ and m² are both m2.
var units = map[string]map[string]float64{
	"万元": {"元": 1e-4, "人民币元": 1e-4, "千元": 0.1, "万元": 1, "万": 1, "人民币万元": 1, "百万元": 100, "千万元": 1000, "亿元": 1e4, "亿": 1e4, "cny": 1e-4, "yuan": 1e-4},
	"m²": {
		"m2": 1, "m^2": 1, "平方米": 1, "平米": 1, "sqm": 1, "亩": geo.M2PerMu, "mu": geo.M2PerMu, "万平方米": 1e4, "万m2": 1e4,
		"公顷": 1e4, "ha": 1e4, "hm2": 1e4, "平方公里": 1e6, "平方千米": 1e6, "km2": 1e6,
	},
	"万元/亩": {
		"万元/亩": 1, "元/亩": 1e-4, "亿元/亩": 1e4, "万元/公顷": 1 / geo.MuPerHectare, "亿元/平方公里": 1e4 / geo.MuPerKm2, "亿元/km2": 1e4 / geo.MuPerKm2,
		"元/平方米": geo.M2PerMu / 1e4, "元/m2": geo.M2PerMu / 1e4,
	},
	"吨标准煤": {"吨标准煤": 1, "吨标煤": 1, "tce": 1, "吨": 1, "千克标准煤": 1e-3, "kgce": 1e-3, "万吨标准煤": 1e4, "万吨标煤": 1e4},
	"吨":    {"吨": 1, "t": 1, "千克": 1e-3, "公斤": 1e-3, "kg": 1e-3, "万吨": 1e4},
	"人":    {"人": 1, "万人": 1e4},
	"兆瓦时":  {"兆瓦时": 1, "mwh": 1, "千瓦时": 1e-3, "kwh": 1e-3, "度": 1e-3, "万千瓦时": 10, "万kwh": 10, "万度": 10, "亿千瓦时": 1e5},
	"":     {"年": 1, "级": 1, "倍": 1, "个": 1},
	"%":    {"%": 1, "百分比": 1, "‰": 0.1},
}

// splitUnit takes the brackets at the end of a folded name apart: "证载面积(m2)" is a name and a unit.
func splitUnit(folded string) (base, unit string) {
	for _, pair := range []string{"()", "[]", "【】"} {
		open, end := pair[:len(pair)/2], pair[len(pair)/2:]
		if body, ok := strings.CutSuffix(folded, end); ok {
			if i := strings.LastIndex(body, open); i > 0 {
				return body[:i], strings.TrimPrefix(body[i+len(open):], "单位:")
			}
		}
	}
	return folded, ""
}

// factorOf turns a file's unit into ours. No unit means ours.
func factorOf(theirs, ours string) (float64, bool) {
	if theirs == "" || theirs == fold(ours) {
		return 1, true
	}
	factor, ok := units[ours][theirs]
	return factor, ok
}

func unitHelp(ours string) string {
	if ours == "" {
		return "Take the unit out: this column has none."
	}
	return "Use one of " + strings.Join(slices.Sorted(maps.Keys(units[ours])), ", ") + "."
}
