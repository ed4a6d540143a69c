package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muchan/api"
	"muchan/tiles/layers"
)

// saved keeps an answer as a file.
func saved(t *testing.T, body []byte, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func output(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "ERROR") || strings.Contains(string(out), "Warning") {
		t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}

// Every format comes under its media type with a file name, and GDAL finds every parcel in it and no column above the reader.
func TestExportsByFormatAndAudience(t *testing.T) {
	w := newWorld(t, worldA)
	var list struct {
		Layers  []string
		Formats []struct {
			Name, Extension string
			MediaType       string `json:"media_type"`
		}
	}
	for level, role := range roles {
		if err := json.Unmarshal(w.get(role, "/api/v1/exports").Body.Bytes(), &list); err != nil || len(list.Formats) != 6 {
			t.Fatal(list, err)
		}
		for _, f := range list.Formats {
			rec := w.get(role, "/api/v1/exports/layers/parcels?format="+f.Name+"&shape=false&codes=true")
			name := fmt.Sprintf("muchan-parcels-2025.%s", f.Extension)
			if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != f.MediaType || !strings.Contains(rec.Header().Get("Content-Disposition"), name) ||
				rec.Header().Get("Content-Length") != fmt.Sprint(rec.Body.Len()) || rec.Header().Get("Cache-Control") != "no-store" {
				t.Fatalf("%s as %s: %d %v", f.Name, role, rec.Code, rec.Header())
			}
			path := saved(t, rec.Body.Bytes(), name)
			if f.Extension == "zip" {
				path = "/vsizip/" + path
			}
			info := output(t, "ogrinfo", "-ro", "-al", "-so", path)
			if !strings.Contains(info, fmt.Sprintf("Feature Count: %d", parcelCount)) {
				t.Errorf("%s as %s: GDAL counts otherwise\n%s", f.Name, role, info)
			}
			for column, lowest := range map[string]layers.Audience{"title": layers.Viewer, "tax_wan_mu": layers.Analyst, "main_uscc": layers.Analyst, "用地面积": layers.Viewer, "主要企业": layers.Analyst} {
				if strings.Contains(info, column) && layers.Audience(level) < lowest {
					t.Errorf("%s for %s holds %s", f.Name, role, column)
				}
			}
			if role == "analyst" && !strings.Contains(info, "main_uscc") && !strings.Contains(info, "主要企业信用代码") {
				t.Errorf("control: %s for analysts lacks the firm's code", f.Name)
			}
		}
	}
}

func TestExportsOfSeveralLayers(t *testing.T) {
	w := newWorld(t, worldA)
	rec := w.get("viewer", "/api/v1/exports/layers/all?format=gpkg&park=QM&crs=EPSG:4549")
	path := saved(t, rec.Body.Bytes(), "a.gpkg")
	for layer, count := range map[string]int{"parks": 1, "zones": 1, "parcels": 10} {
		if info := output(t, "ogrinfo", "-ro", "-so", path, layer); !strings.Contains(info, fmt.Sprintf("Feature Count: %d", count)) || !strings.Contains(info, `ID["EPSG",4549]`) {
			t.Errorf("%s: %s", layer, info)
		}
	}
	if !strings.Contains(output(t, "ogrinfo", "-ro", "-so", path, "buildings"), "Feature Count: ") {
		t.Error("no buildings")
	}
	z := w.get("public", "/api/v1/exports/layers/parks,parcels?format=shp&encoding=gb18030").Body.Bytes()
	archive, err := zip.NewReader(bytes.NewReader(z), int64(len(z)))
	if err != nil || len(archive.File) != 12 {
		t.Errorf("archive: %v", err)
	}
}

func TestExportsThatAreRefused(t *testing.T) {
	w := newWorld(t, worldA)
	for target, want := range map[string]map[string]int{
		"/api/v1/exports/layers/buildings":                             {"public": 401, "viewer": 200},
		"/api/v1/exports/layers/parcels,buildings?format=gpkg":         {"public": 401, "analyst": 200},
		"/api/v1/exports/layers/firms":                                 {"admin": 404},
		"/api/v1/exports/layers/parcels,parcels?format=gpkg":           {"admin": 404},
		"/api/v1/exports/layers/":                                      {"admin": 404},
		"/api/v1/exports/layers/all?format=csv":                        {"public": 400},
		"/api/v1/exports/layers/parcels?format=dwg":                    {"public": 400},
		"/api/v1/exports/layers/parcels?crs=EPSG:2383":                 {"public": 400},
		"/api/v1/exports/layers/parcels?park=XX":                       {"public": 400},
		"/api/v1/exports/layers/parcels?year=1999":                     {"public": 400},
		"/api/v1/exports/layers/parcels?audience=admin":                {"public": 400},
		"/api/v1/exports/layers/parcels?format=geojsonl&crs=EPSG:4549": {"public": 422},
		"/api/v1/exports/dossiers/350500000000GB00000.pdf":             {"public": 404, "admin": 404},
		"/api/v1/exports/dossiers/" + parcelCode(3):                    {"admin": 404},
		"/api/v1/exports/exit-candidates.pdf":                          {"public": 401, "viewer": 403, "analyst": 200},
		"/api/v1/exports/exit-candidates.pdf?park=XX":                  {"analyst": 400},
	} {
		for role, status := range want {
			if rec := w.get(role, target); rec.Code != status {
				t.Errorf("%s as %s: %d, want %d: %s", target, role, rec.Code, status, rec.Body)
			}
		}
	}
}

// Whoever signed in is on record with every file he takes away, before he gets it; without the record there is no file.
func TestExportsAreOnRecord(t *testing.T) {
	w := newWorld(t, worldA)
	targets := map[string]string{
		"/api/v1/exports/layers/parcels?format=csv":          "viewer",
		"/api/v1/exports/dossiers/" + parcelCode(3) + ".pdf": "viewer",
		"/api/v1/exports/exit-candidates.pdf":                "analyst",
		"/api/v1/exports/layers/all?format=xlsx&year=2024":   "admin",
	}
	for target, role := range targets {
		if rec := w.get(role, target); rec.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", target, rec.Code, rec.Body)
		}
	}
	w.get("public", "/api/v1/exports/layers/parcels")
	text, err := os.ReadFile(w.audit)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		var entry struct{ Who, Act, Target string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Act == "export" {
			if n++; targets[entry.Target] != entry.Who {
				t.Errorf("on record: %+v", entry)
			}
		}
	}
	if n != len(targets) {
		t.Errorf("%d exports on record, want %d\n%s", n, len(targets), text)
	}
}

