package api_test

import (
	"encoding/json"
	"fmt"
	"testing"
)

type exitList struct {
	Year  int    `json:"year"`
	AsOf  string `json:"as_of"`
	Total int    `json:"total"`
	Rows  []struct {
		Code     string  `json:"code"`
		Park     string  `json:"park"`
		Rank     int     `json:"rank"`
		Class    string  `json:"class"`
		Severity float64 `json:"severity"`
		Tests    []struct {
			ID, Group, Unit string
			Failed          bool
			Threshold       float64
		} `json:"tests"`
		Paths []struct {
			ID   string
			Fits bool
		} `json:"paths"`
	} `json:"rows"`
}

// TestExitListIsFilteredAndSorted compares each filter with what it leaves of the whole list.
func TestExitListIsFilteredAndSorted(t *testing.T) {
	w := newWorld(t, worldA)
	list := func(query string) exitList {
		var doc exitList
		rec := w.get("analyst", "/api/v1/exit-candidates?"+query)
		if rec.Code != 200 {
			t.Fatalf("%s: %d %s", query, rec.Code, rec.Body)
		}
		must(t, json.Unmarshal(rec.Body.Bytes(), &doc))
		return doc
	}
	all := list("")
	if all.Total < 2 || all.AsOf == "" || len(all.Rows) != all.Total {
		t.Fatalf("%+v", all)
	}
	for i := 1; i < len(all.Rows); i++ {
		if all.Rows[i].Severity > all.Rows[i-1].Severity || all.Rows[i].Rank != i+1 {
			t.Errorf("place %d: %+v", i, all.Rows[i])
		}
	}
	count := func(keep func(i int) bool) int {
		n := 0
		for i := range all.Rows {
			if keep(i) {
				n++
			}
		}
		return n
	}
	failed := func(id, group string) func(int) bool {
		return func(i int) bool {
			for _, x := range all.Rows[i].Tests {
				if x.Failed && (x.ID == id || x.Group == group) {
					return true
				}
			}
			return false
		}
	}
	for query, want := range map[string]int{
		"test=fai_per_mu": count(failed("fai_per_mu", "")), "test=none": 0, "group=yield": count(failed("", "yield")),
		"park=QM": count(func(i int) bool { return all.Rows[i].Park == "QM" }), "path=free_take_back": 0, "path=rectify": all.Total,
		"class=D": count(func(i int) bool { return all.Rows[i].Class == "D" }),
		fmt.Sprintf("min_severity=%v", all.Rows[0].Severity): count(func(i int) bool { return all.Rows[i].Severity >= all.Rows[0].Severity }),
	} {
		if got := list(query).Total; got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	if up := list("sort=severity&limit=1"); up.Total != all.Total || len(up.Rows) != 1 || up.Rows[0].Severity != all.Rows[all.Total-1].Severity {
		t.Errorf("%+v", up)
	}
	for _, query := range []string{"group=tax", "path=confiscate", "sort=name", "min_severity=much"} {
		if got := w.get("analyst", "/api/v1/exit-candidates?"+query).Code; got != 400 {
			t.Errorf("%s: %d", query, got)
		}
	}
}

// TestExitVerdictOfEveryParcel: the verdict of each parcel agrees with the list.
func TestExitVerdictOfEveryParcel(t *testing.T) {
	w := newWorld(t, worldA)
	var list exitList
	must(t, json.Unmarshal(w.get("analyst", "/api/v1/exit-candidates").Body.Bytes(), &list))
	ranks := map[string]int{}
	for _, row := range list.Rows {
		ranks[row.Code] = row.Rank
	}
	for n := range parcelCount {
		rec := w.get("analyst", "/api/v1/exit-candidates/"+parcelCode(n))
		if rec.Code != 200 {
			continue
		}
		var doc struct {
			Candidate bool  `json:"candidate"`
			Rank      *int  `json:"rank"`
			Paths     []any `json:"paths"`
			Nearest   []any `json:"nearest"`
			Tests     []any `json:"tests"`
		}
		must(t, json.Unmarshal(rec.Body.Bytes(), &doc))
		rank, on := ranks[parcelCode(n)]
		if doc.Candidate != on || (doc.Rank != nil) != on || on && (*doc.Rank != rank || len(doc.Paths) == 0) || !on && len(doc.Paths) != 0 || doc.Tests == nil || doc.Nearest == nil {
			t.Errorf("parcel %d: %s", n, rec.Body)
		}
	}
	if got := w.get("analyst", "/api/v1/exit-candidates/none").Code; got != 404 {
		t.Errorf("an unknown parcel: %d", got)
	}
	if got := w.get("viewer", "/api/v1/exit-candidates/"+parcelCode(3)).Code; got != 403 {
		t.Errorf("a viewer: %d", got)
	}
}
