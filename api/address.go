package api

import (
	"net/http"
	"regexp"
	"strings"
)

// https says whether the reader came over https, as far as we can know.
func (c *call) https() bool { return c.s.https(c.r) }

func (s *Server) https(r *http.Request) bool {
	if s.publicURL != nil {
		return s.publicURL.Scheme == "https"
	}
	if r.TLS != nil {
		return true
	}
	return len(s.proxies) > 0 && s.trusts(peerAddress(r)) && r.Header.Get("X-Forwarded-Proto") == "https"
}

var hostForm = regexp.MustCompile(`^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(:[0-9]{1,5})?$`)

// base is the service's own address without a slash at the end. Links in answers are absolute because MapLibre and QGIS need them
// so.
func (c *call) base() (string, error) {
	if u := c.s.publicURL; u != nil {
		return u.Scheme + "://" + u.Host, nil
	}
	host := c.r.Host
	if forwarded := c.r.Header.Get("X-Forwarded-Host"); forwarded != "" && c.s.trusts(peerAddress(c.r)) {
		host = strings.TrimSpace(forwarded)
	}
	if len(host) > 255 || !hostForm.MatchString(host) {
		return "", &fault{status: http.StatusBadRequest, code: "bad_host", detail: words{
			"请求头 Host 不正确", "the Host header is not a host name",
		}}
	}
	if c.https() {
		return "https://" + host, nil
	}
	return "http://" + host, nil
}
