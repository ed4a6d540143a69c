package api_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"muchan/tiles/layers"
)

// publicRequests are what a curious stranger would send: every route, every parameter, filters on fields he may not see, errors.
func (w *world) publicRequests() []*http.Request {
	var targets []string
	for _, row := range w.server.Table() {
		if row.Method == http.MethodGet {
			targets = append(targets, row.Pattern)
		}
	}
	for i, pattern := range targets {
		// the stranger does not know a real credit code: that is a secret itself
		targets[i] = w.example(strings.ReplaceAll(pattern, "{uscc}", "91359900AAAAAAAA00"))
	}
	for _, layer := range []string{"parks", "zones", "parcels", "buildings", "firms"} {
		items := "/ogc/collections/" + layer + "/items"
		targets = append(targets, items+"?limit=1000", items+"?limit=2&offset=2", items+"?bbox=118,24,118.58,25", items+"?datetime=2024-06-01", items+"?year=2023",
			"/tiles/"+layer+".json", "/ogc/collections/"+layer, "/ogc/collections/"+layer+"/schema", "/ogc/collections/"+layer+"/queryables")
		for z := range 19 {
			targets = append(targets, fmt.Sprintf("/tiles/%s/%d/%s.mvt", layer, z, columnRow(z, 118.5725, 24.8625)))
		}
	}
	parcelsLayer, _ := layers.ByName(layers.Parcels)
	for _, f := range parcelsLayer.Fields {
		for _, value := range []string{"1", "A", "QM", "true", "2024-01-01", "演示", worldA.uscc(3), worldB.uscc(3)} {
			targets = append(targets, "/ogc/collections/parcels/items?"+f.Name+"="+url.QueryEscape(value))
		}
		targets = append(targets, "/api/v1/scores?sort="+f.Name, "/api/v1/parcels/"+parcelCode(1)+"?"+f.Name+"=1")
	}
	for _, format := range []string{"geojson", "geojsonl", "gpkg", "shp", "csv", "xlsx"} {
		targets = append(targets, "/api/v1/exports/layers/parcels?format="+format, "/api/v1/exports/layers/zones?year=2023&format="+format)
	}
	targets = append(targets, "/api/v1/exports/layers/all?format=xlsx", "/api/v1/exports/layers/buildings", "/api/v1/exports/dossiers/"+parcelCode(2)+".pdf?year=2023")
	for i := range parcelCount + 1 {
		targets = append(targets, "/api/v1/parcels/"+parcelCode(i), "/ogc/collections/parcels/items/"+parcelCode(i), "/api/v1/firms/"+worldA.uscc(i), "/api/v1/parcels/"+parcelCode(i)+"?year=2023")
	}
	var out []*http.Request
	for _, target := range targets {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, "OPTIONS"} {
			for _, encoding := range []string{"", "gzip"} {
				r := request(method, target, "")
				r.Header.Set("Accept-Encoding", encoding)
				out = append(out, r)
			}
		}
	}
	return out
}

func columnRow(z int, lon, lat float64) string {
	n := math.Exp2(float64(z))
	x := (lon + 180) / 360 * n
	y := (1 - math.Asinh(math.Tan(lat*math.Pi/180))/math.Pi) / 2 * n
	return fmt.Sprintf("%d/%d", int(x), int(y))
}

func answer(w *world, r *http.Request) *http.Response {
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r.Clone(r.Context()))
	return rec.Result()
}

