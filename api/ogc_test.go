package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// The suite follows the abstract tests A1–A29 of OGC API Features 1.0 core as the OGC's own executable suite asserts them.

type document map[string]any

type links []struct{ Href, Rel, Type string }

func (l links) rel(rel string) (href, mediaType string) {
	for _, one := range l {
		if one.Rel == rel {
			return one.Href, one.Type
		}
	}
	return "", ""
}

func linksOf(t *testing.T, doc document) links {
	t.Helper()
	b, err := json.Marshal(doc["links"])
	if err != nil {
		t.Fatal(err)
	}
	var l links
	if err := json.Unmarshal(b, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// read fetches an absolute link or a path as the public.
func (w *world) read(t *testing.T, link string, status int) document {
	t.Helper()
	target := strings.TrimPrefix(link, "http://muchan.test")
	rec := w.get("public", target)
	if rec.Code != status {
		t.Fatalf("%s: %d, want %d: %s", link, rec.Code, status, rec.Body)
	}
	var doc document
	if err := json.Unmarshal(rec.Body.Bytes(), &doc); err != nil {
		t.Fatalf("%s: %v", link, err)
	}
	return doc
}

func TestOGCLandingAndConformance(t *testing.T) {
	w := newWorld(t, worldA)
	for _, root := range []string{"/ogc", "/ogc/"} { // A3, A4
		l := linksOf(t, w.read(t, root, 200))
		for _, rel := range []string{"service-desc", "conformance", "data", "self"} {
			href, mediaType := l.rel(rel)
			if href == "" || mediaType == "" {
				t.Errorf("%s: no link %s with a type", root, rel)
			}
			w.read(t, href, 200)
		}
	}
	href, mediaType := linksOf(t, w.read(t, "/ogc", 200)).rel("service-desc") // A5, A6
	if mediaType != "application/vnd.oai.openapi+json;version=3.0" {
		t.Errorf("service-desc has type %q", mediaType)
	}
	rec := w.get("public", strings.TrimPrefix(href, "http://muchan.test"))
	if got := rec.Header().Get("Content-Type"); strings.ReplaceAll(got, " ", "") != mediaType {
		t.Errorf("service-desc answers as %q", got)
	}
	classes := fmt.Sprint(w.read(t, "/ogc/conformance", 200)["conformsTo"]) // A7, A8
	for _, class := range []string{"core", "geojson", "oas30"} {
		if !strings.Contains(classes, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"+class) {
			t.Errorf("%s is not claimed", class)
		}
	}
}

func openAPI(t *testing.T, w *world, role, target string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(w.get(role, target).Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatalf("%s for %s: %v", target, role, err)
	}
	if doc.OpenAPI != "3.0.3" {
		t.Errorf("%s is OpenAPI %s", target, doc.OpenAPI)
	}
	return doc
}

// TestOGCDocument is A14, A16, A18 and what QGIS and GDAL look for.
func TestOGCDocument(t *testing.T) {
	w := newWorld(t, worldA)
	for role, filters := range map[string][]string{"public": {"park", "published_class"}, "analyst": {"park", "class", "main_uscc", "exit", "signed_on"}} {
		doc := openAPI(t, w, role, "/ogc/api")
		limit := doc.Components.Parameters["limit"].Value.Schema.Value
		if !limit.Type.Is("integer") || *limit.Min != 1 || *limit.Max != 10000 || limit.Default != float64(100) {
			t.Errorf("components.parameters.limit: %+v", limit)
		}
		items := doc.Paths.Find("/collections/parcels/items")
		if items == nil {
			t.Fatal("no literal path for parcels")
		}
		byName := map[string]*openapi3.Parameter{}
		for _, p := range items.Get.Parameters {
			byName[p.Value.Name] = p.Value
			if p.Value.Style != "form" || p.Value.Explode == nil || *p.Value.Explode || p.Value.Required || p.Value.In != "query" {
				t.Errorf("%s: %+v", p.Value.Name, p.Value)
			}
		}
		for _, name := range append([]string{"limit", "bbox", "datetime"}, filters...) {
			if byName[name] == nil {
				t.Errorf("%s: parameter %s is not declared", role, name)
			}
		}
		if role == "public" && byName["main_uscc"] != nil {
			t.Error("the public document names a field the public may not see")
		}
		bbox := byName["bbox"].Schema.Value
		if !bbox.Type.Is("array") || bbox.MinItems != 4 || *bbox.MaxItems != 6 || !bbox.Items.Value.Type.Is("number") {
			t.Errorf("bbox: %+v", bbox)
		}
		if !byName["datetime"].Schema.Value.Type.Is("string") {
			t.Error("datetime is no string")
		}
	}
}

func TestOGCCollections(t *testing.T) {
	w := newWorld(t, worldA)
	doc := w.read(t, "/ogc/collections", 200) // A9, A10
	if _, mediaType := linksOf(t, doc).rel("self"); mediaType == "" {
		t.Error("no self link with a type")
	}
	if crs := doc["crs"].([]any); crs[0] != "http://www.opengis.net/def/crs/OGC/1.3/CRS84" {
		t.Errorf("crs %v", crs)
	}
	list := doc["collections"].([]any)
	if len(list) != 3 {
		t.Errorf("%d collections, want parks, zones and parcels", len(list))
	}
	for _, one := range list { // A11, A12
		c := document(one.(map[string]any))
		self, _ := linksOf(t, c).rel("self")
		alone := w.read(t, self, 200)
		for _, key := range []string{"id", "title", "description", "extent", "itemType", "links"} {
			if a, b := fmt.Sprint(c[key]), fmt.Sprint(alone[key]); c[key] == nil || a != b {
				t.Errorf("%v: %s is %s in the list and %s alone", c["id"], key, a, b)
			}
		}
		l := linksOf(t, c)
		for rel, want := range map[string]string{
			"items": "application/geo+json", "http://www.opengis.net/def/rel/ogc/1.0/queryables": "application/schema+json",
			"http://www.opengis.net/def/rel/ogc/1.0/schema": "application/schema+json", "describedby": "application/schema+json", "describedBy": "application/schema+json",
		} {
			href, mediaType := l.rel(rel)
			if mediaType != want {
				t.Errorf("%v: link %s has type %q", c["id"], rel, mediaType)
			}
			w.read(t, href, 200)
		}
		w.read(t, self+"/", 200)
	}
}

type feature struct {
	Type       string
	ID         any
	Geometry   struct{ Coordinates [][][][2]float64 }
	Properties map[string]any
	Links      links
}

type featureCollection struct {
	Type           string
	Features       []feature
	Links          links
	TimeStamp      time.Time
	NumberMatched  int
	NumberReturned int
}

func (w *world) items(t *testing.T, role, target string) featureCollection {
	t.Helper()
	rec := w.get(role, strings.TrimPrefix(target, "http://muchan.test"))
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", target, rec.Code, rec.Body)
	}
	if got := rec.Header().Get("Content-Type"); got != "application/geo+json" {
		t.Errorf("%s answers as %q", target, got)
	}
	var fc featureCollection
	if err := json.Unmarshal(rec.Body.Bytes(), &fc); err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	if fc.Type != "FeatureCollection" || fc.Features == nil || fc.NumberReturned != len(fc.Features) || fc.TimeStamp.IsZero() { // A22, A24, A26
		t.Errorf("%s: type %s, %d features, numberReturned %d, timeStamp %v", target, fc.Type, len(fc.Features), fc.NumberReturned, fc.TimeStamp)
	}
	if _, mediaType := fc.Links.rel("self"); mediaType != "application/geo+json" { // A23
		t.Errorf("%s: no self link", target)
	}
	return fc
}

const parcelItems = "/ogc/collections/parcels/items"

func TestOGCItems(t *testing.T) {
	w := newWorld(t, worldA)
	fc := w.items(t, "public", parcelItems) // A13
	if fc.NumberMatched != parcelCount || fc.NumberReturned != parcelCount {
		t.Errorf("matched %d, returned %d", fc.NumberMatched, fc.NumberReturned)
	}
	keys := -1
	for _, f := range fc.Features {
		if f.ID == nil || f.Type != "Feature" {
			t.Errorf("feature %v of type %s", f.ID, f.Type)
		}
		if keys >= 0 && len(f.Properties) != keys {
			t.Errorf("%v has %d properties, the one before %d", f.ID, len(f.Properties), keys)
		}
		keys = len(f.Properties)
		for _, p := range f.Geometry.Coordinates[0][0] { // A2
			if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 || p[0] < p[1] {
				t.Errorf("%v lies at %v", f.ID, p)
			}
		}
	}
	for _, limit := range []int{1, 3, 5, 13, 14, 10000, 99999999} { // A17, A25
		seen, next := map[string]bool{}, fmt.Sprintf("%s?limit=%d", parcelItems, limit)
		for next != "" {
			page := w.items(t, "public", next)
			if len(page.Features) == 0 || len(page.Features) > limit || page.NumberMatched != parcelCount {
				t.Errorf("%s: %d features of %d", next, len(page.Features), page.NumberMatched)
			}
			for _, f := range page.Features {
				seen[f.ID.(string)] = true
			}
			var mediaType string
			if next, mediaType = page.Links.rel("next"); next != "" && mediaType != "application/geo+json" {
				t.Errorf("next has type %q", mediaType)
			}
		}
		if len(seen) != parcelCount {
			t.Errorf("limit %d: the pages hold %d different features", limit, len(seen))
		}
	}
}

// TestOGCFirstPageShowsTypes: GDAL and QGIS learn fields from ten features. A number that is missing in all of them becomes a text.
func TestOGCFirstPageShowsTypes(t *testing.T) {
	w := newWorld(t, worldA)
	whole := w.items(t, "analyst", parcelItems)
	page := w.items(t, "analyst", parcelItems+"?limit=10")
	has := func(fc featureCollection, field string) bool {
		return slices.ContainsFunc(fc.Features, func(f feature) bool { return f.Properties[field] != nil })
	}
	for field := range whole.Features[0].Properties {
		if has(whole, field) && !has(page, field) {
			t.Errorf("%s is null on the first page", field)
		}
	}
	if !has(page, "idle_type") || !has(page, "title_area_m2") {
		t.Error("control: idle_type is present on the last row only and must stand on the first page")
	}
}

func TestOGCBoxes(t *testing.T) { // A15
	w := newWorld(t, worldA)
	for box, want := range map[string]int{
		"118,24,119,25": 14, "118.5719,24.8619,118.5721,24.8621": 1, "118.5,24.8,118.9,24.9": 10, "177,65,-177,70": 0, "-180,-90,180,90": 14,
		"-180,85,180,90": 0, "-180,-90,180,-85": 0, "118.5724,24.8624,118.5725,24.8625": 1, "118.57100,24.8615,118.57199,24.8625": 0,
		"118,24,-100,119,25,8000": 14, "118.572,24.862,118.572,24.862": 1, "170,20,120,30": 14,
		"117.99999999999999716,24.00000000000000001,118.99999999999999999,25.0": 14, "118,24,118,25": 0,
		"118.4333,24.8258,118.4334,24.8259": 0, "118.4326,24.8251,118.4327,24.8252": 1, // the empty and the full corner of a triangle
	} {
		if got := w.items(t, "public", parcelItems+"?bbox="+box); got.NumberMatched != want {
			t.Errorf("bbox %s: %d features, want %d", box, got.NumberMatched, want)
		}
	}
	got := w.items(t, "public", parcelItems+"?bbox=118,24,119,25&limit=4")
	next, _ := got.Links.rel("next")
	if second := w.items(t, "public", next); second.NumberMatched != 14 || second.Features[0].ID == got.Features[0].ID {
		t.Errorf("the next page of a box: %d of %d", second.NumberReturned, second.NumberMatched)
	}
}

func TestOGCTimes(t *testing.T) { // A19
	w := newWorld(t, worldA)
	for when, want := range map[string]float64{
		"2023-07-01T00:00:00Z": 2023, "2024-02-29": 2024, "2023-01-01T00:00:00Z/2024-06-01T00:00:00Z": 2024, "../2023-12-31": 2023, "2025-01-01/..": 2025, "2026-11-22T00:00:00%2B08:00": 2025,
		"2023-01-01/..": 2025, "/2024-01-02": 2024, "2024-05-05/": 2025,
	} {
		fc := w.items(t, "analyst", parcelItems+"?code="+parcelCode(3)+"&datetime="+when)
		want := w.items(t, "analyst", fmt.Sprintf("%s?code=%s&year=%d", parcelItems, parcelCode(3), int(want)))
		if len(fc.Features) != 1 || fmt.Sprint(fc.Features[0].Properties) != fmt.Sprint(want.Features[0].Properties) {
			t.Errorf("datetime %s is not the year asked for", when)
		}
	}
	if fc := w.items(t, "public", parcelItems+"?datetime=1999-01-01"); fc.NumberMatched != 0 {
		t.Errorf("before the first figures: %d features", fc.NumberMatched)
	}
	if fc := w.items(t, "public", parcelItems+"?datetime=2023-05-05&year=2024"); fc.NumberMatched != 0 {
		t.Errorf("two years at once: %d features", fc.NumberMatched)
	}
}

// TestOGCTimesWithoutFigures: a register of parcels alone shows them in its current year, which lasts until figures come.
func TestOGCTimesWithoutFigures(t *testing.T) {
	w := newWorld(t, secrets{mute: true})
	for query, want := range map[string]int{
		"": parcelCount, "?datetime=2025-06-01": parcelCount, "?year=2025": parcelCount, "?year=2025&datetime=2025-06-01": parcelCount,
		"?year=2025&datetime=2026-06-01": parcelCount, "?year=2025&datetime=2024-12-31": 0,
	} {
		if got := w.items(t, "public", parcelItems+query).NumberMatched; got != want {
			t.Errorf("%q: %d features, want %d", query, got, want)
		}
	}
}

func TestOGCFilters(t *testing.T) {
	w := newWorld(t, worldA)
	for query, want := range map[string]int{
		"park=QM": 10, "park=GQ": 4, "park=XX": 0, "idle_type=unstarted": 1, "firm_count=1": 13, "exit=true": 3, "exit=false": 11, "park=GQ&class=C": 2,
		"signed_on=2015-01-01": 14, "title_area_m2=10300": 1, "address=" + url.QueryEscape("示例路 3 号"): 1, "park=QM&bbox=118,24,119,25": 10,
	} {
		if got := w.items(t, "analyst", parcelItems+"?"+query); got.NumberMatched != want {
			t.Errorf("%s: %d features, want %d", query, got.NumberMatched, want)
		}
	}
}

func TestOGCRefusals(t *testing.T) { // A20, A21
	w := newWorld(t, worldA)
	for _, query := range []string{"limit=unlimited", "unknown=1", "bbox=1,2,3", "bbox=1,2,3,4,5", "datetime=yesterday", "crs=x", "f=html"} {
		w.read(t, parcelItems+"?"+query, 400)
	}
	w.read(t, "/ogc/collections/nothing", 404)
	w.read(t, "/ogc/collections/nothing/items", 404)
	w.read(t, parcelItems+"/nothing", 404)
}

func TestOGCFeature(t *testing.T) { // A27–A29
	w := newWorld(t, worldA)
	for _, f := range w.items(t, "public", parcelItems).Features[:3] {
		rec := w.get("public", parcelItems+"/"+f.ID.(string))
		var alone feature
		if err := json.Unmarshal(rec.Body.Bytes(), &alone); err != nil || rec.Header().Get("Content-Type") != "application/geo+json" {
			t.Fatal(err, rec.Header())
		}
		if fmt.Sprint(alone.Properties) != fmt.Sprint(f.Properties) || alone.ID != f.ID {
			t.Errorf("%v differs from its page", f.ID)
		}
		for _, rel := range []string{"self", "collection"} {
			href, mediaType := alone.Links.rel(rel)
			if mediaType == "" {
				t.Errorf("no link %s with a type", rel)
			}
			w.read(t, href, 200)
		}
	}
}

// TestSchemaNamesEveryProperty keeps schema and features together.
func TestSchemaNamesEveryProperty(t *testing.T) {
	w := newWorld(t, worldA)
	for _, role := range roles {
		var doc struct{ Properties map[string]any }
		if err := json.Unmarshal(w.get(role, "/ogc/collections/parcels/schema").Body.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		properties := w.items(t, role, parcelItems+"?limit=1").Features[0].Properties
		if len(doc.Properties) != len(properties)+1 { // and geometry
			t.Errorf("%s: the schema has %d properties, a feature %d", role, len(doc.Properties), len(properties))
		}
		for name := range properties {
			if doc.Properties[name] == nil {
				t.Errorf("%s: %s is not in the schema", role, name)
			}
		}
	}
}
