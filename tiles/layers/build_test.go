package layers_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

const (
	codeA = "350583118001GB00001"
	codeB = "350583118001GB00002"
)

func square(lon, lat float64) geo.Shape {
	return geo.Shape{{{{lon, lat}, {lon + 0.001, lat}, {lon + 0.001, lat + 0.001}, {lon, lat + 0.001}, {lon, lat}}}}
}

func some(v float64) parcels.Opt[float64] { return parcels.Some(v) }

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, _ := parcels.WanOf(v)
	return parcels.Some(w)
}

// zone is a small town: parcel A has everything, parcel B is bare land that is not drawn.
func zone() (*parcels.Snapshot, *scoring.Scores) {
	snap := parcels.NewSnapshot(7, parcels.MustDate("2026-11-22"), parcels.Rows{
		Parks: []parcels.Park{{Code: "QM", Name: "清濛", NameEn: "Qingmeng", Definition: "planned", AreaM2: some(20e6), Shape: square(118.58, 24.87)}},
		Zones: []parcels.Zone{
			{ID: "Z1", Park: "QM", Name: "一级线", Kind: parcels.ZoneBlockLine, Level: 1, Document: "文1", Shape: square(118.58, 24.87)},
			{ID: "Z2", Park: "QM", Name: "水", Kind: parcels.ZoneWater, Shape: square(118.59, 24.87)},
		},
		Parcels: []parcels.Parcel{
			{Code: codeB, Park: "QM", UseCode: "1001"},
			{
				Code: codeA, Park: "QM", Address: "德泰路1号", UseCode: "1001", State: parcels.StateInUse, TitleAreaM2: some(20000),
				Contract: parcels.Contract{SignedOn: parcels.MustDate("2010-01-01"), StartedOn: parcels.MustDate("2011-02-03")}, Shape: square(118.58, 24.87),
			},
		},
		Buildings: []parcels.Building{{
			ID: "B1", Parcel: codeA, Name: "1#", Use: "plant", Shape: square(118.58, 24.87), VacantM2: some(100),
			Storeys: []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 6000, HeightM: 4.5}},
		}},
		Firms: []parcels.Firm{{USCC: "91359900MA00000001", Name: "演示甲"}, {USCC: "91359900MA00000002", Name: "演示乙"}},
	})
	scores := &scoring.Scores{
		Year: 2025, Version: 7,
		Exit: []scoring.ExitCandidate{{Parcel: 0, Failed: 2, Severity: 1.25}},
		Parcels: []scoring.ParcelScore{
			{
				Code: codeA,
				Measured: &scoring.Measured{
					LandMu: some(30), DrawnM2: 2000, FAR: some(1.2), Density: some(0.405), Coefficient: some(0.45), VacantShare: some(0.125), FAIPerMu: some(350),
				},
				TaxWan: wan(600), OutputWan: wan(9000), ValueAddedWan: wan(1800),
				Partial: scoring.Partial{Tax: true, ValueAdded: true, Revenue: true, Benefit: true},
				Class:   scoring.ClassB, Points: some(88.5), Exit: 0,
				Idle:  &scoring.Idle{Type: "stalled", Stage: "fee", Since: parcels.MustDate("2024-05-06"), Plant: true},
				Firms: []scoring.Share{{Firm: 1, Weight: 0.7}, {Firm: 0, Weight: 0.3}},
			},
			{Code: codeB, Measured: &scoring.Measured{}, Idle: &scoring.Idle{}, Exit: -1},
		},
	}
	return snap, scores
}

