-- The GeoPackage 1.3 tables (OGC 12-128r18, annexes C and F.3, F.9), one table per entity with the columns of parcels.*Table in
-- their order, and muchan's own tables. Triggers are made from the same column lists by triggers.go.
--
-- The checks stop a direct edit from leaving a value that nobody can read back: a date that is no day (only with a modifier does
-- date() see that February has no 30th), a text among numbers, a geometry that is none. Codes of parcels and buildings stand once per edition, so no foreign key can point at them; parcels.NewPlan
-- keeps those references.

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name                 TEXT NOT NULL,
    srs_id                   INTEGER PRIMARY KEY NOT NULL,
    organization             TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition               TEXT NOT NULL,
    description              TEXT
);

CREATE TABLE gpkg_contents (
    table_name  TEXT PRIMARY KEY NOT NULL,
    data_type   TEXT NOT NULL,
    identifier  TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x       DOUBLE,
    min_y       DOUBLE,
    max_x       DOUBLE,
    max_y       DOUBLE,
    srs_id      INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name         TEXT NOT NULL,
    column_name        TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id             INTEGER NOT NULL,
    z                  TINYINT NOT NULL,
    m                  TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_extensions (
    table_name     TEXT,
    column_name    TEXT,
    extension_name TEXT NOT NULL,
    definition     TEXT NOT NULL,
    scope          TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- Titles and allowed texts of columns (schema extension, annex F.9); triggers.go fills them.
CREATE TABLE gpkg_data_columns (
    table_name      TEXT NOT NULL,
    column_name     TEXT NOT NULL,
    name            TEXT,
    title           TEXT,
    description     TEXT,
    mime_type       TEXT,
    constraint_name TEXT,
    CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name)
);

CREATE TABLE gpkg_data_column_constraints (
    constraint_name  TEXT NOT NULL,
    constraint_type  TEXT NOT NULL,
    value            TEXT,
    min              NUMERIC,
    min_is_inclusive BOOLEAN,
    max              NUMERIC,
    max_is_inclusive BOOLEAN,
    description      TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);

INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid'),
    ('CGCS2000', 4490, 'EPSG', 4490,
     'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4490"]]',
     'longitude/latitude coordinates in decimal degrees of the China Geodetic Coordinate System 2000');

CREATE TABLE "parks" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code"       TEXT NOT NULL,
    "name"       TEXT NOT NULL,
    "name_en"    TEXT,
    "county"     TEXT,
    "definition" TEXT,
    "area_m2"    DOUBLE CHECK (typeof("area_m2") IN ('null', 'real')),
    "shape"      MULTIPOLYGON NOT NULL CHECK (substr("shape", 1, 2) = x'4750')
);
CREATE UNIQUE INDEX "parks_key" ON "parks" ("code");

CREATE TABLE "zones" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"         TEXT NOT NULL,
    "park"       TEXT NOT NULL,
    "name"       TEXT NOT NULL,
    "kind"       TEXT NOT NULL,
    "level"      INTEGER NOT NULL DEFAULT 0 CHECK (typeof("level") = 'integer'),
    "document"   TEXT,
    "valid_from" DATE NOT NULL CHECK ("valid_from" IS date("valid_from", '+0 days')),
    "valid_to"   DATE CHECK ("valid_to" IS date("valid_to", '+0 days')),
    "shape"      MULTIPOLYGON NOT NULL CHECK (substr("shape", 1, 2) = x'4750'),
    FOREIGN KEY ("park") REFERENCES "parks" ("code")
);
CREATE UNIQUE INDEX "zones_key" ON "zones" ("id");

