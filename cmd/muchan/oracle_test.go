package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.yaml.in/yaml/v3"
)

// oracleSQL states the rules of land and money a second time; see its head for the parameters.
//
//go:embed testdata/oracle.sql
var oracleSQL string

// oracleYears are a year of complete figures, one before and one after parcels were split, merged and sold.
var oracleYears = []int{2020, 2023, 2025}

// oracleTolerance is how far a score may be from the statement, relative to it. Money agrees to the fen. Drawn areas agree to 1e-7:
// ST_Area(geography) measures from the equator and so rounds by some 1e-5 m², which is 1e-9 of a parcel and more of a shed.
func oracleTolerance(column string, isTitle bool) float64 {
	switch column {
	case "output_wan", "revenue_wan", "value_added_wan", "tax_wan":
		return 0
	case "density":
		return 1e-7
	case "land_mu":
		if !isTitle {
			return 1e-7
		}
	}
	return 1e-9
}

// overLand lists the columns that are something over the land. Where the land was drawn, they are compared times the land, which is
// compared by itself.
var overLand = []string{"output_wan_mu", "revenue_wan_mu", "value_added_wan_mu", "tax_wan_mu", "far", "density"}

// demoScores is what the oracle needs of `muchan score --json`.
type demoScores struct {
	Rules   []struct{ ID, Kind string }
	Parcels []map[string]any
}

func scoresOf(t *testing.T, url string, year int) demoScores {
	t.Helper()
	out := must(t, "score", "--json", "--year", strconv.Itoa(year), "--as-of", demoDay, "--database-url", url, "--data", t.TempDir())
	var s demoScores
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// ratedTax reads from the text of the evaluation set that was used which columns make the rated tax.
func (s demoScores) ratedTax(t *testing.T) []string {
	t.Helper()
	var used []string
	for _, r := range s.Rules {
		if r.Kind == "evaluation" {
			used = append(used, r.ID)
		}
	}
	if len(used) != 1 {
		t.Fatalf("the evaluation sets %v were used, want one", used)
	}
	var set struct{ Evaluation struct{ Tax []string } }
	text := must(t, "rules", "show", used[0], "--data", t.TempDir())
	if err := yaml.Unmarshal([]byte(text), &set); err != nil || len(set.Evaluation.Tax) == 0 {
		t.Fatalf("%s names no tax: %v", used[0], err)
	}
	return set.Evaluation.Tax
}

// recompute runs a statement of the rules and returns its rows by parcel code.
func recompute(t *testing.T, conn *pgx.Conn, sql string, year int, tax []string) map[string]map[string]any {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql, year, demoDay, tax)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToMap)
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[string]map[string]any{}
	for _, row := range list {
		byCode[row["code"].(string)] = row
	}
	if len(byCode) != len(list) {
		t.Fatalf("%d rows for %d parcels", len(list), len(byCode))
	}
	return byCode
}

// disagreements lists where scores are not what the statement says. Missing on one side only is a disagreement.
func disagreements(scores demoScores, want map[string]map[string]any) (list []string, compared map[string]int) {
	compared = map[string]int{}
	if len(scores.Parcels) != len(want) {
		list = append(list, fmt.Sprintf("%d parcels have scores, SQL finds %d", len(scores.Parcels), len(want)))
	}
	for _, p := range scores.Parcels {
		w := want[p["code"].(string)]
		for column := range w {
			if column == "code" || column == "is_title" {
				continue
			}
			if !sameScore(p, w, column) {
				list = append(list, fmt.Sprintf("%s %s is %v, SQL says %v", p["code"], column, p[column], w[column]))
			} else if p[column] != nil {
				compared[column]++
			}
		}
	}
	slices.Sort(list)
	return list, compared
}

func sameScore(got, want map[string]any, column string) bool {
	a, isNumber := got[column].(float64)
	b, expectsNumber := want[column].(float64)
	if !isNumber || !expectsNumber {
		return got[column] == nil && want[column] == nil
	}
	isTitle := want["is_title"].(bool)
	if !isTitle && slices.Contains(overLand, column) {
		a, b = a*got["land_mu"].(float64), b*want["land_mu"].(float64)
	}
	return math.Abs(a-b) <= oracleTolerance(column, isTitle)*math.Abs(b)
}

