package api

import (
	"encoding/json"
	"fmt"

	"muchan/tiles/layers"
)

// queryablesDoc lists the fields that items can be compared by, schemaDoc those that features have. Both are JSON Schema.
func (c *call) queryablesDoc() error { return c.tableSchema("queryables") }

func (c *call) schemaDoc() error { return c.tableSchema("schema") }

func (c *call) tableSchema(name string) error {
	t, err := c.layer(c.path("collection"))
	if err != nil {
		return err
	}
	base, err := c.base()
	if err != nil {
		return err
	}
	properties := schema{"geometry": schema{"title": "界址", "format": "geometry-multipolygon", "x-ogc-role": "primary-geometry"}}
	for i, f := range t.Layer.Fields {
		p := fieldSchema(f)
		p["x-ogc-propertySeq"] = i + 1
		if f.Name == t.Layer.ID {
			p["x-ogc-role"] = "id"
		}
		properties[f.Name] = p
	}
	body, err := json.Marshal(schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": collectionURL(base, t) + "/" + name,
		"type": "object", "title": t.Layer.Title, "properties": properties, "additionalProperties": false,
	})
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	return c.bytes(schemaType, append(body, '\n'))
}

func fieldSchema(f layers.Field) schema {
	p := schema{"title": f.Title, "description": f.TitleEn, "type": string(f.Type)}
	if f.Type == layers.Day {
		p["type"], p["format"] = "string", "date"
	}
	if f.Unit != "" {
		p["x-ogc-unit"] = f.Unit
	}
	return p
}
