package api_test

import (
	"encoding/json"
	"testing"
)

// TestRulesTellWhatIsNotInUse asks for the whole book: it holds every set once, those in use first in the list of sets in use alone, each
// with a tree that names the set itself.
func TestRulesTellWhatIsNotInUse(t *testing.T) {
	w := newWorld(t, worldA)
	type rule struct {
		ID    string
		InUse bool `json:"in_use"`
		Tree  struct{ ID, Kind string }
		Kind  string
	}
	read := func(query string) (list []rule) {
		t.Helper()
		if err := json.Unmarshal(w.get("viewer", "/api/v1/rules"+query).Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	used, all := read("?limit=1000"), read("?all=true&limit=1000")
	if len(used) == 0 || len(all) != len(rules(t).Sets) {
		t.Fatalf("%d sets in use and %d in all of %d", len(used), len(all), len(rules(t).Sets))
	}
	inUse := 0
	for _, r := range all {
		if r.InUse {
			inUse++
		}
		if r.Tree.ID != r.ID || r.Tree.Kind != r.Kind {
			t.Errorf("the tree of %s says it is %s of kind %s", r.ID, r.Tree.ID, r.Tree.Kind)
		}
	}
	if inUse != len(used) {
		t.Errorf("%d of all sets are in use, the list of those in use has %d", inUse, len(used))
	}
}
