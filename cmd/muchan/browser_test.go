package main

import (
	"os"
	"os/exec"
	"testing"
)

// TestThePageInABrowser drives the page of the running demo in a headless Chromium: it clicks a parcel on the map and a row of the
// ranking, reads the panel, switches the language, and watches for requests to other hosts. The clicks are in web/e2e.
func TestThePageInABrowser(t *testing.T) {
	s := start(t, "demo", "--data", t.TempDir(), "--listen", "127.0.0.1:0") // one of its own: the clicks import, add accounts and open cases
	t.Cleanup(func() { s.Stop(t) })
	cmd := exec.CommandContext(t.Context(), "npm", "run", "--silent", "e2e")
	cmd.Dir = "../../web"
	cmd.Env = append(os.Environ(), "BASE_URL="+s.URL, "MUCHAN_TOKEN_ANALYST="+s.Tokens["analyst"], "MUCHAN_TOKEN_VIEWER="+s.Tokens["viewer"],
		"MUCHAN_TOKEN_ADMIN="+s.Tokens["admin"], "MUCHAN_STATIC_SITE="+staticSite(t))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("npm run e2e: %v\n%s", err, out)
	}
	t.Logf("%s", out)
}
