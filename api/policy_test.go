package api_test

import (
	"cmp"
	"net/http"
	"strings"
	"testing"
	"time"

	"muchan/api"
	"muchan/tiles/layers"
)

// policyFile is who may call what, written down a second time: whoever changes a route's audience has to change it here too.
var policyFile = map[string]string{
	"GET /livez":                                    "public",
	"GET /readyz":                                   "public",
	"GET /basemap.pmtiles":                          "public",
	"GET /api/v1/session":                           "public",
	"POST /api/v1/session":                          "public",
	"DELETE /api/v1/session":                        "public",
	"GET /tiles/{layer}.json":                       "public",
	"GET /tiles/{layer}/{z}/{x}/{y}.mvt":            "public",
	"GET /api/v1/meta":                              "public",
	"GET /api/v1/parcels/{code}":                    "public",
	"GET /api/v1/aggregates":                        "public",
	"GET /api/v1/runs":                              "public",
	"POST /api/v1/runs":                             "admin",
	"GET /api/v1/runs/pending":                      "analyst",
	"GET /api/v1/runs/{id}":                         "analyst",
	"GET /api/v1/runs/{id}/firms":                   "analyst",
	"GET /api/v1/runs/{id}/changes":                 "analyst",
	"POST /api/v1/runs/{id}/acts":                   "analyst",
	"GET /api/v1/cases":                             "analyst",
	"POST /api/v1/cases":                            "analyst",
	"GET /api/v1/cases/{id}":                        "analyst",
	"POST /api/v1/cases/{id}/acts":                  "analyst",
	"GET /api/v1/firms/{uscc}/classes":              "analyst",
	"GET /api/v1/parcels/{code}/classes":            "viewer",
	"POST /api/v1/rules":                            "admin",
	"GET /api/v1/summary":                           "viewer",
	"GET /api/v1/scores":                            "viewer",
	"POST /api/v1/within":                           "viewer",
	"GET /api/v1/idle":                              "viewer",
	"GET /api/v1/targets":                           "viewer",
	"GET /api/v1/zone-indicators":                   "viewer",
	"GET /api/v1/quality":                           "analyst",
	"GET /api/v1/land":                              "viewer",
	"GET /api/v1/rules":                             "viewer",
	"GET /api/v1/rules/{id}/texts":                  "viewer",
	"GET /api/v1/firms":                             "analyst",
	"GET /api/v1/parks":                             "public",
	"GET /api/v1/firms/{uscc}":                      "analyst",
	"GET /api/v1/exit-candidates":                   "analyst",
	"GET /api/v1/exit-candidates/{code}":            "analyst",
	"POST /api/v1/what-if":                          "analyst",
	"GET /api/v1/match":                             "analyst",
	"GET /api/v1/potential":                         "viewer",
	"GET /api/v1/parcels/{code}/control":            "analyst",
	"POST /api/v1/admission":                        "analyst",
	"GET /api/v1/audit":                             "admin",
	"GET /api/v1/imports":                           "admin",
	"POST /api/v1/imports":                          "admin",
	"GET /api/v1/imports/{id}":                      "admin",
	"POST /api/v1/imports/{id}":                     "admin",
	"DELETE /api/v1/imports/{id}":                   "admin",
	"POST /api/v1/imports/{id}/apply":               "admin",
	"GET /api/v1/imports/{id}/refused":              "admin",
	"GET /api/v1/accounts":                          "admin",
	"POST /api/v1/accounts":                         "admin",
	"POST /api/v1/accounts/{name}":                  "admin",
	"POST /api/v1/accounts/{name}/tokens":           "admin",
	"DELETE /api/v1/accounts/{name}/tokens/{token}": "admin",
	"GET /api/v1/changes":                           "admin",
	"POST /api/v1/changes/{number}/undo":            "admin",
	"GET /ogc":                                      "public",
	"GET /ogc/conformance":                          "public",
	"GET /ogc/api":                                  "public",
	"GET /ogc/collections":                          "public",
	"GET /ogc/collections/{collection}":             "public",
	"GET /ogc/collections/{collection}/queryables":  "public",
	"GET /ogc/collections/{collection}/schema":      "public",
	"GET /ogc/collections/{collection}/items":       "public",
	"GET /ogc/collections/{collection}/items/{fid}": "public",
	"GET /api/v1/openapi.json":                      "public",
	"GET /api/v1/exports":                           "public",
	"GET /api/v1/exports/layers/{layer}":            "public",
	"GET /api/v1/exports/dossiers/{code}.pdf":       "public",
	"GET /api/v1/exports/exit-candidates.pdf":       "analyst",
	"POST /api/v1/exports/tables":                   "public",
	"GET /{path...}":                                "public",
}

