package layerfile

import (
	"strconv"
	"strings"
)

// oldDatums are the systems before CGCS2000, by parts of their names.
var oldDatums = []struct{ part, name string }{
	{"XIAN", "Xi'an 80"}, {"XI_AN", "Xi'an 80"}, {"XI'AN", "Xi'an 80"}, {"西安", "Xi'an 80"},
	{"BEIJING", "Beijing 54"}, {"北京", "Beijing 54"}, {"PULKOVO", "Beijing 54 or Pulkovo 1942"}, {"KRASOVSKY", "Beijing 54"},
}

// oldCodes are the EPSG codes of the systems before CGCS2000: geographic, and in zones of 6 and 3 degrees.
var oldCodes = []struct {
	first, last int
	name        string
}{
	{4610, 4610, "Xi'an 80"}, {2327, 2390, "Xi'an 80"},
	{4214, 4214, "Beijing 54"}, {2401, 2442, "Beijing 54"}, {21413, 21423, "Beijing 54"}, {21453, 21463, "Beijing 54"}, {21473, 21483, "Beijing 54"},
	{4555, 4555, "New Beijing"}, {4568, 4589, "New Beijing"}, {4652, 4666, "New Beijing"}, {4766, 4800, "New Beijing"},
}

// shifted are the systems of web maps, whose coordinates are moved on purpose.
var shifted = []string{"GCJ", "BD-09", "BD09", "火星", "MARS"}

const (
	oldRemedy     = "Ask the survey office for the file in CGCS2000: the transformation needs parameters of the place and is some ten to a hundred metres."
	shiftedRemedy = "Take the data from its source in CGCS2000: the shift of web maps, some hundreds of metres, is not published and taking it back is not exact."
)

// refused says why a system that is named, in capitals, is one that cannot be read; nil when it may be another.
func refused(upper string) error {
	for _, s := range shifted {
		if strings.Contains(upper, s) {
			return fatal(RuleCRS, clip(upper)+" is a shifted system of web maps, not CGCS2000", shiftedRemedy)
		}
	}
	for _, o := range oldDatums {
		if strings.Contains(upper, o.part) {
			return fatal(RuleCRS, clip(upper)+" is "+o.name+", not CGCS2000", oldRemedy)
		}
	}
	code, err := strconv.Atoi(upper[strings.LastIndexAny(upper, ":/")+1:])
	if err != nil {
		return nil
	}
	for _, o := range oldCodes {
		if code >= o.first && code <= o.last {
			return fatal(RuleCRS, "EPSG:"+strconv.Itoa(code)+" is "+o.name+", not CGCS2000", oldRemedy)
		}
	}
	return nil
}
