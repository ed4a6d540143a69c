package auth_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"muchan/api/auth"
)

type clock struct{ t time.Time }

func (c *clock) Now() time.Time { return c.t }

func open(t testing.TB) (*auth.Accounts, *clock, string) {
	t.Helper()
	c := &clock{time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), "accounts.json")
	a, err := auth.Open(path, c.Now)
	if err != nil {
		t.Fatal(err)
	}
	return a, c, path
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTokens(t *testing.T) {
	a, c, path := open(t)
	must(t, a.Add("张三", auth.Analyst))
	id, secret, err := a.NewToken("张三", "QGIS", c.t.Add(time.Hour))
	must(t, err)
	who, err := a.ByToken(secret)
	if err != nil || who.Name != "张三" || who.Role != auth.Analyst || who.TokenID != id {
		t.Errorf("%+v, %v", who, err)
	}
	if !strings.HasPrefix(secret, auth.TokenPrefix) || len(secret) != len(auth.TokenPrefix)+52 {
		t.Errorf("a token has %d characters", len(secret))
	}
	b, err := os.ReadFile(path)
	must(t, err)
	if strings.Contains(string(b), secret) || strings.Contains(string(b), secret[len(auth.TokenPrefix):]) {
		t.Error("the file holds the secret")
	}
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	for name, wrong := range map[string]string{"empty": "", "other": secret + "A", "cut": secret[:20], "hash": "0000", "lower": strings.ToLower(secret)} {
		if _, err := a.ByToken(wrong); !errors.Is(err, auth.ErrWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.t = c.t.Add(time.Hour)
	if _, err := a.ByToken(secret); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("expired: %v", err)
	}
}

func TestShutOut(t *testing.T) {
	for name, act := range map[string]func(a *auth.Accounts, id string) error{
		"disabled": func(a *auth.Accounts, _ string) error { return a.Disable("x", true) },
		"revoked":  func(a *auth.Accounts, id string) error { return a.RevokeToken("x", id) },
	} {
		a, c, path := open(t)
		must(t, a.Add("x", auth.Viewer))
		must(t, a.SetPassword("x", "twelve characters"))
		id, secret, err := a.NewToken("x", "", time.Time{})
		must(t, err)
		other, err := auth.Open(path, c.Now)
		must(t, err)
		must(t, act(a, id))
		for _, one := range []*auth.Accounts{a, other} {
			if _, err := one.ByToken(secret); !errors.Is(err, auth.ErrWrong) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := other.ByPassword("x", "twelve characters"); (err == nil) != (name == "revoked") {
			t.Errorf("%s: password: %v", name, err)
		}
	}
}

func TestPasswords(t *testing.T) {
	a, _, path := open(t)
	must(t, a.Add("x", auth.Admin))
	if _, err := a.ByPassword("x", ""); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("no password set: %v", err)
	}
	if _, err := a.ByPassword("x", "nobody"); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("the stand-in for unknown names lets in: %v", err)
	}
	must(t, a.SetPassword("x", "correct horse battery"))
	if who, err := a.ByPassword("x", "correct horse battery"); err != nil || who.Role != auth.Admin {
		t.Errorf("%+v, %v", who, err)
	}
	for _, wrong := range []string{"", "correct horse batterx", "correct horse battery ", strings.Repeat("a", 1000)} {
		if _, err := a.ByPassword("x", wrong); !errors.Is(err, auth.ErrWrong) {
			t.Errorf("%.20q: %v", wrong, err)
		}
	}
	b, err := os.ReadFile(path)
	must(t, err)
	if !strings.Contains(string(b), "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(string(b), "horse") {
		t.Errorf("stored as %s", b)
	}
	must(t, a.SetPassword("x", ""))
	if _, err := a.ByPassword("x", "correct horse battery"); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("removed password: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	a, _, _ := open(t)
	must(t, a.Add("x", auth.Viewer))
	for name, c := range map[string]struct{ got, want error }{
		"twice":     {a.Add("x", auth.Admin), auth.ErrTaken},
		"role":      {a.Add("y", "root"), auth.ErrBadRole},
		"public":    {a.Add("y", "public"), auth.ErrBadRole},
		"name":      {a.Add("a b", auth.Viewer), auth.ErrBadName},
		"no name":   {a.Add("", auth.Viewer), auth.ErrBadName},
		"long name": {a.Add(strings.Repeat("a", 65), auth.Viewer), auth.ErrBadName},
		"slash":     {a.Add("../x", auth.Viewer), auth.ErrBadName},
		"unknown":   {a.Disable("y", true), auth.ErrNoName},
		"set role":  {a.SetRole("x", ""), auth.ErrBadRole},
		"short":     {a.SetPassword("x", "elevenchars"), auth.ErrShort},
		"long":      {a.SetPassword("x", strings.Repeat("a", 257)), auth.ErrShort},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if err := a.RevokeToken("x", "none"); err == nil {
		t.Error("a token that does not exist was revoked")
	}
	list, err := a.List()
	if err != nil || len(list) != 1 || list[0].Role != auth.Viewer {
		t.Errorf("refusals left their mark: %+v, %v", list, err)
	}
}

// TestTwoProcessesConcurrent: no change is lost when two write at once.
func TestTwoProcessesConcurrent(t *testing.T) {
	a, c, path := open(t)
	b, err := auth.Open(path, c.Now)
	must(t, err)
	var group sync.WaitGroup
	for i, one := range []*auth.Accounts{a, b} {
		group.Go(func() {
			for n := range 20 {
				if err := one.Add(fmt.Sprintf("u%d-%d", i, n), auth.Viewer); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	list, err := a.List()
	if err != nil || len(list) != 40 {
		t.Errorf("%d accounts, %v", len(list), err)
	}
}

func TestBrokenFileIsAnError(t *testing.T) {
	for _, content := range []string{"", "{", `{"version":2}`, `[]`} {
		a, c, path := open(t)
		must(t, a.Add("x", auth.Admin))
		_, secret, err := a.NewToken("x", "", time.Time{})
		must(t, err)
		must(t, os.WriteFile(path, []byte(content), 0o600))
		if _, err := a.ByToken(secret); err == nil || errors.Is(err, auth.ErrWrong) {
			t.Errorf("%q: %v", content, err)
		}
		if err := a.Add("y", auth.Viewer); err == nil {
			t.Errorf("%q was written over", content)
		}
		if _, err := auth.Open(path, c.Now); err == nil {
			t.Errorf("%q was opened", content)
		}
	}
}

func TestListHoldsNoHash(t *testing.T) {
	a, _, _ := open(t)
	must(t, a.Add("x", auth.Viewer))
	must(t, a.SetPassword("x", "twelve characters"))
	_, secret, err := a.NewToken("x", "", time.Time{})
	must(t, err)
	list, err := a.List()
	must(t, err)
	b, err := json.Marshal(list)
	must(t, err)
	if strings.Contains(string(b), "argon2") || list[0].Tokens[0].Hash != "" {
		t.Errorf("%s", b)
	}
	if _, err := a.ByToken(secret); err != nil {
		t.Errorf("listing changed what is stored: %v", err)
	}
}

func TestGuessesByNetwork(t *testing.T) {
	c := &clock{time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	g := auth.NewGuesses(c.Now)
	allowed := 0
	for i := range 1000 { // one customer's IPv6 network
		if _, ok := g.Take("", netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", i+1))); ok {
			allowed++
		}
	}
	if allowed != 20 {
		t.Errorf("%d guesses from one IPv6 network", allowed)
	}
	if _, ok := g.Take("", netip.MustParseAddr("2001:db8:1::1")); !ok {
		t.Error("another network is shut out")
	}
	if _, ok := g.Take("", netip.MustParseAddr("::ffff:192.0.2.1")); !ok {
		t.Error("an IPv4 address in IPv6 form is shut out")
	}
	wait, ok := g.Take("", netip.MustParseAddr("2001:db8::1"))
	if ok || wait <= 0 || wait > 15*time.Minute {
		t.Errorf("wait %v, %v", wait, ok)
	}
}

// TestGuessesBetweenOwnSignIns: signing in to one's own account now and then buys no guesses at others.
func TestGuessesBetweenOwnSignIns(t *testing.T) {
	from := netip.MustParseAddr("192.0.2.1")
	for _, tc := range []struct {
		name, own string
		guessed   func(i int) string
		most      int // checked of 200
	}{
		{"passwords of many", "own", func(i int) string { return fmt.Sprint("other", i) }, 20},
		{"passwords of one", "own", func(int) string { return "other" }, 20},
		{"tokens", "", func(int) string { return "" }, 10},
		{"the own password", "own", func(int) string { return "own" }, 10},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := &clock{time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
			g := auth.NewGuesses(c.Now)
			checked, shutOut := 0, 0
			for i := range 200 {
				if _, ok := g.Take(tc.own, from); ok {
					g.Right(tc.own, from)
				} else {
					shutOut++
				}
				if _, ok := g.Take(tc.guessed(i), from); ok {
					checked++
				}
			}
			if checked != tc.most {
				t.Errorf("%d guesses were checked, want %d", checked, tc.most)
			}
			if tc.guessed(0) != tc.own && shutOut > 0 {
				t.Errorf("the own sign-in was refused %d times", shutOut)
			}
		})
	}
}

func FuzzAccountsFile(f *testing.F) {
	f.Add([]byte(`{"version":1,"accounts":[{"name":"x","role":"admin","tokens":[{"hash":"00"}]}]}`))
	f.Add([]byte(`{"version":1,"accounts":[{"name":"x","password":"$argon2id$v=19$m=19456,t=2,p=1$$"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "a.json")
		must(t, os.WriteFile(path, b, 0o600))
		a, err := auth.Open(path, nil)
		if err != nil {
			return
		}
		if _, err := a.ByToken("muchan_guess"); err == nil {
			t.Error("a guess got in")
		}
	})
}
