package api

import (
	"fmt"

	"muchan/tiles/layers"
)

// Media types and identifiers of OGC API Features.
const (
	jsonType    = "application/json"
	geoJSONType = "application/geo+json"
	schemaType  = "application/schema+json"
	openAPIType = "application/vnd.oai.openapi+json;version=3.0"
	crs84       = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	gregorian   = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
	relOGC      = "http://www.opengis.net/def/rel/ogc/1.0/"
	ogcRoot     = "/ogc"
)

// conformsTo lists what is true of us: no HTML, no other CRS, no filter language yet.
var conformsTo = []string{
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
	"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
	"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
	"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
}

// formatParam is sent by many clients; there is one format.
var formatParam = param{name: "f", kind: wordParam, words: []string{"json"}, doc: words{"格式", "format"}}

type link struct {
	Href      string `json:"href"`
	Rel       string `json:"rel"`
	Type      string `json:"type,omitempty"`
	Title     string `json:"title,omitempty"`
	Templated bool   `json:"templated,omitempty"`
}

type landingDoc struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Links       []link `json:"links"`
}

type conformanceDoc struct {
	ConformsTo []string `json:"conformsTo"`
}

type collectionsDoc struct {
	Links       []link          `json:"links"`
	CRS         []string        `json:"crs"`
	Collections []collectionDoc `json:"collections"`
}

type collectionDoc struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Extent      extentDoc `json:"extent"`
	ItemType    string    `json:"itemType"`
	CRS         []string  `json:"crs"`
	Links       []link    `json:"links"`
}

type extentDoc struct {
	Spatial  *spatialDoc `json:"spatial,omitempty"`
	Temporal temporalDoc `json:"temporal"`
}

type spatialDoc struct {
	BBox [][]float64 `json:"bbox"`
	CRS  string      `json:"crs"`
}

type temporalDoc struct {
	Interval [][]*string `json:"interval"`
	TRS      string      `json:"trs"`
}

func (c *call) landing() error {
	base, err := c.base()
	if err != nil {
		return err
	}
	root := base + ogcRoot
	return c.json(landingDoc{
		Title: c.s.Name, Description: orElse(c.notice().Zh, "园区宗地、控制线和亩均效益"),
		Links: []link{
			{Href: root, Rel: "self", Type: jsonType},
			{Href: root + "/api", Rel: "service-desc", Type: openAPIType, Title: "OpenAPI 3.0"},
			{Href: root + "/conformance", Rel: "conformance", Type: jsonType},
			{Href: root + "/conformance", Rel: relOGC + "conformance", Type: jsonType},
			{Href: root + "/collections", Rel: "data", Type: jsonType},
			{Href: root + "/collections", Rel: relOGC + "data", Type: jsonType},
		},
	})
}

func (c *call) conformance() error { return c.json(conformanceDoc{conformsTo}) }

func (c *call) collections() error {
	base, err := c.base()
	if err != nil {
		return err
	}
	doc := collectionsDoc{
		Links: []link{{Href: base + ogcRoot + "/collections", Rel: "self", Type: jsonType}}, CRS: []string{crs84}, Collections: []collectionDoc{},
	}
	for _, l := range layers.All {
		if t, ok := c.image.Table(c.audience, l.Name); ok {
			doc.Collections = append(doc.Collections, c.collectionDoc(base, t))
		}
	}
	return c.json(doc)
}

func (c *call) collection() error {
	t, err := c.layer(c.path("collection"))
	if err != nil {
		return err
	}
	base, err := c.base()
	if err != nil {
		return err
	}
	return c.json(c.collectionDoc(base, t))
}

func collectionURL(base string, t *layers.Table) string {
	return base + ogcRoot + "/collections/" + t.Layer.Name
}

func (c *call) collectionDoc(base string, t *layers.Table) collectionDoc {
	self := collectionURL(base, t)
	doc := collectionDoc{
		ID: t.Layer.Name, Title: t.Layer.Title, Description: t.Layer.Title + " / " + t.Layer.TitleEn, ItemType: "feature", CRS: []string{crs84},
		Extent: extentDoc{Temporal: c.temporal()},
		Links: []link{
			{Href: self, Rel: "self", Type: jsonType},
			{Href: self + "/items", Rel: "items", Type: geoJSONType, Title: t.Layer.Title},
			{Href: self + "/queryables", Rel: relOGC + "queryables", Type: schemaType},
			{Href: self + "/schema", Rel: relOGC + "schema", Type: schemaType},
			{Href: self + "/schema", Rel: "describedby", Type: schemaType},
			{Href: self + "/schema", Rel: "describedBy", Type: schemaType}, // GDAL 3.6 knows this spelling only
		},
	}
	if b := box(t.Bound); b != nil {
		doc.Extent.Spatial = &spatialDoc{[][]float64{b}, crs84}
	}
	return doc
}

// temporal is the years with figures; the latest lasts until newer figures come.
func (c *call) temporal() temporalDoc {
	doc := temporalDoc{Interval: [][]*string{{nil, nil}}, TRS: gregorian}
	if years := c.image.Years; len(years) > 0 {
		first := fmt.Sprintf("%04d-01-01T00:00:00Z", years[0])
		doc.Interval[0][0] = &first
	}
	return doc
}
