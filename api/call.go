package api

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"muchan/api/audit"
	"muchan/api/auth"
	"muchan/tiles/layers"
)

// call is one request on its way through the table.
type call struct {
	s        *Server
	w        http.ResponseWriter
	r        *http.Request
	route    *route
	lot      string        // see id
	body     io.ReadCloser // as it arrives, without the bound of a JSON body
	who      auth.Identity // zero without a sign-in
	audience layers.Audience
	values   map[string]string // checked parameters, defaults filled in
	image    *Image
	err      error
}

type callKey struct{}

// id is what the request is called in the log, in the audit record and to the reader. Most requests need none.
func (c *call) id() string {
	if c.lot == "" {
		c.lot = strings.ToLower(rand.Text()[:16])
	}
	return c.lot
}

func callOf(r *http.Request) *call { return r.Context().Value(callKey{}).(*call) }

// dispatch finds the route and runs it. Paths are taken literally: what would have to be cleaned is not found.
func (c *call) dispatch() error {
	if len(c.r.RequestURI) > maxTarget || len(c.r.URL.Path)+len(c.r.URL.RawQuery) > maxTarget {
		return &fault{status: http.StatusRequestURITooLong, code: "address_too_long", detail: words{"地址过长", "the address is too long"}}
	}
	c.trimSlash()
	if p := c.r.URL.Path; path.Clean(p) != p || p == "" || p[0] != '/' || strings.Contains(p, "\\") {
		return notFound("没有这个地址", "there is nothing at this address")
	}
	c.r = c.r.WithContext(context.WithValue(c.r.Context(), callKey{}, c))
	c.s.mux.ServeHTTP(c.w, c.r)
	return c.err
}

// trimSlash makes the address with a slash at its end the one without: QGIS asks for both.
func (c *call) trimSlash() {
	if p := c.r.URL.EscapedPath(); len(p) < 2 || !strings.HasSuffix(p, "/") {
		return
	}
	u := *c.r.URL
	u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.RawPath, "/")
	r := *c.r
	r.URL = &u
	c.r = &r
}

// noRoute tells an unknown address from a known one with another method.
func (c *call) noRoute() error {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		r := *c.r
		r.Method = method
		if _, pattern := c.s.mux.Handler(&r); pattern != noPattern && (pattern != pagePattern || c.s.isPage(c.r.URL.Path)) {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		return notFound("没有这个地址", "there is nothing at this address")
	}
	return &fault{
		status: http.StatusMethodNotAllowed, code: "method_not_allowed", allow: strings.Join(allowed, ", "),
		detail: words{"此地址不支持这种请求方法", "this address does not take this method"},
	}
}

// serve runs the route's policy and then its handler, in this order: secrets in the address, cross-site writes, who, may, what,
// from which image, on record.
func (c *call) serve() error {
	for name, suffix := range c.route.suffix {
		if !strings.HasSuffix(c.r.PathValue(name), suffix) {
			return notFound("没有这个地址", "there is nothing at this address")
		}
	}
	if err := refuseSecrets(c.r.URL.RawQuery); err != nil {
		return err
	}
	if err := c.s.crossOrigin.Check(c.r); err != nil {
		return errCrossSite
	}
	if err := c.identify(); err != nil {
		return err
	}
	if err := c.may(); err != nil {
		return err
	}
	c.cacheHeaders()
	if err := c.readParameters(); err != nil {
		return err
	}
	if act := c.recorded(); act != "" {
		if err := c.record(act, c.r.URL.RequestURI()); err != nil {
			return err
		}
	}
	return c.route.handle(c)
}

// recorded is the act under which the answer goes on record, "" when it does not.
func (c *call) recorded() string {
	switch {
	case c.route.export && c.who.Name != "":
		return "export"
	case c.route.secret && c.audience >= layers.Analyst:
		return "read"
	}
	return ""
}

func (c *call) may() error {
	switch lowest := c.route.who.audience(); {
	case c.audience >= lowest:
		return nil
	case c.who.Name == "":
		return errSignIn
	}
	return errForbidden
}

func (c *call) readParameters() (err error) {
	if c.route.image {
		if c.image, err = c.s.live.current(); err != nil {
			return err
		}
		c.staleHeader()
	}
	declared := c.route.params
	if c.route.more != nil {
		more, err := c.route.more(c)
		if err != nil {
			return err
		}
		declared = append(declared[:len(declared):len(declared)], more...)
	}
	if c.values, err = checkQuery(c.r.URL.RawQuery, declared); err != nil {
		return err
	}
	if c.image != nil {
		return c.chooseYear()
	}
	return nil
}

// chooseYear moves to the image of the year asked for.
func (c *call) chooseYear() (err error) {
	year := c.number("year")
	if year == 0 || year == c.image.Scores.Year {
		return nil
	}
	c.image, err = c.s.live.of(c.r.Context(), year)
	return err
}

// record writes one line of the audit record; without it there is no answer.
func (c *call) record(act, target string) error {
	const longest = 500
	if r := []rune(target); len(r) > longest {
		target = string(r[:longest]) + "…"
	}
	err := c.s.audit.Append(audit.Entry{
		Who: c.who.Name, Role: string(c.who.Role), Act: act, Route: c.template(), Target: target,
		Address: c.address().String(), Request: c.id(),
	})
	if err != nil {
		f := *errNoRecord
		f.cause = err
		return &f
	}
	return nil
}

func (c *call) text(name string) string { return c.values[name] }

// number returns a checked integer, 0 when it was left out.
func (c *call) number(name string) int {
	n, _ := strconv.Atoi(c.values[name]) // checked by param.read
	return n
}

// path returns a segment of the path without its suffix.
func (c *call) path(name string) string {
	return strings.TrimSuffix(c.r.PathValue(name), c.route.suffix[name])
}

func (c *call) template() string {
	if c.route == nil {
		return ""
	}
	return c.route.template
}

var languages = language.NewMatcher([]language.Tag{language.Chinese, language.English})

// lang is the reader's language: zh, or en.
func (c *call) lang() string {
	const longest = 200
	header := c.r.Header.Get("Accept-Language")
	tag, _ := language.MatchStrings(languages, header[:min(longest, len(header))])
	if base, _ := tag.Base(); base.String() == "en" {
		return "en"
	}
	return "zh"
}

func printablePath(p string) string {
	const longest = 200
	if len(p) > longest {
		p = p[:longest]
	}
	return (&url.URL{Path: p}).EscapedPath()
}
