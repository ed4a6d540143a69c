package seeds

import (
	"fmt"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/parcels"
)

// demoPlans are the towns of the demonstration. Where they lie and how they look is invented.
var demoPlans = []plan{
	{
		code: "QM", name: "清濛园区", nameEn: "Qingmeng", county: "350502", serial: 1, seed: 2020,
		lon: 118.58, lat: 24.87, turn: 24, bend: 34,
		cols:    []float64{352, 338, 372, 346, 330, 364, 344, 358, 336},
		rows:    []float64{300, 318, 306, 96, 312, 296, 322, 304, 290},
		streets: []float64{24, 18, 36, 18},
		drawing: []string{
			"..HIIG...",
			".HHJIIR..",
			".IKKIICRR",
			"IIKKKJIRS",
			"IJIKKICCR",
			"~~~~~~~~~",
			".IKIKIIW.",
			".IIJIIWW.",
			"...EEJ...",
		},
	},
	{
		code: "GQ", name: "官桥园区", nameEn: "Guanqiao", county: "350583", serial: 2, seed: 1015,
		lon: 118.43, lat: 24.83, turn: -17, bend: 26,
		cols:    []float64{348, 362, 336, 354, 342, 366, 330},
		rows:    []float64{298, 314, 92, 306, 320, 300, 288},
		streets: []float64{20, 32, 18},
		drawing: []string{
			".HHII..",
			".IJKIE.",
			"IIKKKJR",
			"IKKKCIR",
			"~~~~~~~",
			".EKIWI.",
			"..IIW..",
		},
	},
	{
		code: "QC", name: "汽车基地", nameEn: "Automobile base", county: "350582", serial: 3, seed: 33,
		lon: 118.505, lat: 24.858, turn: 9, bend: 18,
		cols:    []float64{340, 356, 332, 348},
		rows:    []float64{302, 310},
		streets: []float64{20, 30},
		drawing: []string{
			".IIC",
			"IIEI",
		},
	},
	{
		code: "BS", name: "综合保税区", nameEn: "Comprehensive bonded zone", county: "350582", serial: 4, seed: 44,
		lon: 118.528, lat: 24.812, turn: -8, bend: 14,
		cols:    []float64{344, 338, 350},
		rows:    []float64{306, 298},
		streets: []float64{20, 28},
		drawing: []string{
			"IWW",
			"WIJ",
		},
	},
}

// parkOf describes a town as a park. Its area is the drawn one, and says so by its definition: planned.
func (t *town) park() parcels.Park {
	outline := t.outline()
	// In one town of three hundred the bends of two sides cross; then the border is drawn plainly, the closer the more it needs.
	for _, out := range []float64{40, 20, 5, 0} {
		if geo.Check(t.shape(outline, nil)).Valid {
			break
		}
		outline = t.edge(out)
	}
	return parcels.Park{
		Code: t.code, Name: t.name, NameEn: t.nameEn, County: t.county, Definition: "planned",
		AreaM2: parcels.Some(round2(ringArea(outline))), Shape: t.shape(outline, nil),
	}
}

const zonesSince = "2021-06-01"

// zoneMaker numbers the zones of a park.
type zoneMaker struct {
	*town
	rows []parcels.Zone
}

func (z *zoneMaker) add(kind, name, document string, level int, shape geo.Shape) {
	z.rows = append(z.rows, parcels.Zone{
		ID: fmt.Sprintf("%s-%s-%02d", z.code, kind, len(z.rows)+1), Park: z.code, Name: name, Kind: kind, Level: level,
		Document: document, ValidFrom: parcels.MustDate(zonesSince), Shape: shape,
	})
}

// cellsShape is the land of some blocks with the streets around them, up to the centre lines.
func (z *zoneMaker) cellsShape(cells [][2]int) geo.Shape { return z.shape(z.border(cells), nil) }

// within returns the blocks of a rectangle of the drawing, counted from the south-west, both ends included.
func (z *zoneMaker) within(i0, j0, i1, j1 int) [][2]int {
	var cells [][2]int
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			if z.block(i, j) != '.' {
				cells = append(cells, [2]int{i, j})
			}
		}
	}
	return cells
}

// area names some blocks of a park: a rectangle of the drawing.
type area struct {
	name           string
	i0, j0, i1, j1 int
}

const (
	planDocument  = "十四五规划纲要(范围为示意)"
	linesDocument = "泉州市工业产业区块线管理暂行规定(范围为示意)"
	drawnOnly     = "示意，非正式划定"
)

