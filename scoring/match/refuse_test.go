package match_test

import (
	"errors"
	"testing"

	"muchan/scoring/match"
)

// A need with a code that is no industry's is refused: it would be ranked as any other and say so nowhere.
func TestUnknownIndustryIsRefused(t *testing.T) {
	pool := match.NewPool(demo(t))
	for code, ok := range map[string]bool{"": true, "1951": true, "39": true, "zz": false, "9999": false, "C1951": false} {
		_, err := pool.Find(match.Need{Industry: code}, match.Defaults())
		if ok != (err == nil) || (!ok && !errors.Is(err, match.ErrIndustry)) {
			t.Errorf("industry %q: %v", code, err)
		}
	}
}

// No path claims that a document was read which the rule sets say was not.
func TestPathsOfTheIdleOrderAreUnverified(t *testing.T) {
	for kind, path := range match.Paths {
		if path.Document == "国土资源部令第53号" && path.Verified {
			t.Errorf("%s claims that the order's text was read", kind)
		}
	}
}
