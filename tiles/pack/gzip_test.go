package pack_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	fast "github.com/klauspost/compress/gzip"

	"muchan/geo/kept"
	"muchan/tiles/pack"
)

// unpacked reads a member with the standard library, which is the oracle here.
func unpacked(t testing.TB, member []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(member))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGzipOfTiles(t *testing.T) {
	drawn := someTiles(t)
	var group sync.WaitGroup
	for range 2 { // one after the other with the same packers, and at the same time
		group.Go(func() {
			for i, tile := range drawn {
				several := slices.Concat(tile, drawn[(i+1)%len(drawn)])
				if !bytes.Equal(unpacked(t, pack.Gzip(tile)), tile) || !bytes.Equal(unpacked(t, pack.Gzip(several)), several) {
					t.Errorf("tile %d of %d bytes comes out as another", i, len(tile))
				}
			}
		})
	}
	group.Wait()
}

// What is no tile is packed as well, and never takes much more than it is long.
func TestGzipOfAnything(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	for n := range 2000 {
		b := make([]byte, n*n%70_000)
		for i := range b {
			b[i] = byte(dice.IntN(1 + n%256))
		}
		switch n % 5 {
		case 4:
			b = layerOf(dice, n)
		case 1:
			b = append([]byte{0x1a, 0xff, 0xff, 0x03}, b...) // a layer longer than what follows
		case 2:
			b = append([]byte{0x1a, 0x80, 0x01, 0x22, 0x7f, 0x19}, b...) // a short layer with a value, long or cut off
		}
		member := pack.Gzip(b)
		if !bytes.Equal(unpacked(t, member), b) {
			t.Fatalf("input %d of %d bytes comes out as another", n, len(b))
		}
		if len(member) > len(b)+len(b)/1000+64 {
			t.Errorf("input %d of %d bytes takes %d", n, len(b), len(member))
		}
	}
}

// Tiles that no encoder of ours writes.
func TestGzipOfOddTiles(t *testing.T) {
	dice := rand.New(rand.NewPCG(2, 2))
	text := []byte("\x22\x0c\x0a\x0aten letters")[:14]
	far := slices.Clone(text)
	for len(far) < 40_000 { // a match would lie too far back
		far = binary.LittleEndian.AppendUint64(append(far, 0x22, 9, 0x19), dice.Uint64())
	}
	var nameless []byte
	for range 2000 {
		nameless = append(nameless, 0x12, 11, 0x12, 4, 0, 1, 1, 2, 0x18, 3, 0x22, 1, byte(dice.IntN(256)))
	}
	for name, fields := range map[string][]byte{
		"what comes again is too far away": append(far, text...),
		"features without identifiers":     nameless,
		"features with nothing in them":    bytes.Repeat([]byte{0x12, 0}, 2000),
		"identifiers alone":                bytes.Repeat([]byte{0x12, 2, 0x08, 0x80}, 1000),
		"a value that is cut off":          {0x22, 0x7f, 0x19},
		"a feature that is cut off":        {0x12, 0x7f, 0x12},
		"a field without a length":         {0x28},
		"short texts":                      bytes.Repeat([]byte{0x22, 3, 0x0a, 1, 'a'}, 1000),
	} {
		tile := append(binary.AppendUvarint([]byte{0x1a}, uint64(len(fields))), fields...)
		if !bytes.Equal(unpacked(t, pack.Gzip(tile)), tile) {
			t.Errorf("%s: comes out as another", name)
		}
	}
}

// layerOf is a layer of fields with a length, most of them features and values, in any order and with any content.
func layerOf(dice *rand.Rand, n int) []byte {
	var fields []byte
	for range n % 300 {
		field := []byte{[]byte{0x12, 0x22, 0x12, 0x22, 0x1a, 0x2a}[dice.IntN(6)], byte(dice.IntN(40))}
		for range field[1] {
			field = append(field, []byte{0x08, 0x12, 0x19, 0x0a, 0x18, 0x80, 1, 2, byte(dice.IntN(256))}[dice.IntN(9)])
		}
		fields = append(fields, field...)
	}
	return append(binary.AppendUvarint([]byte{0x1a}, uint64(len(fields))), fields...)
}

// A tile takes hardly more than with a general compressor at its fastest level, each of the size classes by itself.
func TestGzipPacksAsWell(t *testing.T) {
	drawn := someTiles(t)
	ours, theirs := map[int]int{}, map[int]int{}
	for _, tile := range drawn {
		class := 0
		for n := len(tile); n >= 4096; n /= 4 {
			class++
		}
		ours[class] += len(pack.Gzip(tile))
		var b bytes.Buffer
		w, _ := fast.NewWriterLevel(&b, fast.BestSpeed)
		_, _ = w.Write(tile)
		_ = w.Close()
		theirs[class] += b.Len()
	}
	for class := range ours {
		t.Logf("class %d: %d bytes, %d with a general compressor", class, ours[class], theirs[class])
		if ours[class] > theirs[class]+theirs[class]*8/100 {
			t.Errorf("class %d: %d bytes, %d with a general compressor", class, ours[class], theirs[class])
		}
	}
}

// What was packed before leaves nothing behind, not even where it was nearly the same.
func TestGzipAfterAnother(t *testing.T) {
	dice := rand.New(rand.NewPCG(2, 2))
	for range 200 {
		b := make([]byte, 3000)
		for i := range b {
			b[i] = byte(dice.IntN(3))
		}
		other := bytes.Clone(b[:2000])
		for range 100 {
			other[dice.IntN(len(other))] = 3
		}
		if !bytes.Equal(pack.GzipAfter(other, b), pack.GzipAfter(nil, b)) {
			t.Fatal("is packed otherwise after another")
		}
	}
}

func FuzzGzip(f *testing.F) {
	kept.Add(f)
	seeds, err := drawTiles(40, 3)
	if err != nil {
		f.Fatal(err)
	}
	for _, tile := range seeds {
		f.Add(tile)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if !bytes.Equal(unpacked(t, pack.Gzip(b)), b) {
			t.Error("comes out as another")
		}
	})
}

func BenchmarkGzip(b *testing.B) {
	drawn := someTiles(b)
	size := 0
	for _, tile := range drawn {
		size += len(tile)
	}
	general, _ := fast.NewWriterLevel(nil, fast.BestSpeed)
	for name, packed := range map[string]func([]byte) []byte{
		"pack": pack.Gzip,
		"general": func(tile []byte) []byte {
			var out bytes.Buffer
			general.Reset(&out)
			_, _ = general.Write(tile)
			_ = general.Close()
			return out.Bytes()
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, tile := range drawn {
					packed(tile)
				}
			}
		})
	}
}