func TestRouteTableIsThePolicy(t *testing.T) {
	w := newWorld(t, worldA)
	seen := map[string]bool{}
	for _, row := range w.server.Table() {
		key := row.Method + " " + row.Pattern
		seen[key] = true
		if want, ok := policyFile[key]; !ok || row.Lowest.String() != want {
			t.Errorf("%s is for %v; the policy says %q", key, row.Lowest, want)
		}
	}
	for key := range policyFile {
		if !seen[key] {
			t.Errorf("%s is in the policy and not mounted", key)
		}
	}
}

func TestRouteWithoutPolicyIsRefused(t *testing.T) {
	if err := api.MountOne(""); err != nil {
		t.Errorf("control: a whole route is refused: %v", err)
	}
	for _, part := range []string{"audience", "caching", "handler", "record"} {
		if err := api.MountOne(part); err == nil {
			t.Errorf("a route without %s was mounted", part)
		}
	}
}

// example is an address of a route that has an answer.
func (w *world) example(pattern string) string {
	return strings.NewReplacer(
		"/cases/{id}", "/cases/"+caseID, "/runs/{id}", "/runs/2024-1", "/rules/{id}", "/rules/exit.default",
		"{layer}.json", "parcels.json", "{layer}", "parcels", "{z}/{x}/{y}.mvt", tileOfFirst, "{code}", parcelCode(3),
		"{number}", "1", "{id}", "none", "{uscc}", w.store.secrets.uscc(3), "{collection}", "parcels", "{fid}", parcelCode(3), "{path...}", "", "{name}", "nobody", "{token}", "none",
	).Replace(pattern)
}

// tileOfFirst holds the parcels of 清濛.
var tileOfFirst = "14/" + columnRow(14, 118.5725, 24.8625) + ".mvt"

func body(row api.Row) string {
	switch {
	case row.Method == http.MethodPost && row.Pattern == "/api/v1/session":
		return `{"token":"wrong"}`
	case row.Method == http.MethodPost:
		return "{}"
	}
	return ""
}

// empty is the answer to an empty object, or to an address of nothing, where it is not 200.
var empty = map[string]int{
	"GET /basemap.pmtiles":        404, // this world has none
	"POST /api/v1/imports":        415, // an object is no file
	"POST /api/v1/exports/tables": 415,
	"POST /api/v1/within":         400,
	"GET /api/v1/imports/{id}":    404, "POST /api/v1/imports/{id}": 404, "DELETE /api/v1/imports/{id}": 404, "POST /api/v1/imports/{id}/apply": 404,
	"GET /api/v1/imports/{id}/refused": 404, "POST /api/v1/changes/{number}/undo": 400,
	"POST /api/v1/accounts": 400, "POST /api/v1/accounts/{name}": 400, "POST /api/v1/accounts/{name}/tokens": 404, "DELETE /api/v1/accounts/{name}/tokens/{token}": 404,
	"POST /api/v1/cases": 422, "POST /api/v1/cases/{id}/acts": 422, "POST /api/v1/runs": 422, "POST /api/v1/rules": 422,
	"POST /api/v1/admission":      400,
	"POST /api/v1/runs/{id}/acts": 403, // only the data keeper does what is no objection
}

func TestEveryRouteForEveryAudience(t *testing.T) {
	w := newWorld(t, worldA)
	for _, row := range w.server.Table() {
		for level, role := range roles {
			got := w.do(row.Method, role, w.example(row.Pattern), body(row)).Code
			want := http.StatusOK
			switch {
			case row.Method == http.MethodPost && row.Pattern == "/api/v1/session":
				want = http.StatusUnauthorized // the token in the body is wrong, whoever sends it
			case row.Method == http.MethodDelete && row.Pattern == "/api/v1/session":
				want = http.StatusNoContent
			case layers.Audience(level) >= row.Lowest:
				want = cmp.Or(empty[row.Method+" "+row.Pattern], want)
				if row.Pattern == "/api/v1/runs/{id}/acts" && role == "admin" {
					want = http.StatusNotFound // the run was published at once
				}
			case role == "public":
				want = http.StatusUnauthorized
			default:
				want = http.StatusForbidden
			}
			if got != want {
				t.Errorf("%s %s as %s: %d, want %d", row.Method, row.Pattern, role, got, want)
			}
		}
	}
}

