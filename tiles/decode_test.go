package tiles_test

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"muchan/tiles"
)

// layer and feature are what a client reads from a tile; written from the specification, apart from the encoder.
type layer struct {
	name            string
	extent, version uint64
	keys            []string
	values          []any
	features        []feature
}

type feature struct {
	id       uint64
	kind     uint64
	tags     map[string]any
	rings    []orb.Ring // in tile units, in the order of the tile
	geometry []byte
}

// fields walks a protocol buffer message.
func fields(t testing.TB, b []byte, visit func(number uint64, n uint64, bytes []byte)) {
	t.Helper()
	for len(b) > 0 {
		key := uvarint(t, &b)
		switch key & 7 {
		case 0:
			visit(key>>3, uvarint(t, &b), nil)
		case 1:
			visit(key>>3, binary.LittleEndian.Uint64(b), nil)
			b = b[8:]
		case 2:
			n := uvarint(t, &b)
			visit(key>>3, 0, b[:n])
			b = b[n:]
		default:
			t.Fatalf("wire type %d", key&7)
		}
	}
}

func uvarint(t testing.TB, b *[]byte) uint64 {
	t.Helper()
	n, size := binary.Uvarint(*b)
	if size <= 0 {
		t.Fatal("bad varint")
	}
	*b = (*b)[size:]
	return n
}

func zigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

func decode(t testing.TB, tile []byte) []layer {
	t.Helper()
	var out []layer
	fields(t, tile, func(number, _ uint64, b []byte) {
		if number == 3 {
			out = append(out, decodeLayer(t, b))
		}
	})
	return out
}

func decodeLayer(t testing.TB, b []byte) layer {
	t.Helper()
	var l layer
	var features [][]byte
	fields(t, b, func(number, n uint64, b []byte) {
		switch number {
		case 1:
			l.name = string(b)
		case 2:
			features = append(features, b)
		case 3:
			l.keys = append(l.keys, string(b))
		case 4:
			l.values = append(l.values, decodeValue(t, b))
		case 5:
			l.extent = n
		case 15:
			l.version = n
		}
	})
	for _, f := range features {
		l.features = append(l.features, decodeFeature(t, f, &l))
	}
	return l
}

func decodeValue(t testing.TB, b []byte) (v any) {
	t.Helper()
	fields(t, b, func(number, n uint64, b []byte) {
		switch number {
		case 1:
			v = string(b)
		case 3:
			v = math.Float64frombits(n)
		case 6:
			v = zigzag(n)
		case 7:
			v = n == 1
		default:
			t.Fatalf("value field %d", number)
		}
	})
	return v
}

func decodeFeature(t testing.TB, b []byte, l *layer) feature {
	t.Helper()
	f := feature{tags: map[string]any{}}
	fields(t, b, func(number, n uint64, b []byte) {
		switch number {
		case 1:
			f.id = n
		case 2:
			for len(b) > 0 {
				k, v := uvarint(t, &b), uvarint(t, &b)
				f.tags[l.keys[k]] = l.values[v]
			}
		case 3:
			f.kind = n
		case 4:
			f.geometry = b
			f.rings = decodeRings(t, b)
		}
	})
	return f
}

func decodeRings(t testing.TB, b []byte) []orb.Ring {
	t.Helper()
	var rings []orb.Ring
	var at orb.Point
	for len(b) > 0 {
		command := uvarint(t, &b)
		switch command & 7 {
		case 1, 2:
			for range command >> 3 {
				at[0] += float64(zigzag(uvarint(t, &b)))
				at[1] += float64(zigzag(uvarint(t, &b)))
				if command&7 == 1 {
					rings = append(rings, orb.Ring{})
				}
				last := &rings[len(rings)-1]
				*last = append(*last, at)
			}
		case 7:
			last := &rings[len(rings)-1]
			*last = append(*last, (*last)[0])
		default:
			t.Fatalf("command %d", command&7)
		}
	}
	return rings
}

// area is positive for outer rings, by the specification's surveyor's formula.
func area(r orb.Ring) float64 {
	sum := 0.0
	for k := 1; k < len(r); k++ {
		sum += r[k-1][0]*r[k][1] - r[k][0]*r[k-1][1]
	}
	return sum / 2
}

// polygons groups rings as the specification says: an outer ring and the holes that follow it.
func polygons(t testing.TB, rings []orb.Ring) orb.MultiPolygon {
	t.Helper()
	var out orb.MultiPolygon
	for _, r := range rings {
		switch a := area(r); {
		case a > 0:
			out = append(out, orb.Polygon{r})
		case a < 0 && len(out) > 0:
			out[len(out)-1] = append(out[len(out)-1], r)
		default:
			t.Fatalf("ring %v has the area %v", r, a)
		}
	}
	return out
}

// only returns the one layer of a tile.
func only(t testing.TB, tile []byte) layer {
	t.Helper()
	all := decode(t, tile)
	if len(all) != 1 {
		t.Fatalf("%d layers", len(all))
	}
	return all[0]
}

// addressOf returns the tile that holds a position.
func addressOf(z int, p orb.Point) tiles.Address {
	q := tiles.Project(tiles.Address{Z: z}, p)
	return tiles.Address{Z: z, X: int(math.Floor(q[0] / tiles.Extent)), Y: int(math.Floor(q[1] / tiles.Extent))}
}
