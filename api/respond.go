package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// smallest is the size from which an answer is compressed.
const smallest = 1024

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
	zipped := len(body) >= smallest && acceptsGzip(c.r.Header.Get("Accept-Encoding"))
	if c.route.cache != neverKept {
		tag := c.etag(body, zipped)
		h.Set("ETag", tag)
		if matches(c.r.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			c.w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if zipped {
		h.Set("Content-Encoding", "gzip")
		body = zip(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method == http.MethodHead {
		return nil
	}
	_, err := c.w.Write(body)
	return gone(err)
}

func (c *call) etag(body []byte, zipped bool) string {
	sum := sha256.Sum256(body)
	tag := c.audience.String() + "-" + hex.EncodeToString(sum[:16])
	if zipped {
		tag += "-gz"
	}
	return `"` + tag + `"`
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

// acceptsGzip reads Accept-Encoding by RFC 9110; q=0 refuses.
func acceptsGzip(header string) bool {
	any := false
	for one := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(strings.TrimSpace(one), ";")
		wanted := true
		if q, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameter), " ", ""), "q="); ok {
			f, err := finite(q)
			wanted = err == nil && f > 0
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip":
			return wanted
		case "*":
			any = wanted
		}
	}
	return any
}

func zip(body []byte) []byte {
	var b sliceWriter
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level is valid
	_, _ = z.Write(body)                            // into memory
	_ = z.Close()
	return b
}

// sliceWriter is a byte slice that grows.
type sliceWriter []byte

func (w *sliceWriter) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

// gone is nothing to report: a reader that hung up while we wrote. What was begun cannot be turned into a problem document.
func gone(error) error { return nil }
