package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring/aggregate"
	"muchan/tiles/layers"
)

// secrets are the demo's confidential values, in the forms in which an answer could carry them.
type secrets struct {
	names   map[string]bool  // firms' names; each holds 演示
	codes   map[string]bool  // credit codes
	numbers map[float64]bool // output, tax and the like, and what is computed from them
	found   map[any]bool
}

var (
	codeToken   = regexp.MustCompile(`[0-9A-HJ-NPQRTUWXY]{18}`)
	numberToken = regexp.MustCompile(`-?\d+\.?\d*(?:[eE][+-]?\d+)?`)
	jsonKey     = regexp.MustCompile(`"([a-z_0-9]+)"\s*:`)
	nameToken   = regexp.MustCompile(`[\p{Han}（）()]*演示[\p{Han}（）()]*`)
)

// demoSecrets collects the confidential values from the store and from what an admin is told.
func demoSecrets(t *testing.T, s *service) *secrets {
	t.Helper()
	snap := demoSnapshot(t)
	c := &secrets{names: map[string]bool{}, codes: map[string]bool{}, numbers: map[float64]bool{}, found: map[any]bool{}}
	for _, f := range snap.Firms {
		c.names[f.Name], c.codes[f.USCC] = true, true
	}
	for i := range snap.Figures.Len() {
		f := snap.Figures.At(i)
		for _, o := range []parcels.Opt[parcels.Wan]{f.OutputWan, f.RevenueWan, f.ValueAddedWan, f.VATWan, f.IncomeTaxWan, f.RDWan} {
			if w, ok := o.Get(); ok {
				c.addNumber(w.Float())
			}
		}
	}
	for _, year := range []int{2020, 2025} {
		var answer struct{ Rows []map[string]any }
		s.GetJSON(t, "admin", fmt.Sprintf("/api/v1/scores?limit=10000&year=%d", year), &answer)
		for _, row := range answer.Rows {
			for _, field := range []string{"tax_wan_mu", "output_wan_mu", "value_added_wan_mu", "fai_wan_mu", "score", "tax_wan", "output_wan", "value_added_wan"} {
				if v, ok := row[field].(float64); ok {
					c.addNumber(v)
				}
			}
		}
	}
	for _, p := range snap.Parcels.All() { // what may be public is no secret, should it be equal to one
		delete(c.numbers, roundTo(float64(geo.Area(p.Shape).Mu()), 15))
	}
	return c
}

// addNumber takes numbers with at least five significant digits: a shorter one stands in a public answer by chance.
func (c *secrets) addNumber(v float64) {
	if math.Abs(v-roundTo(v, 4)) > 0 {
		c.numbers[v] = true
	}
}

// confidentialFields are the names of fields that only signed-in readers may see, in any layer.
func confidentialFields() map[string]bool {
	names := map[string]bool{}
	for _, level := range []bool{true, false} { // the public's own names last, to take them out again
		for _, layer := range layers.All {
			for _, f := range layer.Fields {
				if secret := f.Audience > layers.Public; secret == level && secret {
					names[f.Name] = true
				} else if secret == level {
					delete(names, f.Name)
				}
			}
		}
	}
	return names
}

func roundTo(v float64, digits int) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	return r
}

// scan returns the confidential values in an answer and remembers them.
func (c *secrets) scan(contentType string, body []byte) []string {
	var hits []string
	hit := func(v any) {
		c.found[v] = true
		hits = append(hits, fmt.Sprint(v))
	}
	text := string(body)
	if strings.Contains(text, "演示") {
		for _, name := range nameToken.FindAllString(text, -1) {
			if c.names[name] {
				hit(name)
			}
		}
	}
	for _, code := range codeToken.FindAllString(text, -1) {
		if c.codes[code] {
			hit(code)
		}
	}
	for _, v := range numbersIn(contentType, body) {
		if c.numbers[v] {
			hit(v)
		}
	}
	return hits
}

