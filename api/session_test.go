package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"muchan/api"
	"muchan/api/audit"
	"muchan/api/auth"
)

// signIn signs in by token and returns the cookie.
func (w *world) signIn(t *testing.T, role string) *http.Cookie {
	t.Helper()
	rec := w.do(http.MethodPost, "public", "/api/v1/session", fmt.Sprintf(`{"token":%q}`, w.tokens[role]))
	if rec.Code != http.StatusOK {
		t.Fatalf("sign in: %d %s", rec.Code, rec.Body)
	}
	return rec.Result().Cookies()[0]
}

func (w *world) whoami(t *testing.T, c *http.Cookie) string {
	t.Helper()
	rec := w.get("public", "/api/v1/session", "Cookie", c.Name+"="+c.Value)
	var doc struct{ Audience string }
	if err := json.Unmarshal(rec.Body.Bytes(), &doc); err != nil || rec.Code != http.StatusOK {
		t.Fatal(rec.Code, err)
	}
	return doc.Audience
}

func TestSessionCookie(t *testing.T) {
	w := newWorld(t, worldA)
	c := w.signIn(t, "analyst")
	if c.Name != "muchan" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.Secure || len(c.Value) < 40 {
		t.Errorf("cookie over http: %+v", c)
	}
	if got := w.whoami(t, c); got != "analyst" {
		t.Errorf("signed in as %s", got)
	}
	if other := w.signIn(t, "analyst"); other.Value == c.Value {
		t.Error("two sign-ins share an identifier")
	}
	https := newWorld(t, worldA, func(cfg *api.Config) { cfg.PublicURL = &url.URL{Scheme: "https", Host: "muchan.example.cn"} })
	c = https.signIn(t, "viewer")
	if c.Name != "__Host-muchan" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" {
		t.Errorf("cookie over https: %+v", c)
	}
	if got := https.whoami(t, c); got != "viewer" {
		t.Errorf("signed in as %s", got)
	}
	if got := https.get("public", "/ogc").Body.String(); !strings.Contains(got, "https://muchan.example.cn/ogc/api") {
		t.Errorf("links do not use the public address: %s", got)
	}
}

// TestSessionFixation: an identifier that the browser brought along is not the one it is signed in with.
func TestSessionFixation(t *testing.T) {
	w := newWorld(t, worldA)
	before := w.signIn(t, "viewer")
	rec := w.do(http.MethodPost, "public", "/api/v1/session", fmt.Sprintf(`{"token":%q}`, w.tokens["admin"]), "Cookie", "muchan="+before.Value)
	after := rec.Result().Cookies()[0]
	if after.Value == before.Value || w.whoami(t, before) != "public" || w.whoami(t, after) != "admin" {
		t.Errorf("before is %s, after is %s", w.whoami(t, before), w.whoami(t, after))
	}
}

