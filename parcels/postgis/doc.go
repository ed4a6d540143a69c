// Package postgis keeps the zone in PostgreSQL with PostGIS. It knows SQL, connections and how rows become columns; it knows no rule
// of the field (package parcels plans every change) and no HTTP. Only cmd/muchan and tests may import it. DESIGN.md says why it is
// built as it is; migrations/ is the whole schema.
package postgis
