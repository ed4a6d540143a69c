package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const admitted = "/api/v1/admission"

// project is domain §5.2's with what 福州 asks for at least.
const project = `{"park":"QM","industry":"C1951","land_mu":30,"storeys":[{"floor_m2":6000,"height_m":9},{"floor_m2":6000,"height_m":4.5},
{"floor_m2":2000,"height_m":3.6}],"built_ground_m2":8000,"office_floor_m2":2000,"fai_wan":10500,"output_wan":9000,"tax_wan":750,
"value_added_wan":3000,"above_scale":true,"lon":118.575,"lat":24.865}`

func TestAdmission(t *testing.T) {
	w := newWorld(t, worldA)
	rec := w.do(http.MethodPost, "analyst", admitted, project)
	if rec.Code != http.StatusOK {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	var doc struct {
		Notice, Tier            string
		Passed, Failed, Unknown int
		Tests                   []struct {
			Kind, Indicator, Outcome, Title, Clause string
			TitleEn                                 string `json:"title_en"`
			Value, Limit, Margin                    *float64
			AtMost                                  bool `json:"at_most"`
			Rule                                    struct{ ID string }
		}
		Ranks []struct {
			By       string
			Rank, Of *int
		}
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"control far": "unknown", "control coefficient": "passed", "control office_land": "failed", "control office_floor": "passed",
		"admission fai_per_mu": "passed", "admission output_per_mu": "passed", "admission tax_per_mu": "passed", "place block_line": "passed",
		"place red_line": "unknown", // the world has none on file
	}
	seen := 0
	for _, test := range doc.Tests {
		if outcome, ok := want[test.Kind+" "+test.Indicator]; ok {
			seen++
			if test.Outcome != outcome {
				t.Errorf("%s %s: %s, want %s", test.Kind, test.Indicator, test.Outcome, outcome)
			}
		}
		if test.Title == "" || test.TitleEn == "" || test.Outcome != "unknown" && (test.Rule.ID == "" || test.Clause == "") {
			t.Errorf("%+v", test)
		}
	}
	if seen != len(want) || doc.Notice == "" || doc.Tier == "" || doc.Passed+doc.Failed+doc.Unknown != len(doc.Tests) {
		t.Errorf("%d of %d tests; %+v", seen, len(want), doc)
	}
	// Ten firms of 清濛, i = 0, 1, 3, 4, …: their tax per mu is far below 25; by points the project needs figures the body has not all.
	if tax := doc.Ranks[0]; tax.By != "tax_per_mu" || tax.Rank == nil || *tax.Rank != 1 || *tax.Of < 9 {
		t.Errorf("%+v", tax)
	}
}

func TestAdmissionRefusals(t *testing.T) {
	w := newWorld(t, worldA)
	for _, c := range []struct {
		body   string
		status int
		member string
	}{
		{`{"park":"QM"}`, 400, "land_mu"},
		{`{"land_mu":3}`, 400, "park"},
		{`{"park":"XX","land_mu":3}`, 400, "park"},
		{`{"park":"QM","land_mu":3,"parcel":"nowhere"}`, 400, "parcel"},
		{`{"park":"QM","land_mu":3,"tier":"best"}`, 400, "tier"},
		{`{"park":"QM","land_mu":3,"industry":"shoes"}`, 400, "industry"},
		{`{"park":"QM","land_mu":3,"lon":118}`, 400, "lon"},
		{`{"park":"QM","land_mu":3,"lon":118,"lat":91}`, 400, "lon"},
		{`{"park":"QM","land_mu":3,"tax_wan":1e300}`, 400, "tax_wan"},
		{`{"park":"QM","land_mu":3,"green_m2":-1}`, 400, "green_m2"},
		{`{"park":"QM","land_mu":3,"profit_wan":1}`, 400, "profit_wan"},
		{`{"park":"QM","land_mu":"three"}`, 400, "land_mu"},
		{`{"park":"QM","land_mu":3,"fai_wan":-12000}`, 400, "fai_wan"},
		{`{"park":"QM","land_mu":3,"staff":-5}`, 400, "staff"},
		{`{"park":"QM","land_mu":3,"lon":116.4,"lat":39.9}`, 400, "lon"},
		{fmt.Sprintf(`{"park":"QM","land_mu":5000,"parcel":%q}`, parcelCode(0)), 400, "land_mu"},
		{fmt.Sprintf(`{"park":"QM","land_mu":3,"parcel":%q,"lon":118.58,"lat":24.87}`, parcelCode(0)), 400, "lon"},
		{`{"park":"QM","land_mu":3}{}`, 400, ""},
		{fmt.Sprintf(`{"park":%q,"land_mu":3}`, strings.Repeat("x", 70_000)), 413, ""},
	} {
		rec := w.do(http.MethodPost, "analyst", admitted, c.body)
		var p struct{ Errors []struct{ Parameter string } }
		if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if rec.Code != c.status || c.member != "" && (len(p.Errors) != 1 || p.Errors[0].Parameter != c.member) {
			t.Errorf("%.60s: %d %s", c.body, rec.Code, rec.Body)
		}
	}
	if got := w.do(http.MethodPost, "analyst", admitted, project, "Content-Type", "text/plain").Code; got != http.StatusUnsupportedMediaType {
		t.Errorf("text/plain: %d", got)
	}
	if got := w.do(http.MethodPost, "analyst", admitted, project, "Sec-Fetch-Site", "cross-site").Code; got != http.StatusForbidden {
		t.Errorf("from another site: %d", got)
	}
}
