package embedded_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

var suite = storetest.Suite{
	New:       func(t testing.TB) string { return filepath.Join(t.TempDir(), "园区 100%?.gpkg") },
	Open:      func(path string) (parcels.Store, error) { return embedded.Open(path) },
	Exec:      execSQL,
	Steps:     steps(),
	FillSteps: fillSteps(),
	Stopped:   stopped,
}

// steps are before and after the rows of each table that a change writes, when it has its number, and when it ends.
func steps() []storetest.Step {
	var list []storetest.Step
	for _, table := range []string{"parcels", "buildings", "figures"} {
		list = append(list, step("before a row of "+table, `BEFORE UPDATE ON `+table), step("after a row of "+table, `AFTER UPDATE ON `+table))
	}
	return append(list, endSteps()...)
}

// fillSteps are beside those of any change in the writing of each table's spatial index: a table with a trigger on it is not filled.
func fillSteps() []storetest.Step {
	var list []storetest.Step
	for _, table := range []string{"parcels", "buildings"} {
		list = append(list, step("in the index of "+table, `AFTER INSERT ON rtree_`+table+`_shape_rowid`), step("in the nodes of "+table, `BEFORE INSERT ON rtree_`+table+`_shape_node`))
	}
	return append(list, endSteps()...)
}

func endSteps() []storetest.Step {
	return []storetest.Step{
		step("before the journal", `BEFORE INSERT ON journal`),
		step("in the journal of the last table", `AFTER INSERT ON journal WHEN NEW.entity = 'figures'`),
		step("before the change's record", `BEFORE INSERT ON changes`),
		step("after the change's record", `AFTER INSERT ON changes`),
		step("change numbered", `AFTER UPDATE ON state WHEN NEW.applying = 1`),
		step("change ended", `AFTER UPDATE ON state WHEN OLD.applying = 1 AND NEW.applying = 0`),
	}
}

func step(name, when string) storetest.Step {
	return storetest.Step{Name: name, Stop: `CREATE TRIGGER z_stop ` + when + ` BEGIN SELECT ` + embedded.StopFunction + `(); END`, Pass: `DROP TRIGGER z_stop`}
}

// stopped looks for the mark that a process leaves where it stops.
func stopped(path string) (bool, error) {
	err := os.Remove(path + embedded.StopMark)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// execSQL runs a statement as the sqlite3 shell would: plain SQLite, none of our functions.
func execSQL(path, statement string) error {
	db, err := sql.Open("sqlite", fileURL(path))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

func fileURL(path string) string {
	u := url.URL{Scheme: "file", Path: path, RawQuery: "_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)"}
	return u.String()
}

// TestMain fails the package when a store leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) { storetest.Run(t, suite) }

func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
