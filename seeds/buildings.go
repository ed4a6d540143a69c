package seeds

import (
	"math"

	"muchan/parcels"
)

// site is the part of a lot that may be built on: a rectangle in metres, x along the street and y away from it.
type site struct {
	origin vec // corner at the street
	along  vec // unit vector of x
	inward vec // unit vector of y
	w, h   float64
}

// setback is the distance kept between a building and the lot's border in metres.
const setback = 7.0

// newSite fits the largest rectangle, turned like the lot, into its buildable part less the set-backs.
func newSite(q quad, l lot) site {
	b := l.build
	c := [4]vec{q.at(b[0], b[1]), q.at(b[2], b[1]), q.at(b[2], b[3]), q.at(b[0], b[3])}
	if l.back {
		c = [4]vec{c[2], c[3], c[0], c[1]}
	}
	along := c[1].minus(c[0]).unit()
	if side := c[3].minus(c[0]).unit().plus(c[2].minus(c[1]).unit()); q.depth()*(b[3]-b[1]) > q.width()*(b[2]-b[0]) {
		along = side.unit().left().times(-1) // a deep lot is built along its sides, whatever the slant of its street
	}
	inward := along.left()
	local := func(v vec) vec { d := v.minus(c[0]); return vec{d.dot(along), d.dot(inward)} }
	sw, se, ne, nw := local(c[0]), local(c[1]), local(c[2]), local(c[3])
	x0, x1 := max(sw.x, nw.x)+setback, min(se.x, ne.x)-setback
	y0, y1 := max(sw.y, se.y)+setback, min(nw.y, ne.y)-setback
	return site{
		origin: c[0].plus(along.times(x0)).plus(inward.times(y0)),
		along:  along, inward: inward, w: x1 - x0, h: y1 - y0,
	}
}

// mass is a building on a site: its footprint, and its storeys from the ground up.
type mass struct {
	use     string
	name    string
	ring    []vec // metres on the site
	storeys []parcels.Storey
	height  float64 // of a usual storey in metres
	most    int     // storeys
}

func box(x, y, w, h float64) []vec { return []vec{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}} }

// elbow is an L-shaped footprint: a box without a corner.
func elbow(x, y, w, h, cutW, cutH float64) []vec {
	return []vec{{x, y}, {x + w, y}, {x + w, y + h - cutH}, {x + w - cutW, y + h - cutH}, {x + w - cutW, y + h}, {x, y + h}}
}

func (m *mass) footprint() float64 { return math.Abs(ringArea(m.ring)) }

// outline places the footprint on the ground.
func (s site) outline(ring []vec) []vec {
	out := make([]vec, len(ring))
	for k, v := range ring {
		out[k] = s.origin.plus(s.along.times(v.x)).plus(s.inward.times(v.y))
	}
	return out
}

// factory lays out the buildings of a factory: an office and a dormitory at the street, plants behind.
func factory(d *dice, s site) []mass {
	if s.w < 26 || s.h < 30 {
		return yardFactory(d, s)
	}
	front, gap := d.between(15, 18), d.between(13, 19)
	var ms []mass
	office := d.between(0.28, 0.42) * s.w
	if office > 70 {
		office = 70
	}
	ms = append(ms, mass{use: "office", name: "办公楼", ring: box(0, 0, office, front), height: 3.6, most: 6})
	if dorm := min(s.w-office-gap, d.between(40, 64)); dorm > 18 && d.chance(0.66) {
		ms = append(ms, mass{use: "dormitory", name: "宿舍楼", ring: box(s.w-dorm, 0, dorm, front), height: 3.2, most: 7})
	}
	return append(ms, plants(d, s, front+gap, gap)...)
}

// plants fills the land behind y with plants side by side or one behind the other.
func plants(d *dice, s site, y, gap float64) []mass {
	depth := s.h - y
	if depth < 14 {
		return nil
	}
	n := 1 + int(depth/84)
	each := (depth - gap*float64(n-1)) / float64(n)
	wide := 1
	if s.w > 150 || (s.w > 90 && d.chance(0.3)) {
		wide = 2
	}
	if s.w > 260 {
		wide = 3
	}
	w := (s.w - gap*float64(wide-1)) / float64(wide)
	var ms []mass
	for r := range n {
		for k := range wide {
			ring := box(float64(k)*(w+gap), y+float64(r)*(each+gap), w, each)
			if w > 50 && each > 34 && d.chance(0.22) {
				ring = elbow(float64(k)*(w+gap), y+float64(r)*(each+gap), w, each, w*d.between(0.25, 0.45), each*d.between(0.3, 0.5))
			}
			m := mass{use: "plant", name: "厂房", ring: ring, height: pick(d, []float64{4.5, 4.8, 5.0, 5.4}), most: 5}
			if len(ms) > 1 && d.chance(0.2) {
				m.use, m.name = "warehouse", "仓库"
			}
			ms = append(ms, m)
		}
	}
	return ms
}