// raw is an answer as it went over the wire: status, headers, body.
func raw(t *testing.T, resp *http.Response) []byte {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintln(&b, resp.StatusCode)
	if err := resp.Header.Write(&b); err != nil {
		t.Fatal(err)
	}
	b.WriteString("\r\n")
	if _, err := io.Copy(&b, resp.Body); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPublicAnswersDoNotDependOnSecrets replays one stream of requests against two zones that differ only in what is confidential.
func TestPublicAnswersDoNotDependOnSecrets(t *testing.T) {
	a, b := newWorld(t, worldA), newWorld(t, worldB)
	requests := a.publicRequests()
	for _, r := range requests {
		if r.URL.Path == "/api/v1/aggregates" && r.Method != http.MethodPost {
			continue // sums over three firms and more depend on amounts; what they must not give away is attacked in their own room
		}
		x, y := raw(t, answer(a, r)), raw(t, answer(b, r))
		if !bytes.Equal(x, y) {
			t.Errorf("%s %s differs:\n%.600s\n----\n%.600s", r.Method, r.URL, x, y)
		}
	}
	t.Logf("%d requests", len(requests))
	for _, target := range []string{"/ogc/collections/parcels/items", "/tiles/parcels/" + tileOfFirst, "/api/v1/scores"} {
		if bytes.Equal(a.get("analyst", target).Body.Bytes(), b.get("analyst", target).Body.Bytes()) {
			t.Errorf("control: %s is alike for the analyst, so the two zones do not differ", target)
		}
	}
}

// planted are the confidential values of a world in the shapes they could leak in.
func planted(s secrets) map[string][][]byte {
	out := map[string][][]byte{}
	texts := []string{s.firm, s.code, "不可外传的人"}
	snap := s.snapshot(7, 1)
	for _, f := range snap.Figures.All() {
		if f.Year == 2025 {
			for _, o := range []float64{f.OutputWan.Or(0).Float(), f.ValueAddedWan.Or(0).Float()} {
				text := strconv.FormatFloat(o, 'f', -1, 64)
				out[text] = append(out[text], []byte(text), binary.LittleEndian.AppendUint64(nil, math.Float64bits(o)))
			}
		}
	}
	for _, text := range texts {
		out[text] = [][]byte{[]byte(text), []byte(url.QueryEscape(text)), []byte(hex.EncodeToString([]byte(text))), escaped(text)}
		for shift := range 3 {
			enc := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), text...))
			out[text] = append(out[text], []byte(enc[4:len(enc)-4]))
		}
	}
	return out
}

func escaped(s string) []byte {
	var b []byte
	for _, r := range s {
		b = fmt.Appendf(b, `\u%04x`, r)
	}
	return b
}

// unpacked is an answer as it went over the wire, with what is zipped in it: its body, or the members of an archive.
func unpacked(t *testing.T, answer []byte) [][]byte {
	t.Helper()
	hay := [][]byte{answer}
	head, body, _ := bytes.Cut(answer, []byte("\r\n\r\n"))
	if bytes.Contains(head, []byte("Content-Encoding: gzip")) && len(body) > 0 {
		body = readAll(t, func() (io.Reader, error) { return gzip.NewReader(bytes.NewReader(body)) })
		hay = append(hay, body)
	}
	if !bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return hay
	}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		hay = append(hay, readAll(t, func() (io.Reader, error) { return f.Open() }))
	}
	return hay
}

