package layerfile

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"muchan/geo"
)

// maxPRJ bounds the text of a coordinate system; the longest in use has some 2 KB.
const maxPRJ = 64 << 10

// ParsePRJ reads the well-known text of a coordinate system, as in a .prj file. It goes by datum, projection, central meridian and
// false easting, not by names, of which every program has its own. Systems muchan does not speak are refused, each with its reason.
func ParsePRJ(text string) (geo.CRS, error) {
	p, err := scanPRJ(text)
	if err != nil {
		return geo.CRS{}, err
	}
	refuse := func(why, remedy string) (geo.CRS, error) {
		return geo.CRS{}, fatal(RuleCRS, "the coordinate system "+clip(p.name)+" "+why, remedy)
	}
	switch {
	case p.shifted:
		return refuse("is a shifted system of web maps, not CGCS2000", shiftedRemedy)
	case p.local:
		return refuse("is a local one", "Ask the survey office for the file in CGCS2000; the parameters of local systems are not public.")
	case p.datum == "":
		return refuse("names no datum", "Name the system by --crs.")
	case p.old != "":
		return refuse("is "+p.old+", not CGCS2000", oldRemedy)
	}
	code, ok := p.epsg()
	if !ok {
		return refuse("is not one muchan speaks", "Transform the file to CGCS2000 first, to one of "+knownCRS()+".")
	}
	crs, ok := geo.CRSByEPSG(code)
	if !ok {
		return refuse("(EPSG:"+strconv.Itoa(code)+") is not one muchan speaks", "Transform the file to one of "+knownCRS()+".")
	}
	return crs, nil
}

// prj is what a coordinate system's text says that decides.
type prj struct {
	name, datum  string
	old          string // a datum of before 2000, by its common name
	local        bool
	shifted      bool // by the rules of web maps
	projected    bool
	projection   string
	meridian     float64
	falseEasting float64
	scale        float64
}

// epsg finds the code of the systems China's cadastre uses.
func (p *prj) epsg() (int, bool) {
	cgcs := strings.Contains(p.datum, "CHINA") || strings.Contains(p.datum, "CGCS2000")
	switch {
	case !p.projected && cgcs:
		return 4490, true
	case !p.projected && strings.Contains(p.datum, "WGS") && strings.Contains(p.datum, "84"):
		return 4326, true
	case p.projected && strings.Contains(p.projection, "MERCATOR_AUXILIARY_SPHERE"), p.projected && strings.Contains(p.projection, "POPULAR_VISUALISATION"):
		return 3857, true
	case !cgcs || !strings.Contains(p.projection, "TRANSVERSE_MERCATOR") && !strings.Contains(p.projection, "GAUSS_KRUGER"), math.Abs(p.scale-1) > 1e-9:
		return 0, false
	}
	step := int(math.Round((p.meridian - 75) / 3))
	if step < 0 || step > 20 || math.Abs(p.meridian-float64(75+3*step)) > 1e-9 {
		return 0, false
	}
	switch zone := float64(25 + step); p.falseEasting {
	case 500_000:
		return 4534 + step, true
	case zone*1_000_000 + 500_000:
		return 4513 + step, true
	}
	return 0, false
}

// scanPRJ walks through the nested brackets: KEYWORD["name", number, KEYWORD[...], ...].
func scanPRJ(text string) (*prj, error) {
	if len(text) > maxPRJ {
		return nil, fatal(RuleCRS, fmt.Sprintf("the .prj has %d bytes", len(text)), "Check that it is one.")
	}
	p := &prj{scale: 1}
	var stack []string
	for rest := strings.TrimPrefix(text, string(utf8BOM)); ; {
		i := strings.IndexAny(rest, "[](),\"")
		if i < 0 {
			break
		}
		before, mark := strings.TrimSpace(rest[:i]), rest[i]
		rest = rest[i+1:]
		if top(stack) != "" && before != "" {
			p.number(stack, before)
		}
		switch mark {
		case '[', '(':
			if stack = append(stack, strings.ToUpper(before)); len(stack) > 32 {
				return nil, fatal(RuleCRS, "the .prj is nested too deeply", "Check that it is one.")
			}
		case ']', ')':
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case '"':
			end := strings.IndexByte(rest, '"')
			if end < 0 {
				return nil, fatal(RuleCRS, "a name in the .prj has no end", "Export it again.")
			}
			p.text(stack, rest[:end])
			rest = rest[end+1:]
		}
	}
	if p.name == "" {
		return nil, fatal(RuleCRS, "the .prj names no coordinate system", "Name the system by --crs.")
	}
	return p, nil
}

func top(stack []string) string {
	if len(stack) == 0 {
		return ""
	}
	return stack[len(stack)-1]
}

// text takes a quoted name. The last PARAMETER named says what the next number means.
func (p *prj) text(stack []string, name string) {
	upper := strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_", "'", "_").Replace(name))
	p.shifted = p.shifted || strings.Contains(upper, "GCJ") || strings.Contains(upper, "BD_09") || strings.Contains(upper, "BD09")
	switch top(stack) {
	case "PROJCS", "PROJCRS", "PROJECTEDCRS":
		p.projected, p.name = true, name
	case "GEOGCS", "GEOGCRS", "GEODCRS", "GEOGRAPHICCRS":
		if p.name == "" {
			p.name = name
		}
	case "LOCAL_CS", "ENGCRS":
		p.local, p.name = true, name
	case "DATUM", "SPHEROID", "ELLIPSOID":
		if top(stack) == "DATUM" {
			p.datum = upper
		}
		for _, o := range oldDatums {
			if p.old == "" && strings.Contains(upper, o.part) {
				p.old = o.name
			}
		}
	case "PROJECTION", "METHOD":
		p.projection = upper
	case "PARAMETER":
		stack[len(stack)-1] = "PARAMETER " + upper
	}
}

func (p *prj) number(stack []string, digits string) {
	name, ok := strings.CutPrefix(top(stack), "PARAMETER ")
	v, err := strconv.ParseFloat(digits, 64)
	if !ok || err != nil {
		return
	}
	switch name {
	case "CENTRAL_MERIDIAN", "LONGITUDE_OF_NATURAL_ORIGIN", "LONGITUDE_OF_CENTER":
		p.meridian = v
	case "FALSE_EASTING":
		p.falseEasting = v
	case "SCALE_FACTOR", "SCALE_FACTOR_AT_NATURAL_ORIGIN":
		p.scale = v
	}
}
