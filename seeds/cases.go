package seeds

import (
	"fmt"
	"math"
	"slices"

	"muchan/parcels"
)

// spec is a case to be made: what it shows, the land it needs, and how to make it.
type spec struct {
	id, shows, showsEn string
	areaM2             float64 // 0 for no land
	park               string  // "" for QM
	make               func(*scene)
}

// scene is where a case is made: a parcel of its own with nothing on it yet.
type scene struct {
	*demo
	*holding
	id   string
	main *enterprise // the firm the manifest names
}

// makeCases cuts land for every case out of the case blocks, in the order of the list, and makes it.
func (m *demo) makeCases() {
	specs := slices.Concat(landCases, idleCases, plantCases, stateCases, bandCases, densityCases, lettingCases, firmCases)
	land := make([]*holding, len(specs))
	for _, t := range m.towns {
		y := newCaseYard(m, t)
		for k, s := range specs {
			if s.areaM2 > 0 && s.where() == t.code {
				y.cut(s.areaM2, &land[k])
			}
		}
		y.finish()
	}
	for k, s := range specs {
		m.makeCase(s, land[k])
	}
}

// where is the park of the case.
func (s spec) where() string {
	if s.park == "" {
		return "QM"
	}
	return s.park
}

func (m *demo) makeCase(s spec, land *holding) {
	sc := &scene{demo: m, id: s.id, holding: land}
	c := Case{ID: s.id, AsOf: parcels.MustDate(CasesAsOf), Year: lastYear, Shows: s.shows, ShowsEn: s.showsEn}
	if land != nil {
		land.TitleAreaM2 = parcels.Some(s.areaM2)
	}
	s.make(sc)
	if land != nil {
		c.Parcel = land.Code
	}
	if sc.main != nil {
		c.USCC = sc.main.USCC
	}
	m.cases = append(m.cases, c)
}

// caseYard hands out land from the case blocks of a town.
type caseYard struct {
	*demo
	*town
	blocks []*caseBlock
}

// caseBlock is a block in two rows that is cut up case by case.
type caseBlock struct {
	at   [2]int
	quad quad
	rows [2]*strip
	lots []lot
	dest []**holding // parallel to lots; nil for land that no case wants
}

func newCaseYard(m *demo, t *town) *caseYard {
	y := &caseYard{demo: m, town: t}
	for _, at := range t.cells(string(caseLand)) {
		q := t.quad(at[0], at[1])
		y.blocks = append(y.blocks, &caseBlock{
			at: at, quad: q, rows: [2]*strip{{quad: q, v0: 0, v1: 0.5}, {quad: q, v0: 0.5, v1: 1}},
		})
	}
	return y
}

// cut takes an area out of the first row with room; the parcel is put into dest when the yard is finished.
func (y *caseYard) cut(areaM2 float64, dest **holding) {
	for _, b := range y.blocks {
		for _, row := range b.rows {
			if lots, ok := row.next(areaM2); ok {
				b.lots = append(b.lots, lots...)
				b.dest = append(b.dest, append([]**holding{dest}, make([]**holding, len(lots)-1)...)...)
				return
			}
		}
	}
	panic("seeds: the drawing of " + y.town.name + " has too few blocks for cases")
}

// finish registers the cases' parcels, and uses what is left for ordinary factories and green.
func (y *caseYard) finish() {
	for _, b := range y.blocks {
		for _, row := range b.rows {
			if l, ok := row.rest(); ok {
				b.lots, b.dest = append(b.lots, l), append(b.dest, nil)
			}
		}
		for k, p := range y.onGround(caseLand, b.at, b.quad, b.lots) {
			if b.dest[k] != nil {
				*b.dest[k] = y.register(p)
				continue
			}
			y.spare(p)
		}
	}
}

// spare uses land that no case needs: for a factory when it is large enough, else as green.
func (y *caseYard) spare(p *plot) {
	if s := newSite(p.quad, p.lot); s.w > 30 && s.h > 40 {
		p.letter = industrial
		y.free = append(y.free, y.register(p))
		return
	}
	p.letter = greenery
	y.register(p)
}

// day is a date of a case.
func day(s string) parcels.Date { return parcels.MustDate(s) }

// plain builds an ordinary factory with a floor-area ratio of 1.1.
func (s *scene) plain() { s.builtOn("2012-09-20", 1.1) }

func (s *scene) builtOn(date string, far float64) {
	s.develop(s.dice, far, day(date))
	s.contract(s.dice, day(date))
	s.surroundings(s.dice)
}

// firm starts a textile firm. It is the case's firm unless there is one.
func (s *scene) firm(baseWan float64) *enterprise { return s.firmOf(textiles, baseWan) }

func (s *scene) firmOf(g group, baseWan float64) *enterprise {
	e := s.newFirm(g, baseWan)
	e.RegisteredOn, e.ProducedOn = day("2009-03-18"), day("2013-04-01")
	e.exports = 0
	if s.main == nil {
		s.main = e
	}
	return e
}

// factoryOf builds an ordinary factory for one firm of its own.
func (s *scene) factoryOf(baseWan float64) *enterprise {
	s.plain()
	e := s.firm(baseWan)
	s.own(s.holding, e)
	return e
}

// event records what happened to the case's firm or parcel.
func (s *scene) event(kind, note, on, from, to string) {
	e := parcels.Event{
		ID: fmt.Sprintf("YS-%03d", len(s.events)+1), Kind: kind, Note: note, On: day(on),
		Document: fmt.Sprintf("演示文号〔%s〕%d号(虚构)", on[:4], len(s.events)+1),
	}
	if s.main != nil {
		e.USCC = s.main.USCC
	} else {
		e.Parcel = s.Code
	}
	if from != "" {
		e.ValidFrom = day(from)
	}
	if to != "" {
		e.ValidTo = day(to)
	}
	s.events = append(s.events, e)
}

// taxes fixes the taxes of 2023 to 2025 in 万元, exactly.
func (s *scene) taxes(e *enterprise, y2023, y2024, y2025 float64) {
	amounts := map[int]float64{2023: y2023, 2024: y2024, 2025: y2025}
	e.tune = func(f *parcels.Figures) {
		if v, ok := amounts[f.Year]; ok {
			w, err := parcels.WanOf(v)
			if err != nil {
				panic("seeds: " + err.Error())
			}
			setTax(f, w)
		}
	}
}

// storeys replaces the parcel's buildings by one with these storeys, written as in a file.
func (s *scene) storeys(use, text string) *parcels.Building {
	list, err := parcels.ParseStoreys(text)
	if err != nil {
		panic("seeds: case " + s.id + ": " + err.Error())
	}
	floor := 0.0
	for _, st := range list {
		floor = max(floor, st.FloorM2)
	}
	depth := min(s.sites[0].h, max(20, math.Sqrt(floor/1.6)))
	width := floor / depth
	if width > s.sites[0].w {
		width, depth = s.sites[0].w, floor/s.sites[0].w
	}
	m := mass{use: use, name: map[string]string{"office": "办公楼"}[use], ring: box(0, 0, width, depth), storeys: list}
	if m.name == "" {
		m.name = "厂房"
	}
	if depth > s.sites[0].h {
		panic("seeds: case " + s.id + ": the building does not fit its parcel")
	}
	s.build([]mass{m}, day("2012-09-20"))
	return s.buildings[len(s.buildings)-1]
}