// A dossier over HTTP is a PDF with the reader's part of what is on file.
func TestDossierOverHTTP(t *testing.T) {
	w := newWorld(t, worldA)
	texts := map[string]string{}
	for _, role := range roles {
		rec := w.get(role, "/api/v1/exports/dossiers/"+parcelCode(3)+".pdf")
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "application/pdf" || !strings.Contains(rec.Header().Get("Content-Disposition"), parcelCode(3)) {
			t.Fatalf("%s: %d %v", role, rec.Code, rec.Header())
		}
		texts[role] = strings.ReplaceAll(output(t, "pdftotext", saved(t, rec.Body.Bytes(), "a.pdf"), "-"), "\n", "")
	}
	for word, lowest := range map[string]int{parcelCode(3): 0, "示例数据": 0, "出让合同履行": 1, "历年情况": 1, worldA.firm: 2, worldA.uscc(3): 2, "亩均税收低": 2} {
		for level, role := range roles {
			if strings.Contains(texts[role], word) != (level >= lowest) {
				t.Errorf("the %s's dossier and %q: %v", role, word, strings.Contains(texts[role], word))
			}
		}
	}
	for address, says := range map[string]string{
		"exit-candidates.pdf": "疑似退出候选名单", "exit-candidates.pdf?lang=en": "Suspected exit candidates", "dossiers/" + parcelCode(3) + ".pdf?lang=en": "Parcel dossier",
	} {
		text := output(t, "pdftotext", saved(t, w.get("analyst", "/api/v1/exports/"+address).Body.Bytes(), "b.pdf"), "-")
		if !strings.Contains(text, says) {
			t.Errorf("%s says %s", address, text)
		}
	}
	if rec := w.get("analyst", "/api/v1/exports/exit-candidates.pdf?lang=fr"); rec.Code != http.StatusBadRequest {
		t.Errorf("lang=fr: %d", rec.Code)
	}
}

// When every place is taken a reader is told to come again, and is let in when one is free.
func TestExportsAreBounded(t *testing.T) {
	w := newWorld(t, worldA)
	free := api.TakeExports(w.server)
	rec := w.get("public", "/api/v1/exports/layers/parcels")
	if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
		t.Errorf("with no place left: %d %v", rec.Code, rec.Header())
	}
	if got := w.get("viewer", "/api/v1/exports/layers/parcels").Code; got != http.StatusOK {
		t.Errorf("strangers are in the staff's way: %d", got)
	}
	free()
	if got := w.get("public", "/api/v1/exports/layers/parcels").Code; got != http.StatusOK {
		t.Errorf("with a free place: %d", got)
	}
}