func readAll(t *testing.T, open func() (io.Reader, error)) []byte {
	t.Helper()
	r, err := open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// found lists the planted values that an answer holds, plain or zipped.
func found(t *testing.T, answer []byte, values map[string][][]byte) []string {
	t.Helper()
	hay := unpacked(t, answer)
	var names []string
	for name, shapes := range values {
		if slices.ContainsFunc(shapes, func(shape []byte) bool {
			return slices.ContainsFunc(hay, func(h []byte) bool { return bytes.Contains(h, shape) })
		}) {
			names = append(names, name)
		}
	}
	return names
}

func TestPublicAnswersHoldNoPlantedValue(t *testing.T) {
	w := newWorld(t, worldA)
	values := planted(worldA)
	for _, r := range w.publicRequests() {
		if strings.Contains(r.URL.String(), worldA.code) {
			continue // the stranger wrote the value himself, and is told which address he asked for
		}
		if leaks := found(t, raw(t, answer(w, r)), values); len(leaks) > 0 {
			t.Errorf("%s %s holds %q", r.Method, r.URL, leaks)
		}
	}
	metrics := httptest.NewRecorder()
	w.server.Metrics().ServeHTTP(metrics, request(http.MethodGet, "/metrics", ""))
	if leaks := found(t, append(metrics.Body.Bytes(), w.log.Bytes()...), values); len(leaks) > 0 {
		t.Errorf("log or metrics hold %q", leaks)
	}
	// The same scanner has to find every value where it may be.
	seen := map[string]bool{"不可外传的人": true} // who published is nowhere in the API
	for _, target := range []string{"/api/v1/scores?limit=100", "/tiles/parcels/" + tileOfFirst} {
		if len(found(t, raw(t, answer(w, withToken(w, "/api/v1/exports/layers/parcels?format=xlsx"))), values)) == 0 {
			t.Error("control: nothing is found in the admin's workbook")
		}
		for _, name := range found(t, raw(t, answer(w, withToken(w, target))), values) {
			seen[name] = true
		}
	}
	for name := range values {
		if !seen[name] {
			t.Errorf("control: %q is not found in the admin's answers either", name)
		}
	}
}

func withToken(w *world, target string) *http.Request {
	r := request(http.MethodGet, target, "")
	r.Header.Set("Authorization", "Bearer "+w.tokens["admin"])
	r.Header.Set("Accept-Encoding", "gzip")
	return r
}

// TestHiddenFieldsAnswerAsUnknownOnes: asking by a field that exists above the reader tells nothing about it.
func TestHiddenFieldsAnswerAsUnknownOnes(t *testing.T) {
	w := newWorld(t, worldA)
	for _, pair := range [][2]string{
		{"/ogc/collections/parcels/items?main_uscc=x", "/ogc/collections/parcels/items?main_uscx=x"},
		{"/ogc/collections/parcels/items?tax_wan=1", "/ogc/collections/parcels/items?tax_wax=1"},
	} {
		hidden, unknown := w.get("public", pair[0]), w.get("public", pair[1])
		if hidden.Code != 400 || strings.ReplaceAll(strings.ReplaceAll(hidden.Body.String(), "main_uscc", "main_uscx"), "tax_wan", "tax_wax") != unknown.Body.String() {
			t.Errorf("%s:\n%s%s", pair[0], hidden.Body, unknown.Body)
		}
	}
	hidden, unknown := w.get("viewer", "/api/v1/scores?sort=tax_wan"), w.get("viewer", "/api/v1/scores?sort=tax_wax")
	if hidden.Code != 400 || hidden.Body.String() != unknown.Body.String() {
		t.Errorf("sort:\n%s%s", hidden.Body, unknown.Body)
	}
	if got := w.get("analyst", "/api/v1/scores?sort=tax_wan").Code; got != 200 {
		t.Errorf("control: %d", got)
	}
}

// forAnalysts are names of members that no viewer's answer has: the fields above him, and what summary and panel add.
func forAnalysts() map[string]bool {
	names := map[string]bool{
		"firms": true, "uscc": true, "exit_candidates": true, "exit": true, "indicators": true, "rank": true, "points": true, "fee_wan": true,
		"wan": true, "rated_land_mu": true, "wan_per_mu": true, "wan_per_rated_mu": true,
	}
	for _, l := range layers.All {
		for _, f := range l.Fields {
			if f.Audience > layers.Viewer {
				names[f.Name] = true
			}
		}
	}
	return names
}

// members visits every member's name in a JSON value.
func members(v any, visit func(name string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			visit(name)
			members(inner, visit)
		}
	case []any:
		for _, inner := range v {
			members(inner, visit)
		}
	}
}

// TestViewerSeesNoFirmAndNoMoney walks what a viewer sees, the panel above all, where several tables meet.
func TestViewerSeesNoFirmAndNoMoney(t *testing.T) {
	w := newWorld(t, worldA)
	values, hidden := planted(worldA), forAnalysts()
	price := worldA.snapshot(7, 1).Parcels.At(0).Contract.PriceWan.Or(0).Float()
	fee := strconv.FormatFloat(price/5, 'f', 5, 64) // the idle fee is a fifth of the price
	values[fee] = [][]byte{[]byte(fee)}
	targets := []string{"/api/v1/summary", "/api/v1/scores", "/api/v1/idle", "/api/v1/land", "/ogc/collections/parcels/items", "/tiles/parcels/" + tileOfFirst, "/api/v1/meta"}
	for i := range parcelCount {
		targets = append(targets, "/api/v1/parcels/"+parcelCode(i))
	}
	hidden[fee] = true
	seen := map[string]bool{}
	for _, target := range targets {
		rec := w.get("viewer", target)
		if leaks := found(t, raw(t, rec.Result()), values); len(leaks) > 0 {
			t.Errorf("%s holds %q", target, leaks)
		}
		var v any
		if json.Unmarshal(rec.Body.Bytes(), &v) == nil {
			members(v, func(name string) {
				if hidden[name] {
					t.Errorf("%s has a member %s", target, name)
				}
			})
		}
		body := w.get("analyst", target).Body.Bytes()
		for _, name := range found(t, body, values) {
			seen[name] = true
		}
		if json.Unmarshal(body, &v) == nil {
			members(v, func(name string) { seen[name] = true })
		}
	}
	for name := range hidden {
		if !seen[name] {
			t.Errorf("control: the analyst sees no %s either", name)
		}
	}
}
