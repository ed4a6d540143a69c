package postgis_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// login makes a user of the cluster who is a member of one role, and connects as that user.
func login(t *testing.T, address, role string) *pgx.Conn {
	t.Helper()
	admin := connect(t, address)
	user := fmt.Sprintf("%s_%s", role, cell(t, admin, `SELECT current_database()::text`))
	exec(t, admin, `CREATE ROLE `+pgx.Identifier{user}.Sanitize()+` LOGIN IN ROLE `+pgx.Identifier{role}.Sanitize())
	return connect(t, as(t, address, user))
}

// TestRightsAreGolden compares all rights of all roles on every table, view, column, function and schema of muchan with
// testdata/rights.txt. Set MUCHAN_UPDATE=1 to write the file after a change that was meant, and read the difference.
func TestRightsAreGolden(t *testing.T) {
	address := pgtest.Database(t)
	open(t, address)
	conn := connect(t, address)
	rows, err := conn.Query(context.Background(), `
		WITH role AS (SELECT unnest(ARRAY['muchan_viewer', 'muchan_analyst', 'muchan_editor', 'muchan_service']) AS name),
		     space AS (SELECT oid, nspname FROM pg_namespace WHERE nspname IN ('muchan', 'muchan_viewer', 'muchan_analyst'))
		SELECT r.name || ' schema ' || s.nspname || ' ' || p AS line
		  FROM role r, space s, unnest(ARRAY['USAGE', 'CREATE']) p
		 WHERE has_schema_privilege(r.name, s.oid, p)
		UNION ALL
		SELECT r.name || ' ' || s.nspname || '.' || c.relname || ' ' || string_agg(p, ' ' ORDER BY p)
		  FROM role r, space s JOIN pg_class c ON c.relnamespace = s.oid AND c.relkind IN ('r', 'v'),
		       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
		 WHERE has_table_privilege(r.name, c.oid, p)
		 GROUP BY r.name, s.nspname, c.relname
		UNION ALL
		SELECT r.name || ' function ' || s.nspname || '.' || f.proname
		  FROM role r, space s JOIN pg_proc f ON f.pronamespace = s.oid
		 WHERE has_function_privilege(r.name, f.oid, 'EXECUTE')
		UNION ALL
		SELECT 'columns ' || s.nspname || '.' || c.relname || ': ' || string_agg(a.attname, ' ' ORDER BY a.attnum)
		  FROM space s JOIN pg_class c ON c.relnamespace = s.oid AND c.relkind = 'v' JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		 GROUP BY s.nspname, c.relname
		ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "rights.txt")
	got := strings.Join(lines, "\n") + "\n"
	if os.Getenv("MUCHAN_UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(want)), "\n") {
		if !slices.Contains(lines, line) {
			t.Errorf("lost: %s", line)
		}
	}
	for _, line := range lines {
		if !strings.Contains(string(want), line+"\n") {
			t.Errorf("new: %s", line)
		}
	}
}

// confidential are columns a viewer may see nowhere.
var confidential = []string{
	"uscc", "contract_no", "price_wan", "agreed_fai_wan", "fai_wan", "total_build_wan", "invested_build_wan", "agreed_output_wan_mu",
	"agreed_tax_wan_mu", "output_wan", "revenue_wan", "value_added_wan", "vat_wan", "income_tax_wan", "urban_tax_wan", "land_use_tax_wan",
	"property_tax_wan", "other_tax_wan", "export_credit_wan", "vat_refund_wan", "energy_tce", "emissions_t", "staff", "rd_wan",
	"electricity_mwh", "cod_t", "water_t", "industry", "above_scale", "tags", "tenure", "results", "before", "after",
}

// planted are values of village that no answer to a viewer may hold.
var planted = []string{"机密合同", "987654.321", "演示机密鞋业", firmA, "123456.789", "机密处罚"}

func TestViewerSeesNothingConfidential(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	apply(t, store, village())
	admin := connect(t, address)
	exec(t, admin, `ANALYZE`) // statistics are where values leak
	viewer := login(t, address, "muchan_viewer")

	checkBaseTablesDenied(t, admin, viewer)
	for _, name := range []string{"firms", "occupancies", "figures", "events", "runs", "acts", "rule_sets"} {
		if _, err := viewer.Exec(context.Background(), `SELECT * FROM muchan_analyst.`+name); pgCode(err) != "42501" {
			t.Errorf("muchan_analyst.%s: %v, want permission denied", name, err)
		}
	}
	for _, column := range confidential {
		where := cell(t, viewer, `SELECT string_agg(table_schema || '.' || table_name, ' ') FROM information_schema.columns
			WHERE column_name = $1 AND table_schema LIKE 'muchan%'`, column)
		if where != "NULL" {
			t.Errorf("a viewer can see the column %s of %s", column, where)
		}
		for _, view := range []string{"parks", "zones", "parcels", "buildings"} {
			if _, err := viewer.Exec(context.Background(), fmt.Sprintf(`SELECT %s FROM muchan_viewer.%s`, column, view)); pgCode(err) != "42703" {
				t.Errorf("muchan_viewer.%s.%s: %v, want no such column", view, column, err)
			}
		}
	}
	all := dump(t, viewer, "muchan_viewer")
	for _, value := range planted {
		if strings.Contains(all, value) {
			t.Errorf("a viewer can read %q", value)
		}
	}
	if !strings.Contains(all, "清濛大道 1 号") || !strings.Contains(all, "6666.5") {
		t.Errorf("a viewer cannot read what is a viewer's: %s", all)
	}
	checkStatisticsDenied(t, viewer)
}

func TestAnalystSeesFiguresThroughViewsOnly(t *testing.T) {
	address := pgtest.Database(t)
	apply(t, open(t, address), village())
	admin := connect(t, address)
	exec(t, admin, `ANALYZE`)
	analyst := login(t, address, "muchan_analyst")
	checkBaseTablesDenied(t, admin, analyst)
	checkStatisticsDenied(t, analyst)
	all := dump(t, analyst, "muchan_analyst")
	for _, value := range planted { // the positive control of the viewer's test: the same search finds what is there
		if !strings.Contains(all, value) {
			t.Errorf("an analyst cannot read %q", value)
		}
	}
}

// checkBaseTablesDenied tries to read and write every table of the schema muchan.
func checkBaseTablesDenied(t *testing.T, admin, conn *pgx.Conn) {
	t.Helper()
	tables := strings.Fields(cell(t, admin, `SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'muchan'`))
	if len(tables) != 17 {
		t.Errorf("muchan has the tables %v, want 17", tables)
	}
	for _, table := range tables {
		for _, statement := range []string{`SELECT 1 FROM muchan.%s`, `DELETE FROM muchan.%s`, `EXPLAIN SELECT * FROM muchan.%s`, `COPY muchan.%s TO STDOUT`} {
			if _, err := conn.Exec(context.Background(), fmt.Sprintf(statement, table)); pgCode(err) != "42501" {
				t.Errorf(statement+": %v, want permission denied", table, err)
			}
		}
	}
	for _, function := range []string{"muchan.move()", "muchan.row_json('{}', 0)"} {
		if _, err := conn.Exec(context.Background(), `SELECT `+function); pgCode(err) != "42501" {
			t.Errorf("%s: %v, want permission denied", function, err)
		}
	}
}

func checkStatisticsDenied(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	if n := cell(t, conn, `SELECT count(*)::text FROM pg_stats WHERE schemaname LIKE 'muchan%'`); n != "0" {
		t.Errorf("pg_stats shows %s columns", n)
	}
	for _, table := range []string{"pg_statistic", "pg_statistic_ext_data", "pg_authid"} {
		if _, err := conn.Exec(context.Background(), `SELECT * FROM `+table); pgCode(err) != "42501" {
			t.Errorf("%s: %v, want permission denied", table, err)
		}
	}
}

// dump reads every view of a schema as JSON.
func dump(t *testing.T, conn *pgx.Conn, schema string) string {
	t.Helper()
	var all strings.Builder
	for _, view := range strings.Fields(cell(t, conn, `SELECT string_agg(viewname, ' ') FROM pg_views WHERE schemaname = $1`, schema)) {
		all.WriteString(cell(t, conn, `SELECT json_agg(v)::text FROM `+pgx.Identifier{schema, view}.Sanitize()+` v`))
	}
	return all.String()
}

// TestEditorIsJournalled edits as a data keeper would in QGIS: the edit counts, and its journal cannot be touched.
func TestEditorIsJournalled(t *testing.T) {
	address := pgtest.Database(t)
	store := open(t, address)
	apply(t, store, village())
	editor := login(t, address, "muchan_editor")
	exec(t, editor, `UPDATE muchan.parcels SET address = '改' WHERE code = $1`, codeA)
	entry := cell(t, editor, `SELECT who || ' ' || why || ' ' || action || ' ' || (after ->> 'address') FROM muchan.journal ORDER BY number DESC LIMIT 1`)
	if user := cell(t, editor, `SELECT session_user::text`); entry != "sql "+user+" update 改" {
		t.Errorf("journal entry %q", entry)
	}
	for _, statement := range []string{
		`INSERT INTO muchan.journal (at, who, why, entity, key, action) VALUES (now(), 'x', 'x', 'x', 'x', 'update')`,
		`UPDATE muchan.state SET change = 1`, `UPDATE muchan.runs SET year = 1`, `SELECT muchan.move()`, `ALTER TABLE muchan.parcels DISABLE TRIGGER ALL`,
	} {
		if _, err := editor.Exec(context.Background(), statement); pgCode(err) != "42501" {
			t.Errorf("%s: %v, want permission denied", statement, err)
		}
	}
}

// TestServiceNeedsNoOwner runs the store as a role that owns nothing.
func TestServiceNeedsNoOwner(t *testing.T) {
	address := pgtest.Database(t)
	open(t, address)
	user := cell(t, login(t, address, "muchan_service"), `SELECT session_user::text`)
	store := open(t, as(t, address, user))
	apply(t, store, village())
	changed := village()
	changed.Firms[0].Name = "改名"
	if r := apply(t, store, changed); r.Updated != 1 {
		t.Errorf("receipt %+v, want one updated", r)
	}
	if err := store.PublishRun(context.Background(), run("2025-1")); err != nil {
		t.Error(err)
	}
	if err := store.Record(context.Background(), firstAct()); err != nil {
		t.Error(err)
	}
	if err := store.AddRules(context.Background(), parcels.RuleText{ID: "默认", Text: []byte("id: 默认"), At: time.Now()}); err != nil {
		t.Error(err)
	}
}

func pgCode(err error) string {
	if server := pgError(err); server != nil {
		return server.Code
	}
	return ""
}

// TestOwnerWithoutCreateRole starts in a cluster that has no roles yet, as somebody who may not create any: the store works, and the
// error about the roles says what to do.
func TestOwnerWithoutCreateRole(t *testing.T) {
	cluster, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Stop()
	address, err := cluster.Create("plain")
	if err != nil {
		t.Fatal(err)
	}
	admin := connect(t, address)
	exec(t, admin, `CREATE ROLE plain LOGIN`)
	exec(t, admin, `GRANT CREATE ON DATABASE plain TO plain`)
	store := open(t, as(t, address, "plain"))
	apply(t, store, village())
	if err := store.CreateRoles(context.Background()); !errors.Is(err, postgis.ErrRoles) {
		t.Errorf("a plain owner creates roles: %v, want ErrRoles", err)
	}
	if n := cell(t, admin, `SELECT count(*)::text FROM pg_roles WHERE rolname LIKE 'muchan%'`); n != "0" {
		t.Errorf("%s roles are there", n)
	}
	if err := open(t, address).CreateRoles(context.Background()); err != nil {
		t.Errorf("a superuser creates roles: %v", err)
	}
	if err := store.CreateRoles(context.Background()); err != nil {
		t.Errorf("the owner grants to roles that exist: %v", err)
	}
	checkBaseTablesDenied(t, admin, login(t, address, "muchan_viewer"))
}