var functionalAreas = map[string][]area{
	"QM": {
		{"纺织鞋服产业区(示意)", 0, 4, 3, 8},
		{"电子信息与机械装备产业区(示意)", 1, 0, 3, 2},
		{"医药食品与物流区(示意)", 4, 0, 7, 2},
		{"产城融合区(示意)", 6, 4, 8, 7},
	},
	"GQ": {
		{"新型材料产业园(示意)", 0, 3, 1, 5},
		{"智能制造产业园(示意)", 2, 3, 3, 4},
		{"高端纺织鞋服产业园(示意)", 3, 5, 4, 6},
		{"大健康食品产业园(示意)", 1, 0, 3, 1},
		{"专业市场功能区(示意)", 4, 3, 6, 4},
		{"小微企业孵化器功能区(示意)", 4, 0, 5, 1},
	},
	"QC": {{"新能源汽车产业区(示意)", 0, 0, 3, 1}},
	"BS": {{"保税加工与物流区(示意)", 0, 0, 2, 1}},
}

var renewalAreas = map[string][]area{
	"QM": {
		{"凤池路两侧片区(示意)", 4, 6, 5, 7},
		{"迎宾路两侧片区(示意)", 4, 1, 5, 2},
		{"旧铺村片区(示意)", 6, 5, 7, 5},
	},
}

// blockLines are the industrial block lines. Some industry lies outside them, and some inside level 2 only.
var blockLines = map[string][2][]area{
	"QM": {
		{{"工业产业区块线(一级控制线，示意)", 0, 4, 4, 7}, {"工业产业区块线(一级控制线，示意)", 1, 1, 6, 2}},
		{{"工业产业区块线(二级控制线，示意)", 5, 4, 5, 7}},
	},
	"GQ": {
		{{"工业产业区块线(一级控制线，示意)", 0, 3, 4, 5}, {"工业产业区块线(一级控制线，示意)", 1, 0, 5, 1}},
		{{"工业产业区块线(二级控制线，示意)", 3, 6, 4, 6}},
	},
	"QC": {{{"工业产业区块线(一级控制线，示意)", 0, 0, 3, 1}}, nil},
	"BS": {nil, {{"工业产业区块线(二级控制线，示意)", 0, 0, 2, 1}}},
}

// zones draws the areas of a town that have a meaning, and the roads and water that help the eye.
func (t *town) zones() []parcels.Zone {
	z := &zoneMaker{town: t}
	for _, a := range functionalAreas[t.code] {
		z.add(parcels.ZoneFunctional, a.name, planDocument, 0, z.cellsShape(z.within(a.i0, a.j0, a.i1, a.j1)))
	}
	for _, a := range renewalAreas[t.code] {
		z.add(parcels.ZoneRenewal, a.name, planDocument, 0, z.cellsShape(z.within(a.i0, a.j0, a.i1, a.j1)))
	}
	for level, areas := range blockLines[t.code] {
		for _, a := range areas {
			z.add(parcels.ZoneBlockLine, a.name, linesDocument, level+1, z.cellsShape(z.within(a.i0, a.j0, a.i1, a.j1)))
		}
	}
	z.nature()
	z.streets()
	return z.rows
}

// nature draws the hill under its ecological red line, and the river.
func (z *zoneMaker) nature() {
	if hills := z.cells(string(hill)); len(hills) > 0 {
		edge := z.border(hills)
		inner := shifted(edge, -24, true)
		z.add(parcels.ZoneRedLine, "生态保护红线(示意)", drawnOnly, 0, z.shape(inner, nil))
	}
	if banks := z.cells(string(river)); len(banks) > 0 {
		j := banks[0][1]
		l := line{half: 20}
		for i := banks[0][0]; i <= banks[len(banks)-1][0]+1; i++ {
			l.axis = append(l.axis, z.node[i][j].to(z.node[i][j+1], 0.5))
		}
		z.add(parcels.ZoneWater, "溪(示意)", drawnOnly, 0, z.strip(l))
	}
	z.add(parcels.ZoneControlUnit, z.name+"控规单元(示意)", drawnOnly, 0, z.shape(z.border(z.allCells()), nil))
	var green orb.MultiPolygon
	for _, c := range z.cells(string(greenery)) {
		q := z.quad(c[0], c[1])
		green = append(green, z.polygon(q[:]))
	}
	if green != nil {
		z.add(parcels.ZonePlannedUse, "规划绿地(示意)", drawnOnly, 0, green)
	}
}

var ordinals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}

func (z *zoneMaker) streets() {
	for _, l := range z.lines() {
		z.add(parcels.ZoneRoad, z.streetName(l.north, l.at), drawnOnly, 0, z.strip(l))
	}
}

// strip is the land of a street or a river. In one street of forty thousand a bend is too sharp for the width and the sides cross;
// that one is drawn narrower.
func (z *zoneMaker) strip(l line) geo.Shape {
	shape := z.shape(l.area(), nil)
	for !geo.Check(shape).Valid && l.half > 1 {
		l.half /= 2
		shape = z.shape(l.area(), nil)
	}
	return shape
}

func (t *town) streetName(north bool, at int) string {
	number := fmt.Sprint(at + 1)
	if at < len(ordinals) {
		number = ordinals[at]
	}
	if north {
		return "示范" + number + "路"
	}
	return "演示" + number + "街"
}
