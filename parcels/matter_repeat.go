package parcels

import (
	"bytes"
	"encoding/json"
	"maps"
)

// repeats reports whether a run says what another says: made of the same data by the same rules, or with the same results but for the
// day and the version they name. Without the other's results only data and rules are compared.
func (r *Run) repeats(o *Run) bool {
	if o == nil {
		return false
	}
	return r.Version == o.Version && r.RulesHash == o.RulesHash || len(o.Results) > 0 && sameResults(r.Results, o.Results)
}

func sameResults(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var x, y map[string]json.RawMessage
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	for _, m := range []map[string]json.RawMessage{x, y} {
		delete(m, "as_of")
		delete(m, "version")
	}
	return maps.EqualFunc(x, y, func(v, w json.RawMessage) bool { return bytes.Equal(v, w) })
}
