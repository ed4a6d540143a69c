package api

import (
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"muchan/tiles/pack"
)

// smallest is the size from which an answer is compressed.
const smallest = 1024

// encoding is how an answer is compressed.
type encoding uint8

const (
	identity encoding = iota
	zipped
	zstandard
)

// String is the name in Content-Encoding.
func (e encoding) String() string { return [...]string{"identity", "gzip", "zstd"}[e] }

// suffix tells an answer's entity tags apart by encoding.
func (e encoding) suffix() string { return [...]string{"", "-gz", "-zst"}[e] }

// acceptsGzip reads Accept-Encoding by RFC 9110; q=0 refuses.
func acceptsGzip(header string) bool {
	q, named := weightOf(header, "gzip")
	if !named {
		q, _ = weightOf(header, "*")
	}
	return q > 0
}

// preferred is the encoding that a reader likes best, of equal ones zstd, which is smaller than gzip and faster to unpack. It is only for
// readers who name it.
func preferred(header string) encoding {
	if q, _ := weightOf(header, "zstd"); q > 0 {
		if z, named := weightOf(header, "gzip"); !named || q >= z {
			return zstandard
		}
	}
	if acceptsGzip(header) {
		return zipped
	}
	return identity
}

// weightOf is the weight of an encoding, 0 when it is refused, and whether the header names it.
func weightOf(header, encoding string) (q float64, named bool) {
	for one := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(strings.TrimSpace(one), ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameter), " ", ""), "q=")
		if !ok {
			return 1, true
		}
		f, err := finite(weight)
		if err != nil {
			return 0, true
		}
		return f, true
	}
	return 0, false
}

// compressor compresses at the fastest levels. It is safe for concurrent use.
type compressor struct {
	zstd *zstd.Encoder
	gzip sync.Pool // of *gzip.Writer
}

func newCompressor() *compressor {
	z, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest)) // the options are valid
	c := &compressor{zstd: z}
	c.gzip.New = func() any {
		w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
		return w
	}
	return c
}

// appendTile appends an uncompressed vector tile, compressed.
func (c *compressor) appendTile(dst, tile []byte, e encoding) []byte {
	if e == zstandard {
		return c.zstd.EncodeAll(tile, dst)
	}
	return pack.AppendGzip(dst, tile)
}

// zip returns a document compressed with gzip, in a new slice.
func (c *compressor) zip(body []byte) []byte {
	b := make(sliceWriter, 0, len(body)/2)
	w := c.gzip.Get().(*gzip.Writer)
	defer c.gzip.Put(w)
	w.Reset(&b)
	_, _ = w.Write(body) // into memory
	_ = w.Close()
	return b
}

// sliceWriter is a byte slice that grows.
type sliceWriter []byte

func (w *sliceWriter) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}