func numbersIn(contentType string, body []byte) []float64 {
	var numbers []float64
	if contentType == "" { // a header: an entity tag holds any digits
		return nil
	}
	if !strings.Contains(contentType, "mapbox-vector-tile") {
		for _, token := range numberToken.FindAllString(string(body), -1) {
			if v, err := strconv.ParseFloat(token, 64); err == nil {
				numbers = append(numbers, v)
			}
		}
		return numbers
	}
	tile, err := mvt.Unmarshal(body)
	if err != nil {
		return nil
	}
	for _, layer := range tile {
		for _, f := range layer.Features {
			for _, value := range f.Properties {
				if v, ok := value.(float64); ok {
					numbers = append(numbers, v)
				}
			}
		}
	}
	return numbers
}

// fieldsIn lists the names of an answer's fields. The API's description names all fields, with who may see them; it holds no data.
func fieldsIn(contentType, path string, body []byte) []string {
	switch {
	case strings.HasSuffix(path, "openapi.json"):
		return nil
	case strings.Contains(contentType, "mapbox-vector-tile"):
		tile, err := mvt.Unmarshal(body)
		if err != nil {
			return nil
		}
		var names []string
		for _, layer := range tile {
			for _, f := range layer.Features {
				names = append(names, slices.Collect(maps.Keys(f.Properties))...)
			}
		}
		return names
	case strings.Contains(contentType, "json"):
		var names []string
		for _, m := range jsonKey.FindAllSubmatch(body, -1) {
			names = append(names, string(m[1]))
		}
		return names
	}
	return nil
}

// TestThePublicLearnsNoFirmAndNoFigure crawls everything the public may ask for and searches each answer for every confidential
// value of the demo. The same crawl as an admin is the positive control: the scanner has to find there what it looks for.
func TestThePublicLearnsNoFirmAndNoFigure(t *testing.T) {
	s, _ := demo(t)
	c := demoSecrets(t, s)
	if len(c.names) < 400 || len(c.codes) < 400 || len(c.numbers) < 3000 {
		t.Fatalf("only %d names, %d codes, %d numbers to look for", len(c.names), len(c.codes), len(c.numbers))
	}
	urls, secretFields := crawlList(t, s), confidentialFields()
	for _, path := range urls {
		status, header, body := s.Get(t, "", path)
		if status >= http.StatusInternalServerError {
			t.Errorf("%s: %d", path, status)
		}
		body = bytes.ReplaceAll(body, []byte(path), nil) // a problem document names the path that was asked for
		kind := header.Get("Content-Type")
		if strings.HasPrefix(path, "/api/v1/aggregates?") {
			kind = "" // among thousands of sums one may have the digits of a figure; package aggregate plays the attacker
		}
		if hits := c.scan(kind, body); len(hits) > 0 {
			t.Errorf("%s tells the public %v", path, hits[:min(3, len(hits))])
		}
		for _, field := range fieldsIn(header.Get("Content-Type"), path, body) {
			legend := field == "class" && path == "/api/v1/meta" // the classes' colours
			if secretFields[field] && !legend {
				t.Errorf("%s has the field %s for the public", path, field)
			}
		}
		for name, values := range header {
			if hits := c.scan("", []byte(strings.Join(values, " "))); len(hits) > 0 {
				t.Errorf("%s tells the public %v in header %s", path, hits, name)
			}
		}
	}
	clear(c.found)
	for _, path := range urls {
		_, header, body := s.Get(t, "admin", path)
		c.scan(header.Get("Content-Type"), body)
	}
	c.checkControl(t, len(urls))
}

