package postgis_test

import (
	"slices"
	"strings"
	"testing"

	"muchan/parcels/postgis/pgtest"
	"muchan/tiles/layers"
)

// structural columns have no field of their own in a layer: they say when a row is valid, where it is and how to read a code. None
// says anything about a firm.
var structural = []string{"shape", "valid_from", "valid_to", "parents", "use_scheme", "area_m2", "county"}

// TestViewsFollowTheLayers compares the columns of a viewer's views with the audiences of the published fields.
func TestViewsFollowTheLayers(t *testing.T) {
	address := pgtest.Database(t)
	open(t, address)
	conn := connect(t, address)
	for _, layer := range layers.All {
		audience := map[string]layers.Audience{}
		for _, f := range layer.Fields {
			audience[f.Name] = f.Audience
		}
		columns := strings.Fields(cell(t, conn, `SELECT string_agg(column_name, ' ') FROM information_schema.columns
			WHERE table_schema = 'muchan_viewer' AND table_name = $1`, layer.Name))
		if len(columns) < 5 {
			t.Errorf("muchan_viewer.%s has only the columns %v", layer.Name, columns)
		}
		for _, column := range columns {
			lowest, published := audience[column]
			if published && lowest > layers.Viewer || !published && !slices.Contains(structural, column) {
				t.Errorf("muchan_viewer.%s shows %s, which the layer does not show a viewer", layer.Name, column)
			}
		}
	}
}
