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
	var d digest
	d.add(&c.Rows)
	return d.hash(c.Columns)
}

// digest sums up rows that may come in parts, 32 bytes for each.
type digest struct {
	tables [10]rowSums
	buf    []byte
}

type rowSums struct {
	table string
	sums  [][sha256.Size]byte
}

func (d *digest) add(r *Rows) {
	addSums(d, 0, &ParkTable, r.Parks)
	addSums(d, 1, &ZoneTable, r.Zones)
	addSums(d, 2, &ParcelTable, r.Parcels)
	addSums(d, 3, &BuildingTable, r.Buildings)
	addSums(d, 4, &FirmTable, r.Firms)
	addSums(d, 5, &OccupancyTable, r.Occupancies)
	addSums(d, 6, &FiguresTable, r.Figures)
	addSums(d, 7, &EventTable, r.Events)
	addSums(d, 8, &TargetTable, r.Targets)
	addSums(d, 9, &TargetValueTable, r.TargetValues)
}

func addSums[T any](d *digest, at int, t *Table[T], rows []T) {
	into := &d.tables[at]
	into.table = t.Name
	into.sums = slices.Grow(into.sums, len(rows))
	for i := range rows {
		d.buf = d.buf[:0]
		for j := range t.Columns {
			d.buf = appendCanonical(d.buf, t.Columns[j].Name, t.Columns[j].Field(&rows[i]))
		}
		into.sums = append(into.sums, sha256.Sum256(d.buf))
	}
}

// hash sums up what was added, of which the named columns are carried; nil stands for all.
func (d *digest) hash(columns []string) string {
	d.add(&Rows{}) // so that each table has its name, also where none had rows
	h := sha256.New()
	for i := range d.tables {
		h.Write(d.tables[i].sum())
	}
	if columns != nil {
		for _, name := range slices.Sorted(slices.Values(columns)) {
			h.Write(appendText(nil, name))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r *rowSums) sum() []byte {
	slices.SortFunc(r.sums, func(a, b [sha256.Size]byte) int { return bytes.Compare(a[:], b[:]) })
	h := sha256.New()
	h.Write([]byte(r.table))
	for i := range r.sums {
		h.Write(r.sums[i][:])
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
