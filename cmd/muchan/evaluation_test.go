package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis/oracle"
	"muchan/scoring"
	"muchan/seeds"
)

// evaluationSQL states the default scheme a second time, with its figures; see its head for the parameters.
//
//go:embed testdata/evaluation.sql
var evaluationSQL string

// rated is what the scores or the statement say of one firm.
type rated struct {
	USCC    string              `json:"uscc"`
	IsTitle bool                `json:"-"`
	LandMu  *float64            `json:"land_mu"`
	Cohort  string              `json:"cohort"`
	Points  *float64            `json:"points"`
	Rank    int                 `json:"rank"`
	Of      int                 `json:"of"`
	Class   string              `json:"class"`
	Items   map[string]float64  `json:"-"`
	Values  map[string]*float64 `json:"-"`

	Indicators []struct {
		ID     string   `json:"id"`
		Value  *float64 `json:"value"`
		Points float64  `json:"points"`
	} `json:"indicators"`
}

// fold moves the indicators of an encoded score to where the statement has them.
func (r *rated) fold() {
	r.Items, r.Values = map[string]float64{}, map[string]*float64{}
	for _, in := range r.Indicators {
		r.Items[in.ID], r.Values[in.ID] = in.Points, in.Value
	}
}

func ratedByScores(t *testing.T, encoded []byte) []rated {
	t.Helper()
	var doc struct{ Firms []rated }
	if err := json.Unmarshal(encoded, &doc); err != nil {
		t.Fatal(err)
	}
	for i := range doc.Firms {
		doc.Firms[i].fold()
	}
	return doc.Firms
}

func ratedBySQL(t *testing.T, conn *pgx.Conn, sql string, year int) map[string]rated {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql, year, demoDay)
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[string]rated{}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r rated, err error) {
		var cohort *string
		var rank, of *int
		err = row.Scan(&r.USCC, &r.IsTitle, &r.LandMu, &cohort, &r.Points, &rank, &of, &r.Items, &r.Values, &r.Class)
		if cohort != nil {
			r.Cohort, r.Rank, r.Of = *cohort, *rank, *of
		}
		return r, err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		byCode[r.USCC] = r
	}
	return byCode
}

// sameNumber holds scores to 1e-9. Land that was drawn is known to 1e-7 only, see oracleTolerance.
func sameNumber(got, want *float64, isTitle bool) bool {
	if got == nil || want == nil {
		return got == want
	}
	tolerance := 1e-9
	if !isTitle {
		tolerance = 1e-7
	}
	return math.Abs(*got-*want) <= tolerance*max(1, math.Abs(*want))
}

// differs says in what a firm's scores are not the statement's; "" for nothing. Cohorts of firms that are not rated are not compared:
// the statement does not say in which one they would be.
func (r *rated) differs(want *rated) string {
	switch {
	case r.Class != want.Class:
		return fmt.Sprintf("class %q, SQL says %q", r.Class, want.Class)
	case want.Points == nil && r.Points == nil:
		return ""
	case r.Cohort != want.Cohort, r.Rank != want.Rank, r.Of != want.Of:
		return fmt.Sprintf("%d of %d in %s, SQL says %d of %d in %s", r.Rank, r.Of, r.Cohort, want.Rank, want.Of, want.Cohort)
	case !sameNumber(r.LandMu, want.LandMu, want.IsTitle):
		return fmt.Sprintf("land %v, SQL says %v", *r.LandMu, *want.LandMu)
	case !sameNumber(r.Points, want.Points, want.IsTitle):
		return fmt.Sprintf("points %v, SQL says %v", r.Points, want.Points)
	case len(r.Items) != len(want.Items):
		return fmt.Sprintf("items %v, SQL says %v", r.Items, want.Items)
	}
	for id, points := range want.Items {
		got := r.Items[id]
		if !sameNumber(&got, &points, want.IsTitle) || !sameNumber(r.Values[id], want.Values[id], want.IsTitle) {
			return fmt.Sprintf("%s gets %v, SQL says %v", id, got, points)
		}
	}
	return ""
}

func ratingDisagreements(got []rated, want map[string]rated) (list []string, classes map[string]int) {
	classes = map[string]int{}
	if len(got) != len(want) {
		list = append(list, fmt.Sprintf("%d firms have scores, SQL finds %d", len(got), len(want)))
	}
	for i := range got {
		w := want[got[i].USCC]
		if why := got[i].differs(&w); why != "" {
			list = append(list, got[i].USCC+": "+why)
		}
		classes[got[i].Class]++
	}
	return list, classes
}