func build(t testing.TB, audience layers.Audience, runs ...parcels.Run) map[string]*layers.Table {
	t.Helper()
	snap, scores := zone()
	tables, err := layers.Build(snap, scores, runs, audience)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func value(t testing.TB, table *layers.Table, id, field string) any {
	t.Helper()
	row, ok := table.Row(id)
	if !ok {
		t.Fatalf("no feature %s", id)
	}
	col, ok := table.FieldIndex(field)
	if !ok {
		t.Fatalf("no field %s", field)
	}
	v, _ := table.Value(row, col)
	return v
}

func TestEveryFieldHasAValueAndTheOtherWayRound(t *testing.T) {
	for _, layer := range layers.All {
		var want []string
		for _, f := range layer.Fields {
			want = append(want, f.Name)
		}
		slices.Sort(want)
		if got := layers.Getters()[layer.Name]; !slices.Equal(got, want) {
			t.Errorf("%s: getters for %v\nfields are %v", layer.Name, got, want)
		}
	}
}

func TestTablesHoldExactlyTheAudiencesFields(t *testing.T) {
	for _, audience := range []layers.Audience{layers.Public, layers.Viewer, layers.Analyst, layers.Admin} {
		tables := build(t, audience)
		for _, layer := range layers.All {
			table, ok := tables[layer.Name]
			if ok != (layer.Audience <= audience) {
				t.Errorf("%v sees layer %s: %v", audience, layer.Name, ok)
			}
			if !ok {
				continue
			}
			var want []layers.Field
			for _, f := range layer.Fields {
				if f.Audience <= audience {
					want = append(want, f)
				}
			}
			if !slices.Equal(table.Layer.Fields, want) || len(table.Columns) != len(want) {
				t.Errorf("%v, %s: fields %v with %d columns, want %v", audience, layer.Name, table.Layer.Fields, len(table.Columns), want)
			}
			if table.Audience != audience || table.Year != 2025 {
				t.Errorf("%s says it is for %v in %d", layer.Name, table.Audience, table.Year)
			}
		}
	}
}

func TestValues(t *testing.T) {
	run := published(t, "2025-1", 2025, scoring.ClassC)
	tables := build(t, layers.Admin, run)
	want := map[string]map[string]any{
		layers.Parks: {"code": "QM", "name": "清濛", "name_en": "Qingmeng", "definition": "planned", "area_km2": 20.0},
		layers.Zones: {"id": "Z1", "park": "QM", "name": "一级线", "kind": "industrial_line", "level": int64(1), "document": "文1"},
		layers.Parcels: {
			"code": codeA, "park": "QM", "use_code": "1001", "drawn_mu": 3.0, "published_class": "C", "published_year": int64(2025),
			"address": "德泰路1号", "state": "in_use", "land_mu": 30.0, "title_area_m2": 20000.0, "class": "B", "far": 1.2, "density": 40.5,
			"coefficient": 45.0, "vacant_share": 12.5, "idle_type": "stalled", "idle_stage": "fee", "idle_since": "2024-05-06",
			"idle_plant": true, "signed_on": "2010-01-01", "handed_over_on": nil, "due_start_on": nil, "started_on": "2011-02-03",
			"due_completion_on": nil, "completed_on": nil, "due_production_on": nil, "produced_on": nil,
			"tax_band": "≥20", "output_band": "200–400", "value_added_band": "50–100",
			"tax_wan_mu": 20.0, "output_wan_mu": 300.0, "value_added_wan_mu": 60.0, "fai_wan_mu": 350.0, "score": 88.5,
			"tax_wan": 600.0, "output_wan": 9000.0, "value_added_wan": 1800.0, "firm_count": int64(2), "main_firm": "演示乙",
			"main_uscc": "91359900MA00000002", "exit": true, "exit_failed": int64(2), "exit_severity": 1.25,
			"partial": "tax;value_added",
		},
		layers.Buildings: {
			"id": "B1", "parcel": codeA, "name": "1#", "use": "plant", "storeys": int64(2), "height_m": 13.5, "floor_m2": 12000.0,
			"completed_on": nil, "vacant_m2": 100.0, "vacant_since": nil,
		},
	}
	for name, fields := range want {
		table := tables[name]
		for field, v := range fields {
			if got := value(t, table, table.IDs[0], field); got != v {
				t.Errorf("%s.%s is %v (%T), want %v", name, field, got, got, v)
			}
		}
		if left := len(table.Layer.Fields) - len(fields); left > 1 || left == 1 && name != layers.Buildings {
			t.Errorf("%s: %d fields are not tested", name, left)
		}
	}
	if got := value(t, tables[layers.Buildings], "B1", "footprint_m2").(float64); got < 11100 || got > 11300 {
		t.Errorf("footprint %v m², the square is about 11 200", got)
	}
}

// Missing is not zero: a bare parcel has no numbers.
func TestMissingValues(t *testing.T) {
	table := build(t, layers.Admin)[layers.Parcels]
	present := map[string]any{"code": codeB, "park": "QM", "use_code": "1001", "idle_plant": false, "firm_count": int64(0), "exit": false}
	for _, f := range table.Layer.Fields {
		if got := value(t, table, codeB, f.Name); got != present[f.Name] {
			t.Errorf("%s is %v, want %v", f.Name, got, present[f.Name])
		}
	}
	if got := value(t, build(t, layers.Public)[layers.Zones], "Z2", "level"); got != nil {
		t.Errorf("level of a water area is %v, want none", got)
	}
}

func TestRowsIndexAndBounds(t *testing.T) {
	table := build(t, layers.Public)[layers.Parcels]
	if !slices.Equal(table.IDs, []string{codeA, codeB}) || table.Len() != 2 {
		t.Errorf("identifiers %v", table.IDs)
	}
	var hits []int
	table.Index.Search(table.Bound, func(i int) bool { hits = append(hits, i); return true })
	if !slices.Equal(hits, []int{0}) {
		t.Errorf("the index finds %v, want the drawn parcel alone", hits)
	}
	if table.Bound != table.Shapes[0].Bound() {
		t.Errorf("bound %v", table.Bound)
	}
	if _, ok := table.Row("nobody"); ok {
		t.Error("found a row that does not exist")
	}
}

// published is a run that gave parcel A a class and parcel B none.
func published(t testing.TB, id string, year int, class scoring.Class) parcels.Run {
	t.Helper()
	results := fmt.Sprintf(`{"format":1,"year":%d,"parcels":[{"code":%q,"class":%q},{"code":%q,"class":""}]}`, year, codeA, class, codeB)
	return parcels.Run{ID: id, Year: year, Results: []byte(results)}
}

func TestPublishedClassComesFromTheNewestRunUpToTheYear(t *testing.T) {
	at := func(r parcels.Run, day int) parcels.Run {
		r.PublishedAt = time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)
		return r
	}
	future := at(published(t, "2026-1", 2026, scoring.ClassA), 9)
	first := at(published(t, "2025-1", 2025, scoring.ClassB), 2)
	second := at(published(t, "2025-2", 2025, scoring.ClassC), 3)
	old := at(published(t, "2024-1", 2024, scoring.ClassD), 8)
	cases := []struct {
		name  string
		runs  []parcels.Run
		class any
		year  any
	}{
		{"no run", nil, nil, nil},
		{"only a later year", []parcels.Run{future}, nil, nil},
		{"last of the year", []parcels.Run{old, second, first, future}, "C", int64(2025)},
		{"any order", []parcels.Run{first, future, old, second}, "C", int64(2025)},
		{"an earlier year", []parcels.Run{future, old}, "D", int64(2024)},
		{"not rated is published", []parcels.Run{published(t, "2025-1", 2025, scoring.ClassNotRated)}, "T", int64(2025)},
	}
	for _, c := range cases {
		table := build(t, layers.Public, c.runs...)[layers.Parcels]
		if class, year := value(t, table, codeA, "published_class"), value(t, table, codeA, "published_year"); class != c.class || year != c.year {
			t.Errorf("%s: %v of %v, want %v of %v", c.name, class, year, c.class, c.year)
		}
		if class := value(t, table, codeB, "published_class"); class != nil {
			t.Errorf("%s: bare land has the class %v", c.name, class)
		}
	}
	snap, scores := zone()
	if _, err := layers.Build(snap, scores, []parcels.Run{{ID: "2025-9", Year: 2025, Results: []byte("{")}}, layers.Public); err == nil || !strings.Contains(err.Error(), "2025-9") {
		t.Errorf("a broken run: %v, want an error that names it", err)
	}
}

