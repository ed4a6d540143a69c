package oracle_test

import (
	"context"
	"math"
	"os"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/postgis/oracle"
	"muchan/parcels/postgis/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestLoad(t *testing.T) {
	shape := geo.Shape{{{{118.5, 24.8}, {118.6, 24.8}, {118.6, 24.9}, {118.5, 24.9}, {118.5, 24.8}}}}
	conn := oracle.Load(t, parcels.Rows{Parks: []parcels.Park{{Code: "QM", Name: "清濛园区", Shape: shape}}})
	var area float64
	if err := conn.QueryRow(context.Background(), `SELECT ST_Area(shape::geography) FROM parks WHERE code = 'QM'`).Scan(&area); err != nil {
		t.Fatal(err)
	}
	if want := float64(geo.Area(shape)); math.Abs(area-want)/want > 1e-7 {
		t.Errorf("area %v, want %v", area, want)
	}
}