// connect opens a connection that suits a statement of many steps over few rows: compiling it would take longer than running it.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	if _, err := conn.Exec(t.Context(), `SET jit = off; SET work_mem = '64MB'`); err != nil {
		t.Fatal(err)
	}
	return conn
}

// agree fails the test where the scores of a year are not what the statement says.
func agree(t *testing.T, url string, conn *pgx.Conn, year int) {
	t.Helper()
	scores := scoresOf(t, url, year)
	list, compared := disagreements(scores, recompute(t, conn, oracleSQL, year, scores.ratedTax(t)))
	if len(list) > 0 {
		t.Errorf("%d: %d disagreements:\n%s", year, len(list), strings.Join(list[:min(len(list), 20)], "\n"))
	}
	if compared["tax_wan_mu"] < 200 || compared["far"] < 300 || compared["density"] < 300 {
		t.Errorf("%d: only these were compared: %v", year, compared)
	}
	t.Logf("%d: %v", year, compared)
}

func TestSQLRecomputesTheDemo(t *testing.T) {
	url := postgisDemo(t)
	conn := connect(t, url)
	for _, year := range oracleYears {
		agree(t, url, conn, year)
	}
}

//go:embed testdata/harder.sql
var harderSQL string

// clauses are parts of the statement and what it would say without the rule they state.
var clauses = []struct{ name, is, without string }{
	{"title area first", `CASE WHEN title_area_m2 > 0`, `CASE WHEN false`},
	{"a mu is 2000/3 m²", `p.land_m2 * 3 / 2000`, `p.land_m2 / 666.67`},
	{"8 m exactly counts once", `height_m > 8.0`, `height_m >= 8.0`},
	{"above 8 m counts twice", `THEN 2 ELSE 1 END`, `THEN 1 ELSE 1 END`},
	{"ground counts once", `ST_Union(shape)`, `ST_Collect(shape)`},
	{"land as floor area when none is on file", `coalesce(nullif(b.floor_m2, 0), p.land_m2)`, `b.floor_m2`},
	{"successors", `JOIN heir h ON h.parent = o.parcel`, `JOIN heir h ON false`},
	{"carried over to a successor", `least(o."to", (`, `coalesce(o."to", (SELECT date 'infinity'), (`},
	{"what others leave of a building", `WHEN building IS NOT NULL`, `WHEN false`},
	{"what others leave of a parcel", `WHEN parcel   IS NOT NULL`, `WHEN false`},
	{"days", `round(100 * sum(floor_m2))`, `round(100 * max(floor_m2))`},
	{"in production later than registered", `greatest(f.registered_on, f.produced_on)`, `f.registered_on`},
	{"closed", `(f.closed_on IS NULL OR d.day < f.closed_on)`, `true`},
	{"all components of tax", `unnest($3::text[])`, `unnest(($3::text[])[3:])`},
	{"largest remainder", `ORDER BY remainder DESC,`, `ORDER BY`},
}

// On a zone with the gaps of a bureau's first files the statement agrees too, and each of its clauses is needed for that: the
// scores do not agree with a statement that lacks one.
func TestSQLRecomputesAHarderZone(t *testing.T) {
	url := postgisDemo(t)
	conn := connect(t, url)
	if _, err := conn.Exec(t.Context(), harderSQL); err != nil {
		t.Fatal(err)
	}
	const year = 2023
	agree(t, url, conn, year)
	scores := scoresOf(t, url, year)
	tax := scores.ratedTax(t)
	for _, c := range clauses {
		if strings.Count(oracleSQL, c.is) != 1 {
			t.Fatalf("%s: the statement does not hold %q once", c.name, c.is)
		}
		list, _ := disagreements(scores, recompute(t, conn, strings.Replace(oracleSQL, c.is, c.without, 1), year, tax))
		if len(list) == 0 {
			t.Errorf("without the clause %q nothing disagrees", c.name)
		}
	}
}
