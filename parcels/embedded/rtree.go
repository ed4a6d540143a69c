package embedded

import (
	"context"
	"database/sql"
	"encoding/binary"
	"math"

	"muchan/geo"
)

// The tables behind SQLite's R-tree (sqlite.org/rtree.html, 6.1): _node has each node as a blob of fixed size, which begins with two bytes
// of depth, in the root alone, and two of the number of cells; a cell is an eight-byte number, of a row or of a node below, and its box as
// four-byte numbers min x, max x, min y, max y. All are big-endian. _rowid names the leaf of a row, _parent the node above a node.

const (
	rootNode  = 1
	nodeHead  = 4
	edges     = 4
	cellBytes = 8 + 4*edges
)

// cell is an entry of a node.
type cell struct {
	id  int64
	box [edges]float32
}

// cellOf widens a box to the numbers of the index.
func cellOf(id int64, b geo.Bound) cell {
	return cell{id, [edges]float32{below(b.Min[0]), above(b.Max[0]), below(b.Min[1]), above(b.Max[1])}}
}

func below(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func above(v float64) float32 { return -below(-v) }

// writeIndex fills an R-tree with the boxes of the rows from a number on, but for those that are not drawn. Whatever it held goes.
func writeIndex(ctx context.Context, tx *sql.Tx, name string, first int64, boxes []geo.Bound) error {
	var nodeBytes int
	if err := tx.QueryRowContext(ctx, `SELECT length(data) FROM `+quote(name+"_node")+` WHERE nodeno = ?`, rootNode).Scan(&nodeBytes); err != nil {
		return err
	}
	for _, table := range []string{"_node", "_rowid", "_parent"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+quote(name+table)); err != nil {
			return err
		}
	}
	p := packing{
		nodeBytes: nodeBytes, last: rootNode,
		nodes:   newBatch(tx, name+"_node", []string{"nodeno", "data"}),
		rowids:  newBatch(tx, name+"_rowid", []string{"rowid", "nodeno"}),
		parents: newBatch(tx, name+"_parent", []string{"nodeno", "parentnode"}),
	}
	return p.write(ctx, first, boxes)
}

// packing writes the nodes of an R-tree from the leaves up, each as full as it can be.
type packing struct {
	nodeBytes              int
	last                   int64 // number of the last node
	nodes, rowids, parents *batch
}

func (p *packing) write(ctx context.Context, first int64, boxes []geo.Bound) error {
	order := geo.HilbertOrder(boxes)
	cells := make([]cell, len(order))
	for k, i := range order {
		cells[k] = cellOf(first+int64(i), boxes[i])
	}
	nodeOf := make([]int64, len(boxes)) // 0 for one that is not drawn
	level, err := p.level(ctx, 0, cells, func(row, node int64) error { nodeOf[row-first] = node; return nil })
	for depth := 1; err == nil && len(level) > 1; depth++ {
		level, err = p.level(ctx, depth, level, func(node, parent int64) error { return add(ctx, p.parents, node, parent) })
	}
	if err != nil {
		return err
	}
	for i, node := range nodeOf {
		if node == 0 {
			continue
		}
		if err := add(ctx, p.rowids, first+int64(i), node); err != nil {
			return err
		}
	}
	for _, b := range []*batch{p.nodes, p.rowids, p.parents} {
		if err := b.end(ctx); err != nil {
			return err
		}
	}
	return nil
}

// level writes the nodes that hold cells, which it returns as the cells of the level above; one node alone is the root. placed is told the
// node of each cell.
func (p *packing) level(ctx context.Context, depth int, cells []cell, placed func(id, node int64) error) (nodes []cell, err error) {
	capacity := (p.nodeBytes - nodeHead) / cellBytes
	for rest := cells; len(nodes) == 0 || len(rest) > 0; {
		held := rest[:min(capacity, len(rest))]
		rest = rest[len(held):]
		node, d := int64(rootNode), depth
		if len(cells) > capacity {
			p.last++
			node, d = p.last, 0
		}
		for _, c := range held {
			if err := placed(c.id, node); err != nil {
				return nil, err
			}
		}
		if err := add(ctx, p.nodes, node, p.blob(d, held)); err != nil {
			return nil, err
		}
		nodes = append(nodes, around(node, held))
	}
	return nodes, nil
}

func (p *packing) blob(depth int, cells []cell) []byte {
	b := make([]byte, 0, p.nodeBytes)
	b = binary.BigEndian.AppendUint16(b, uint16(depth))
	b = binary.BigEndian.AppendUint16(b, uint16(len(cells)))
	for i := range cells {
		b = binary.BigEndian.AppendUint64(b, uint64(cells[i].id))
		for _, f := range cells[i].box {
			b = binary.BigEndian.AppendUint32(b, math.Float32bits(f))
		}
	}
	return b[:p.nodeBytes]
}

// around is the cell of a node.
func around(node int64, cells []cell) cell {
	if len(cells) == 0 {
		return cell{id: node}
	}
	out := cell{node, cells[0].box}
	for i := range cells {
		b := &cells[i].box
		out.box = [edges]float32{min(out.box[0], b[0]), max(out.box[1], b[1]), min(out.box[2], b[2]), max(out.box[3], b[3])}
	}
	return out
}

func add(ctx context.Context, b *batch, values ...any) error {
	b.values = append(b.values, values...)
	return b.add(ctx)
}
