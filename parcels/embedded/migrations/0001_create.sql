-- The GeoPackage 1.3 tables (OGC 12-128r18, annexes C and F.3, F.9), one table per entity with the columns of parcels.*Table in
-- their order, and muchan's own tables. Triggers are made from the same column lists by triggers.go.
--
-- Every rule that a single row can break stands here under the name it has in PostGIS, so that an edit by QGIS or SQL is refused as an
-- import would be. Beside those, the checks stop a value that nobody can read back: a date that is no day (only with a modifier does
-- date() see that February has no 30th), a text among numbers, a geometry that is none. The SQL is plain SQLite: our functions do not
-- exist where others write. Without patterns, the form of storeys ("6000@9;6000@4.5") is told from their characters, from neighbours
-- among ".@;", and from what is left without digits; tags are told by taking every known one away. 9e999 is infinity. Codes of
-- parcels and buildings stand once per edition, so no foreign key can point at them; parcels.NewPlan keeps those references.

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
    "code"       TEXT NOT NULL CONSTRAINT parks_code_check CHECK ("code" <> ''),
    "name"       TEXT NOT NULL CONSTRAINT parks_name_check CHECK ("name" <> ''),
    "name_en"    TEXT,
    "county"     TEXT CONSTRAINT parks_county_check CHECK ("county" = '' OR "county" GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'),
    "definition" TEXT CONSTRAINT parks_definition_check CHECK ("definition" IN ('', 'approved', 'planned', 'built')),
    "area_m2"    DOUBLE CONSTRAINT parks_area_m2_check CHECK (typeof("area_m2") IN ('null', 'real') AND "area_m2" >= 0 AND "area_m2" < 9e999),
    "shape"      MULTIPOLYGON NOT NULL CONSTRAINT parks_shape_check CHECK (substr("shape", 1, 2) = x'4750')
);
CREATE UNIQUE INDEX "parks_key" ON "parks" ("code");

CREATE TABLE "zones" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"         TEXT NOT NULL CONSTRAINT zones_id_check CHECK ("id" <> ''),
    "park"       TEXT NOT NULL,
    "name"       TEXT NOT NULL CONSTRAINT zones_name_check CHECK ("name" <> ''),
    "kind"       TEXT NOT NULL CONSTRAINT zones_kind_check CHECK ("kind" IN ('functional', 'renewal', 'industrial_line', 'red_line', 'control_unit', 'planned_use', 'water', 'road')),
    "level"      INTEGER NOT NULL DEFAULT 0 CONSTRAINT zones_level_check CHECK (typeof("level") = 'integer' AND "level" BETWEEN 0 AND 2),
    "document"   TEXT,
    "valid_from" DATE NOT NULL CONSTRAINT zones_valid_from_check CHECK ("valid_from" IS date("valid_from", '+0 days') AND "valid_from" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_to"   DATE CONSTRAINT zones_valid_to_check CHECK ("valid_to" IS date("valid_to", '+0 days') AND "valid_to" BETWEEN '1900-01-01' AND '2200-12-31'),
    "shape"      MULTIPOLYGON NOT NULL CONSTRAINT zones_shape_check CHECK (substr("shape", 1, 2) = x'4750'),
    FOREIGN KEY ("park") REFERENCES "parks" ("code"),
    CONSTRAINT zones_order_check CHECK ("valid_to" > "valid_from")
);
CREATE UNIQUE INDEX "zones_key" ON "zones" ("id");

