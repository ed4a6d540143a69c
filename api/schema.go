package api

// schema is a JSON schema as OpenAPI 3.0 has it.
type schema map[string]any