CREATE TABLE "parcels" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code"                 TEXT NOT NULL,
    "park"                 TEXT NOT NULL,
    "address"              TEXT,
    "use_scheme"           TEXT,
    "use_code"             TEXT,
    "state"                TEXT,
    "title_area_m2"        DOUBLE CHECK (typeof("title_area_m2") IN ('null', 'real')),
    "yard_area_m2"         DOUBLE CHECK (typeof("yard_area_m2") IN ('null', 'real')),
    "works_area_m2"        DOUBLE CHECK (typeof("works_area_m2") IN ('null', 'real')),
    "office_land_m2"       DOUBLE CHECK (typeof("office_land_m2") IN ('null', 'real')),
    "green_area_m2"        DOUBLE CHECK (typeof("green_area_m2") IN ('null', 'real')),
    "contract_no"          TEXT,
    "signed_on"            DATE CHECK ("signed_on" IS date("signed_on", '+0 days')),
    "handed_over_on"       DATE CHECK ("handed_over_on" IS date("handed_over_on", '+0 days')),
    "due_start_on"         DATE CHECK ("due_start_on" IS date("due_start_on", '+0 days')),
    "started_on"           DATE CHECK ("started_on" IS date("started_on", '+0 days')),
    "due_completion_on"    DATE CHECK ("due_completion_on" IS date("due_completion_on", '+0 days')),
    "completed_on"         DATE CHECK ("completed_on" IS date("completed_on", '+0 days')),
    "due_production_on"    DATE CHECK ("due_production_on" IS date("due_production_on", '+0 days')),
    "produced_on"          DATE CHECK ("produced_on" IS date("produced_on", '+0 days')),
    "suspended_on"         DATE CHECK ("suspended_on" IS date("suspended_on", '+0 days')),
    "government_cause"     BOOLEAN CHECK ("government_cause" IN (0, 1)),
    "price_wan"            REAL CHECK (typeof("price_wan") IN ('null', 'real')),
    "agreed_fai_wan"       REAL CHECK (typeof("agreed_fai_wan") IN ('null', 'real')),
    "fai_wan"              REAL CHECK (typeof("fai_wan") IN ('null', 'real')),
    "total_build_wan"      REAL CHECK (typeof("total_build_wan") IN ('null', 'real')),
    "invested_build_wan"   REAL CHECK (typeof("invested_build_wan") IN ('null', 'real')),
    "to_develop_m2"        DOUBLE CHECK (typeof("to_develop_m2") IN ('null', 'real')),
    "developed_m2"         DOUBLE CHECK (typeof("developed_m2") IN ('null', 'real')),
    "min_far"              DOUBLE CHECK (typeof("min_far") IN ('null', 'real')),
    "max_far"              DOUBLE CHECK (typeof("max_far") IN ('null', 'real')),
    "agreed_floor_m2"      DOUBLE CHECK (typeof("agreed_floor_m2") IN ('null', 'real')),
    "agreed_output_wan_mu" DOUBLE CHECK (typeof("agreed_output_wan_mu") IN ('null', 'real')),
    "agreed_tax_wan_mu"    DOUBLE CHECK (typeof("agreed_tax_wan_mu") IN ('null', 'real')),
    "parents"              TEXT,
    "valid_from"           DATE NOT NULL CHECK ("valid_from" IS date("valid_from", '+0 days')),
    "valid_to"             DATE CHECK ("valid_to" IS date("valid_to", '+0 days')),
    "shape"                MULTIPOLYGON NOT NULL CHECK (substr("shape", 1, 2) = x'4750'),
    FOREIGN KEY ("park") REFERENCES "parks" ("code")
);
CREATE UNIQUE INDEX "parcels_key" ON "parcels" ("code", "valid_from");

CREATE TABLE "buildings" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"           TEXT NOT NULL,
    "parcel"       TEXT NOT NULL,
    "name"         TEXT,
    "use"          TEXT,
    "storeys"      TEXT,
    "completed_on" DATE CHECK ("completed_on" IS date("completed_on", '+0 days')),
    "vacant_m2"    DOUBLE CHECK (typeof("vacant_m2") IN ('null', 'real')),
    "vacant_since" DATE CHECK ("vacant_since" IS date("vacant_since", '+0 days')),
    "valid_from"   DATE NOT NULL CHECK ("valid_from" IS date("valid_from", '+0 days')),
    "valid_to"     DATE CHECK ("valid_to" IS date("valid_to", '+0 days')),
    "shape"        MULTIPOLYGON NOT NULL CHECK (substr("shape", 1, 2) = x'4750')
);
CREATE UNIQUE INDEX "buildings_key" ON "buildings" ("id", "valid_from");

