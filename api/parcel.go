package api

import (
	"encoding/json"

	"muchan/geo"
	"muchan/tiles/layers"
)

// parcelDoc is the panel of one parcel as the public sees it; the embedded parts are there for those who may see them.
type parcelDoc struct {
	Code       string          `json:"code"`
	Year       int             `json:"year"`
	BBox       []float64       `json:"bbox"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties json.RawMessage `json:"properties"`
	Zones      []zoneDoc       `json:"zones"`
	*viewerPart
	*analystPart
}

type viewerPart struct {
	Buildings    []json.RawMessage `json:"buildings"`
	Parents      []string          `json:"parents"`
	Children     []string          `json:"children"`
	History      any               `json:"history"` // []gradeDoc or []figuresDoc
	Explanations []explanationDoc  `json:"explanations"`
}

type analystPart struct {
	Firms []shareDoc `json:"firms"`
	Exit  *exitDoc   `json:"exit"`
}

type zoneDoc struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Level int    `json:"level"`
}

type shareDoc struct {
	Rating
	Tenure string  `json:"tenure"`
	Share  float64 `json:"share"`
	LandMu float64 `json:"land_mu"`
}

// parcel shows one parcel with all that belongs to it.
func (c *call) parcel() error {
	t, err := c.layer(layers.Parcels)
	if err != nil {
		return err
	}
	code := c.path("code")
	row, found := t.Row(code)
	at, known := c.image.Snapshot.ParcelIndex(code)
	if !found || !known {
		return notFound("没有这个宗地", "there is no such parcel")
	}
	doc := parcelDoc{
		Code: code, Year: t.Year, BBox: box(t.Bounds[row]), Geometry: geo.AppendGeoJSON(nil, t.Shapes[row]),
		Properties: newRowWriter(t).object(row), Zones: c.image.zonesAt(t.Shapes[row]),
	}
	if c.audience >= layers.Viewer {
		if doc.viewerPart, err = c.viewerPart(at); err != nil {
			return err
		}
	}
	if c.audience >= layers.Analyst {
		doc.analystPart = c.image.analystPart(at)
	}
	return c.json(doc)
}

// zonesAt lists the zones that cover a part of a shape worth naming, at least a hundredth of it.
func (i *Image) zonesAt(s geo.Shape) []zoneDoc {
	docs := []zoneDoc{}
	for k := range i.Snapshot.Zones {
		z := &i.Snapshot.Zones[k]
		if z.Shape.Bound().Intersects(s.Bound()) && covers(z.Shape, s) {
			docs = append(docs, zoneDoc{z.ID, z.Name, z.Kind, z.Level})
		}
	}
	return docs
}

func covers(zone, s geo.Shape) bool {
	if common, err := geo.Intersection(zone, s); err == nil {
		return geo.Area(common) >= geo.Area(s)/100
	}
	p, ok := geo.PointOnSurface(s)
	return ok && geo.Contains(zone, p)
}

func (c *call) viewerPart(at int) (*viewerPart, error) {
	snap := c.image.Snapshot
	p := snap.Parcels.At(at)
	past, err := c.image.gen.years(c.r.Context())
	if err != nil {
		return nil, err
	}
	part := &viewerPart{Buildings: c.buildingsOn(p.Code), Parents: p.Parents, Children: []string{}, History: grades(past, at)}
	if part.Parents == nil {
		part.Parents = []string{}
	}
	part.Children = append(part.Children, c.image.gen.children(p.Code)...)
	if c.audience >= layers.Analyst {
		part.History = figures(past, at)
	}
	part.Explanations = c.explanations(p.Code)
	return part, nil
}

func (c *call) buildingsOn(parcel string) []json.RawMessage {
	docs := []json.RawMessage{}
	t, ok := c.image.Table(c.audience, layers.Buildings)
	if !ok {
		return docs
	}
	w := newRowWriter(t)
	for _, b := range c.image.Snapshot.BuildingsOn(parcel) {
		if row, ok := t.Row(c.image.Snapshot.Buildings.At(b).ID); ok {
			docs = append(docs, w.object(row))
		}
	}
	return docs
}

func (i *Image) analystPart(at int) *analystPart {
	s := &i.Scores.Parcels[at]
	part := &analystPart{Firms: []shareDoc{}}
	for _, share := range s.Firms {
		part.Firms = append(part.Firms, shareDoc{RatingOf(i.Scores, share.Firm), share.Tenure(), share.Weight, share.LandMu})
	}
	if s.Exit >= 0 {
		doc := i.exitDoc(&i.Scores.Exit[s.Exit])
		part.Exit = &doc
	}
	return part
}
