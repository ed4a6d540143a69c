package layerfile

import (
	"fmt"
	"strconv"
	"strings"

	"muchan/geo"
)

// ParseCRS reads the name of a coordinate system: "EPSG:4549", "urn:ogc:def:crs:EPSG::4549", "CRS84" or a bare code.
func ParseCRS(name string) (geo.CRS, error) {
	upper := strings.ToUpper(strings.TrimSpace(name))
	if err := refused(upper); err != nil {
		return geo.CRS{}, err
	}
	if strings.HasSuffix(upper, "CRS84") {
		return geo.CRS84, nil
	}
	code := upper[strings.LastIndexAny(upper, ":/")+1:]
	if n, err := strconv.Atoi(code); err == nil && (strings.Contains(upper, "EPSG") || code == upper) {
		if crs, ok := geo.CRSByEPSG(n); ok {
			return crs, nil
		}
	}
	return geo.CRS{}, fatal(RuleCRS, fmt.Sprintf("the coordinate system %q is not one muchan speaks", clip(name)),
		"Transform the file to CGCS2000 first, or name one of "+knownCRS()+" by --crs.")
}

func knownCRS() string {
	names := make([]string, 0, 8)
	for _, c := range geo.Systems() {
		names = append(names, CRSName(c))
	}
	return strings.Join(names, ", ")
}

// CRSName writes a system as "EPSG:4549", or "OGC:CRS84".
func CRSName(c geo.CRS) string {
	if c.EPSG == 0 {
		return "OGC:CRS84"
	}
	return "EPSG:" + strconv.Itoa(c.EPSG)
}

// inDegrees reports whether a position can be longitude and latitude.
func inDegrees(x, y float64) bool { return x >= -180 && x <= 180 && y >= -90 && y <= 90 }

// likelyCRS guesses by magnitude what system a position is in that is not degrees. It only words a remedy: a guess is never used.
func likelyCRS(x, y float64) string {
	switch {
	case y >= 73 && y <= 136 && x >= 3 && x <= 54:
		return "Latitude seems to come first: write longitude before latitude."
	case northing(x) && easting(y):
		return "Northing seems to come first: write easting before northing, and name the system by --crs " + byEasting(y) + "."
	case easting(x) && northing(y):
		return "Name the coordinate system by --crs " + byEasting(x) + "."
	case x > 8e6 && x < 15.2e6 && y > 3e5 && y < 7.2e6:
		return "This looks like web Mercator: name it by --crs EPSG:3857."
	}
	return "Name the coordinate system by --crs, for example --crs EPSG:4549."
}

func northing(v float64) bool { return v > 3e5 && v < 6e6 }

func easting(v float64) bool { return v > 1e5 && v < 9e5 || v > 24e6 && v < 46e6 }

// byEasting names the systems an easting points to near the two parks (118.3 to 118.7 degrees east).
func byEasting(e float64) string {
	switch {
	case e > 39e6 && e < 40e6:
		return "EPSG:4527 (zone 39)"
	case e > 40e6 && e < 41e6:
		return "EPSG:4528 (zone 40)"
	case e >= 6.2e5 && e < 6.8e5:
		return "EPSG:4548 (central meridian 117E)"
	case e >= 3.2e5 && e < 3.7e5:
		return "EPSG:4549 (central meridian 120E)"
	}
	return "EPSG:4548 (117E) or EPSG:4549 (120E)"
}

// requested resolves the options' system against the file's own. Two that differ are a contradiction nobody can solve by guessing.
func requested(opt ReadOptions, own *geo.CRS) (geo.CRS, error) {
	switch {
	case opt.CRS == "" && own != nil:
		return *own, nil
	case opt.unplaced:
		return unplaced, nil
	case opt.CRS == "":
		return geo.CRS84, nil
	}
	crs, err := ParseCRS(opt.CRS)
	if err != nil {
		return geo.CRS{}, err
	}
	if own != nil && own.EPSG != crs.EPSG && !(own.Geographic && crs.Geographic) {
		return geo.CRS{}, fatal(RuleCRS, fmt.Sprintf("the file says %s, the option says %s", CRSName(*own), CRSName(crs)),
			"Leave the option away, or correct the file.")
	}
	return crs, nil
}
