package api

import (
	"fmt"
	"net/http"
	"regexp"

	"github.com/prometheus/client_golang/prometheus"

	"muchan/tiles/layers"
)

// access is the lowest audience that may call a route. The zero access is no policy and is refused at start.
type access int

const (
	noPolicy access = iota
	anyone
	viewers
	analysts
	admins
)

func (a access) audience() layers.Audience { return layers.Audience(a - anyone) }

// caching is how long an answer may be kept, for readers without a sign-in. Answers to a signed-in reader are private, no-store
// whatever the route says. The zero caching is no policy.
type caching int

const (
	noCaching  caching = iota
	neverKept          // state of the reader or the process
	revalidate         // kept, and asked for again with its ETag
)

// route is one row of the table.
type route struct {
	method  string
	pattern string // as net/http reads it, but a segment may end in a suffix: {layer}.json
	who     access
	cache   caching
	image   bool // answered from the image of the year asked for
	secret  bool // an analyst's answer holds confidential data: it is recorded before it is given
	export  bool // a file that leaves the service: recorded for every reader who signed in
	params  []param
	more    func(*call) ([]param, error) // parameters that depend on the path and the reader
	body    schema                       // of a JSON request
	upload  bool                         // the request is a file
	uploads string                       // its media type; "" is any file's
	answer  any                          // a value of the answer's type, or its schema
	media   string                       // of the answer; "" is JSON
	also    []string                     // further media types the answer may have
	tag     string
	doc     words
	handle  func(*call) error

	suffix   map[string]string // by wildcard
	template string            // method and pattern, in logs and metrics
	duration prometheus.Observer
}

// words is a sentence in the two languages of the page.
type words struct{ zh, en string }

func (w words) in(lang string) string {
	if lang == "en" {
		return w.en
	}
	return w.zh
}

var suffixed = regexp.MustCompile(`\{(\w+)\}(\.\w+)`)

// complete checks that a route is whole. A route without a policy is our own mistake.
func (r *route) complete() error {
	switch {
	case r.who == noPolicy, r.who > admins:
		return fmt.Errorf("api: %s %s has no audience", r.method, r.pattern)
	case r.cache == noCaching:
		return fmt.Errorf("api: %s %s does not say how it is cached", r.method, r.pattern)
	case r.handle == nil, r.doc.zh == "", r.doc.en == "":
		return fmt.Errorf("api: %s %s has no handler or no description", r.method, r.pattern)
	case r.who >= analysts && !r.secret && r.method == http.MethodGet:
		return fmt.Errorf("api: %s %s is for analysts but not recorded", r.method, r.pattern)
	}
	return nil
}

// muxPattern is the pattern net/http understands; what it cannot say goes to suffix.
func (r *route) muxPattern() string {
	r.suffix = map[string]string{}
	for _, m := range suffixed.FindAllStringSubmatch(r.pattern, -1) {
		r.suffix[m[1]] = m[2]
	}
	return r.method + " " + suffixed.ReplaceAllString(r.pattern, "{$1}")
}

// noPattern takes what no route of any method takes.
const noPattern = "/"

// mount makes the mux from the table; nothing else can.
func (s *Server) mount(table []route) error {
	s.mux, s.routes = http.NewServeMux(), table
	for i := range table {
		r := &table[i]
		if err := r.complete(); err != nil {
			return err
		}
		r.template = r.method + " " + r.pattern
		r.duration = s.metrics.duration.WithLabelValues(r.template)
		if r.pattern == tilePattern {
			s.keptTiles = s.metrics.keptCounts(r)
		}
		s.mux.HandleFunc(r.muxPattern(), func(w http.ResponseWriter, req *http.Request) {
			c := callOf(req)
			c.w, c.r, c.route = w, req, r
			c.err = c.serve()
		})
	}
	s.mux.HandleFunc(noPattern, func(_ http.ResponseWriter, req *http.Request) {
		c := callOf(req)
		c.err = c.noRoute()
	})
	return nil
}
