package embedded_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

// filled loads parcels into an empty store, some thousand at a time.
func filled(t *testing.T, n int) (*embedded.Store, string) {
	t.Helper()
	s, path := openNew(t)
	rows := storetest.Town(n)
	apply(t, s, parcels.Rows{Parks: rows.Parks})
	loading, err := s.Load(context.Background(), parcels.Change{Who: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer loading.Abandon()
	for from := 0; from < n; from += 1000 {
		part := parcels.Rows{Parcels: rows.Parcels[from:min(n, from+1000)]}
		if err := loading.Add(context.Background(), &part); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := loading.Finish(context.Background()); err != nil || r.Inserted != n {
		t.Fatalf("%+v, %v", r, err)
	}
	return s, path
}

// TestFilledIndex compares the index of a table that was filled with the one that SQLite makes of the same rows one by one, and has SQLite
// check its tables and our rows: up to one leaf, one more, and three levels.
func TestFilledIndex(t *testing.T) {
	for _, n := range []int{1, 51, 52, 3000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			_, path := filled(t, n)
			db := openPlain(t, path)
			for check, want := range map[string]string{`SELECT rtreecheck('rtree_parcels_shape')`: "ok", `PRAGMA integrity_check`: "ok", `PRAGMA foreign_key_check`: ""} {
				var got string
				if err := db.QueryRow(check).Scan(&got); got != want || err != nil && want != "" {
					t.Errorf("%s: %q, %v", check, got, err)
				}
			}
			checkBoxes(t, db, n)
			checkWindows(t, db)
		})
	}
}

// checkBoxes fills another index by SQLite's own code.
func checkBoxes(t *testing.T, db *sql.DB, n int) {
	t.Helper()
	if _, err := db.Exec(`CREATE VIRTUAL TABLE temp.one_by_one USING rtree(id, minx, maxx, miny, maxy)`); err != nil {
		t.Fatal(err)
	}
	for _, row := range boxesOf(t, db) {
		if _, err := db.Exec(`INSERT INTO one_by_one VALUES (?, ?, ?, ?, ?)`, row.fid, row.box.Min[0], row.box.Max[0], row.box.Min[1], row.box.Max[1]); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := db.Query(`SELECT a.minx, b.minx, a.maxx, b.maxx, a.miny, b.miny, a.maxy, b.maxy FROM rtree_parcels_shape a JOIN one_by_one b ON a.id = b.id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := 0
	for ; rows.Next(); found++ {
		var v [8]float64
		if err := rows.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7]); err != nil {
			t.Fatal(err)
		}
		for i := 0; i < 8; i += 2 {
			if ours, step := float32(v[i]), math.Nextafter32(float32(v[i]), math.MaxFloat32)-float32(v[i]); math.Abs(float64(ours)-v[i+1]) > float64(2*step) { // SQLite widens by up to two
				t.Fatalf("an edge is %v, SQLite's %v", v[i], v[i+1])
			}
		}
	}
	if found != n {
		t.Errorf("%d boxes in both, want %d", found, n)
	}
}

// checkWindows finds by the index what lies in windows, and no row of them may be missing.
func checkWindows(t *testing.T, db *sql.DB) {
	t.Helper()
	rows := boxesOf(t, db)
	for _, window := range []geo.Bound{{Min: geo.Point{118.5, 24.8}, Max: geo.Point{118.51, 24.801}}, {Min: geo.Point{118.52, 24.8}, Max: geo.Point{118.5205, 24.9}}, {Min: geo.Point{0, 0}, Max: geo.Point{180, 90}}} {
		want := 0
		for _, row := range rows {
			if row.box.Intersects(window) {
				want++
			}
		}
		var got int
		err := db.QueryRow(`SELECT count(*) FROM rtree_parcels_shape WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?`,
			window.Min[0], window.Max[0], window.Min[1], window.Max[1]).Scan(&got)
		if err != nil || got < want || got > want+want/10+5 { // boxes in float32 are wider by metres
			t.Errorf("%v: the index finds %d, there are %d: %v", window, got, want, err)
		}
	}
}

type numbered struct {
	fid int64
	box geo.Bound
}

func boxesOf(t *testing.T, db *sql.DB) (list []numbered) {
	t.Helper()
	rows, err := db.Query(`SELECT fid, shape FROM parcels`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row numbered
		var blob []byte
		if err := rows.Scan(&row.fid, &blob); err != nil {
			t.Fatal(err)
		}
		s, err := embedded.DecodeGeometry(blob)
		if err != nil {
			t.Fatal(err)
		}
		row.box = s.Bound()
		list = append(list, row)
	}
	return list
}

// openPlain opens a file by one connection of plain SQLite.
func openPlain(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", fileURL(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return db
}

func triggersOf(t *testing.T, db *sql.DB) string {
	t.Helper()
	var text string
	if err := db.QueryRow(`SELECT group_concat(name || sql, char(10)) FROM (SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name)`).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// TestTriggersAfterFilling finds all triggers as they were, after a filling that ended and one that was abandoned; and they do their work.
func TestTriggersAfterFilling(t *testing.T) {
	s, path := openNew(t)
	apply(t, s, parcels.Rows{Parks: storetest.Town(1).Parks})
	db := openPlain(t, path)
	before := triggersOf(t, db)
	for _, ends := range []bool{false, true} {
		load(t, s, 30, ends)
		if after := triggersOf(t, db); after != before {
			t.Fatalf("triggers before:\n%s\nafter:\n%s", before, after)
		}
	}
	apply(t, s, parcels.Rows{Parcels: storetest.Town(31).Parcels[30:]})
	checkCount(t, db, `SELECT count(*) FROM rtree_parcels_shape`, 31)
	astray := storetest.Town(32).Parcels[31]
	astray.TitleAreaM2 = parcels.Some(-1.5)
	_, err := s.Apply(context.Background(), parcels.Change{Who: "test", Rows: parcels.Rows{Parcels: []parcels.Parcel{astray}}})
	if err == nil || !strings.Contains(err.Error(), "parcels_title_area_m2_check") {
		t.Errorf("a check after a filling: %v", err)
	}
}

// TestLoadUnderStrangeHands loads into empty tables that others changed: a trigger of theirs does its work, and who
// took the spatial index away, as QGIS can, gets his rows without one.
func TestLoadUnderStrangeHands(t *testing.T) {
	cases := map[string]struct {
		edit  string
		count string
		want  int
	}{
		"a trigger that notes rows": {
			`CREATE TABLE seen (code); CREATE TRIGGER z_bureau AFTER INSERT ON parcels BEGIN INSERT INTO seen VALUES (NEW.code); END`, `SELECT count(*) FROM seen`, 30,
		},
		"a trigger that takes a row away": {
			`CREATE TRIGGER z_bureau AFTER INSERT ON parcels WHEN NEW.fid = 3 BEGIN DELETE FROM parcels WHERE fid = NEW.fid; END`, `SELECT count(*) FROM parcels`, 29,
		},
		"no index": {
			`DROP TRIGGER rtree_parcels_shape_insert; DROP TRIGGER rtree_parcels_shape_update1; DROP TRIGGER rtree_parcels_shape_update2;
			DROP TRIGGER rtree_parcels_shape_update3; DROP TRIGGER rtree_parcels_shape_delete; DROP TABLE rtree_parcels_shape`, `SELECT count(*) FROM parcels`, 30,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s, path := openNew(t)
			apply(t, s, parcels.Rows{Parks: storetest.Town(1).Parks})
			db := openPlain(t, path)
			if _, err := db.Exec(c.edit); err != nil {
				t.Fatal(err)
			}
			load(t, s, 30, true)
			checkCount(t, db, c.count, c.want)
		})
	}
}

// load loads parcels in one part, to the end or not.
func load(t *testing.T, s *embedded.Store, n int, ends bool) {
	t.Helper()
	loading, err := s.Load(context.Background(), parcels.Change{Who: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer loading.Abandon()
	part := parcels.Rows{Parcels: storetest.Town(n).Parcels}
	err = loading.Add(context.Background(), &part)
	if err == nil && ends {
		_, err = loading.Finish(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func checkCount(t *testing.T, db *sql.DB, query string, want int) {
	t.Helper()
	var got int
	if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
		t.Errorf("%s: %d, %v; want %d", query, got, err, want)
	}
}

// TestChecksRefuseNothingValid tries values at the edge of sense in every column: what Validate lets pass, the checks of the file let pass,
// so that a filling may do without them.
func TestChecksRefuseNothingValid(t *testing.T) {
	s, _ := openNew(t)
	rows := storetest.Everything()
	apply(t, s, rows)
	tried := 0
	tried += tryColumns(t, s, &parcels.ParkTable, rows.Parks, func(r *parcels.Rows) *[]parcels.Park { return &r.Parks }, (*parcels.Park).Validate)
	tried += tryColumns(t, s, &parcels.ZoneTable, rows.Zones, func(r *parcels.Rows) *[]parcels.Zone { return &r.Zones }, (*parcels.Zone).Validate)
	tried += tryColumns(t, s, &parcels.ParcelTable, rows.Parcels, func(r *parcels.Rows) *[]parcels.Parcel { return &r.Parcels }, (*parcels.Parcel).Validate)
	tried += tryColumns(t, s, &parcels.BuildingTable, rows.Buildings, func(r *parcels.Rows) *[]parcels.Building { return &r.Buildings }, (*parcels.Building).Validate)
	tried += tryColumns(t, s, &parcels.FirmTable, rows.Firms, func(r *parcels.Rows) *[]parcels.Firm { return &r.Firms }, (*parcels.Firm).Validate)
	tried += tryColumns(t, s, &parcels.OccupancyTable, rows.Occupancies, func(r *parcels.Rows) *[]parcels.Occupancy { return &r.Occupancies }, (*parcels.Occupancy).Validate)
	tried += tryColumns(t, s, &parcels.FiguresTable, rows.Figures, func(r *parcels.Rows) *[]parcels.Figures { return &r.Figures }, (*parcels.Figures).Validate)
	tried += tryColumns(t, s, &parcels.EventTable, rows.Events, func(r *parcels.Rows) *[]parcels.Event { return &r.Events }, (*parcels.Event).Validate)
	tried += tryColumns(t, s, &parcels.TargetTable, rows.Targets, func(r *parcels.Rows) *[]parcels.Target { return &r.Targets }, (*parcels.Target).Validate)
	tried += tryColumns(t, s, &parcels.TargetValueTable, rows.TargetValues, func(r *parcels.Rows) *[]parcels.TargetValue { return &r.TargetValues }, (*parcels.TargetValue).Validate)
	if tried < 200 {
		t.Errorf("%d values were tried", tried)
	}
	t.Logf("%d values pass Validate", tried)
}

// tryColumns changes one column of one row at a time and counts the rows in whose column Validate finds no error.
func tryColumns[T any](t *testing.T, s *embedded.Store, table *parcels.Table[T], rows []T, in func(*parcels.Rows) *[]T, validate func(*T) []parcels.Problem) (tried int) {
	for i := range rows {
		for _, c := range table.Columns {
			if faulty(validate(&rows[i]), c.Name) {
				continue
			}
			for n := range 12 {
				row := rows[i]
				if !astray(c.Field(&row), n, c.Enum) || faulty(validate(&row), c.Name) {
					continue
				}
				tried++
				var change parcels.Rows
				*in(&change) = []T{row}
				_, err := s.Apply(context.Background(), parcels.Change{Who: "test", Rows: change})
				if refused := new(parcels.RefusedError); err != nil && !errors.As(err, &refused) {
					t.Errorf("%s.%s: value %d passes Validate and not the file: %v", table.Name, c.Name, n, err)
				}
			}
		}
	}
	return tried
}

// faulty reports whether Validate finds an error in a column.
func faulty(problems []parcels.Problem, column string) bool {
	return slices.ContainsFunc(problems, func(p parcels.Problem) bool { return p.Severity == parcels.SeverityError && p.Column == column })
}

// astray sets a field to its nth odd value; it reports whether there is one.
func astray(field any, n int, enum []string) bool {
	numbers := []float64{-1e6, -1, -0.0001, 0, 1e-300, 20, 1000, 1e5, 1e9, 1e300}
	switch f := field.(type) {
	case *parcels.Opt[float64]:
		if n >= len(numbers) {
			return false
		}
		*f = parcels.Some(numbers[n])
	case *parcels.Opt[parcels.Wan]:
		amounts := []parcels.Wan{-1e18, -1e13, -1, 0, 1, 1e13, 1e18}
		if n >= len(amounts) {
			return false
		}
		*f = parcels.Some(amounts[n])
	case *parcels.Opt[bool]:
		*f = parcels.Some(n == 1)
		return n < 2
	case *parcels.Date:
		days := []string{"1900-01-01", "2200-12-31", "2000-02-29", "2099-12-31"}
		if n >= len(days) {
			return false
		}
		*f = parcels.MustDate(days[n])
	case *int:
		years := []int{-1, 0, 1899, 1990, 2100, 2101, 100000}
		if n >= len(years) {
			return false
		}
		*f = years[n]
	case *string:
		texts := append([]string{"", "x", "O'Neil", "a;b"}, enum...)
		if n >= len(texts) {
			return false
		}
		*f = texts[n]
	case *[]string:
		if len(enum) == 0 || n > 1 {
			return false
		}
		*f = append([]string(nil), enum[:n+1]...)
	default:
		return false
	}
	return true
}

// TestFillingMeetsUpdates writes over rows of a table while it is filled, which no plan does today: the index follows.
func TestFillingMeetsUpdates(t *testing.T) {
	s, path := openNew(t)
	rows := storetest.Town(3)
	apply(t, s, parcels.Rows{Parks: rows.Parks})
	loading, err := s.Load(context.Background(), parcels.Change{Who: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer loading.Abandon()
	part := parcels.Rows{Parcels: rows.Parcels[:2]}
	if err := loading.Add(context.Background(), &part); err != nil {
		t.Fatal(err)
	}
	moved := rows.Parcels[0]
	moved.Shape = rows.Parcels[2].Shape
	plan := parcels.Plan{Updated: 1, Inserted: 1, Parcels: []parcels.Step[parcels.Parcel]{
		{Action: parcels.ActionUpdate, Key: parcels.ParcelTable.Key(&moved), Before: &rows.Parcels[0], After: &moved},
		{Action: parcels.ActionInsert, Key: parcels.ParcelTable.Key(&rows.Parcels[2]), After: &rows.Parcels[2]},
	}}
	part = parcels.Rows{Parks: rows.Parks}
	if err := loading.Add(context.Background(), &part); err != nil { // which waits for the part before
		t.Fatal(err)
	}
	if err := loading.(parcels.Transaction).Write(context.Background(), &plan); err != nil {
		t.Fatal(err)
	}
	if _, err := loading.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	db := openPlain(t, path)
	checkBoxes(t, db, 3)
}