// TestLayersByAudience checks the cells that the route table cannot know: a layer has an audience of its own.
func TestLayersByAudience(t *testing.T) {
	w := newWorld(t, worldA)
	for _, target := range []string{"/tiles/buildings.json", "/tiles/buildings/" + tileOfFirst, "/ogc/collections/buildings", "/ogc/collections/buildings/items", "/ogc/collections/buildings/items/B03", "/ogc/collections/buildings/schema"} {
		for role, want := range map[string]int{"public": 401, "viewer": 200, "analyst": 200, "admin": 200} {
			if got := w.get(role, target).Code; got != want {
				t.Errorf("%s as %s: %d, want %d", target, role, got, want)
			}
		}
	}
}

func TestBadCredentialsGetNothing(t *testing.T) {
	w := newWorld(t, worldA)
	_, expired, err := w.accounts.NewToken("admin", "short", w.clock.Now().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	id, revoked, err := w.accounts.NewToken("admin", "gone", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Move(2 * time.Minute)
	if err := w.accounts.RevokeToken("admin", id); err != nil {
		t.Fatal(err)
	}
	if err := w.accounts.Disable("analyst", true); err != nil {
		t.Fatal(err)
	}
	bad := map[string]string{
		"expired": "Bearer " + expired, "revoked": "Bearer " + revoked, "disabled": "Bearer " + w.tokens["analyst"],
		"forged": "Bearer muchan_" + strings.Repeat("A", 52), "empty": "Bearer ", "basic": "Basic YWRtaW46YWRtaW4=", "cut": "Bearer " + w.tokens["admin"][:40],
		"long": "Bearer " + strings.Repeat("x", 5000), "hash": "Bearer admin",
	}
	for _, row := range w.server.Table() {
		for name, header := range bad {
			rec := w.do(row.Method, "public", w.example(row.Pattern), body(row), "Authorization", header)
			if rec.Code != http.StatusUnauthorized {
				t.Errorf("%s %s with %s: %d", row.Method, row.Pattern, name, rec.Code)
			}
		}
		if got := w.do(row.Method, "admin", w.example(row.Pattern), body(row)).Code; row.Method == http.MethodGet && got != cmp.Or(empty["GET "+row.Pattern], http.StatusOK) {
			t.Errorf("control: %s as admin: %d", row.Pattern, got)
		}
	}
}

// TestAddressTricks: another spelling of a protected address never gets around its policy.
func TestAddressTricks(t *testing.T) {
	w := newWorld(t, worldA)
	for target, want := range map[string]int{
		"/api/v1/summary/": 401, "//api/v1/summary": 404, "/api//v1/summary": 404, "/API/v1/summary": 404, "/api/v1/Summary": 404,
		"/api/v1/./summary": 404, "/api/v1/x/../summary": 404, "/api/v1/summary%2F": 404, "/api%2Fv1%2Fsummary": 404, "/api/v1/%73ummary": 401,
		"/api/v1/summary;a=b": 404, "/api/v1/summary%00": 404, "/api/v1/summary.json": 404, "/ogc/": 200, "/ogc/collections/": 200,
		"/ogc/collections/parcels/items/": 200, `/api/v1\summary`: 404, "/tiles/parcels/": 404, "/tiles/parcels": 404, "/assets/": 404, "/assets/../index.html": 404,
	} {
		if got := w.get("public", target).Code; got != want {
			t.Errorf("%s: %d, want %d", target, got, want)
		}
	}
	for _, header := range []string{"X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-User"} {
		if got := w.get("public", "/api/v1/summary", header, "admin").Code; got != 401 {
			t.Errorf("with %s: %d", header, got)
		}
	}
	for _, row := range w.server.Table() {
		if row.Method != http.MethodGet {
			continue
		}
		rec := w.do(http.MethodHead, "admin", w.example(row.Pattern), "")
		if rec.Code != cmp.Or(empty["GET "+row.Pattern], http.StatusOK) || rec.Body.Len() != 0 {
			t.Errorf("HEAD %s: %d with %d bytes", row.Pattern, rec.Code, rec.Body.Len())
		}
		if got := w.do(http.MethodPut, "admin", w.example(row.Pattern), "{}").Code; got != http.StatusMethodNotAllowed {
			t.Errorf("PUT %s: %d", row.Pattern, got)
		}
	}
}
