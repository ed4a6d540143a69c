package main

import (
	"context"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels/postgis/pgtest"
)

// soon is how long an edit may take to reach the map here; the promise is one second on a machine that does nothing else.
const soon = 10 * time.Second

// An edit made past the program, as QGIS makes it, reaches the served map. GDAL writes the GeoPackage through the same SQLite
// driver as QGIS does.
func TestAnEditInTheGeoPackageReachesTheMap(t *testing.T) {
	data := t.TempDir()
	must(t, "demo", "--import-only", "--data", data)
	s := serveAs(t, "analyst", "--data", data)
	edit := func(code, address string) {
		ogr(t, "ogrinfo", "-q", filepath.Join(data, storeFile), "-sql", "UPDATE parcels SET address = '"+address+"' WHERE code = '"+code+"'")
	}
	edited(t, s, edit)
}

func TestAnEditInPostGISReachesTheMap(t *testing.T) {
	database := pgtest.Database(t)
	data := t.TempDir()
	must(t, "demo", "--import-only", "--data", data, "--database-url", database)
	s := serveAs(t, "analyst", "--data", data, "--database-url", database)
	edit := func(code, address string) {
		conn, err := pgx.Connect(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(t.Context(), `UPDATE muchan.parcels SET address = $1 WHERE code = $2`, address, code); err != nil {
			t.Fatal(err)
		}
	}
	edited(t, s, edit)
}

// serveAs makes an account of a role and serves.
func serveAs(t *testing.T, role string, args ...string) *service {
	t.Helper()
	out := must(t, append([]string{"user", "add", "test-" + role, "--role", role}, args[:2]...)...)
	s := serve(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	s.Tokens[role] = lastLine(out)
	return s
}

// edited makes an edit and waits until the parcel's panel and its tile layer say so.
func edited(t *testing.T, s *service, edit func(code, address string)) {
	t.Helper()
	var list struct{ Rows []struct{ Code string } }
	s.GetJSON(t, "analyst", "/api/v1/scores?limit=1", &list)
	code := list.Rows[0].Code
	const address = "改址路1号"
	edit(code, address)
	began := time.Now()
	for {
		var panel struct{ Properties map[string]any }
		s.GetJSON(t, "analyst", "/api/v1/parcels/"+url.PathEscape(code), &panel)
		if panel.Properties["address"] == address {
			t.Logf("the edit reached the map after %s", time.Since(began).Round(time.Millisecond))
			return
		}
		if time.Since(began) > soon {
			t.Fatalf("%s still has the address %v after %s", code, panel.Properties["address"], soon)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
