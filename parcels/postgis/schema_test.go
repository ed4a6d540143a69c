package postgis_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

var columnTypes = map[parcels.Kind]string{
	parcels.KindText: "text", parcels.KindInteger: "integer", parcels.KindReal: "double precision", parcels.KindMoney: "numeric(18,6)",
	parcels.KindFlag: "boolean", parcels.KindDay: "date", parcels.KindList: "text[]", parcels.KindStoreys: "text",
	parcels.KindShape: "geometry(MultiPolygon,4490)",
}

// describe lists an entity's columns as the database should: name, type, whether a value must be there; then the key.
func describe[T any](table parcels.Table[T]) string {
	var lines, keys []string
	for _, c := range table.Columns {
		line := c.Name + " " + columnTypes[c.Kind()]
		if c.Required || c.Key || c.Kind() == parcels.KindInteger {
			line += " not null"
		}
		lines = append(lines, line)
		if c.Key {
			keys = append(keys, c.Name)
		}
	}
	return strings.Join(append(lines, "key "+strings.Join(keys, ", ")), "\n")
}

// TestColumnsAreTheTables keeps the migrations and the column lists of package parcels together.
func TestColumnsAreTheTables(t *testing.T) {
	address := pgtest.Database(t)
	open(t, address)
	conn := connect(t, address)
	for name, want := range map[string]string{
		"parks": describe(parcels.ParkTable), "zones": describe(parcels.ZoneTable), "parcels": describe(parcels.ParcelTable),
		"buildings": describe(parcels.BuildingTable), "firms": describe(parcels.FirmTable), "occupancies": describe(parcels.OccupancyTable),
		"figures": describe(parcels.FiguresTable), "events": describe(parcels.EventTable), "targets": describe(parcels.TargetTable),
		"target_values": describe(parcels.TargetValueTable),
	} {
		got := cell(t, conn, `
			SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END,
			                  E'\n' ORDER BY attnum)
			       || E'\nkey ' || (SELECT string_agg(attname, ', ' ORDER BY place)
			                          FROM pg_constraint c, unnest(c.conkey) WITH ORDINALITY AS k (num, place)
			                          JOIN pg_attribute ka ON ka.attrelid = $1::text::regclass AND ka.attnum = k.num
			                         WHERE c.conrelid = $1::text::regclass AND c.contype = 'p')
			  FROM pg_attribute
			 WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped`, "muchan."+name)
		if got != want {
			t.Errorf("%s in the database:\n%s\nin package parcels:\n%s", name, got, want)
		}
	}
}

// TestEnumsAreTheTables inserts every allowed text and one that is not.
func TestEnumsAreTheTables(t *testing.T) {
	address := pgtest.Database(t)
	apply(t, open(t, address), village())
	conn := connect(t, address)
	checkEnums(t, conn, parcels.ParkTable)
	checkEnums(t, conn, parcels.ZoneTable)
	checkEnums(t, conn, parcels.ParcelTable)
	checkEnums(t, conn, parcels.BuildingTable)
	checkEnums(t, conn, parcels.FirmTable)
	checkEnums(t, conn, parcels.OccupancyTable)
	checkEnums(t, conn, parcels.FiguresTable)
	checkEnums(t, conn, parcels.EventTable)
}

func checkEnums[T any](t *testing.T, conn *pgx.Conn, table parcels.Table[T]) {
	for _, c := range table.Columns {
		if len(c.Enum) == 0 {
			continue
		}
		value := "$1::text"
		if c.Kind() == parcels.KindList {
			value = "ARRAY[$1::text]"
		}
		update := fmt.Sprintf("UPDATE %s SET %s = %s", pgx.Identifier{"muchan", table.Name}.Sanitize(), pgx.Identifier{c.Name}.Sanitize(), value)
		for _, text := range append(slices.Clone(c.Enum), "no such word") {
			_, err := conn.Exec(context.Background(), update, text)
			if (err == nil) != (text != "no such word") {
				t.Errorf("%s.%s = %q: %v", table.Name, c.Name, text, err)
			}
		}
	}
}