// checkControl makes sure that the crawl as an admin met the values, so that finding none as the public means something.
func (c *secrets) checkControl(t *testing.T, urls int) {
	t.Helper()
	missed := 0
	for name := range c.names {
		if !c.found[name] {
			missed++
		}
	}
	for code := range c.codes {
		if !c.found[code] {
			missed++
		}
	}
	// A firm without land in the latest year stands on no parcel and in no list.
	if missed > 40 || len(c.found) < 2000 {
		t.Errorf("positive control: the crawl as an admin found %d values and missed %d names and codes", len(c.found), missed)
	}
	t.Logf("%d answers searched for %d names, %d codes, %d numbers; as an admin the same crawl shows %d of them",
		urls, len(c.names), len(c.codes), len(c.numbers), len(c.found))
}

// A firm's or building's address answers the public alike whether there is such a firm or not.
func TestThePublicCannotProbeForFirms(t *testing.T) {
	s, _ := demo(t)
	known := "/api/v1/firms/" + demoSnapshot(t).Firms[0].USCC
	const unknown = "/api/v1/firms/91359900MA0000ZZZ9"
	status, _, body := s.Get(t, "", known)
	other, _, otherBody := s.Get(t, "", unknown)
	if status != other || string(bytes.ReplaceAll(body, []byte(known), []byte(unknown))) != string(otherBody) {
		t.Errorf("a firm on file answers %d %s, one that is not %d %s", status, body, other, otherBody)
	}
}

// crawlList lists what a curious reader would ask for: every route of the API description, every layer, every tile, every parcel.
func crawlList(t *testing.T, s *service) []string {
	t.Helper()
	urls := []string{"/", "/livez", "/readyz", "/ogc/", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/metrics", "/nonsense"}
	urls = append(urls, describedPaths(t, s)...)
	for _, year := range []int{2018, 2020, 2025} {
		urls = append(urls, fmt.Sprintf("/api/v1/scores?limit=10000&year=%d", year), fmt.Sprintf("/api/v1/summary?year=%d", year),
			fmt.Sprintf("/api/v1/exit-candidates?year=%d", year), fmt.Sprintf("/api/v1/idle?year=%d", year))
		for _, by := range aggregate.Groupings {
			urls = append(urls, fmt.Sprintf("/api/v1/aggregates?limit=10000&year=%d&by=%s", year, by))
		}
	}
	for _, layer := range layerNames() {
		urls = append(urls, "/tiles/"+layer+".json", "/ogc/collections/"+layer, "/ogc/collections/"+layer+"/queryables",
			"/ogc/collections/"+layer+"/schema", "/ogc/collections/"+layer+"/items?limit=10000")
	}
	for _, z := range []int{0, 8, 11, 13, 14, 15, 16} {
		for _, tile := range tilesOver(tileBounds(t, s), z) {
			for _, layer := range layerNames() {
				urls = append(urls, fmt.Sprintf("/tiles/%s/%d/%d/%d.mvt?year=2020", layer, tile[0], tile[1], tile[2]))
			}
		}
	}
	snap := demoSnapshot(t)
	for _, p := range snap.Parcels.All() {
		urls = append(urls, "/api/v1/parcels/"+p.Code, "/ogc/collections/parcels/items/"+p.Code)
	}
	for _, f := range snap.Firms {
		urls = append(urls, "/api/v1/firms/"+f.USCC)
	}
	return urls
}

// describedPaths are the paths without parameters in both OpenAPI documents.
func describedPaths(t *testing.T, s *service) []string {
	t.Helper()
	var paths []string
	for prefix, document := range map[string]string{"": "/api/v1/openapi.json", "/ogc": "/ogc/api"} {
		_, _, body := s.Get(t, "", document)
		var api struct {
			Paths map[string]map[string]json.RawMessage
		}
		if err := json.Unmarshal(body, &api); err != nil || len(api.Paths) < 5 {
			t.Fatalf("%s: %d paths, %v", document, len(api.Paths), err)
		}
		for path, methods := range api.Paths {
			if _, get := methods["get"]; get && !strings.Contains(path, "{") {
				if prefix != "" && !strings.HasPrefix(path, prefix) {
					path = prefix + path
				}
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	return paths
}
