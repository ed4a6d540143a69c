package tiles_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"muchan/tiles"
)

// Numbers and lengths of every size are varints as encoding/binary writes them, and touch nothing before them.
func TestVarints(t *testing.T) {
	for bits := range 33 {
		for _, n := range []uint64{1<<bits - 1, 1 << bits} {
			if n >= 1<<32 {
				continue
			}
			if got, want := tiles.PutUint([]byte("before"), uint32(n)), binary.AppendUvarint([]byte("before"), n); !bytes.Equal(got, want) {
				t.Errorf("%d: %x, want %x", n, got, want)
			}
			if n > 1<<22 {
				continue
			}
			some := bytes.Repeat([]byte("some"), int(n)/4+1)[:n]
			got, want := tiles.Sized([]byte("before"), some), append(binary.AppendUvarint([]byte("before"), n), some...)
			if !bytes.Equal(got, want) {
				t.Errorf("the length %d: %d bytes from %x, want %d", n, len(got), got[:min(12, len(got))], len(want))
			}
		}
	}
}