CREATE TABLE "firms" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "uscc"          TEXT NOT NULL,
    "name"          TEXT NOT NULL,
    "industry"      TEXT,
    "above_scale"   BOOLEAN CHECK ("above_scale" IN (0, 1)),
    "registered_on" DATE CHECK ("registered_on" IS date("registered_on", '+0 days')),
    "produced_on"   DATE CHECK ("produced_on" IS date("produced_on", '+0 days')),
    "closed_on"     DATE CHECK ("closed_on" IS date("closed_on", '+0 days')),
    "tags"          TEXT
);
CREATE UNIQUE INDEX "firms_key" ON "firms" ("uscc");

CREATE TABLE "occupancies" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "parcel"   TEXT NOT NULL,
    "building" TEXT,
    "uscc"     TEXT NOT NULL,
    "tenure"   TEXT NOT NULL,
    "floor_m2" DOUBLE CHECK (typeof("floor_m2") IN ('null', 'real')),
    "from"     DATE NOT NULL CHECK ("from" IS date("from", '+0 days')),
    "to"       DATE CHECK ("to" IS date("to", '+0 days')),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc")
);
CREATE UNIQUE INDEX "occupancies_key" ON "occupancies" ("parcel", ifnull("building", ''), "uscc", "from");

CREATE TABLE "figures" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "uscc"              TEXT NOT NULL,
    "year"              INTEGER NOT NULL CHECK (typeof("year") = 'integer'),
    "output_wan"        REAL CHECK (typeof("output_wan") IN ('null', 'real')),
    "revenue_wan"       REAL CHECK (typeof("revenue_wan") IN ('null', 'real')),
    "value_added_wan"   REAL CHECK (typeof("value_added_wan") IN ('null', 'real')),
    "vat_wan"           REAL CHECK (typeof("vat_wan") IN ('null', 'real')),
    "income_tax_wan"    REAL CHECK (typeof("income_tax_wan") IN ('null', 'real')),
    "urban_tax_wan"     REAL CHECK (typeof("urban_tax_wan") IN ('null', 'real')),
    "land_use_tax_wan"  REAL CHECK (typeof("land_use_tax_wan") IN ('null', 'real')),
    "property_tax_wan"  REAL CHECK (typeof("property_tax_wan") IN ('null', 'real')),
    "other_tax_wan"     REAL CHECK (typeof("other_tax_wan") IN ('null', 'real')),
    "export_credit_wan" REAL CHECK (typeof("export_credit_wan") IN ('null', 'real')),
    "vat_refund_wan"    REAL CHECK (typeof("vat_refund_wan") IN ('null', 'real')),
    "energy_tce"        DOUBLE CHECK (typeof("energy_tce") IN ('null', 'real')),
    "energy_basis"      TEXT,
    "emissions_t"       DOUBLE CHECK (typeof("emissions_t") IN ('null', 'real')),
    "staff"             DOUBLE CHECK (typeof("staff") IN ('null', 'real')),
    "rd_wan"            REAL CHECK (typeof("rd_wan") IN ('null', 'real')),
    "electricity_mwh"   DOUBLE CHECK (typeof("electricity_mwh") IN ('null', 'real')),
    "source"            TEXT,
    "confirmed"         BOOLEAN CHECK ("confirmed" IN (0, 1)),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc")
);
CREATE UNIQUE INDEX "figures_key" ON "figures" ("uscc", "year");

CREATE TABLE "events" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"         TEXT NOT NULL,
    "uscc"       TEXT,
    "parcel"     TEXT,
    "kind"       TEXT NOT NULL,
    "document"   TEXT,
    "note"       TEXT,
    "on"         DATE NOT NULL CHECK ("on" IS date("on", '+0 days')),
    "valid_from" DATE CHECK ("valid_from" IS date("valid_from", '+0 days')),
    "valid_to"   DATE CHECK ("valid_to" IS date("valid_to", '+0 days')),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc")
);
CREATE UNIQUE INDEX "events_key" ON "events" ("id");

