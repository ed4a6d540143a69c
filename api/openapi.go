package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muchan/tiles/layers"
)

// apiDocument describes the routes under /api/v1 and the tiles.
func (c *call) apiDocument() error {
	base, err := c.base()
	if err != nil {
		return err
	}
	b := newBuilder(c.s.Name, base)
	for i := range c.s.routes {
		if r := &c.s.routes[i]; r.tag != "page" && r.tag != "ogc" {
			b.add(r, r.pattern, r.params)
		}
	}
	return c.document(b, "application/json; charset=utf-8")
}

// ogcDocument describes the OGC API as this reader sees it: every collection with its literal path, because QGIS and GDAL look for
// filters only there.
func (c *call) ogcDocument() error {
	base, err := c.base()
	if err != nil {
		return err
	}
	b := newBuilder(c.s.Name, base+ogcRoot)
	for i := range c.s.routes {
		r := &c.s.routes[i]
		if r.tag != "ogc" {
			continue
		}
		path := orElse(strings.TrimPrefix(r.pattern, ogcRoot), "/")
		if !strings.Contains(path, "{collection}") {
			b.add(r, path, r.params)
			continue
		}
		for _, l := range layers.All {
			if t, ok := c.image.Table(c.audience, l.Name); ok {
				params := r.params
				if r.more != nil {
					params = append(slices.Clone(params), fieldParams(t)...)
				}
				b.add(r, strings.ReplaceAll(path, "{collection}", l.Name), params)
			}
		}
	}
	return c.document(b, openAPIType)
}

func (c *call) document(b *builder, mediaType string) error {
	body, err := json.Marshal(b.doc)
	if err != nil {
		return fmt.Errorf("OpenAPI: %w", err)
	}
	return c.bytes(mediaType, append(body, '\n'))
}

// builder makes an OpenAPI 3.0.3 document.
type builder struct {
	doc        schema
	paths      schema
	parameters schema
}

func newBuilder(title, server string) *builder {
	b := &builder{paths: schema{}, parameters: schema{}}
	b.doc = schema{
		"openapi": "3.0.3",
		"info":    schema{"title": title, "version": "1.0.0", "license": schema{"name": "Apache-2.0"}},
		"servers": []schema{{"url": server}},
		"paths":   b.paths,
		"components": schema{
			"parameters":      b.parameters,
			"schemas":         schema{"problem": problemSchema()},
			"responses":       schema{"problem": problemResponse()},
			"securitySchemes": schema{"bearer": schema{"type": "http", "scheme": "bearer"}},
		},
	}
	return b
}

func problemSchema() schema {
	text := schema{"type": "string"}
	return schema{
		"type": "object", "required": []string{"type", "title", "status", "detail", "code", "description"},
		"properties": schema{
			"type": text, "title": text, "status": schema{"type": "integer"}, "detail": text, "instance": text, "code": text, "description": text,
			"errors": schema{"type": "array", "items": schema{"type": "object", "properties": schema{"parameter": text, "line": schema{"type": "integer"}, "detail": text}}},
			"next":   schema{"type": "object", "description": "how a case or run stands whose act was refused, and which acts are allowed"},
		},
	}
}

func problemResponse() schema {
	return schema{
		"description": "RFC 9457",
		"content":     schema{"application/problem+json": schema{"schema": schema{"$ref": "#/components/schemas/problem"}}},
	}
}

var wildcard = regexp.MustCompile(`\{(\w+)\}`)

func (b *builder) add(r *route, path string, params []param) {
	var list []schema
	for _, m := range wildcard.FindAllStringSubmatch(path, -1) {
		list = append(list, schema{"name": m[1], "in": "path", "required": true, "schema": schema{"type": "string"}})
	}
	for i := range params {
		list = append(list, b.parameter(&params[i]))
	}
	op := schema{
		"operationId": operationID(r.method, path), "summary": r.doc.en, "description": r.doc.zh, "tags": []string{r.tag},
		"responses": responses(r), "x-muchan-audience": r.who.audience().String(),
	}
	if len(list) > 0 {
		op["parameters"] = list
	}
	if r.body != nil {
		op["requestBody"] = schema{"required": true, "content": schema{"application/json": schema{"schema": r.body}}}
	}
	if r.upload {
		op["requestBody"] = schema{"required": true, "content": schema{cmp.Or(r.uploads, bytesType): schema{"schema": schema{"type": "string", "format": "binary"}}}}
	}
	if r.who > anyone {
		op["security"] = []schema{{"bearer": []string{}}}
	}
	item, ok := b.paths[path].(schema)
	if !ok {
		item = schema{}
		b.paths[path] = item
	}
	item[strings.ToLower(r.method)] = op
}

func operationID(method, path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("/{}.", r) })
	return strings.Join(append([]string{strings.ToLower(method)}, words...), "_")
}

func responses(r *route) schema {
	out := schema{"default": schema{"$ref": "#/components/responses/problem"}}
	if r.method == http.MethodDelete {
		out[strconv.Itoa(http.StatusNoContent)] = schema{"description": "done"}
		return out
	}
	media := r.media
	if media == "" {
		media = jsonType
	}
	body := r.answerSchema()
	if media == mvt || media == bytesType || r.export || strings.HasPrefix(media, "text/") {
		body = schema{"type": "string", "format": "binary"}
	}
	content := schema{media: schema{"schema": body}}
	for _, other := range r.also {
		content[other] = schema{"schema": body}
	}
	out[strconv.Itoa(http.StatusOK)] = schema{"description": r.doc.en, "content": content}
	if media == mvt {
		out[strconv.Itoa(http.StatusNoContent)] = schema{"description": "nothing in this tile"}
	}
	return out
}

// shared are the parameters that stand in components by their name. QGIS reads its page size from components.parameters.limit.
var shared = []string{"limit", "bbox", "datetime", "offset"}

func (b *builder) parameter(p *param) schema {
	if !slices.Contains(shared, p.name) {
		return p.schema()
	}
	if old, ok := b.parameters[p.name].(schema); ok {
		if !maps.Equal(flat(old), flat(p.schema())) {
			return p.schema()
		}
	} else {
		b.parameters[p.name] = p.schema()
	}
	return schema{"$ref": "#/components/parameters/" + p.name}
}

func flat(s schema) map[string]string {
	out := map[string]string{}
	for k, v := range s {
		out[k] = fmt.Sprint(v)
	}
	return out
}

// schema is the parameter in OpenAPI. style and explode stand there although they say nothing new: QGIS wants them.
func (p *param) schema() schema {
	s := schema{}
	switch p.kind {
	case integerParam:
		s["type"], s["minimum"] = "integer", p.min
		s["maximum"] = p.max
		if n, err := strconv.Atoi(p.standard); err == nil {
			s["default"] = n
		}
	case numberParam:
		s["type"] = "number"
	case flagParam:
		s["type"] = "boolean"
	case bboxParam:
		s = schema{"type": "array", "minItems": 4, "maxItems": 6, "items": schema{"type": "number"}}
	case dayParam:
		s["type"], s["format"] = "string", "date"
	case wordParam:
		s["type"], s["enum"] = "string", p.words
	default:
		s["type"] = "string"
	}
	return schema{
		"name": p.name, "in": "query", "required": false, "description": p.doc.zh + " / " + p.doc.en, "schema": s,
		"style": "form", "explode": false,
	}
}
