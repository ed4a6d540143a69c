// Package font holds the type of printed pages: Noto Sans SC in one weight, cut down to what documents here are written with, so that
// the program carries its own letters and needs none of the machine's. See make.sh for how it is made and LICENSE for the SIL Open Font
// License, under which it may be embedded in documents.
package font

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the font
	"fmt"
	"io"
	"sync"
)

//go:embed NotoSansSC-subset.ttf.gz
var packed []byte

// TTF returns the font as a TrueType file. The slice is shared; do not write into it.
var TTF = sync.OnceValues(func() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack font: %w", err)
	}
	ttf, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack font: %w", err)
	}
	return ttf, nil
})
