package report

import (
	"errors"
	"fmt"
	"slices"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/export"
	"muchan/tiles/layers"
)

// ErrUnknown says that there is no such parcel in what the audience sees.
var ErrUnknown = errors.New("no such parcel")

// Input is what documents are gathered from. The audience is that of the tables.
type Input struct {
	Scores *scoring.Scores
	Tables map[string]*layers.Table
	About  export.About
	Years  []Year           // what each year says of the dossier's parcel, in any order
	Cases  []parcels.Matter // of the parcels in question; read for analysts alone
	// English words the document in English: what people and papers are called, and what they wrote, stays as it is.
	English bool
}

func (in *Input) tongue() tongue { return tongue{in.English} }

// Year is what one year says of a parcel. Money is per mu, in 万元.
type Year struct {
	Year                    int
	Class                   scoring.Class
	Tax, Output, ValueAdded parcels.Opt[float64]
}

// YearOf reads a year's scores of the parcel at a position in the snapshot.
func YearOf(s *scoring.Scores, p int) Year {
	ps := &s.Parcels[p]
	return Year{s.Year, ps.Class, ps.TaxPerMu(), ps.OutputPerMu(), ps.ValueAddedPerMu()}
}

// Dossier (一地一档) is everything about one parcel that one audience may see.
type Dossier struct {
	tongue
	cover   cover
	code    string
	facts   []fact
	site    *siteMap // nil when the parcel is not drawn
	points  []boundaryPoint
	zones   []fact
	viewer  *viewerPart
	analyst *analystPart
}

// cover is what every page of a document says of it.
type cover struct {
	title    string
	subject  string
	about    export.About
	audience layers.Audience
	rules    []scoring.RuleRef // those that were used for what it holds
}

// NewDossier gathers a dossier. It fails with ErrUnknown for a parcel that is not there.
func NewDossier(in Input, code string) (*Dossier, error) {
	table := in.Tables[layers.Parcels]
	snap := in.Scores.Snapshot()
	at, known := snap.ParcelIndex(code)
	row, seen := table.Row(code)
	if !known || !seen {
		return nil, fmt.Errorf("dossier of %s: %w", code, ErrUnknown)
	}
	l := in.tongue()
	r := record{table, row, l}
	d := &Dossier{
		tongue: l,
		cover:  cover{l.say("宗地档案（一地一档）"), code, in.About, table.Audience, rulesAt(in.Scores, at, table.Audience)},
		code:   code, facts: factsOf(r, snap), zones: l.zonesOf(in.Tables, table.Shapes[row]),
	}
	d.locate(in.Tables, row)
	if table.Audience >= layers.Viewer {
		d.viewer = viewerPartOf(&in, r, at)
	}
	if table.Audience >= layers.Analyst {
		d.analyst = analystPartOf(&in, at)
	}
	return d, nil
}

// PDF draws the dossier.
func (d *Dossier) PDF() ([]byte, error) {
	s := newSheet(d.cover.title+" "+d.code, false, d.tongue)
	s.masthead(&d.cover)
	d.drawPlace(s)
	if d.viewer != nil {
		d.viewer.draw(s, d.analyst)
	}
	s.ruleList(&d.cover)
	return s.bytes(func(page, of int) { s.footer(&d.cover, page, of) })
}

// ruleKinds are the kinds of sets that a parcel's dossier rests on. The public sees nothing but an evaluation's result.
var ruleKinds = []string{
	scoring.KindEvaluation, scoring.KindIdle, scoring.KindIdlePlant, scoring.KindStock, scoring.KindLowUse, scoring.KindControl, scoring.KindExit,
}

// rulesAt names the sets that the run used for what an audience sees of a parcel.
func rulesAt(scores *scoring.Scores, p int, audience layers.Audience) []scoring.RuleRef {
	kinds := ruleKinds
	if audience < layers.Viewer {
		kinds = ruleKinds[:1]
	}
	var refs []scoring.RuleRef
	for _, kind := range kinds {
		if set := scores.RuleSet(kind, p); set != nil {
			refs = append(refs, set.Ref())
		}
	}
	return refs
}

