package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/signintech/gopdf"

	"muchan/geo"
)

// siteMap is a parcel among its neighbours.
type siteMap struct {
	frame     frame
	parcel    geo.Shape
	roads     []geo.Shape
	water     []geo.Shape
	plots     []plot // the parcel's own and its neighbours', the largest first
	buildings []geo.Shape
	points    []boundaryPoint
}

// plot is the land of one parcel on the map.
type plot struct {
	shape geo.Shape
	label string
	own   bool // of the parcel the map is about
}

// sortPlots puts the largest first: what lies in another's hole is drawn after it.
func (m *siteMap) sortPlots() {
	slices.SortStableFunc(m.plots, func(a, b plot) int { return cmp.Compare(geo.Area(b.shape), geo.Area(a.shape)) })
}

// The colours of the map.
var (
	landFill     = color{0xF5, 0xF2, 0xEA}
	landLine     = color{0x9A, 0xA3, 0xAC}
	roadFill     = color{0xE2, 0xE2, 0xE2}
	waterFill    = color{0xC6, 0xDF, 0xF0}
	buildingFill = color{0xC9, 0xB8, 0xA0}
	parcelFill   = color{0xFF, 0xF1, 0xB8}
	parcelLine   = color{0xC0, 0x1A, 0x1A}
)

// Widths of lines, in millimetres.
const (
	thin  = 0.12
	thick = 0.6
)

// mostLabels is how many boundary points are named on the map; of more, every second, third and so on is.
const mostLabels = 40

func (s *sheet) drawMap(m *siteMap) {
	f := &m.frame
	s.need(f.height + 12)
	x, y := marginX+(s.inner()-f.width)/2, s.y
	d := drawing{s, f, x, y}
	s.fill(x, y, f.width, f.height, color{0xFB, 0xFB, 0xFB})
	for _, shape := range m.roads {
		d.area(shape, roadFill, roadFill, thin)
	}
	for _, shape := range m.water {
		d.area(shape, waterFill, waterFill, thin)
	}
	for _, p := range m.plots {
		if p.own {
			d.area(p.shape, parcelFill, parcelFill, thin)
		} else {
			d.area(p.shape, landFill, landLine, thin)
		}
	}
	for _, shape := range m.buildings {
		d.area(shape, buildingFill, landLine, thin)
	}
	d.outline(m.parcel, parcelLine, thick)
	for _, p := range m.plots {
		if !p.own {
			d.label(p)
		}
	}
	d.corners(m.points)
	d.edge()
	d.northArrow()
	d.scaleBar()
	s.y = y + f.height + 1.5
	s.legend(m)
	s.paragraph(small, quiet, s.sayf("比例尺 1:%.0f　坐标系 CGCS2000 / 3 度带高斯-克吕格，中央经线 %s°（EPSG:%d）　图上方为坐标北。红线为本宗地界址线。",
		f.denominator, meridianOf(f.crs), f.crs.EPSG))
}

// legend says what the colours of the map are, of those that may occur on it.
func (s *sheet) legend(m *siteMap) {
	const box, size = 2.6, small
	x := marginX
	for _, item := range []struct {
		title string
		fill  color
		shown bool
	}{
		{"本宗地", parcelFill, true},
		{"相邻宗地", landFill, len(m.plots) > 1},
		{"建筑物", buildingFill, len(m.buildings) > 0},
		{"道路", roadFill, len(m.roads) > 0},
		{"水域", waterFill, len(m.water) > 0},
	} {
		if !item.shown {
			continue
		}
		s.fill(x, s.y+0.6, box, box, landLine)
		s.fill(x+thin, s.y+0.6+thin, box-2*thin, box-2*thin, item.fill)
		title := s.say(item.title)
		s.write(x+box+1, s.y, size, quiet, title)
		x += box + s.measure(title, size) + 5
	}
	s.gap(size*mmPerPoint*lineFactor + 0.3)
}

func meridianOf(crs geo.CRS) string {
	if crs.EPSG == 4548 {
		return "117"
	}
	return "120"
}

// drawing is a frame at its place on a page.
type drawing struct {
	s    *sheet
	f    *frame
	x, y float64
}

func (d *drawing) points(ring []spot) []gopdf.Point {
	out := make([]gopdf.Point, len(ring))
	for i, p := range ring {
		out[i] = gopdf.Point{X: d.x + p.x, Y: d.y + p.y}
	}
	return out
}

// area fills a shape and draws its outline. Holes are painted over, so what lies in one must be drawn later.
func (d *drawing) area(shape geo.Shape, fill, line color, width float64) {
	if d.s.err != nil {
		return
	}
	d.s.pdf.SetStrokeColor(line.r, line.g, line.b)
	d.s.pdf.SetLineWidth(width)
	for _, polygon := range shape {
		for k, ring := range polygon {
			c := fill
			if k > 0 {
				c = white
			}
			if part := d.f.clipped(ring); len(part) > 2 {
				d.s.pdf.SetFillColor(c.r, c.g, c.b)
				d.s.pdf.Polygon(d.points(part), "DF")
			}
		}
	}
}