func evaluationAgrees(t *testing.T, conn *pgx.Conn, encoded []byte, year int) map[string]int {
	t.Helper()
	list, classes := ratingDisagreements(ratedByScores(t, encoded), ratedBySQL(t, conn, evaluationSQL, year))
	if len(list) > 0 {
		t.Errorf("%d: %d disagreements:\n%s", year, len(list), strings.Join(list[:min(len(list), 20)], "\n"))
	}
	t.Logf("%d: %v", year, classes)
	return classes
}

// Each clause is needed: without it the statement and the scores of the demo do not agree.
var evaluationClauses = []struct{ name, is, without string }{
	{"weight of tax", `'I1', 30,`, `'I1', 31,`},
	{"weight of value added", `'I2', 20,`, `'I2', 19,`},
	{"cap", `least(1.5,`, `least(1.6,`},
	{"floor", `greatest(0, i.value`, `greatest(-1, i.value`},
	{"A up to 20 %", `n * 20`, `n * 21`},
	{"C up to 95 %", `n * 95`, `n * 96`},
	{"ties to 1e-9", `round(points::numeric, 9) DESC`, `round(points::numeric, 9) DESC, uscc`},
	{"3 mu", `land_mu < 3 `, `land_mu <= 4 `},
	{"two years registered", `interval '2 years'`, `interval '3 years'`},
	{"all taxes", `export_credit_wan, vat_refund_wan]`, `export_credit_wan]`},
	{"veto", `WHEN e.veto AND`, `WHEN false AND`},
	{"newly above scale", `ARRAY['newly_above_scale', 'major_project']`, `ARRAY['major_project']`},
	{"mean of ratios", `sum(upper) / sum(lower)`, `avg(upper / lower)`},
	{"mean points for what is missing", `WHEN 'mean' THEN avg`, `WHEN 'mean' THEN 0 * avg`},
	{"vacant floor area", `WHEN tenure = 'own' THEN (whole`, `WHEN false THEN (whole`},
	{"away", `WHEN covered = 0 THEN`, `WHEN true THEN`},
	{"building period", `NOT being_built)`, `true)`},
	{"not delivered", `p.land_m2 - p.undelivered_m2`, `p.land_m2`},
	{"scale of the year", `coalesce(g.above_scale, f.above_scale)`, `f.above_scale`},
	{"tags of the year", `|| t.now`, `|| t.dated`},
	{"dated before undated", `WHERE NOT coalesce(tag = ANY (t.dated), false)`, ``},
}

// markedSQL gives accidents and tags to firms of every class, some of the tags for a time, changes what was 规上 in single years, and
// leaves land undelivered.
const markedSQL = `
	INSERT INTO muchan.events (id, uscc, kind, document, "on")
	SELECT 'marked-' || n, uscc, 'safety_accident', '演示', make_date(2020 + n::int % 6, 3, 1)
	  FROM (SELECT uscc, row_number() OVER (ORDER BY uscc COLLATE "C") AS n FROM muchan.firms) f WHERE n % 5 = 0;
	UPDATE muchan.firms SET tags = array_append(coalesce(tags, '{}'), 'newly_above_scale') WHERE right(uscc, 1) < '6';
	INSERT INTO muchan.events (id, uscc, kind, document, "on", valid_from, valid_to)
	SELECT 'tagged-' || n, uscc, CASE WHEN n % 2 = 0 THEN 'newly_above_scale' ELSE 'major_project' END, '演示',
	       make_date(2019 + n::int % 5, 3, 1), make_date(2019 + n::int % 5, 3, 1), CASE WHEN n % 3 > 0 THEN make_date(2021 + n::int % 5, 1, 1) END
	  FROM (SELECT uscc, row_number() OVER (ORDER BY uscc COLLATE "C") AS n FROM muchan.firms) f WHERE n % 3 < 2;
	UPDATE muchan.figures f SET above_scale = NOT g.above_scale FROM muchan.firms g WHERE g.uscc = f.uscc AND (ascii(right(g.uscc, 1)) + f.year) % 7 = 0;
	UPDATE muchan.parcels SET undelivered_m2 = title_area_m2 / (2 + right(code, 1)::int) WHERE right(code, 1) IN ('1', '4', '7')`

