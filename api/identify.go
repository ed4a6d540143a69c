package api

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"

	"muchan/api/auth"
	"muchan/tiles/layers"
)

// identify finds out who asks. A wrong token is refused everywhere; a session that ended makes the reader the public again.
func (c *call) identify() (err error) {
	if header := c.r.Header["Authorization"]; len(header) > 0 {
		secret, ok := bearer(header)
		if !ok {
			return errWrong
		}
		c.who, err = c.s.accounts.ByToken(secret)
	} else if cookie, cerr := c.r.Cookie(c.cookieName()); cerr == nil {
		c.who, err = c.s.sessions.Who(cookie.Value)
		if errors.Is(err, auth.ErrWrong) {
			c.who, err = auth.Identity{}, nil
		}
	}
	if err != nil {
		return err
	}
	return c.become(c.who)
}

// become sets the audience of an identity. An account whose role we do not know gets nothing.
func (c *call) become(who auth.Identity) error {
	c.who, c.audience = who, layers.Public
	if who.Name == "" {
		return nil
	}
	audience, ok := layers.ParseAudience(string(who.Role))
	if !ok || audience == layers.Public {
		return errForbidden
	}
	c.audience = audience
	return nil
}

func bearer(header []string) (string, bool) {
	if len(header) != 1 {
		return "", false
	}
	scheme, secret, ok := strings.Cut(header[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || secret == "" || len(secret) > 200 {
		return "", false
	}
	return secret, true
}

// cookieName has the prefix that binds a cookie to one host over https; browsers refuse it over plain http, as on loopback.
func (c *call) cookieName() string {
	if c.https() {
		return "__Host-muchan"
	}
	return "muchan"
}

func (c *call) setCookie(value string, maxAge int) {
	http.SetCookie(c.w, &http.Cookie{
		Name: c.cookieName(), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: c.https(), SameSite: http.SameSiteStrictMode,
	})
}

// address is the client's, seen through proxies we trust.
func (c *call) address() netip.Addr {
	peer := peerAddress(c.r)
	if !c.s.trusts(peer) {
		return peer
	}
	hops := strings.Split(strings.Join(c.r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer
		}
		if peer = hop; !c.s.trusts(hop) {
			return hop
		}
	}
	return peer
}

func peerAddress(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap()
}

func (s *Server) trusts(a netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