func TestBands(t *testing.T) {
	cases := []struct {
		field string
		value float64
		want  string
	}{
		{"tax_band", -1, "<5"},
		{"tax_band", 4.9999, "<5"},
		{"tax_band", 5, "5–20"},
		{"tax_band", 19.9999, "5–20"},
		{"tax_band", 20, "≥20"},
		{"output_band", 199, "<200"},
		{"output_band", 200, "200–400"},
		{"output_band", 400, "400–800"},
		{"output_band", 800, "≥800"},
		{"value_added_band", 0, "<50"},
		{"value_added_band", 50, "50–100"},
		{"value_added_band", 100, "100–200"},
		{"value_added_band", 1e9, "≥200"},
	}
	for _, c := range cases {
		snap, scores := zone()
		score := &scores.Parcels[0]
		score.LandMu = some(1)
		score.TaxWan, score.OutputWan, score.ValueAddedWan = wan(c.value), wan(c.value), wan(c.value)
		tables, err := layers.Build(snap, scores, nil, layers.Viewer)
		if err != nil {
			t.Fatal(err)
		}
		if got := value(t, tables[layers.Parcels], codeA, c.field); got != c.want {
			t.Errorf("%s of %v is %v, want %v", c.field, c.value, got, c.want)
		}
		if !slices.Contains(layers.Bands(c.field), c.want) {
			t.Errorf("%s is not among %v", c.want, layers.Bands(c.field))
		}
	}
	if layers.Bands("far") != nil {
		t.Error("far is no band")
	}
}

