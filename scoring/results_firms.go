package scoring

import (
	"encoding/json"
	"fmt"
)

// PublishedFirmClasses reads the class of every firm, by credit code, from the results of a published run.
func PublishedFirmClasses(results []byte) (map[string]Class, error) {
	var doc struct {
		Format int `json:"format"`
		Firms  []struct {
			USCC  string `json:"uscc"`
			Class Class  `json:"class"`
		} `json:"firms"`
	}
	if err := json.Unmarshal(results, &doc); err != nil {
		return nil, fmt.Errorf("read published results: %w", err)
	}
	if doc.Format != resultsFormat {
		return nil, fmt.Errorf("read published results: format %d is not %d", doc.Format, resultsFormat)
	}
	classes := make(map[string]Class, len(doc.Firms))
	for _, f := range doc.Firms {
		if f.Class != ClassNotRated && !graded(f.Class) {
			return nil, fmt.Errorf("read published results: a firm has the unknown class %q", f.Class)
		}
		classes[f.USCC] = f.Class
	}
	return classes, nil
}
