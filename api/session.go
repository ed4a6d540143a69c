package api

import (
	"errors"
	"net/http"
	"time"

	"muchan/api/auth"
)

// sessionDoc is who the reader is.
type sessionDoc struct {
	Audience string     `json:"audience"`
	Name     *string    `json:"name"`
	Expires  *time.Time `json:"expires_at,omitempty"`
}

func (c *call) sessionDoc() sessionDoc {
	doc := sessionDoc{Audience: c.audience.String()}
	if c.who.Name != "" {
		doc.Name = &c.who.Name
	}
	if !c.who.Expires.IsZero() {
		doc.Expires = &c.who.Expires
	}
	return doc
}

func (c *call) readSession() error { return c.json(c.sessionDoc()) }

// credentials are a token, or a name with a password.
type credentials struct {
	Token    string `json:"token"`
	Name     string `json:"name"`
	Password string `json:"password"`
}

// signIn proves who the reader is and starts a session with a new identifier. Both outcomes are on record before the answer.
func (c *call) signIn() error {
	var given credentials
	if err := c.readBody(&given); err != nil {
		return err
	}
	if (given.Token == "") == (given.Name == "") || len(given.Name) > 256 || len(given.Password) > 1024 || len(given.Token) > 200 {
		return &fault{status: http.StatusBadRequest, code: "invalid_body", detail: words{
			"请提供令牌，或者用户名和密码", "give a token, or a name and a password",
		}}
	}
	wait, ok := c.s.guesses.Take(given.Name, c.address())
	if !ok {
		return &fault{status: http.StatusTooManyRequests, code: "too_many_attempts", wait: wait, detail: words{
			"登录失败次数过多，请稍后再试", "too many failed sign-ins; try again later",
		}}
	}
	who, err := c.prove(given)
	if errors.Is(err, auth.ErrWrong) {
		if err := c.record("sign_in_refused", printable(given.Name)); err != nil {
			return err
		}
		return errWrong
	}
	if err != nil {
		return err
	}
	c.s.guesses.Right(given.Name, c.address())
	return c.beginSession(who)
}

func (c *call) prove(given credentials) (auth.Identity, error) {
	if given.Token != "" {
		return c.s.accounts.ByToken(given.Token)
	}
	return c.s.accounts.ByPassword(given.Name, given.Password)
}

func (c *call) beginSession(who auth.Identity) error {
	if old, err := c.r.Cookie(c.cookieName()); err == nil {
		c.s.sessions.End(old.Value)
	}
	if err := c.become(who); err != nil {
		return err
	}
	if err := c.record("sign_in", ""); err != nil {
		return err
	}
	id, expires, err := c.s.sessions.Start(who)
	if err != nil {
		return err
	}
	c.setCookie(id, int(expires.Sub(c.s.Now())/time.Second))
	c.who.Expires = expires
	return c.json(c.sessionDoc())
}

// signOut ends the session; who is not signed in is signed out already.
func (c *call) signOut() error {
	if cookie, err := c.r.Cookie(c.cookieName()); err == nil {
		if c.who.Name != "" {
			if err := c.record("sign_out", ""); err != nil {
				return err
			}
		}
		c.s.sessions.End(cookie.Value)
	}
	c.setCookie("", -1)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
