package main

import "testing"

// A saved profile gives back what the flags said; flags go before it; a name cannot leave the folder.
func TestProfiles(t *testing.T) {
	p := &program{}
	p.settings.data = t.TempDir()
	first := importFlags{crs: "EPSG:4549", saveProfile: "税务局"}
	if err := p.useProfile(&first, map[string]string{"产直": "output_wan", "甲": "-"}, map[string]string{"year": "2025"}); err != nil {
		t.Fatal(err)
	}
	again, columns, set := importFlags{profile: "税务局", encoding: "utf-8"}, map[string]string{"甲": "uscc"}, map[string]string{}
	if err := p.useProfile(&again, columns, set); err != nil {
		t.Fatal(err)
	}
	if again.crs != "EPSG:4549" || again.encoding != "utf-8" || columns["产直"] != "output_wan" || columns["甲"] != "uscc" || set["year"] != "2025" {
		t.Errorf("got %+v %v", again, columns)
	}
	for _, name := range []string{"../x", "a/b", "", ".", "none"} {
		if _, err := p.loadProfile(name); err == nil {
			t.Errorf("profile %q was found", name)
		}
	}
}
