package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"muchan/parcels"
	"muchan/tiles/layers"
)

// schema is a JSON schema as OpenAPI 3.0 has it.
type schema map[string]any

// plain are the types whose JSON is not what their Go structure says.
var plain = map[reflect.Type]schema{
	reflect.TypeFor[time.Time]():                {"type": "string", "format": "date-time"},
	reflect.TypeFor[parcels.Date]():             {"type": "string", "format": "date", "nullable": true},
	reflect.TypeFor[parcels.Opt[float64]]():     {"type": "number", "nullable": true},
	reflect.TypeFor[parcels.Opt[parcels.Wan]](): {"type": "number", "nullable": true},
	reflect.TypeFor[parcels.Wan]():              {"type": "number"},
	reflect.TypeFor[parcels.Opt[int]]():         {"type": "integer", "nullable": true},
	reflect.TypeFor[parcels.Opt[bool]]():        {"type": "boolean", "nullable": true},
	reflect.TypeFor[json.RawMessage]():          {"type": "object", "nullable": true},
}

// schemaOf describes the JSON of a type that an answer is made of.
func schemaOf(t reflect.Type) schema {
	if s, ok := plain[t]; ok {
		return s
	}
	switch t.Kind() {
	case reflect.Pointer:
		s := schema{}
		for k, v := range schemaOf(t.Elem()) {
			s[k] = v
		}
		s["nullable"] = true
		return s
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem()), "nullable": true}
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		s := schema{"type": "object", "properties": schema{}}
		addFields(s, t, true)
		return s
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return schema{"type": "integer"}
	case reflect.Float64:
		return schema{"type": "number"}
	}
	return schema{} // anything
}

// addFields describes a struct's fields; those of an embedded pointer are there for some readers only.
func addFields(s schema, t reflect.Type, always bool) {
	for f := range t.Fields() {
		if f.Anonymous {
			if f.Type.Kind() == reflect.Pointer {
				addFields(s, f.Type.Elem(), false)
			} else {
				addFields(s, f.Type, always)
			}
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || name == "" {
			continue
		}
		s["properties"].(schema)[name] = schemaOf(f.Type)
		if always && options == "" {
			required, _ := s["required"].([]string)
			s["required"] = append(required, name)
		}
	}
}

// rowSchema describes a layer's row with the fields of an audience; those above it are not told.
func rowSchema(name string, a layers.Audience) schema {
	l, _ := layers.ByName(name)
	properties := schema{}
	for _, f := range l.For(a).Fields {
		p := fieldSchema(f)
		delete(p, "x-ogc-unit")
		p["nullable"] = true
		properties[f.Name] = p
	}
	return schema{"type": "object", "properties": properties}
}

// scoresSchema describes the list of scores as an analyst sees it.
func scoresSchema() schema {
	row := rowSchema(layers.Parcels, layers.Analyst)
	for _, name := range []string{"bbox", "at"} {
		row["properties"].(schema)[name] = schema{"type": "array", "items": schema{"type": "number"}, "nullable": true}
	}
	return schema{
		"type": "object", "required": []string{"year", "total", "rows"},
		"properties": schema{"year": schema{"type": "integer"}, "total": schema{"type": "integer"}, "rows": schema{"type": "array", "items": row}},
	}
}

// answerSchema describes a route's answer: given as a schema, or as a value of its type.
func (r *route) answerSchema() schema {
	switch a := r.answer.(type) {
	case nil:
		return schema{"type": "object"}
	case schema:
		return a
	}
	return schemaOf(reflect.TypeOf(r.answer))
}
