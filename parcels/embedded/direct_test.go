package embedded_test

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/parcels/storetest"
)

// TestUnreadableRows plants values that our types cannot hold, past the checks of the file: a snapshot names them instead of
// leaving them out.
func TestUnreadableRows(t *testing.T) {
	cases := []struct{ name, set, column string }{
		{"no day", `valid_to = '2020-02-30'`, "valid_to"},
		{"date as text", `signed_on = '5 May'`, "signed_on"},
		{"date far off", `signed_on = '1066-10-14'`, "signed_on"},
		{"text among numbers", `title_area_m2 = 'large'`, "title_area_m2"},
		{"infinite", `title_area_m2 = 9e999`, "title_area_m2"},
		{"money beyond bounds", `price_wan = 1e12`, "price_wan"},
		{"flag of 2", `government_cause = 2`, "government_cause"},
		{"geometry as text", `shape = 'POLYGON EMPTY'`, "shape"},
		{"not a GeoPackage geometry", `shape = x'0102030405060708090a'`, "shape"},
		{"geometry cut off", `shape = substr(shape, 1, 60)`, "shape"},
		{"point", `shape = x'475000018a110000' || x'0101000000000000000000f03f0000000000000040'`, "shape"},
		{"other coordinate system", `shape = substr(shape, 1, 4) || x'c3110000' || substr(shape, 9)`, "shape"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, path := openNew(t)
			rows := storetest.Town(3)
			apply(t, s, rows)
			code := rows.Parcels[1].Code
			// The spatial index triggers need functions that plain SQLite lacks.
			mustExec(t, path, `
				DROP TRIGGER rtree_parcels_shape_update1; DROP TRIGGER rtree_parcels_shape_update2;
				PRAGMA ignore_check_constraints = ON;
				UPDATE parcels SET `+c.set+` WHERE code = '`+code+`'`)
			_, err := s.Snapshot(context.Background(), rows.Parcels[0].ValidFrom)
			if err == nil {
				t.Fatal("snapshot was read")
			}
			for _, part := range []string{"parcels", code + "|2010-01-01", "column " + c.column} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not say %q", err, part)
				}
			}
		})
	}
}

// TestEnumerationsAreChecked compares the allowed texts in the file with those of the entities.
func TestEnumerationsAreChecked(t *testing.T) {
	_, path := openNew(t)
	checkEnums(t, path, &parcels.ParkTable)
	checkEnums(t, path, &parcels.ZoneTable)
	checkEnums(t, path, &parcels.ParcelTable)
	checkEnums(t, path, &parcels.BuildingTable)
	checkEnums(t, path, &parcels.FirmTable)
	checkEnums(t, path, &parcels.OccupancyTable)
	checkEnums(t, path, &parcels.FiguresTable)
	checkEnums(t, path, &parcels.EventTable)
}

func checkEnums[T any](t *testing.T, path string, table *parcels.Table[T]) {
	t.Helper()
	db, err := sql.Open("sqlite", fileURL(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var create string
	if err := db.QueryRow(`SELECT sql FROM sqlite_master WHERE name = ?`, table.Name).Scan(&create); err != nil {
		t.Fatal(err)
	}
	for i := range table.Columns {
		c := &table.Columns[i]
		if len(c.Enum) == 0 {
			continue
		}
		_, check, found := strings.Cut(create, "CONSTRAINT "+table.Name+"_"+c.Name+"_check CHECK (")
		check, _, _ = strings.Cut(check, "),\n    ")
		got := allowedText.FindAllStringSubmatch(check, -1)
		for _, m := range got {
			if !slices.Contains(c.Enum, m[1]) {
				t.Errorf("%s.%s: the file allows %q, the entity does not", table.Name, c.Name, m[1])
			}
		}
		if !found || len(got) != len(c.Enum) {
			t.Errorf("%s.%s: the file allows %d texts, the entity %d", table.Name, c.Name, len(got), len(c.Enum))
		}
	}
}

// allowedText is one text of a check: in quotes, or for lists between semicolons in quotes.
var allowedText = regexp.MustCompile(`';?([a-z][a-z0-9_]+);?'`)

// TestTagsAreChecked tries lists, which only SQLite keeps as text.
func TestTagsAreChecked(t *testing.T) {
	s, path := openNew(t)
	apply(t, s, storetest.Town(1))
	for tags, allowed := range map[string]bool{
		"": true, "listed": true, "listed;utility": true, "listed; high_tech；research": true, "listed;listed": true,
		"rich": false, "listed;rich": false, "listedutility": false, "listed,utility": false, "high_te;listed;ch": false,
	} {
		err := execSQL(path, `UPDATE firms SET tags = '`+tags+`'`)
		if (err == nil) != allowed || err != nil && !strings.Contains(err.Error(), "firms_tags_check") {
			t.Errorf("tags %q: %v, allowed is %t", tags, err, allowed)
		}
	}
}

// TestChecks tries what a direct edit must not leave behind.
func TestChecks(t *testing.T) {
	s, path := openNew(t)
	rows := storetest.Town(3)
	apply(t, s, rows)
	before, err := s.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`UPDATE parcels SET valid_to = '2020-02-30'`,
		`UPDATE parcels SET valid_to = '2020/02/03'`,
		`UPDATE parcels SET signed_on = ''`,
		`UPDATE parcels SET title_area_m2 = 'large'`,
		`UPDATE parcels SET government_cause = 2`,
		`UPDATE parcels SET code = NULL`,
		`UPDATE parcels SET address = x'00ff'`,
		`UPDATE figures SET year = '二〇二〇'`,
		`UPDATE parcels SET code = '` + rows.Parcels[0].Code + `'`, // two rows with one key
		`INSERT INTO occupancies (parcel, building, uscc, tenure, "from") SELECT parcel, building, uscc, tenure, "from" FROM occupancies`,
		`DELETE FROM firms`, // figures and occupancies refer to them
		`UPDATE journal SET before = ''`,
		`DELETE FROM journal`,
		`UPDATE changes SET who = 'somebody else'`,
		`DELETE FROM changes`,
	} {
		if err := execSQL(path, statement); err == nil {
			t.Errorf("%s went through", statement)
		}
	}
	if v, err := s.Version(context.Background()); v != before || err != nil {
		t.Errorf("version %d, %v after refused edits, want %d", v, err, before)
	}
}
