package pmtiles

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// packers are *gzip.Writer at the default level: an archive is written once and read often.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// Compress packs a tile for Writer.Add. The same bytes give the same bytes. It is safe for concurrent use.
func Compress(tile []byte) ([]byte, error) {
	var b bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	if _, err := w.Write(tile); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