func TestSessionEnds(t *testing.T) {
	end := map[string]func(w *world, c *http.Cookie){
		"sign-out": func(w *world, c *http.Cookie) {
			rec := w.do(http.MethodDelete, "public", "/api/v1/session", "", "Cookie", "muchan="+c.Value)
			if rec.Code != http.StatusNoContent || rec.Result().Cookies()[0].MaxAge != -1 {
				t.Errorf("sign-out: %d %v", rec.Code, rec.Header())
			}
		},
		"disabled":   func(w *world, _ *http.Cookie) { must(t, w.accounts.Disable("analyst", true)) },
		"role":       func(w *world, _ *http.Cookie) { must(t, w.accounts.SetRole("analyst", auth.Viewer)) },
		"token":      func(w *world, _ *http.Cookie) { must(t, w.accounts.RevokeToken("analyst", w.tokenID("analyst"))) },
		"idle":       func(w *world, _ *http.Cookie) { w.clock.Move(30 * time.Minute) },
		"clock back": func(w *world, _ *http.Cookie) { w.clock.Move(-time.Hour) },
		"absolute": func(w *world, c *http.Cookie) {
			for range 12 * 60 / 20 {
				w.clock.Move(20 * time.Minute)
				w.whoami(t, c)
			}
		},
	}
	for name, act := range end {
		w := newWorld(t, worldA)
		c := w.signIn(t, "analyst")
		w.clock.Move(29 * time.Minute)
		if got := w.whoami(t, c); got != "analyst" {
			t.Errorf("%s: control: %s", name, got)
		}
		act(w, c)
		if got := w.whoami(t, c); got != "public" {
			t.Errorf("after %s the session is still %s", name, got)
		}
		if got := w.get("public", "/api/v1/scores", "Cookie", "muchan="+c.Value).Code; got != http.StatusUnauthorized {
			t.Errorf("after %s scores answer %d", name, got)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func (w *world) tokenID(name string) string {
	list, err := w.accounts.List()
	must(w.t, err)
	for _, a := range list {
		if a.Name == name {
			return a.Tokens[0].ID
		}
	}
	return ""
}

// TestAnotherProcessRevokes: the file is changed behind the server's back, as `muchan user disable` does.
func TestAnotherProcessRevokes(t *testing.T) {
	w := newWorld(t, worldA)
	c := w.signIn(t, "admin")
	other, err := auth.Open(strings.Replace(w.audit, "audit.jsonl", "accounts.json", 1), nil)
	must(t, err)
	must(t, other.Disable("admin", true))
	if got := w.get("admin", "/api/v1/audit").Code; got != http.StatusUnauthorized {
		t.Errorf("token: %d", got)
	}
	if got := w.whoami(t, c); got != "public" {
		t.Errorf("session: %s", got)
	}
}

func TestBrokenAccountsLetNobodyIn(t *testing.T) {
	w := newWorld(t, worldA)
	must(t, os.WriteFile(strings.Replace(w.audit, "audit.jsonl", "accounts.json", 1), []byte(`{"version":`), 0o600))
	rec := w.get("admin", "/api/v1/scores")
	if rec.Code != http.StatusInternalServerError || strings.Contains(rec.Body.String(), "accounts.json") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if !strings.Contains(w.log.String(), strings.TrimPrefix(instance(t, rec), "urn:muchan:request:")) {
		t.Error("the request number is not in the log")
	}
	if got := w.get("public", "/api/v1/meta").Code; got != http.StatusOK {
		t.Errorf("the public gets %d", got)
	}
}

func instance(t *testing.T, rec *httptest.ResponseRecorder) string {
	t.Helper()
	var p api.Problem
	must(t, json.Unmarshal(rec.Body.Bytes(), &p))
	if len(p.Instance) < len("urn:muchan:request:")+16 {
		t.Errorf("no request number: %q", p.Instance)
	}
	return p.Instance
}

func TestCrossSiteWritesAreRefused(t *testing.T) {
	w := newWorld(t, worldA, func(cfg *api.Config) { cfg.PublicURL = &url.URL{Scheme: "https", Host: "muchan.example.cn"} })
	for headers, want := range map[string]int{
		"Sec-Fetch-Site|cross-site": 403, "Sec-Fetch-Site|same-site": 403, "Sec-Fetch-Site|same-origin": 401, "Sec-Fetch-Site|none": 401,
		"Origin|https://evil.example": 403, "Origin|null": 403, "Origin|http://muchan.test": 401, "Origin|https://muchan.example.cn": 401, "Origin|https://muchan.example.cn.evil.example": 403, "X|": 401,
	} {
		name, value, _ := strings.Cut(headers, "|")
		if got := w.do(http.MethodPost, "public", "/api/v1/session", `{"token":"x"}`, name, value).Code; got != want {
			t.Errorf("%s: %d, want %d", headers, got, want)
		}
	}
}

func (w *world) guess(name, password, address string) *httptest.ResponseRecorder {
	r := request(http.MethodPost, "/api/v1/session", fmt.Sprintf(`{"name":%q,"password":%q}`, name, password))
	r.RemoteAddr = address + ":1"
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// TestGuessing: guesses from one address and from many are cut short, and the true user still gets in.
func TestGuessing(t *testing.T) {
	w := newWorld(t, worldA)
	must(t, w.accounts.SetPassword("analyst", "正确的密码正确的密码正确的"))
	if got := w.guess("analyst", "正确的密码正确的密码正确的", "198.51.100.9").Code; got != http.StatusOK {
		t.Fatalf("control: %d", got)
	}
	checked := 0
	for i := range 400 {
		address := fmt.Sprintf("203.0.%d.%d", i/200, i%200)
		if i < 100 {
			address = "203.0.113.1"
		}
		rec := w.guess("analyst", fmt.Sprint("guess", i), address)
		switch rec.Code {
		case http.StatusUnauthorized:
			checked++
		case http.StatusTooManyRequests:
			if rec.Header().Get("Retry-After") == "" {
				t.Error("429 without Retry-After")
			}
		default:
			t.Fatalf("guess: %d", rec.Code)
		}
	}
	if checked > 100 {
		t.Errorf("%d guesses were checked", checked)
	}
	if got := w.guess("analyst", "正确的密码正确的密码正确的", "198.51.100.9").Code; got != http.StatusOK {
		t.Errorf("the true user gets %d from his usual address", got)
	}
	if got := w.do(http.MethodPost, "public", "/api/v1/session", fmt.Sprintf(`{"token":%q}`, w.tokens["viewer"])).Code; got != http.StatusOK {
		t.Errorf("another user gets %d", got)
	}
	w.clock.Move(16 * time.Minute)
	if got := w.guess("analyst", "正确的密码正确的密码正确的", "192.0.2.200").Code; got != http.StatusOK {
		t.Errorf("after the window: %d", got)
	}
}

func TestUnknownNamesAnswerAsWrongPasswords(t *testing.T) {
	w := newWorld(t, worldA)
	must(t, w.accounts.SetPassword("viewer", "a long enough password"))
	a, b := w.guess("viewer", "wrong", "192.0.2.1"), w.guess("nobody", "wrong", "192.0.2.2")
	if a.Code != 401 || a.Body.String() != b.Body.String() {
		t.Errorf("%s%s", a.Body, b.Body)
	}
}

// TestEveryConfidentialReadIsRecorded counts lines against answers.
func TestEveryConfidentialReadIsRecorded(t *testing.T) {
	w := newWorld(t, worldA)
	targets := []string{"/api/v1/scores", "/api/v1/parcels/" + parcelCode(3), "/tiles/parcels/" + tileOfFirst, "/ogc/collections/parcels/items?limit=1", "/ogc/collections/parcels/items/" + parcelCode(2), "/api/v1/summary", "/api/v1/idle", "/api/v1/firms/" + worldA.uscc(1), "/api/v1/exit-candidates", "/api/v1/meta"}
	for _, role := range []string{"public", "viewer", "analyst"} {
		for _, target := range targets {
			w.get(role, target)
		}
	}
	w.get("analyst", "/api/v1/scores?nonsense=1")
	f, err := os.Open(w.audit)
	must(t, err)
	defer f.Close()
	last, err := audit.Verify(f)
	must(t, err)
	if int(last.Seq) != len(targets) || last.Who != "analyst" || last.Act != "read" || last.Target != "/api/v1/meta" {
		t.Errorf("%d lines for %d confidential reads; the last is %+v", last.Seq, len(targets), last)
	}
	if got := w.get("admin", "/api/v1/audit?limit=3").Body.String(); strings.Count(got, `"act":"read"`) != 3 {
		t.Errorf("audit: %s", got)
	}
}

// TestNoRecordNoAnswer: when the audit record cannot be written, confidential data are refused, and only they.
func TestNoRecordNoAnswer(t *testing.T) {
	w := newWorld(t, worldA, func(cfg *api.Config) { must(t, cfg.Audit.Close()) })
	for target, want := range map[string][2]int{"/api/v1/scores": {200, 503}, "/api/v1/meta": {200, 503}, "/tiles/parcels/" + tileOfFirst: {200, 503}, "/api/v1/runs": {200, 200}} {
		if got := w.get("viewer", target).Code; got != want[0] {
			t.Errorf("%s as viewer: %d", target, got)
		}
		rec := w.get("analyst", target)
		if rec.Code != want[1] || rec.Code == 503 && strings.Contains(rec.Body.String(), "file already closed") {
			t.Errorf("%s as analyst: %d %s", target, rec.Code, rec.Body)
		}
	}
	if got := w.do(http.MethodPost, "public", "/api/v1/session", fmt.Sprintf(`{"token":%q}`, w.tokens["viewer"])).Code; got != 503 {
		t.Errorf("sign-in: %d", got)
	}
}

// TestOnlyTrustedProxiesAreBelieved: an address in a header counts only when the proxy is ours.
func TestOnlyTrustedProxiesAreBelieved(t *testing.T) {
	for trusted, want := range map[string]string{"192.0.2.0/24": "198.51.100.7", "10.0.0.0/8": "192.0.2.7"} {
		w := newWorld(t, worldA, func(cfg *api.Config) { cfg.TrustedProxies = []netip.Prefix{netip.MustParsePrefix(trusted)} })
		w.get("analyst", "/api/v1/scores", "X-Forwarded-For", "203.0.113.9, 198.51.100.7")
		var lines []audit.Entry
		must(t, json.Unmarshal(w.get("admin", "/api/v1/audit?limit=10").Body.Bytes(), &lines))
		if got := lines[len(lines)-1]; got.Who != "analyst" || got.Address != want {
			t.Errorf("trusting %s: %+v", trusted, got)
		}
		got := w.get("public", "/ogc", "X-Forwarded-Host", "gis.example.cn", "X-Forwarded-Proto", "https").Body.String()
		if has := strings.Contains(got, "https://gis.example.cn/ogc/api"); has != (want == "198.51.100.7") {
			t.Errorf("trusting %s: links %s", trusted, got)
		}
	}
}
