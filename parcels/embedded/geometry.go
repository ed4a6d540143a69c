package embedded

import (
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"

	"muchan/geo"
)

// srsID is the one coordinate system of the file.
const srsID = 4490

// decodeGeometry reads what we, QGIS or GDAL wrote.
func decodeGeometry(b []byte) (geo.Shape, error) {
	g, err := geo.ReadGPB(b)
	if err != nil {
		return nil, err
	}
	if g.SRS != srsID {
		return nil, fmt.Errorf("geometry is in EPSG:%d, the layer in EPSG:%d", g.SRS, srsID)
	}
	return geo.DecodeWKB(g.WKB)
}

// registerEnvelopeFunctions gives our connections the functions that the triggers of the R-tree extension call. QGIS and GDAL
// bring their own.
func registerEnvelopeFunctions(d *sqlite.Driver) {
	register := func(name string, f func(box geo.Bound, ok bool) driver.Value) {
		d.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			blob, isBlob := args[0].([]byte)
			if !isBlob {
				return nil, nil
			}
			g, err := geo.ReadGPB(blob)
			if err != nil {
				return f(geo.Bound{}, false), nil
			}
			return f(g.Bound()), nil
		})
	}
	edges := []struct {
		name string
		of   func(geo.Bound) float64
	}{
		{"ST_MinX", func(b geo.Bound) float64 { return b.Min[0] }},
		{"ST_MaxX", func(b geo.Bound) float64 { return b.Max[0] }},
		{"ST_MinY", func(b geo.Bound) float64 { return b.Min[1] }},
		{"ST_MaxY", func(b geo.Bound) float64 { return b.Max[1] }},
	}
	for _, edge := range edges {
		register(edge.name, func(box geo.Bound, ok bool) driver.Value {
			if !ok {
				return nil
			}
			return edge.of(box)
		})
	}
	register("ST_IsEmpty", func(_ geo.Bound, ok bool) driver.Value { return !ok })
}
