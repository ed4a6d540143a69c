package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestAnswersMatchTheDocument checks every JSON answer of every reader against the schema the API's own document gives for it.
func TestAnswersMatchTheDocument(t *testing.T) {
	w := newWorld(t, worldA)
	doc := openAPI(t, w, "public", "/api/v1/openapi.json")
	checked := 0
	for _, row := range w.server.Table() {
		if row.Method != http.MethodGet || row.Page || strings.HasPrefix(row.Pattern, "/ogc") {
			continue
		}
		item := doc.Paths.Find(row.Pattern)
		if item == nil || item.Get == nil {
			t.Errorf("%s is not documented", row.Pattern)
			continue
		}
		for _, role := range roles {
			rec := w.get(role, w.example(row.Pattern))
			if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Header().Get("Content-Type"), "application/json") {
				continue
			}
			var v any
			if err := json.Unmarshal(rec.Body.Bytes(), &v); err != nil {
				t.Fatal(err)
			}
			if err := item.Get.Responses.Status(200).Value.Content.Get("application/json").Schema.Value.VisitJSON(v); err != nil {
				t.Errorf("%s as %s: %v", row.Pattern, role, err)
			}
			checked++
		}
	}
	if checked < 35 {
		t.Errorf("only %d answers were checked", checked)
	}
}