// TestDirectEditsAreChecked breaks each rule by SQL; each edit must be refused and leave the version alone.
func TestDirectEditsAreChecked(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	before := apply(t, store, village()).Version
	conn := connect(t, address)
	const shape = `'SRID=4490;MULTIPOLYGON(((118 24,118.1 24,118.1 24.1,118 24.1,118 24)))'`
	cases := []struct{ name, statement, constraint string }{
		{"code form", `UPDATE muchan.parcels SET code = 'P1' WHERE code = '` + codeB + `'`, "parcels_code_check"},
		{"credit code form", `INSERT INTO muchan.firms (uscc, name) VALUES ('9135990OMA00000001', 'x')`, "firms_uscc_check"},
		{"industry form", `UPDATE muchan.firms SET industry = 'C1951'`, "firms_industry_check"},
		{"county form", `UPDATE muchan.parks SET county = '35050'`, "parks_county_check"},
		{"negative area", `UPDATE muchan.parcels SET title_area_m2 = -1`, "parcels_title_area_m2_check"},
		{"NaN area", `UPDATE muchan.parcels SET title_area_m2 = 'NaN'`, "parcels_title_area_m2_check"},
		{"NaN money", `UPDATE muchan.figures SET vat_wan = 'NaN'`, "figures_vat_wan_check"},
		{"money in yuan", `UPDATE muchan.figures SET vat_wan = 1e9 + 1`, "figures_vat_wan_check"},
		{"endless date", `UPDATE muchan.parcels SET signed_on = 'infinity'`, "parcels_signed_on_check"},
		{"ends as it begins", `UPDATE muchan.parcels SET valid_to = valid_from`, "parcels_order_check"},
		{"occupancy ends before", `UPDATE muchan.occupancies SET "to" = "from"`, "occupancies_order_check"},
		{"year", `UPDATE muchan.figures SET year = 24`, "figures_year_check"},
		{"level", `UPDATE muchan.zones SET level = 3`, "zones_level_check"},
		{"storeys form", `UPDATE muchan.buildings SET storeys = '6000 x 9'`, "buildings_storeys_check"},
		{"bow tie", `UPDATE muchan.parcels SET shape = 'SRID=4490;MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))'`, "parcels_shape_check"},
		{"empty shape", `UPDATE muchan.parks SET shape = 'SRID=4490;MULTIPOLYGON EMPTY'`, "parks_shape_check"},
		{"metres for degrees", `UPDATE muchan.parks SET shape = ST_SetSRID(ST_Translate(shape, 500000, 0), 4490)`, "parks_shape_check"},
		{"other system", `UPDATE muchan.parks SET shape = ST_SetSRID(shape, 4326)`, ""},
		{"park of nothing", `UPDATE muchan.parcels SET park = 'XX'`, "parcels_park_reference"},
		{"new parcel in no park", `INSERT INTO muchan.parcels (code, park, valid_from, shape) VALUES ('359900001001GB00008', 'XX', '2015-01-01', ` + shape + `)`, "parcels_park_reference"},
		{"park in use", `DELETE FROM muchan.zones; DELETE FROM muchan.parks WHERE code = 'QM'`, "parks_code_referenced"},
		{"park renamed", `DELETE FROM muchan.zones; UPDATE muchan.parks SET code = 'QN' WHERE code = 'QM'`, "parks_code_referenced"},
		{"firm of nothing", `UPDATE muchan.figures SET uscc = '91359900MA00000009'`, "figures_uscc_fkey"},
		{"event of nobody", `UPDATE muchan.events SET uscc = NULL`, "events_about_check"},
		{"event on nothing", `UPDATE muchan.events SET parcel = '359900001001GB00009'`, "events_parcel_reference"},
		{"building on nothing", `UPDATE muchan.buildings SET parcel = '359900001001GB00009'`, "buildings_parcel_reference"},
		{"occupancy of no building", `UPDATE muchan.occupancies SET building = 'B9'`, "occupancies_building_reference"},
		{"occupancy of no parcel", `UPDATE muchan.occupancies SET parcel = '359900001001GB00009'`, "occupancies_parcel_reference"},
		{"parent of nothing", `UPDATE muchan.parcels SET parents = '{359900001001GB00009}' WHERE code = '` + codeB + `'`, "parcels_parents_reference"},
		{"overlapping editions", `INSERT INTO muchan.parcels (code, park, valid_from, shape) VALUES ('` + codeA + `', 'QM', '2015-01-01', ` + shape + `)`, "parcels_editions_overlap"},
		{"overlapping buildings", `INSERT INTO muchan.buildings (id, parcel, valid_from, shape) VALUES ('B1', '` + codeA + `', '2015-01-01', ` + shape + `)`, "buildings_editions_overlap"},
		{"parcel in use", `DELETE FROM muchan.parcels WHERE code = '` + codeA + `'`, "parcels_code_referenced"},
		{"parcel renamed", `UPDATE muchan.parcels SET code = '359900001001GB00009' WHERE code = '` + codeA + `'`, "parcels_code_referenced"},
		{"firm in use", `DELETE FROM muchan.firms`, "occupancies_uscc_fkey"},
		{"truncate", `TRUNCATE muchan.targets`, ""},
		{"journal rewritten", `UPDATE muchan.journal SET who = 'nobody'`, ""},
		{"journal cut", `DELETE FROM muchan.journal`, ""},
		{"journal emptied", `TRUNCATE muchan.journal`, ""},
		{"change rewritten", `UPDATE muchan.changes SET who = 'nobody'`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := conn.Exec(context.Background(), c.statement)
			if err == nil {
				t.Fatal("the edit went through")
			}
			if got := pgError(err).ConstraintName; got != c.constraint {
				t.Errorf("refused by %q, want %q: %v", got, c.constraint, err)
			}
		})
	}
	if v, err := store.Version(context.Background()); err != nil || v != before {
		t.Errorf("version %d, %v; want %d", v, err, before)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	address := pgtest.Database(t)
	open(t, address)
	exec(t, connect(t, address), `INSERT INTO muchan.migrations (number, file) VALUES (999, '0999_future.sql')`)
	if _, err := postgis.Open(context.Background(), address, postgis.Options{}); !errors.Is(err, parcels.ErrNewer) {
		t.Errorf("error %v, want ErrNewer", err)
	}
}

