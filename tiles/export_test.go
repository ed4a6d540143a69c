package tiles

import (
	"context"
	"fmt"
	"iter"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles/layers"
)

// Geometry opens the outline of one shape in one tile: its rings, closed.
func Geometry(a Address, s geo.Shape) ([]orb.Ring, error) {
	g := NewGround(&layers.Table{IDs: []string{"shape"}, Shapes: []geo.Shape{s}, Bounds: []geo.Bound{s.Bound()}})
	var d drawing
	d.begin(g, a)
	if found, err := d.draw(0); !found || err != nil {
		return nil, err
	}
	return d.rings(), nil
}

// Project and Unproject open the tile's plane, Bound its box with buffer, and Clipped the clipper.
func Project(a Address, p orb.Point) orb.Point   { return a.project(p) }
func Unproject(a Address, p orb.Point) orb.Point { return a.unproject(p) }
func Clipped(rings []orb.Ring) []orb.Ring        { return clipped(rings) }

// Bound is the box that is searched for a tile, in degrees.
func Bound(a Address) orb.Bound {
	b, world := a.box(buffer), Address{Z: MaxZoom}
	corner := func(x, y int32) orb.Point { return world.unproject(orb.Point{float64(x), float64(y)}) }
	return orb.MultiPoint{corner(b.minX, b.minY), corner(b.maxX, b.maxY)}.Bound()
}

// ArchiveID opens a tile's number in an archive, Addresses the tiles that features may meet.
func ArchiveID(a Address) uint64 { return archiveID(a) }

func Addresses(m *Image, minZoom, maxZoom int) iter.Seq[Address] {
	return addresses([]*Ground{m.ground}, minZoom, maxZoom)
}

// InOrder opens the making of many things in order.
func InOrder(ctx context.Context, all iter.Seq[int], do func(int) (int, error), take func(int, int) error) error {
	return inOrder(ctx, all, do, take)
}

// AppendServed opens Append with another name for the squares.
func AppendServed(m *Image, dst []byte, at Address, grid string) ([]byte, error) {
	tile, _, err := m.appendServed(dst, at, grid)
	return tile, err
}

// Redrawn is how many features of an image's ground stand as on the ground it was made of, and are drawn in another way.
func Redrawn(m *Image) int { return len(m.ground.redrawn) }

// Crowded counts the features and zooms at which a table's outlines are said to be crowded, and tells of one that the long way draws plainly.
func Crowded(t *layers.Table) (crowded int, wrong []string) {
	g, w := NewGround(t), &outline{}
	for k, row := range g.rows {
		for z := range MaxZoom + 1 {
			if !g.crowded(k, z) {
				continue
			}
			crowded++
			if plain := w.take(g, k, z, spot{}, func(v uint32) bool { return g.detail[v].at(z) }).state() == whole && !w.bent; plain || !g.isHard(k, z, &outline{}) {
				wrong = append(wrong, fmt.Sprintf("%s at zoom %d", t.IDs[row], z))
			}
		}
	}
	return crowded, wrong
}

// EachAtOnce is eachAtOnce.
var EachAtOnce = eachAtOnce

// FreshSheets is how many of an image's sheets are not those of an earlier image, and how many there are.
func FreshSheets(before, m *Image) (fresh, all int) {
	for i, s := range m.sheets {
		if i >= len(before.sheets) || before.sheets[i] != s {
			fresh++
		}
	}
	return fresh, len(m.sheets)
}

// HardWhileReading asks of every outline whether it is hard, by several at a time, while a ground is made of the one that is asked.
func HardWhileReading(m *Image, t *layers.Table, moved []int) *Ground {
	var next *Ground
	eachAtOnce(4, func() func(int) {
		w := &outline{}
		return func(i int) {
			for k := range m.ground.rows {
				for z := range MaxZoom + 1 {
					m.ground.isHard(k, z, w)
				}
			}
			if i == 0 {
				next = m.ground.after(t, moved)
			}
		}
	})
	return next
}

// PutUint is putUint with room.
func PutUint(dst []byte, n uint32) []byte {
	b, at := room(dst, mostUint)
	return b[:putUint(b, at, n)]
}

// Sized appends some bytes behind their length.
func Sized(dst, some []byte) []byte {
	dst = append(dst, 0)
	begin := len(dst)
	return sized(append(dst, some...), begin)
}
