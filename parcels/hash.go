package parcels

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"

	"muchan/geo"
)

// ContentHash identifies the rows of a change: lower-case hex of a SHA-256 over every column of every row. The order of rows does
// not count, since rows have keys; which columns they carry does; who, why, when and the file do not count either, so the same rows from another file are the
// same change.
func (c *Change) ContentHash() string {
	h := sha256.New()
	r := &c.Rows
	for _, sum := range [][]byte{
		digest(&ParkTable, r.Parks),
		digest(&ZoneTable, r.Zones),
		digest(&ParcelTable, r.Parcels),
		digest(&BuildingTable, r.Buildings),
		digest(&FirmTable, r.Firms),
		digest(&OccupancyTable, r.Occupancies),
		digest(&FiguresTable, r.Figures),
		digest(&EventTable, r.Events),
		digest(&TargetTable, r.Targets),
		digest(&TargetValueTable, r.TargetValues),
	} {
		h.Write(sum)
	}
	if c.Columns != nil {
		for _, name := range slices.Sorted(slices.Values(c.Columns)) {
			h.Write(appendText(nil, name))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func digest[T any](t *Table[T], rows []T) []byte {
	sums := make([][sha256.Size]byte, len(rows))
	var buf []byte
	for i := range rows {
		buf = buf[:0]
		for j := range t.Columns {
			buf = appendCanonical(buf, t.Columns[j].Name, t.Columns[j].Field(&rows[i]))
		}
		sums[i] = sha256.Sum256(buf)
	}
	slices.SortFunc(sums, func(a, b [sha256.Size]byte) int { return bytes.Compare(a[:], b[:]) })
	h := sha256.New()
	h.Write([]byte(t.Name))
	for i := range sums {
		h.Write(sums[i][:])
	}
	return h.Sum(nil)
}

// appendCanonical writes a present value behind its column's name, so that a column added later leaves old hashes alone as long
// as it is missing.
func appendCanonical(dst []byte, name string, field any) []byte {
	if Missing(field) {
		return dst
	}
	dst = appendText(dst, name)
	switch f := field.(type) {
	case *string:
		return appendText(dst, *f)
	case *int:
		return binary.LittleEndian.AppendUint64(dst, uint64(*f))
	case *Opt[float64]:
		return appendBits(dst, f.Or(0))
	case *Opt[Wan]:
		return binary.LittleEndian.AppendUint64(dst, uint64(f.Or(0)))
	case *Opt[bool]:
		if f.Or(false) {
			return append(dst, 1)
		}
		return append(dst, 0)
	case *Date:
		return binary.LittleEndian.AppendUint32(dst, uint32(*f))
	case *[]string:
		dst = appendCount(dst, len(*f))
		for _, s := range *f {
			dst = appendText(dst, s)
		}
		return dst
	case *[]Storey:
		dst = appendCount(dst, len(*f))
		for _, s := range *f {
			dst = appendBits(appendBits(dst, s.FloorM2), s.HeightM)
		}
		return dst
	case *geo.Shape:
		return appendShape(dst, *f)
	}
	panic("parcels: no kind for this field")
}

func appendShape(dst []byte, s geo.Shape) []byte {
	dst = appendCount(dst, len(s))
	for _, polygon := range s {
		dst = appendCount(dst, len(polygon))
		for _, ring := range polygon {
			dst = appendCount(dst, len(ring))
			for _, p := range ring {
				dst = appendBits(appendBits(dst, p[0]), p[1])
			}
		}
	}
	return dst
}

func appendText(dst []byte, s string) []byte { return append(appendCount(dst, len(s)), s...) }

func appendCount(dst []byte, n int) []byte { return binary.LittleEndian.AppendUint32(dst, uint32(n)) }

func appendBits(dst []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
}