func TestSQLRecomputesTheEvaluation(t *testing.T) {
	url := postgisDemo(t)
	conn := connect(t, url)
	for _, sql := range []string{harderSQL, markedSQL} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	for _, year := range oracleYears {
		evaluationAgrees(t, conn, encodedScores(t, url, year), year)
	}
	missed := map[string]bool{}
	for _, year := range oracleYears {
		got := ratedByScores(t, encodedScores(t, url, year))
		for _, c := range evaluationClauses {
			if strings.Count(evaluationSQL, c.is) != 1 {
				t.Fatalf("%s: the statement does not hold %q once", c.name, c.is)
			}
			list, _ := ratingDisagreements(got, ratedBySQL(t, conn, strings.Replace(evaluationSQL, c.is, c.without, 1), year))
			if len(list) > 0 {
				missed[c.name] = true
			}
		}
	}
	for _, c := range evaluationClauses {
		if !missed[c.name] {
			t.Errorf("without the clause %q nothing disagrees", c.name)
		}
	}
}

func encodedScores(t *testing.T, url string, year int) []byte {
	t.Helper()
	return []byte(must(t, "score", "--json", "--year", strconv.Itoa(year), "--as-of", demoDay, "--database-url", url, "--data", t.TempDir()))
}

// A zone of 100 000 parcels with the gaps and marks that the generator does not make.
func TestSQLRecomputesTheEvaluationOfALargeZone(t *testing.T) {
	rows := seeds.Rows(seeds.Options{Parcels: 100_000, Seed: 11})
	roughen(&rows)
	conn := oracle.Load(t, rows)
	if _, err := conn.Exec(t.Context(), `SET jit = off; SET work_mem = '256MB'; ANALYZE`); err != nil {
		t.Fatal(err)
	}
	asOf := parcels.MustDate(demoDay)
	book, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	const year = 2024
	scores, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, asOf, rows), Year: year, AsOf: asOf, Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := scoring.EncodeResults(scores)
	if err != nil {
		t.Fatal(err)
	}
	classes := evaluationAgrees(t, conn, encoded, year)
	for _, class := range []string{"A", "B", "C", "D", "T"} {
		if classes[class] < 200 {
			t.Errorf("only %d firms are %s", classes[class], class)
		}
	}
}

// roughen takes values away and adds events and tags, in a fixed order.
func roughen(rows *parcels.Rows) {
	kinds := []string{"safety_accident", "exempted", "target_missed", "bonus"}
	for i := range rows.Firms {
		f := &rows.Firms[i]
		if i%97 == 0 {
			rows.Events = append(rows.Events, parcels.Event{
				ID: fmt.Sprintf("e%07d", i), USCC: f.USCC, Kind: kinds[i/97%len(kinds)], Document: "演示", On: parcels.DateOf(2024, 1, 1+i%500),
			})
		}
		if i%89 == 0 {
			f.Tags = append(slices.Clone(f.Tags), "newly_above_scale")
		}
		if i%61 == 0 {
			rows.Events = append(rows.Events, parcels.Event{
				ID: fmt.Sprintf("t%07d", i), USCC: f.USCC, Kind: "newly_above_scale", Document: "演示", On: parcels.DateOf(2022+i%3, 2, 1),
				ValidFrom: parcels.DateOf(2022+i%3, 2, 1), ValidTo: parcels.DateOf(2023+i%3, 2, 1),
			})
		}
	}
	for i := range rows.Parcels {
		if p := &rows.Parcels[i]; i%71 == 0 && p.TitleAreaM2.OK() {
			p.UndeliveredM2 = parcels.Some(p.TitleAreaM2.Or(0) / float64(1+i%4))
		}
	}
	for i := range rows.Figures {
		g := &rows.Figures[i]
		if i%83 == 0 {
			g.AboveScale = parcels.Some(i%2 == 0)
		}
		switch i % 61 {
		case 3:
			g.EmissionsT = parcels.Opt[float64]{}
		case 5:
			g.EnergyBasis = "calorific"
		case 7:
			g.Staff = parcels.Some(0.0)
		case 11:
			g.RDWan = parcels.Opt[parcels.Wan]{}
		}
	}
}