CREATE TABLE "targets" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"          TEXT NOT NULL,
    "name"        TEXT NOT NULL,
    "name_en"     TEXT,
    "unit"        TEXT,
    "base_year"   INTEGER NOT NULL DEFAULT 0 CHECK (typeof("base_year") = 'integer'),
    "base"        DOUBLE CHECK (typeof("base") IN ('null', 'real')),
    "target_year" INTEGER NOT NULL DEFAULT 0 CHECK (typeof("target_year") = 'integer'),
    "target"      DOUBLE CHECK (typeof("target") IN ('null', 'real')),
    "growth_pct"  DOUBLE CHECK (typeof("growth_pct") IN ('null', 'real')),
    "binding"     BOOLEAN CHECK ("binding" IN (0, 1)),
    "source"      TEXT,
    "note"        TEXT
);
CREATE UNIQUE INDEX "targets_key" ON "targets" ("id");

INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES
    ('parks', 'features', 'parks', 4490),
    ('zones', 'features', 'zones', 4490),
    ('parcels', 'features', 'parcels', 4490),
    ('buildings', 'features', 'buildings', 4490),
    ('firms', 'attributes', 'firms', NULL),
    ('occupancies', 'attributes', 'occupancies', NULL),
    ('figures', 'attributes', 'figures', NULL),
    ('events', 'attributes', 'events', NULL),
    ('targets', 'attributes', 'targets', NULL);

INSERT INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m) VALUES
    ('parks', 'shape', 'MULTIPOLYGON', 4490, 0, 0),
    ('zones', 'shape', 'MULTIPOLYGON', 4490, 0, 0),
    ('parcels', 'shape', 'MULTIPOLYGON', 4490, 0, 0),
    ('buildings', 'shape', 'MULTIPOLYGON', 4490, 0, 0);

CREATE VIRTUAL TABLE rtree_parks_shape USING rtree (id, minx, maxx, miny, maxy);
CREATE VIRTUAL TABLE rtree_zones_shape USING rtree (id, minx, maxx, miny, maxy);
CREATE VIRTUAL TABLE rtree_parcels_shape USING rtree (id, minx, maxx, miny, maxy);
CREATE VIRTUAL TABLE rtree_buildings_shape USING rtree (id, minx, maxx, miny, maxy);

INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) VALUES
    ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
    ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
    ('parks', 'shape', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'),
    ('zones', 'shape', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'),
    ('parcels', 'shape', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'),
    ('buildings', 'shape', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');

-- One row. While a change is applied, applying is 1 inside its transaction, which nobody else can see: the triggers then leave
-- journal and version to the change.
CREATE TABLE state (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    version  INTEGER NOT NULL,
    applying INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 0);

CREATE TABLE changes (
    id            INTEGER PRIMARY KEY,
    content_hash  TEXT NOT NULL UNIQUE,
    who           TEXT NOT NULL,
    why           TEXT NOT NULL,
    at            TEXT NOT NULL,
    source_name   TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    version       INTEGER NOT NULL
);

-- A direct edit has no change; its time stands here.
CREATE TABLE journal (
    id     INTEGER PRIMARY KEY,
    change INTEGER REFERENCES changes (id),
    at     TEXT,
    entity TEXT NOT NULL,
    "key"  TEXT NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after  TEXT
);
CREATE INDEX journal_row ON journal (entity, "key");

CREATE TABLE runs (
    id           TEXT PRIMARY KEY NOT NULL,
    year         INTEGER NOT NULL,
    as_of        TEXT NOT NULL,
    version      INTEGER NOT NULL,
    rules_id     TEXT NOT NULL,
    rules_hash   TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at TEXT NOT NULL,
    results      BLOB NOT NULL
);

CREATE TRIGGER runs_insert BEFORE INSERT ON runs WHEN EXISTS (SELECT 1 FROM runs WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'UNIQUE: a published run is never replaced'); END;
CREATE TRIGGER runs_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'a published run never changes'); END;
CREATE TRIGGER runs_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'a published run is never deleted'); END;
CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER changes_update BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER changes_delete BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
