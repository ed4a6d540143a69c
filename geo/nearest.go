package geo

import "container/heap"

// Nearest calls visit with the position of every box in ascending distance from p, in degrees and 0 for a box that holds p, until
// visit returns false. Boxes at the same distance come in ascending position.
func (ix *Index) Nearest(p Point, visit func(i int) bool) {
	if ix.Len() == 0 {
		return
	}
	queue := &nearestQueue{{node: ix.root()}}
	for queue.Len() > 0 {
		next := heap.Pop(queue).(candidate)
		if next.level == 0 {
			if !visit(next.item) {
				return
			}
			continue
		}
		first, last := ix.children(next.node)
		for k := first; k < last; k++ {
			c := candidate{node: node{k, next.level - 1}, distance: boxDistance2(ix.boxes[k], p)}
			if c.level == 0 {
				c.item = int(ix.items[k])
			}
			heap.Push(queue, c)
		}
	}
}

// boxDistance2 is the squared distance in degrees from a position to a box.
func boxDistance2(b Bound, p Point) float64 {
	dx := max(b.Min[0]-p[0], 0, p[0]-b.Max[0])
	dy := max(b.Min[1]-p[1], 0, p[1]-b.Max[1])
	return dx*dx + dy*dy
}

type candidate struct {
	node
	item     int
	distance float64
}

// nearestQueue orders candidates by distance; at the same distance nodes come before boxes, so that no box is late, and boxes by
// position.
type nearestQueue []candidate

func (q nearestQueue) Len() int { return len(q) }

func (q nearestQueue) Less(i, j int) bool {
	a, b := q[i], q[j]
	if a.distance != b.distance {
		return a.distance < b.distance
	}
	if (a.level == 0) != (b.level == 0) {
		return a.level > 0
	}
	return a.item < b.item
}

func (q nearestQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

func (q *nearestQueue) Push(c any) { *q = append(*q, c.(candidate)) }

func (q *nearestQueue) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	*q = (*q)[:last]
	return c
}
