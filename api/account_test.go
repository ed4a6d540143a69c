package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

type accountAnswer struct {
	Name, Role string
	Disabled   bool
	Password   bool
	LastUse    *time.Time `json:"last_use"`
	Tokens     []struct {
		ID, Note string
		Expires  *time.Time
		Disabled bool
	}
}

// account finds one in the list.
func (w *world) account(t *testing.T, name string) (accountAnswer, bool) {
	t.Helper()
	rec := w.get("admin", "/api/v1/accounts")
	if rec.Code != http.StatusOK {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	for _, secret := range []string{"muchan_", "argon2", "hash"} {
		if strings.Contains(rec.Body.String(), secret) {
			t.Errorf("the list of accounts holds %q", secret)
		}
	}
	var list []accountAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Name == name {
			return a, true
		}
	}
	return accountAnswer{}, false
}

func TestAccountFromFirstTokenToItsEnd(t *testing.T) {
	w := newWorld(t, worldA)
	made := w.ask(t, 200, "POST", "admin", "/api/v1/accounts", `{"name":"张三","role":"viewer","note":"桌面","days":30}`)
	secret := made["token"].(string)
	if !strings.HasPrefix(secret, "muchan_") || made["account"] != "张三" {
		t.Fatalf("made as %v", made)
	}
	w.tokens["new"] = secret
	if got := w.get("new", "/api/v1/summary").Code; got != http.StatusOK {
		t.Errorf("with its first token: %d", got)
	}
	a, _ := w.account(t, "张三")
	if a.Role != "viewer" || a.Password || len(a.Tokens) != 1 || a.Tokens[0].Note != "桌面" || a.Tokens[0].Expires == nil {
		t.Errorf("listed as %+v", a)
	}
	if p := w.ask(t, 409, "POST", "admin", "/api/v1/accounts", `{"name":"张三","role":"viewer"}`); p["code"] != "taken" {
		t.Errorf("twice: %v", p)
	}

	at := "/api/v1/accounts/%E5%BC%A0%E4%B8%89"
	w.ask(t, 400, "POST", "admin", at, `{"role":"owner"}`)
	w.ask(t, 400, "POST", "admin", at, `{"role":"analyst","password":"short"}`)
	if a, _ := w.account(t, "张三"); a.Role != "viewer" {
		t.Error("half of a refused edit was kept")
	}
	w.ask(t, 200, "POST", "admin", at, `{"role":"analyst","password":"long enough for anyone"}`)
	if got := w.get("new", "/api/v1/firms").Code; got != http.StatusOK {
		t.Errorf("as analyst: %d", got)
	}
	if got := w.do("POST", "public", "/api/v1/session", `{"name":"张三","password":"long enough for anyone"}`).Code; got != http.StatusOK {
		t.Errorf("with the password: %d", got)
	}
	if a, _ := w.account(t, "张三"); a.LastUse == nil || !a.Password {
		t.Errorf("used and not seen: %+v", a)
	}

	more := w.ask(t, 200, "POST", "admin", at+"/tokens", `{}`)
	w.tokens["more"] = more["token"].(string)
	if rec := w.do("DELETE", "admin", at+"/tokens/"+more["id"].(string), ""); rec.Code != http.StatusNoContent {
		t.Errorf("revoked: %d", rec.Code)
	}
	if got := w.get("more", "/api/v1/firms").Code; got != http.StatusUnauthorized {
		t.Errorf("with a revoked token: %d", got)
	}
	w.ask(t, 200, "POST", "admin", at, `{"disabled":true}`)
	if got := w.get("new", "/api/v1/summary").Code; got != http.StatusUnauthorized {
		t.Errorf("disabled: %d", got)
	}
	w.ask(t, 200, "POST", "admin", at, `{"disabled":false}`)
	if got := w.get("new", "/api/v1/summary").Code; got != http.StatusOK {
		t.Errorf("let in again: %d", got)
	}

	acts := map[string]bool{}
	var lines []struct{ Act, Target string }
	rec := w.get("admin", "/api/v1/audit?act=writes&q=%E5%BC%A0%E4%B8%89")
	if err := json.Unmarshal(rec.Body.Bytes(), &lines); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		acts[l.Act] = true
		if strings.Contains(l.Target, "long enough") || strings.Contains(l.Target, secret) {
			t.Errorf("a secret is on record: %s", l.Target)
		}
	}
	for _, act := range []string{"user_add", "user_edit", "user_token", "user_revoke"} {
		if !acts[act] {
			t.Errorf("%s is not on record", act)
		}
	}
}

// The zone must not lock itself out: by role, by disabling, by revoking its last way in.
func TestTheLastAdminStays(t *testing.T) {
	w := newWorld(t, worldA)
	admin, _ := w.account(t, "admin")
	for _, body := range []string{`{"role":"viewer"}`, `{"disabled":true}`, `{"role":"analyst","disabled":true}`} {
		if p := w.ask(t, 422, "POST", "admin", "/api/v1/accounts/admin", body); p["code"] != "last_admin" {
			t.Errorf("%s: %v", body, p)
		}
	}
	last := admin.Tokens[0].ID
	if rec := w.do("DELETE", "admin", "/api/v1/accounts/admin/tokens/"+last, ""); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("its only token revoked: %d", rec.Code)
	}
	w.ask(t, 200, "POST", "admin", "/api/v1/accounts", `{"name":"second","role":"admin"}`)
	w.ask(t, 200, "POST", "admin", "/api/v1/accounts/admin", `{"role":"viewer"}`)
	if got := w.get("admin", "/api/v1/accounts").Code; got != http.StatusForbidden {
		t.Errorf("control: no longer admin and still %d", got)
	}
}

// A page of another site cannot make a data keeper's browser change accounts.
func TestAccountsAreNotChangedFromAnotherSite(t *testing.T) {
	w := newWorld(t, worldA)
	rec := w.do("POST", "admin", "/api/v1/accounts", `{"name":"evil","role":"admin"}`, "Sec-Fetch-Site", "cross-site")
	if rec.Code != http.StatusForbidden {
		t.Errorf("cross-site: %d", rec.Code)
	}
	if _, ok := w.account(t, "evil"); ok {
		t.Error("the account is there")
	}
}