func (d *drawing) outline(shape geo.Shape, c color, width float64) {
	if d.s.err != nil {
		return
	}
	d.s.pdf.SetStrokeColor(c.r, c.g, c.b)
	d.s.pdf.SetLineWidth(width)
	for _, polygon := range shape {
		for _, ring := range polygon {
			if part := d.f.clipped(ring); len(part) > 2 {
				d.s.pdf.Polygon(d.points(part), "D")
			}
		}
	}
}

// label names a neighbour where its name has room.
func (d *drawing) label(n plot) {
	const size = 5.5
	p, ok := geo.PointOnSurface(n.shape)
	at := d.f.spot(p)
	w := d.s.measure(n.label, size)
	b := n.shape.Bound()
	wide := d.f.spot(b.Max).x - d.f.spot(b.Min).x
	if ok && wide > w && d.f.holds(at, w/2+1) {
		d.s.write(d.x+at.x-w/2, d.y+at.y-1.5, size, quiet, n.label)
	}
}

// corners marks the boundary points and names them outside of the parcel, as seen from its middle.
func (d *drawing) corners(points []boundaryPoint) {
	const size, away = 5.5, 2.4
	every := 1 + (len(points)-1)/mostLabels
	middle := spot{d.f.width / 2, d.f.height / 2}
	for i, p := range points {
		at := d.f.spot(p.at)
		if d.s.err != nil || !d.f.holds(at, 0) || i%every != 0 {
			continue
		}
		d.s.pdf.SetStrokeColor(parcelLine.r, parcelLine.g, parcelLine.b)
		d.s.pdf.SetFillColor(white.r, white.g, white.b)
		d.s.pdf.SetLineWidth(0.2)
		d.s.pdf.Polygon(circle(d.x+at.x, d.y+at.y, 0.55), "DF")
		dx, dy := at.x-middle.x, at.y-middle.y
		length := math.Max(math.Hypot(dx, dy), 1e-9)
		w := d.s.measure(p.name, size)
		d.s.write(d.x+at.x+dx/length*away-w/2, d.y+at.y+dy/length*away-1.4, size, parcelLine, p.name)
	}
}

func circle(x, y, radius float64) []gopdf.Point {
	const sides = 16
	points := make([]gopdf.Point, sides)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / sides)
		points[i] = gopdf.Point{X: x + radius*cos, Y: y + radius*sin}
	}
	return points
}

func (d *drawing) edge() {
	w, h := d.f.width, d.f.height
	for _, l := range [][4]float64{{0, 0, w, 0}, {w, 0, w, h}, {w, h, 0, h}, {0, h, 0, 0}} {
		d.s.line(d.x+l[0], d.y+l[1], d.x+l[2], d.y+l[3], 0.3, ink)
	}
}

func (d *drawing) northArrow() {
	if d.s.err != nil {
		return
	}
	x, y := d.x+d.f.width-8, d.y+5
	d.s.fill(x-4.5, y-3.5, 9, 15.5, white)
	d.s.pdf.SetFillColor(ink.r, ink.g, ink.b)
	d.s.pdf.Polygon([]gopdf.Point{{X: x, Y: y}, {X: x + 2.2, Y: y + 7}, {X: x, Y: y + 5.4}, {X: x - 2.2, Y: y + 7}}, "F")
	north := d.s.say("北")
	d.s.write(x-d.s.measure(north, normal)/2, y+6.6, normal, ink, north)
}

// scaleBar is a round number of metres, three to five centimetres long.
func (d *drawing) scaleBar() {
	ground := 50 * d.f.denominator / 1000 // metres under five centimetres
	step := math.Pow(10, math.Floor(math.Log10(ground)))
	for _, k := range []float64{5, 2} {
		if k*step <= ground {
			step *= k
			break
		}
	}
	w := step * 1000 / d.f.denominator
	x, y := d.x+4, d.y+d.f.height-4
	d.s.fill(x-2, y-6.5, w+12, 8.5, white)
	d.s.fill(x, y-1.2, w/2, 1.2, ink)
	d.s.line(x, y-1.2, x+w, y-1.2, 0.2, ink)
	d.s.line(x, y, x+w, y, 0.2, ink)
	d.s.line(x+w, y-1.2, x+w, y, 0.2, ink)
	d.s.write(x-0.6, y-5.5, small, ink, "0")
	d.s.write(x+w-2, y-5.5, small, ink, fmt.Sprintf("%.0f m", step))
}