func TestBuildRefuses(t *testing.T) {
	snap, scores := zone()
	scores.Version = 6
	if _, err := layers.Build(snap, scores, nil, layers.Public); err == nil {
		t.Error("scores of another snapshot were taken")
	}
	snap, scores = zone()
	scores.Parcels = scores.Parcels[:1]
	if _, err := layers.Build(snap, scores, nil, layers.Public); err == nil {
		t.Error("scores of other parcels were taken")
	}
	snap, scores = zone()
	snap.Zones[1].ID = "Z1"
	if _, err := layers.Build(snap, scores, nil, layers.Public); err == nil || !strings.Contains(err.Error(), "Z1") {
		t.Errorf("an identifier twice: %v", err)
	}
}

func TestAudienceNames(t *testing.T) {
	for _, a := range []layers.Audience{layers.Public, layers.Viewer, layers.Analyst, layers.Admin} {
		if back, ok := layers.ParseAudience(a.String()); !ok || back != a {
			t.Errorf("%v comes back as %v", a, back)
		}
	}
	if _, ok := layers.ParseAudience("root"); ok {
		t.Error("root is no audience")
	}
	if _, ok := layers.ByName("firms"); ok {
		t.Error("firms is no layer")
	}
}

// Every text and number of the snapshot and the scores that the public may not see is planted with a value of its own; none may
// turn up in a public table. The admin's tables are the control that the search finds what is there.
func TestPublicTablesHoldNothingConfidential(t *testing.T) {
	snap, scores := zone()
	secret := plant(snap, scores)
	find := func(audience layers.Audience) map[string]bool {
		tables, err := layers.Build(snap, scores, nil, audience)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, table := range tables {
			dump := dumped(table)
			for _, s := range secret {
				if strings.Contains(dump, s) {
					found[s] = true
				}
			}
		}
		return found
	}
	if found := find(layers.Public); len(found) > 0 {
		t.Errorf("public tables hold %v", found)
	}
	if found := find(layers.Admin); len(found) < 20 {
		t.Errorf("the admin's tables hold only %d planted values %v: the search is blind", len(found), found)
	}
	viewer := find(layers.Viewer)
	score := &scores.Parcels[0]
	for _, o := range []parcels.Opt[float64]{score.TaxPerMu(), score.OutputPerMu(), score.ValueAddedPerMu(), score.FAIPerMu, score.Points} {
		v, _ := o.Get()
		if viewer[fmt.Sprintf("%g", v)] {
			t.Errorf("the viewer's tables hold the exact figure %v", v)
		}
	}
	for _, o := range []parcels.Opt[parcels.Wan]{score.TaxWan, score.OutputWan, score.ValueAddedWan} {
		v, _ := o.Get()
		if viewer[v.String()] {
			t.Errorf("the viewer's tables hold the amount %v", v)
		}
	}
	if viewer["9135SECRET"] || viewer["演示机密企业"] || !viewer["机密路"] {
		t.Errorf("the viewer sees addresses and no firms; found %v", viewer)
	}
}

// plant puts recognisable values into all that is confidential and lists how each would be written.
func plant(snap *parcels.Snapshot, scores *scoring.Scores) []string {
	secret := []string{"9135SECRET", "演示机密企业", "机密路", "机密合同", "2013-07-09"}
	snap.Firms[1].USCC, snap.Firms[1].Name = "9135SECRET", "演示机密企业"
	p := snap.Parcels.At(0)
	p.Address, p.Contract.Number, p.Contract.SignedOn = "机密路", "机密合同", parcels.MustDate("2013-07-09")
	p.Contract.HandedOverOn = parcels.MustDate("2013-07-09")
	next := 777000.0
	number := func() float64 {
		next++
		secret = append(secret, fmt.Sprintf("%g", next))
		return next
	}
	for _, of := range []any{&scores.Parcels[0], scores.Parcels[0].Measured} {
		score := reflect.ValueOf(of).Elem()
		for i := range score.NumField() {
			switch field := score.Field(i).Addr().Interface().(type) {
			case *parcels.Opt[float64]:
				*field = parcels.Some(number())
			case *parcels.Opt[parcels.Wan]:
				w, _ := parcels.WanOf(number())
				*field = parcels.Some(w)
			}
		}
	}
	for _, share := range []*parcels.Opt[float64]{&scores.Parcels[0].Density, &scores.Parcels[0].Coefficient, &scores.Parcels[0].VacantShare} {
		*share = parcels.Some(number() / 100)
	}
	score := &scores.Parcels[0]
	for _, perMu := range []parcels.Opt[float64]{score.TaxPerMu(), score.OutputPerMu(), score.ValueAddedPerMu()} {
		v, _ := perMu.Get()
		secret = append(secret, fmt.Sprintf("%g", v))
	}
	p.TitleAreaM2 = parcels.Some(number())
	scores.Exit[0].Severity, scores.Exit[0].Failed = number(), int(number())
	snap.Buildings.At(0).Name = "机密楼"
	return append(secret, "机密楼")
}