// yardFactory is the one building of a small lot.
func yardFactory(d *dice, s site) []mass {
	if s.w < 9 || s.h < 9 {
		return nil
	}
	return []mass{{use: "plant", name: "厂房", ring: box(0, 0, s.w, s.h*d.between(0.7, 0.9)), height: 4.5, most: 5}}
}

// raise gives the buildings storeys until the parcel's floor-area ratio is the wanted one, as near as their height allows. Storeys
// above 8 m count twice (自然资发〔2023〕72号).
func raise(d *dice, ms []mass, landM2, far float64) {
	left := far * landM2
	for k := range ms {
		m := &ms[k]
		first := m.height
		if m.use == "plant" && d.chance(0.25) {
			first = pick(d, []float64{8.4, 9.0, 9.6})
		}
		floor := round1(m.footprint())
		if used := floor * factor(first); used <= left {
			m.storeys = []parcels.Storey{{FloorM2: floor, HeightM: first}}
			left -= used
		} else {
			m.storeys = []parcels.Storey{{FloorM2: round1(max(left, 0.5*floor)), HeightM: m.height}}
			left -= m.storeys[0].FloorM2
		}
	}
	for more := 0; more < 6 && left > 1; more++ {
		left = addStoreys(ms, left, more)
	}
}

// addStoreys adds a storey to each building in turn until no floor area is left to place or all have as many as they may, and
// more. It returns what is left.
func addStoreys(ms []mass, left float64, more int) float64 {
	for grown := true; grown && left > 0; {
		grown = false
		for k := range ms {
			m := &ms[k]
			floor := round1(min(m.footprint(), left))
			if len(m.storeys) >= m.most+more || floor <= 0 || floor < 0.25*m.footprint() {
				continue
			}
			m.storeys = append(m.storeys, parcels.Storey{FloorM2: floor, HeightM: m.height})
			left -= floor
			grown = true
		}
	}
	return left
}

func factor(height float64) float64 {
	if height > 8 {
		return 2
	}
	return 1
}

func round1(x float64) float64 { return math.Floor(x*10) / 10 }
func round2(x float64) float64 { return math.Round(x*100) / 100 }

// stack gives a building n storeys of its whole footprint.
func (m *mass) stack(n int) {
	m.storeys = nil
	for range n {
		m.storeys = append(m.storeys, parcels.Storey{FloorM2: round1(m.footprint()), HeightM: m.height})
	}
}

// homes lays out rows of residential slabs.
func homes(d *dice, s site) []mass {
	var ms []mass
	for y := 0.0; y+14 <= s.h; y += 14 + 32 {
		for x := 0.0; x+44 <= s.w; x += 44 + 18 {
			m := mass{use: "other", name: "住宅楼", ring: box(x, y, 44, 14), height: 3.0}
			m.stack(6 + d.intn(12))
			ms = append(ms, m)
		}
	}
	return ms
}

// shops lays out a commercial block: a low front and a tower.
func shops(d *dice, s site) []mass {
	if s.w < 40 || s.h < 40 {
		return nil
	}
	low := mass{use: "service", name: "商业楼", ring: elbow(0, 0, s.w, s.h*0.55, s.w*0.3, s.h*0.2), height: 4.8}
	low.stack(2 + d.intn(3))
	tower := mass{use: "service", name: "商务楼", ring: box(s.w*0.55, s.h*0.72, min(s.w*0.4, 42), min(s.h*0.26, 24)), height: 3.9}
	tower.stack(9 + d.intn(8))
	return []mass{low, tower}
}

// school lays out three slabs around a yard.
func school(s site) []mass {
	ms := []mass{
		{use: "other", name: "教学楼", ring: box(0, 0, s.w*0.6, 15), height: 3.6},
		{use: "other", name: "综合楼", ring: box(0, 30, 15, min(s.h-30, 60)), height: 3.6},
		{use: "other", name: "体育馆", ring: box(s.w*0.65, 0, s.w*0.3, 30), height: 9},
	}
	ms[0].stack(5)
	ms[1].stack(4)
	ms[2].stack(1)
	return ms
}

// halls lays out logistics halls.
func halls(d *dice, s site) []mass {
	ms := plants(d, s, 0, 24)
	for k := range ms {
		ms[k].use, ms[k].name, ms[k].height = "warehouse", "物流仓库", 9.5
		ms[k].stack(1)
	}
	return ms
}
