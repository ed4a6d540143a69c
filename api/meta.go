package api

import (
	"fmt"
	"time"

	"muchan/scoring"
	"muchan/tiles/layers"
)

type metaDoc struct {
	Name     string            `json:"name"`
	Demo     bool              `json:"demo"`
	Notice   string            `json:"notice"`
	NoticeEn string            `json:"notice_en"`
	Years    []int             `json:"years"`
	Year     int               `json:"year"`
	AsOf     string            `json:"as_of"`
	Snapshot snapshotDoc       `json:"snapshot"`
	Bound    []float64         `json:"bound"`
	Parks    []parkDoc         `json:"parks"`
	Layers   []layerDoc        `json:"layers"`
	Classes  []classDoc        `json:"classes"`
	Metrics  []metricDoc       `json:"metrics"`
	Rules    []scoring.RuleRef `json:"rules"`
	Basemap  *basemapDoc       `json:"basemap"`      // null for none
	Approval string            `json:"map_approval"` // the map's approval number (审图号), "" for none
}

type snapshotDoc struct {
	Version    int64      `json:"version"`
	BuiltAt    time.Time  `json:"built_at"`
	Stale      bool       `json:"stale"`
	StaleSince *time.Time `json:"stale_since"`
}

type parkDoc struct {
	Code   string    `json:"code"`
	Name   string    `json:"name"`
	NameEn string    `json:"name_en"`
	Bound  []float64 `json:"bound"`
}

type layerDoc struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	TitleEn string         `json:"title_en"`
	ID      string         `json:"id"`
	MinZoom int            `json:"min_zoom"`
	Tiles   string         `json:"tiles"`
	Fields  []layers.Field `json:"fields"`
}

type classDoc struct {
	Class   scoring.Class `json:"class"`
	Title   string        `json:"title"`
	TitleEn string        `json:"title_en"`
	Color   string        `json:"color"`
}

// classDocs are the classes in drawing order.
func classDocs() []classDoc {
	docs := make([]classDoc, len(layers.Classes))
	for i, look := range layers.Classes {
		docs[i] = classDoc(look)
	}
	return docs
}

func (c *call) meta() error {
	img := c.image
	doc := metaDoc{
		Name: c.s.Name, Demo: img.gen.state.fiction != NoFiction, Notice: c.notice().Zh, NoticeEn: c.notice().En,
		Years: img.Years, Year: img.Scores.Year, AsOf: img.Snapshot.AsOf.String(), Snapshot: c.snapshotDoc(),
		Parks: c.parkDocs(), Layers: c.layerDocs(), Classes: classDocs(), Metrics: c.metricDocs(), Rules: img.Scores.Rules,
		Basemap: c.s.Basemap.doc(), Approval: c.s.MapApproval,
	}
	bound := img.tables.For(c.audience)[layers.Parks].Bound
	if t, ok := img.Table(c.audience, layers.Parcels); ok {
		bound = bound.Union(t.Bound)
	}
	doc.Bound = box(bound)
	return c.json(doc)
}

func (c *call) snapshotDoc() snapshotDoc {
	doc := snapshotDoc{Version: c.image.Snapshot.Version, BuiltAt: c.image.BuiltAt.UTC()}
	if since, stale := c.s.live.staleSince(); stale {
		since = since.UTC()
		doc.Stale, doc.StaleSince = true, &since
	}
	return doc
}

func (c *call) parkDocs() []parkDoc {
	docs := make([]parkDoc, 0, len(c.image.Snapshot.Parks))
	for i := range c.image.Snapshot.Parks {
		p := &c.image.Snapshot.Parks[i]
		docs = append(docs, parkDoc{p.Code, p.Name, p.NameEn, box(p.Shape.Bound())})
	}
	return docs
}

func (c *call) layerDocs() []layerDoc {
	var docs []layerDoc
	for _, l := range layers.All {
		t, ok := c.image.Table(c.audience, l.Name)
		if !ok {
			continue
		}
		docs = append(docs, layerDoc{
			Name: l.Name, Title: l.Title, TitleEn: l.TitleEn, ID: l.ID, MinZoom: l.MinZoom, Fields: t.Layer.Fields,
			Tiles: c.tilePath(l.Name),
		})
	}
	return docs
}

// tilePath is the address template of a layer's tiles. Its v changes with whatever the tiles are made of.
func (c *call) tilePath(layer string) string {
	return fmt.Sprintf("/tiles/%s/{z}/{x}/{y}.mvt?%s", layer, c.image.tileQuery(c.audience))
}