func dumped(t *layers.Table) string {
	var b strings.Builder
	for row := range t.IDs {
		fmt.Fprintln(&b, t.IDs[row])
		for col := range t.Columns {
			v, _ := t.Value(row, col)
			fmt.Fprintf(&b, "%v\n", v)
			if f, ok := v.(float64); ok {
				fmt.Fprintf(&b, "%f\n", f)
			}
		}
	}
	return b.String()
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		rows := parcels.Rows{}
		scores := &scoring.Scores{Year: 2025, Version: 1}
		for i := range n {
			code := fmt.Sprintf("35058311800%dGB%05d", i/100_000, i%100_000)
			rows.Parcels = append(rows.Parcels, parcels.Parcel{Code: code, Park: "QM", Shape: square(118.4+float64(i%300)/1000, 24.8+float64(i/300)/1000)})
			scores.Parcels = append(scores.Parcels, scoring.ParcelScore{Code: code, Measured: &scoring.Measured{LandMu: some(1)}, Idle: &scoring.Idle{}, TaxWan: wan(float64(i)), Exit: -1})
		}
		snap := parcels.NewSnapshot(1, parcels.MustDate("2026-11-22"), rows)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := layers.Build(snap, scores, nil, layers.Admin); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The tables of all audiences together are those that each gets by itself, and share what is the same.
func TestBuildAllIsBuildForEach(t *testing.T) {
	snap, scores := zone()
	all, err := layers.BuildAll(snap, scores, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for a := layers.Public; a <= layers.Admin; a++ {
		alone, err := layers.Build(snap, scores, nil, a)
		if err != nil {
			t.Fatal(err)
		}
		if len(all.For(a)) != len(alone) {
			t.Errorf("%s: %d layers, alone %d", a, len(all.For(a)), len(alone))
		}
		for name, want := range alone {
			got := *all.For(a)[name]
			if a == layers.Admin && got.Audience == layers.Analyst { // who sees the same
				got.Audience = a
			}
			if !reflect.DeepEqual(&got, want) {
				t.Errorf("%s: the table of %s differs", a, name)
			}
		}
	}
	if public, admin := all.For(layers.Public)[layers.Parcels], all.For(layers.Admin)[layers.Parcels]; &public.Columns[0].Text[0] != &admin.Columns[0].Text[0] {
		t.Error("a column that both see stands twice")
	}
	for layer, same := range map[string]bool{layers.Buildings: true, layers.Parcels: false} {
		if viewer, analyst := all.For(layers.Viewer)[layer], all.For(layers.Analyst)[layer]; viewer.SameMemory(analyst) != same {
			t.Errorf("%s of viewer and analyst in the same memory: %v", layer, !same)
		}
	}
	if all.For(layers.Viewer)[layers.Parks].SameMemory(all.For(layers.Viewer)[layers.Zones]) {
		t.Error("two layers in the same memory")
	}
}

// What shows the very same rows of the same year stands for two snapshots, for every audience; of the rest it is told which rows changed.
func TestBuildAllKeepsWhatStands(t *testing.T) {
	snap, scores := zone()
	before, err := layers.BuildAll(snap, scores, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := *snap.Parcels.At(0)
	p.Address = "elsewhere" // which the public does not see
	next := snap.After(parcels.Delta{Version: snap.Version, Codes: map[string][]string{"parcels": {p.Code}}, Rows: parcels.Rows{Parcels: []parcels.Parcel{p}}})
	after, err := layers.BuildAll(next, scores, nil, before)
	if err != nil {
		t.Fatal(err)
	}
	for a := layers.Public; a <= layers.Admin; a++ {
		if len(after.For(a)) != len(before.For(a)) {
			t.Errorf("%s: %d layers, before %d", a, len(after.For(a)), len(before.For(a)))
		}
		for name, table := range after.For(a) {
			stands := name != layers.Parcels || a == layers.Public
			if kept := table == before.For(a)[name]; kept != stands {
				t.Errorf("%s: %s kept: %v", a, name, kept)
			}
			if rows, follows := table.ChangedSince(before.For(a)[name]); !follows || len(rows) > 0 != !stands {
				t.Errorf("%s: rows %v of %s changed, %v", a, rows, name, follows)
			}
		}
	}
	if _, follows := after.For(layers.Viewer)[layers.Parcels].ChangedSince(before.For(layers.Analyst)[layers.Parcels]); follows {
		t.Error("a viewer's table follows an analyst's")
	}
	other := *scores
	other.Year--
	if anew, err := layers.BuildAll(next, &other, nil, before); err != nil || anew.For(layers.Public)[layers.Parks] == before.For(layers.Public)[layers.Parks] {
		t.Error("a table stands for another year", err)
	}
}

// A run that is published later shows on the parcels it names, and the public is told which.
func TestPublishingChangesRows(t *testing.T) {
	snap, scores := zone()
	before, err := layers.BuildAll(snap, scores, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	next := snap.After(parcels.Delta{Version: snap.Version})
	for i, class := range []scoring.Class{scoring.ClassC, scoring.ClassC, scoring.ClassB} {
		runs := []parcels.Run{published(t, "2025-1", 2025, class)} // of the same name, and yet another in the end
		after, err := layers.BuildAll(next, scores, runs, before)
		if err != nil {
			t.Fatal(err)
		}
		table := after.For(layers.Public)[layers.Parcels]
		if got := value(t, table, codeA, "published_class"); got != string(class) {
			t.Errorf("%v is shown, %v is published", got, class)
		}
		rows, follows := table.ChangedSince(before.For(layers.Public)[layers.Parcels])
		if !follows || slices.Equal(rows, []int{0}) != (i != 1) {
			t.Errorf("%d: rows %v changed, %v", i, rows, follows)
		}
		before, next = after, next.After(parcels.Delta{Version: snap.Version})
	}
}

// A parcel may stay where it is in the exit list, and fail it otherwise than before.
func TestExitSeverityChangesARow(t *testing.T) {
	snap, scores := zone()
	before, err := layers.BuildAll(snap, scores, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	worse := *scores
	worse.Exit = []scoring.ExitCandidate{{Parcel: 0, Failed: 2, Severity: 1.75}}
	after, err := layers.BuildAll(snap.After(parcels.Delta{Version: snap.Version}), &worse, nil, before)
	if err != nil {
		t.Fatal(err)
	}
	if got := value(t, after.For(layers.Analyst)[layers.Parcels], codeA, "exit_severity"); got != 1.75 {
		t.Errorf("the severity is %v, want 1.75", got)
	}
}

// Where nothing but the grade of a parcel differs only some fields are made anew; nothing else of it follows from the grade.
func TestTheGradeChangesTheFieldsOfIt(t *testing.T) {
	snap, scores := zone()
	before, err := layers.BuildAll(snap, scores, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	graded := *scores
	graded.Parcels = slices.Clone(scores.Parcels)
	graded.Parcels[0].Class, graded.Parcels[0].Points = scoring.ClassD, parcels.Some(12.5)
	next := snap.After(parcels.Delta{Version: snap.Version})
	after, err := layers.BuildAll(next, &graded, nil, before)
	if err != nil {
		t.Fatal(err)
	}
	anew, err := layers.BuildAll(next, &graded, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for a := layers.Public; a <= layers.Admin; a++ {
		for name, table := range after.For(a) {
			if !table.Equal(anew.For(a)[name]) {
				t.Errorf("%s: %s is another one than made from nothing", a, name)
			}
		}
	}
	if got := value(t, after.For(layers.Analyst)[layers.Parcels], codeA, "score"); got != 12.5 {
		t.Errorf("the score is %v, want 12.5", got)
	}
	if rows, _ := after.For(layers.Admin)[layers.Parcels].ChangedSince(before.For(layers.Admin)[layers.Parcels]); !slices.Equal(rows, []int{0}) {
		t.Errorf("rows %v changed, want the first", rows)
	}
}