// factFields are the fields of a parcel's own facts, in their order; an audience has some of them.
var factFields = []string{"code", "park", "address", "use_code", "state", "land_mu", "title_area_m2", "drawn_mu", "published_class", "published_year", "class", "score"}

// factsOf are the parcel's own facts, as far as the audience has the fields.
func factsOf(r record, snap *parcels.Snapshot) []fact {
	names := slices.DeleteFunc(slices.Clone(factFields), func(name string) bool { _, has := r.field(name); return !has })
	list := r.facts(names...)
	for i := range list {
		switch names[i] {
		case "park":
			if p := snap.Park(list[i].value); p != nil {
				list[i] = fact{r.say("园区"), r.park(p)}
			}
		case "use_code":
			list[i] = fact{r.say("用地性质"), r.joined(" ", list[i].value, r.use(list[i].value))}
		}
	}
	return list
}

// zonesOf lists the zones that cover at least a hundredth of a parcel.
func (l tongue) zonesOf(tables map[string]*layers.Table, s geo.Shape) []fact {
	t, ok := tables[layers.Zones]
	if !ok || len(s) == 0 {
		return nil
	}
	var list []fact
	t.Index.Search(s.Bound(), func(row int) bool {
		if float64(geo.SharedArea(t.Shapes[row], s)) >= float64(geo.Area(s))/100 {
			z := record{t, row, l}
			list = append(list, fact{z.text("kind"), l.joined("，", z.text("name"), l.level(z.text("level")), z.text("document"))})
		}
		return true
	})
	return list
}

func (l tongue) level(level string) string {
	if level == "" {
		return ""
	}
	return l.sayf("%s 级", level)
}

// The paper a dossier's map takes, in millimetres.
const (
	mapWidth  = 178.0
	mapHeight = 96.0
)

// locate makes the map and the list of boundary points, of what the tables of the audience hold.
func (d *Dossier) locate(tables map[string]*layers.Table, row int) {
	t := tables[layers.Parcels]
	shape := t.Shapes[row]
	if len(shape) == 0 {
		return
	}
	crs, plane := planeOf(shape.Bound().Center())
	d.points = boundaryOf(shape, crs, plane)
	if !plane {
		return
	}
	m := &siteMap{frame: frameOf(shape, crs, mapWidth, mapHeight), parcel: shape, points: d.points}
	ground := m.frame.bound()
	t.Index.Search(ground, func(i int) bool {
		m.plots = append(m.plots, plot{t.Shapes[i], shortCode(t.IDs[i]), i == row})
		return true
	})
	m.sortPlots()
	m.background(tables, ground)
	d.site = m
}

// background adds roads, water and, for those who see them, buildings.
func (m *siteMap) background(tables map[string]*layers.Table, ground geo.Bound) {
	if t, ok := tables[layers.Zones]; ok {
		kind, _ := t.FieldIndex("kind")
		t.Index.Search(ground, func(i int) bool {
			switch v, _ := t.Value(i, kind); {
			case v == parcels.ZoneRoad && m.frame.shows(t.Shapes[i]):
				m.roads = append(m.roads, t.Shapes[i])
			case v == parcels.ZoneWater && m.frame.shows(t.Shapes[i]):
				m.water = append(m.water, t.Shapes[i])
			}
			return true
		})
	}
	if t, ok := tables[layers.Buildings]; ok {
		t.Index.Search(ground, func(i int) bool { m.buildings = append(m.buildings, t.Shapes[i]); return true })
	}
}

// shortCode is what tells a parcel from its neighbours: letters and number at the end of its code.
func shortCode(code string) string {
	const tail = 7
	if len(code) <= tail {
		return code
	}
	return code[len(code)-tail:]
}
