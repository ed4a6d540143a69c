package api

import (
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
)

// pagePattern takes whatever no other route takes.
const pagePattern = "GET /{path...}"

// page is the built page, read once.
type page struct {
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
	return p, nil
}

// pageFile names the file behind an address. The page keeps its state after the #, so it has no addresses but its files and "/".
func pageFile(address string) string { return orElse(strings.TrimPrefix(address, "/"), "index.html") }

// isPage says whether there is a file of the page at an address.
func (s *Server) isPage(address string) bool {
	_, ok := s.page.files[pageFile(address)]
	return ok
}

// servePage answers with a file of the page.
func (c *call) servePage() error {
	name := pageFile(c.r.URL.Path)
	body, ok := c.s.page.files[name]
	if !ok {
		return notFound("没有这个地址", "there is nothing at this address")
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
