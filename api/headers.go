package api

import (
	"net/http"
	"strings"
	"time"
)

// policy is what browsers are told for every answer. MapLibre's worker is a file of our own origin; data: is for the icons in the
// style sheets of MapLibre and Element Plus. Element Plus and Vue set styles through the object model, which the policy does not
// touch.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// header is a header whose values many answers share; nobody appends to them.
type header struct {
	name   string // in canonical form
	values []string
}

// headers are set together. They are a list because that is read several times as fast as a map.
type headers []header

func (list headers) setIn(h http.Header) {
	for i := range list {
		h[list[i].name] = list[i].values
	}
}

func (list headers) takeFrom(h http.Header) {
	for i := range list {
		delete(h, list[i].name)
	}
}

// headersFor are the headers of every answer, with the basemap's hosts in the policy when there is a basemap, and only then.
func headersFor(b *Basemap) headers {
	csp := policy
	if hosts := b.origins(); len(hosts) > 0 {
		also := " " + strings.Join(hosts, " ")
		csp = strings.NewReplacer("img-src 'self'", "img-src 'self'"+also, "connect-src 'self'", "connect-src 'self'"+also).Replace(policy)
	}
	return headers{
		{"Content-Security-Policy", []string{csp}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"no-referrer"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
	}
}

// ofDocuments are headers that mean something for what a browser shows, and nothing for a tile: a browser that is sent to one saves it. They are
// a twentieth of what a kept tile costs. The policy stays: it is that of every answer.
var ofDocuments = headers{
	{"X-Frame-Options", []string{"DENY"}},
	{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
	{"Permissions-Policy", []string{"camera=(), geolocation=(), microphone=()"}},
}

// cacheHeaders says who may keep the answer. What a signed-in reader sees is nobody else's.
func (c *call) cacheHeaders() {
	h := c.w.Header()
	if c.https() {
		h["Strict-Transport-Security"] = onlyHTTPS
	}
	switch {
	case c.route.cache == neverKept:
		h.Set("Cache-Control", "no-store")
	case c.who.Name != "":
		h.Set("Cache-Control", "private, no-store")
	default:
		h["Cache-Control"] = asksAgain
	}
	if c.route.cache == revalidate {
		h["Vary"] = byReader
	}
}

// Values of headers that many answers share; nobody appends to them.
var (
	onlyHTTPS = []string{"max-age=31536000"}
	asksAgain = []string{"public, no-cache"}
	keepsHour = []string{"public, max-age=3600, immutable"}
	byReader  = []string{"Accept-Encoding, Authorization, Cookie"}
	liesReady = []string{"kept"} // of Server-Timing
)

// staleHeader tells that the data could not be brought up to date, and since when.
func (c *call) staleHeader() {
	if since, stale := c.s.live.staleSince(); stale {
		c.w.Header().Set("Muchan-Stale", since.UTC().Format(time.RFC3339))
	}
}
