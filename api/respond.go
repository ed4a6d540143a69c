package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"muchan/tiles/layers"
)

// json answers 200 with a JSON document.
func (c *call) json(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return c.bytes("application/json; charset=utf-8", append(body, '\n'))
}

// bytes answers 200 with a document, or 304 when the reader has it already. Its ETag is made of the content and the reader's
// audience, so that it never matches another audience's.
func (c *call) bytes(mediaType string, body []byte) error {
	h := c.w.Header()
	h.Set("Content-Type", mediaType)
	as := identity
	if len(body) >= smallest && acceptsGzip(c.r.Header.Get("Accept-Encoding")) {
		as = zipped
	}
	if c.route.cache != neverKept {
		tag := entityTag(c.audience, body, as)
		h.Set("ETag", tag)
		if matches(c.r.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			c.w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if as != identity {
		h.Set("Content-Encoding", as.String())
		body = c.s.compressor.zip(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method == http.MethodHead {
		return nil
	}
	_, err := c.w.Write(body)
	return gone(err)
}

// entityTag is strong: of the content, the audience and the encoding.
func entityTag(audience layers.Audience, body []byte, as encoding) string {
	sum := sha256.Sum256(body)
	return `"` + audience.String() + "-" + hex.EncodeToString(sum[:16]) + as.suffix() + `"`
}

// matches reads If-None-Match by RFC 9110: weak comparison, a list, or *.
func matches(header []string, tag string) bool {
	for _, line := range header {
		for one := range strings.SplitSeq(line, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == tag || one == "*" {
				return true
			}
		}
	}
	return false
}

// gone is nothing to report: a reader that hung up while we wrote. What was begun cannot be turned into a problem document.
func gone(error) error { return nil }
