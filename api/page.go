package api

import (
	"fmt"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
)

// pagePattern takes whatever no other route takes.
const pagePattern = "GET /{path...}"

// page is the built page, read once.
type page struct {
	index []byte
	files map[string][]byte // by path without the leading slash
}

// mediaTypes of what a build holds; the machine's own table may differ.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
	".ico": "image/x-icon", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json",
	".pbf": "application/x-protobuf", ".map": "application/json",
}

func newPage(files fs.FS) (*page, error) {
	p := &page{files: map[string][]byte{}}
	if files == nil {
		return p, nil
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		p.files[name], err = fs.ReadFile(files, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	p.index = p.files["index.html"]
	return p, nil
}

// ours are the first segments that belong to data, where an unknown address is no page.
var ours = map[string]bool{
	"api": true, "ogc": true, "tiles": true, "livez": true, "readyz": true, "metrics": true, "assets": true, "debug": true,
}

// pageRoute is what the page's own addresses look like: at most three plain words.
var pageRoute = regexp.MustCompile(`^([A-Za-z][\w-]*(/[\w-]+){0,2})?$`)

// isPage says whether an address is one of the page's: a file of it, or one its own router may know.
func (s *Server) isPage(address string) bool {
	name := strings.TrimPrefix(address, "/")
	if _, ok := s.page.files[name]; ok {
		return true
	}
	first, _, _ := strings.Cut(name, "/")
	return s.page.index != nil && !ours[strings.ToLower(first)] && pageRoute.MatchString(name)
}

// servePage answers with a file of the page, or its index for addresses that the page itself routes.
func (c *call) servePage() error {
	if !c.s.isPage(c.r.URL.Path) {
		return notFound("没有这个地址", "there is nothing at this address")
	}
	name := strings.TrimPrefix(c.r.URL.Path, "/")
	body, ok := c.s.page.files[name]
	if !ok {
		name, body = "index.html", c.s.page.index
	}
	h := c.w.Header()
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	return c.bytes(mediaType(name), body)
}

func mediaType(name string) string {
	ext := path.Ext(name)
	if t, ok := mediaTypes[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}