CREATE TABLE "parcels" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code"                 TEXT NOT NULL CONSTRAINT parcels_code_check CHECK ("code" GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][GJZ][ABSXCDEFHGWY][0-9][0-9][0-9][0-9][0-9]'),
    "park"                 TEXT NOT NULL,
    "address"              TEXT,
    "use_scheme"           TEXT CONSTRAINT parcels_use_scheme_check CHECK ("use_scheme" IN ('', 'ydyh2023', 'gb50137', 'gbt21010')),
    "use_code"             TEXT,
    "state"                TEXT CONSTRAINT parcels_state_check CHECK ("state" IN ('', 'approved', 'supplied', 'building', 'unused', 'partial', 'in_use', 'low', 'reclaimed')),
    "title_area_m2"        DOUBLE CONSTRAINT parcels_title_area_m2_check CHECK (typeof("title_area_m2") IN ('null', 'real') AND "title_area_m2" >= 0 AND "title_area_m2" < 9e999),
    "yard_area_m2"         DOUBLE CONSTRAINT parcels_yard_area_m2_check CHECK (typeof("yard_area_m2") IN ('null', 'real') AND "yard_area_m2" >= 0 AND "yard_area_m2" < 9e999),
    "works_area_m2"        DOUBLE CONSTRAINT parcels_works_area_m2_check CHECK (typeof("works_area_m2") IN ('null', 'real') AND "works_area_m2" >= 0 AND "works_area_m2" < 9e999),
    "office_land_m2"       DOUBLE CONSTRAINT parcels_office_land_m2_check CHECK (typeof("office_land_m2") IN ('null', 'real') AND "office_land_m2" >= 0 AND "office_land_m2" < 9e999),
    "green_area_m2"        DOUBLE CONSTRAINT parcels_green_area_m2_check CHECK (typeof("green_area_m2") IN ('null', 'real') AND "green_area_m2" >= 0 AND "green_area_m2" < 9e999),
    "contract_no"          TEXT,
    "signed_on"            DATE CONSTRAINT parcels_signed_on_check CHECK ("signed_on" IS date("signed_on", '+0 days') AND "signed_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "handed_over_on"       DATE CONSTRAINT parcels_handed_over_on_check CHECK ("handed_over_on" IS date("handed_over_on", '+0 days') AND "handed_over_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "due_start_on"         DATE CONSTRAINT parcels_due_start_on_check CHECK ("due_start_on" IS date("due_start_on", '+0 days') AND "due_start_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "started_on"           DATE CONSTRAINT parcels_started_on_check CHECK ("started_on" IS date("started_on", '+0 days') AND "started_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "due_completion_on"    DATE CONSTRAINT parcels_due_completion_on_check CHECK ("due_completion_on" IS date("due_completion_on", '+0 days') AND "due_completion_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "completed_on"         DATE CONSTRAINT parcels_completed_on_check CHECK ("completed_on" IS date("completed_on", '+0 days') AND "completed_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "due_production_on"    DATE CONSTRAINT parcels_due_production_on_check CHECK ("due_production_on" IS date("due_production_on", '+0 days') AND "due_production_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "produced_on"          DATE CONSTRAINT parcels_produced_on_check CHECK ("produced_on" IS date("produced_on", '+0 days') AND "produced_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "suspended_on"         DATE CONSTRAINT parcels_suspended_on_check CHECK ("suspended_on" IS date("suspended_on", '+0 days') AND "suspended_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "government_cause"     BOOLEAN CONSTRAINT parcels_government_cause_check CHECK ("government_cause" IN (0, 1)),
    "price_wan"            REAL CONSTRAINT parcels_price_wan_check CHECK (typeof("price_wan") IN ('null', 'real') AND "price_wan" BETWEEN -1e9 AND 1e9),
    "agreed_fai_wan"       REAL CONSTRAINT parcels_agreed_fai_wan_check CHECK (typeof("agreed_fai_wan") IN ('null', 'real') AND "agreed_fai_wan" BETWEEN -1e9 AND 1e9),
    "fai_wan"              REAL CONSTRAINT parcels_fai_wan_check CHECK (typeof("fai_wan") IN ('null', 'real') AND "fai_wan" BETWEEN -1e9 AND 1e9),
    "total_build_wan"      REAL CONSTRAINT parcels_total_build_wan_check CHECK (typeof("total_build_wan") IN ('null', 'real') AND "total_build_wan" BETWEEN -1e9 AND 1e9),
    "invested_build_wan"   REAL CONSTRAINT parcels_invested_build_wan_check CHECK (typeof("invested_build_wan") IN ('null', 'real') AND "invested_build_wan" BETWEEN -1e9 AND 1e9),
    "to_develop_m2"        DOUBLE CONSTRAINT parcels_to_develop_m2_check CHECK (typeof("to_develop_m2") IN ('null', 'real') AND "to_develop_m2" >= 0 AND "to_develop_m2" < 9e999),
    "developed_m2"         DOUBLE CONSTRAINT parcels_developed_m2_check CHECK (typeof("developed_m2") IN ('null', 'real') AND "developed_m2" >= 0 AND "developed_m2" < 9e999),
    "min_far"              DOUBLE CONSTRAINT parcels_min_far_check CHECK (typeof("min_far") IN ('null', 'real') AND "min_far" >= 0 AND "min_far" < 9e999),
    "max_far"              DOUBLE CONSTRAINT parcels_max_far_check CHECK (typeof("max_far") IN ('null', 'real') AND "max_far" >= 0 AND "max_far" < 9e999),
    "agreed_floor_m2"      DOUBLE CONSTRAINT parcels_agreed_floor_m2_check CHECK (typeof("agreed_floor_m2") IN ('null', 'real') AND "agreed_floor_m2" >= 0 AND "agreed_floor_m2" < 9e999),
    "agreed_output_wan_mu" DOUBLE CONSTRAINT parcels_agreed_output_wan_mu_check CHECK (typeof("agreed_output_wan_mu") IN ('null', 'real') AND "agreed_output_wan_mu" >= 0 AND "agreed_output_wan_mu" < 9e999),
    "agreed_tax_wan_mu"    DOUBLE CONSTRAINT parcels_agreed_tax_wan_mu_check CHECK (typeof("agreed_tax_wan_mu") IN ('null', 'real') AND "agreed_tax_wan_mu" >= 0 AND "agreed_tax_wan_mu" < 9e999),
    "parents"              TEXT,
    "valid_from"           DATE NOT NULL CONSTRAINT parcels_valid_from_check CHECK ("valid_from" IS date("valid_from", '+0 days') AND "valid_from" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_to"             DATE CONSTRAINT parcels_valid_to_check CHECK ("valid_to" IS date("valid_to", '+0 days') AND "valid_to" BETWEEN '1900-01-01' AND '2200-12-31'),
    "shape"                MULTIPOLYGON NOT NULL CONSTRAINT parcels_shape_check CHECK (substr("shape", 1, 2) = x'4750'),
    FOREIGN KEY ("park") REFERENCES "parks" ("code"),
    CONSTRAINT parcels_order_check CHECK ("valid_to" > "valid_from")
);
CREATE UNIQUE INDEX "parcels_key" ON "parcels" ("code", "valid_from");

CREATE TABLE "buildings" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"           TEXT NOT NULL CONSTRAINT buildings_id_check CHECK ("id" <> ''),
    "parcel"       TEXT NOT NULL CONSTRAINT buildings_parcel_check CHECK ("parcel" <> ''),
    "name"         TEXT,
    "use"          TEXT CONSTRAINT buildings_use_check CHECK ("use" IN ('', 'plant', 'warehouse', 'office', 'dormitory', 'research', 'service', 'other')),
    "storeys"      TEXT CONSTRAINT buildings_storeys_check CHECK ("storeys" NOT GLOB '*[^0-9.@;]*' AND "storeys" NOT GLOB '*[.@;][.@;]*' AND "storeys" NOT GLOB '[.@;]*' AND "storeys" NOT GLOB '*[.@]'
        AND replace(replace(replace(replace(replace(replace(replace(replace(replace(replace("storeys", '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '') NOT GLOB '*..*'
        AND replace(replace(replace(replace(replace(replace(replace(replace(replace(replace("storeys", '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '') NOT GLOB '*@@*'
        AND replace(replace(replace(replace(replace(replace(replace(replace(replace(replace("storeys", '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '') NOT GLOB '*@.@*'),
    "completed_on" DATE CONSTRAINT buildings_completed_on_check CHECK ("completed_on" IS date("completed_on", '+0 days') AND "completed_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "vacant_m2"    DOUBLE CONSTRAINT buildings_vacant_m2_check CHECK (typeof("vacant_m2") IN ('null', 'real') AND "vacant_m2" >= 0 AND "vacant_m2" < 9e999),
    "vacant_since" DATE CONSTRAINT buildings_vacant_since_check CHECK ("vacant_since" IS date("vacant_since", '+0 days') AND "vacant_since" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_from"   DATE NOT NULL CONSTRAINT buildings_valid_from_check CHECK ("valid_from" IS date("valid_from", '+0 days') AND "valid_from" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_to"     DATE CONSTRAINT buildings_valid_to_check CHECK ("valid_to" IS date("valid_to", '+0 days') AND "valid_to" BETWEEN '1900-01-01' AND '2200-12-31'),
    "shape"        MULTIPOLYGON NOT NULL CONSTRAINT buildings_shape_check CHECK (substr("shape", 1, 2) = x'4750'),
    CONSTRAINT buildings_order_check CHECK ("valid_to" > "valid_from")
);
CREATE UNIQUE INDEX "buildings_key" ON "buildings" ("id", "valid_from");

CREATE TABLE "firms" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "uscc"          TEXT NOT NULL CONSTRAINT firms_uscc_check CHECK ("uscc" NOT GLOB '*[^0-9A-HJ-NPQRTUWXY]*' AND length("uscc") = 18),
    "name"          TEXT NOT NULL CONSTRAINT firms_name_check CHECK ("name" <> ''),
    "industry"      TEXT CONSTRAINT firms_industry_check CHECK ("industry" = '' OR "industry" NOT GLOB '*[^0-9]*' AND length("industry") BETWEEN 2 AND 4),
    "above_scale"   BOOLEAN CONSTRAINT firms_above_scale_check CHECK ("above_scale" IN (0, 1)),
    "registered_on" DATE CONSTRAINT firms_registered_on_check CHECK ("registered_on" IS date("registered_on", '+0 days') AND "registered_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "produced_on"   DATE CONSTRAINT firms_produced_on_check CHECK ("produced_on" IS date("produced_on", '+0 days') AND "produced_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "closed_on"     DATE CONSTRAINT firms_closed_on_check CHECK ("closed_on" IS date("closed_on", '+0 days') AND "closed_on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "tags"          TEXT CONSTRAINT firms_tags_check CHECK ("tags" = ''
        OR replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(';' || replace(replace(replace("tags", ' ', ''), '；', ';'), ';', ';;') || ';', ';utility;', ''), ';newly_above_scale;', ''), ';major_project;', ''), ';policy_move;', ''), ';listed;', ''), ';specialised;', ''), ';champion;', ''), ';high_tech;', ''), ';micro_park;', ''), ';logistics;', ''), ';research;', '') = '')
);
CREATE UNIQUE INDEX "firms_key" ON "firms" ("uscc");

CREATE TABLE "occupancies" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "parcel"   TEXT NOT NULL CONSTRAINT occupancies_parcel_check CHECK ("parcel" <> ''),
    "building" TEXT,
    "uscc"     TEXT NOT NULL,
    "tenure"   TEXT NOT NULL CONSTRAINT occupancies_tenure_check CHECK ("tenure" IN ('own', 'lease')),
    "floor_m2" DOUBLE CONSTRAINT occupancies_floor_m2_check CHECK (typeof("floor_m2") IN ('null', 'real') AND "floor_m2" >= 0 AND "floor_m2" < 9e999),
    "from"     DATE NOT NULL CONSTRAINT occupancies_from_check CHECK ("from" IS date("from", '+0 days') AND "from" BETWEEN '1900-01-01' AND '2200-12-31'),
    "to"       DATE CONSTRAINT occupancies_to_check CHECK ("to" IS date("to", '+0 days') AND "to" BETWEEN '1900-01-01' AND '2200-12-31'),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc"),
    CONSTRAINT occupancies_order_check CHECK ("to" > "from")
);
CREATE UNIQUE INDEX "occupancies_key" ON "occupancies" ("parcel", ifnull("building", ''), "uscc", "from");

CREATE TABLE "figures" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "uscc"              TEXT NOT NULL,
    "year"              INTEGER NOT NULL CONSTRAINT figures_year_check CHECK (typeof("year") = 'integer' AND "year" BETWEEN 1949 AND 2200),
    "output_wan"        REAL CONSTRAINT figures_output_wan_check CHECK (typeof("output_wan") IN ('null', 'real') AND "output_wan" BETWEEN -1e9 AND 1e9),
    "revenue_wan"       REAL CONSTRAINT figures_revenue_wan_check CHECK (typeof("revenue_wan") IN ('null', 'real') AND "revenue_wan" BETWEEN -1e9 AND 1e9),
    "value_added_wan"   REAL CONSTRAINT figures_value_added_wan_check CHECK (typeof("value_added_wan") IN ('null', 'real') AND "value_added_wan" BETWEEN -1e9 AND 1e9),
    "vat_wan"           REAL CONSTRAINT figures_vat_wan_check CHECK (typeof("vat_wan") IN ('null', 'real') AND "vat_wan" BETWEEN -1e9 AND 1e9),
    "income_tax_wan"    REAL CONSTRAINT figures_income_tax_wan_check CHECK (typeof("income_tax_wan") IN ('null', 'real') AND "income_tax_wan" BETWEEN -1e9 AND 1e9),
    "urban_tax_wan"     REAL CONSTRAINT figures_urban_tax_wan_check CHECK (typeof("urban_tax_wan") IN ('null', 'real') AND "urban_tax_wan" BETWEEN -1e9 AND 1e9),
    "land_use_tax_wan"  REAL CONSTRAINT figures_land_use_tax_wan_check CHECK (typeof("land_use_tax_wan") IN ('null', 'real') AND "land_use_tax_wan" BETWEEN -1e9 AND 1e9),
    "property_tax_wan"  REAL CONSTRAINT figures_property_tax_wan_check CHECK (typeof("property_tax_wan") IN ('null', 'real') AND "property_tax_wan" BETWEEN -1e9 AND 1e9),
    "other_tax_wan"     REAL CONSTRAINT figures_other_tax_wan_check CHECK (typeof("other_tax_wan") IN ('null', 'real') AND "other_tax_wan" BETWEEN -1e9 AND 1e9),
    "export_credit_wan" REAL CONSTRAINT figures_export_credit_wan_check CHECK (typeof("export_credit_wan") IN ('null', 'real') AND "export_credit_wan" BETWEEN -1e9 AND 1e9),
    "vat_refund_wan"    REAL CONSTRAINT figures_vat_refund_wan_check CHECK (typeof("vat_refund_wan") IN ('null', 'real') AND "vat_refund_wan" BETWEEN -1e9 AND 1e9),
    "energy_tce"        DOUBLE CONSTRAINT figures_energy_tce_check CHECK (typeof("energy_tce") IN ('null', 'real') AND "energy_tce" >= 0 AND "energy_tce" < 9e999),
    "energy_basis"      TEXT CONSTRAINT figures_energy_basis_check CHECK ("energy_basis" IN ('', 'equivalent', 'calorific')),
    "emissions_t"       DOUBLE CONSTRAINT figures_emissions_t_check CHECK (typeof("emissions_t") IN ('null', 'real') AND "emissions_t" >= 0 AND "emissions_t" < 9e999),
    "staff"             DOUBLE CONSTRAINT figures_staff_check CHECK (typeof("staff") IN ('null', 'real') AND "staff" >= 0 AND "staff" < 9e999),
    "rd_wan"            REAL CONSTRAINT figures_rd_wan_check CHECK (typeof("rd_wan") IN ('null', 'real') AND "rd_wan" BETWEEN -1e9 AND 1e9),
    "electricity_mwh"   DOUBLE CONSTRAINT figures_electricity_mwh_check CHECK (typeof("electricity_mwh") IN ('null', 'real') AND "electricity_mwh" >= 0 AND "electricity_mwh" < 9e999),
    "source"            TEXT CONSTRAINT figures_source_check CHECK ("source" IN ('', 'filing', 'authorised', 'statistics', 'estimate')),
    "confirmed"         BOOLEAN CONSTRAINT figures_confirmed_check CHECK ("confirmed" IN (0, 1)),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc")
);
CREATE UNIQUE INDEX "figures_key" ON "figures" ("uscc", "year");

CREATE TABLE "events" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"         TEXT NOT NULL CONSTRAINT events_id_check CHECK ("id" <> ''),
    "uscc"       TEXT,
    "parcel"     TEXT,
    "kind"       TEXT NOT NULL CONSTRAINT events_kind_check CHECK ("kind" IN ('safety_accident', 'environment_accident', 'food_accident', 'target_missed', 'penalty', 'notice', 'illegal_building', 'not_filed', 'exempted', 'bonus', 'sublet', 'objection', 'vacancy_check', 'idle_inquiry', 'idle_determined')),
    "document"   TEXT,
    "note"       TEXT,
    "on"         DATE NOT NULL CONSTRAINT events_on_check CHECK ("on" IS date("on", '+0 days') AND "on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_from" DATE CONSTRAINT events_valid_from_check CHECK ("valid_from" IS date("valid_from", '+0 days') AND "valid_from" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_to"   DATE CONSTRAINT events_valid_to_check CHECK ("valid_to" IS date("valid_to", '+0 days') AND "valid_to" BETWEEN '1900-01-01' AND '2200-12-31'),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc"),
    CONSTRAINT events_order_check CHECK ("valid_to" > "valid_from"),
    CONSTRAINT events_about_check CHECK (ifnull("uscc", '') <> '' OR ifnull("parcel", '') <> '')
);
CREATE UNIQUE INDEX "events_key" ON "events" ("id");

CREATE TABLE "targets" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"          TEXT NOT NULL CONSTRAINT targets_id_check CHECK ("id" <> ''),
    "name"        TEXT NOT NULL CONSTRAINT targets_name_check CHECK ("name" <> ''),
    "name_en"     TEXT,
    "unit"        TEXT,
    "base_year"   INTEGER NOT NULL DEFAULT 0 CONSTRAINT targets_base_year_check CHECK (typeof("base_year") = 'integer' AND ("base_year" = 0 OR "base_year" BETWEEN 1949 AND 2200)),
    "base"        DOUBLE CONSTRAINT targets_base_check CHECK (typeof("base") IN ('null', 'real') AND "base" > -9e999 AND "base" < 9e999),
    "target_year" INTEGER NOT NULL DEFAULT 0 CONSTRAINT targets_target_year_check CHECK (typeof("target_year") = 'integer' AND ("target_year" = 0 OR "target_year" BETWEEN 1949 AND 2200)),
    "target"      DOUBLE CONSTRAINT targets_target_check CHECK (typeof("target") IN ('null', 'real') AND "target" > -9e999 AND "target" < 9e999),
    "growth_pct"  DOUBLE CONSTRAINT targets_growth_pct_check CHECK (typeof("growth_pct") IN ('null', 'real') AND "growth_pct" > -9e999 AND "growth_pct" < 9e999),
    "binding"     BOOLEAN CONSTRAINT targets_binding_check CHECK ("binding" IN (0, 1)),
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