// TestConcurrentStarts opens one empty database from many sides at once, and a second one, which makes the same cluster-wide roles.
func TestConcurrentStarts(t *testing.T) {
	addresses := []string{pgtest.Database(t), pgtest.Database(t)}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			store, err := postgis.Open(context.Background(), addresses[i%2], postgis.Options{MaxConns: 1})
			if err != nil {
				t.Error(err)
				return
			}
			if err := store.CreateRoles(context.Background()); err != nil {
				t.Error(err)
			}
			store.Close()
		})
	}
	wg.Wait()
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	if n := cell(t, connect(t, addresses[0]), `SELECT count(*)::text FROM muchan.migrations`); n != strconv.Itoa(len(files)) {
		t.Errorf("%s migrations are on record, want %d", n, len(files))
	}
}

func TestOpenWithoutServer(t *testing.T) {
	began := time.Now()
	_, err := postgis.Open(context.Background(), "postgres://postgres@127.0.0.1:1/none", postgis.Options{})
	if !errors.Is(err, parcels.ErrUnavailable) || time.Since(began) > 10*time.Second {
		t.Errorf("after %s: %v, want ErrUnavailable", time.Since(began), err)
	}
	if _, err := postgis.Open(context.Background(), "postgres://u:geheim@[::1", postgis.Options{}); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("broken URL: %v, want an error without the password", err)
	}
}

func pgError(err error) *pgconn.PgError {
	var server *pgconn.PgError
	errors.As(err, &server)
	return server
}
