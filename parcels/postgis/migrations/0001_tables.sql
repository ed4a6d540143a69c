-- The truth about the zone: one table for each entity, with the columns of package parcels in their order. A missing text is NULL
-- or '', a missing list NULL or '{}'. Money is 万元, areas are m², dates are days without a clock, shapes are CGCS2000 (EPSG:4490),
-- longitude first.
--
-- Every rule that a single row can break stands here, so that an edit by QGIS or SQL is refused as an import would be. Rules across
-- rows (editions, references to a code) are in 0002_triggers.sql.

-- 园区
CREATE TABLE muchan.parks (
	code                 text NOT NULL CHECK (code <> ''),
	name                 text NOT NULL CHECK (name <> ''),
	name_en              text,
	county               text CHECK (county ~ '^(\d{6})?$'),
	definition           text CHECK (definition IN ('', 'approved', 'planned', 'built')),
	area_m2              double precision CHECK (area_m2 >= 0 AND area_m2 < 'Infinity'),
	shape                geometry(MultiPolygon,4490) NOT NULL,
	PRIMARY KEY (code),
	CONSTRAINT parks_shape_check CHECK (ST_IsValid(shape) AND NOT ST_IsEmpty(shape)
		AND shape @ ST_MakeEnvelope(-180, -90, 180, 90, 4490))
);

-- 片区、控制线
CREATE TABLE muchan.zones (
	id                   text NOT NULL CHECK (id <> ''),
	park                 text NOT NULL REFERENCES muchan.parks,
	name                 text NOT NULL CHECK (name <> ''),
	kind                 text NOT NULL CHECK (kind IN ('functional', 'renewal', 'industrial_line', 'red_line', 'control_unit', 'planned_use', 'water', 'road')),
	level                integer NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 2),
	document             text,
	valid_from           date NOT NULL CHECK (valid_from BETWEEN '1900-01-01' AND '2200-12-31'),
	valid_to             date CHECK (valid_to BETWEEN '1900-01-01' AND '2200-12-31'),
	shape                geometry(MultiPolygon,4490) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT zones_order_check CHECK (valid_to > valid_from),
	CONSTRAINT zones_shape_check CHECK (ST_IsValid(shape) AND NOT ST_IsEmpty(shape)
		AND shape @ ST_MakeEnvelope(-180, -90, 180, 90, 4490))
);

-- 宗地
CREATE TABLE muchan.parcels (
	code                 text NOT NULL CHECK (code ~ '^\d{12}[GJZ][ABSXCDEFHGWY]\d{5}$'),
	park                 text NOT NULL REFERENCES muchan.parks,
	address              text,
	use_scheme           text CHECK (use_scheme IN ('', 'ydyh2023', 'gb50137', 'gbt21010')),
	use_code             text,
	state                text CHECK (state IN ('', 'approved', 'supplied', 'building', 'unused', 'partial', 'in_use', 'low', 'reclaimed')),
	title_area_m2        double precision CHECK (title_area_m2 >= 0 AND title_area_m2 < 'Infinity'),
	yard_area_m2         double precision CHECK (yard_area_m2 >= 0 AND yard_area_m2 < 'Infinity'),
	works_area_m2        double precision CHECK (works_area_m2 >= 0 AND works_area_m2 < 'Infinity'),
	office_land_m2       double precision CHECK (office_land_m2 >= 0 AND office_land_m2 < 'Infinity'),
	green_area_m2        double precision CHECK (green_area_m2 >= 0 AND green_area_m2 < 'Infinity'),
	contract_no          text,
	signed_on            date CHECK (signed_on BETWEEN '1900-01-01' AND '2200-12-31'),
	handed_over_on       date CHECK (handed_over_on BETWEEN '1900-01-01' AND '2200-12-31'),
	due_start_on         date CHECK (due_start_on BETWEEN '1900-01-01' AND '2200-12-31'),
	started_on           date CHECK (started_on BETWEEN '1900-01-01' AND '2200-12-31'),
	due_completion_on    date CHECK (due_completion_on BETWEEN '1900-01-01' AND '2200-12-31'),
	completed_on         date CHECK (completed_on BETWEEN '1900-01-01' AND '2200-12-31'),
	due_production_on    date CHECK (due_production_on BETWEEN '1900-01-01' AND '2200-12-31'),
	produced_on          date CHECK (produced_on BETWEEN '1900-01-01' AND '2200-12-31'),
	suspended_on         date CHECK (suspended_on BETWEEN '1900-01-01' AND '2200-12-31'),
	government_cause     boolean,
	price_wan            numeric(18,6) CHECK (price_wan BETWEEN -1e9 AND 1e9),
	agreed_fai_wan       numeric(18,6) CHECK (agreed_fai_wan BETWEEN -1e9 AND 1e9),
	fai_wan              numeric(18,6) CHECK (fai_wan BETWEEN -1e9 AND 1e9),
	total_build_wan      numeric(18,6) CHECK (total_build_wan BETWEEN -1e9 AND 1e9),
	invested_build_wan   numeric(18,6) CHECK (invested_build_wan BETWEEN -1e9 AND 1e9),
	to_develop_m2        double precision CHECK (to_develop_m2 >= 0 AND to_develop_m2 < 'Infinity'),
	developed_m2         double precision CHECK (developed_m2 >= 0 AND developed_m2 < 'Infinity'),
	min_far              double precision CHECK (min_far >= 0 AND min_far < 'Infinity'),
	max_far              double precision CHECK (max_far >= 0 AND max_far < 'Infinity'),
	agreed_floor_m2      double precision CHECK (agreed_floor_m2 >= 0 AND agreed_floor_m2 < 'Infinity'),
	agreed_output_wan_mu double precision CHECK (agreed_output_wan_mu >= 0 AND agreed_output_wan_mu < 'Infinity'),
	agreed_tax_wan_mu    double precision CHECK (agreed_tax_wan_mu >= 0 AND agreed_tax_wan_mu < 'Infinity'),
	parents              text[],
	valid_from           date NOT NULL CHECK (valid_from BETWEEN '1900-01-01' AND '2200-12-31'),
	valid_to             date CHECK (valid_to BETWEEN '1900-01-01' AND '2200-12-31'),
	shape                geometry(MultiPolygon,4490) NOT NULL,
	PRIMARY KEY (code, valid_from),
	CONSTRAINT parcels_order_check CHECK (valid_to > valid_from),
	CONSTRAINT parcels_shape_check CHECK (ST_IsValid(shape) AND NOT ST_IsEmpty(shape)
		AND shape @ ST_MakeEnvelope(-180, -90, 180, 90, 4490))
);

-- 幢
CREATE TABLE muchan.buildings (
	id                   text NOT NULL CHECK (id <> ''),
	parcel               text NOT NULL CHECK (parcel <> ''),
	name                 text,
	use                  text CHECK (use IN ('', 'plant', 'warehouse', 'office', 'dormitory', 'research', 'service', 'other')),
	storeys              text CHECK (storeys ~ '^(\d+(\.\d+)?(@\d+(\.\d+)?)?(;|$))*$'),
	completed_on         date CHECK (completed_on BETWEEN '1900-01-01' AND '2200-12-31'),
	vacant_m2            double precision CHECK (vacant_m2 >= 0 AND vacant_m2 < 'Infinity'),
	vacant_since         date CHECK (vacant_since BETWEEN '1900-01-01' AND '2200-12-31'),
	valid_from           date NOT NULL CHECK (valid_from BETWEEN '1900-01-01' AND '2200-12-31'),
	valid_to             date CHECK (valid_to BETWEEN '1900-01-01' AND '2200-12-31'),
	shape                geometry(MultiPolygon,4490) NOT NULL,
	PRIMARY KEY (id, valid_from),
	CONSTRAINT buildings_order_check CHECK (valid_to > valid_from),
	CONSTRAINT buildings_shape_check CHECK (ST_IsValid(shape) AND NOT ST_IsEmpty(shape)
		AND shape @ ST_MakeEnvelope(-180, -90, 180, 90, 4490))
);

-- 企业
CREATE TABLE muchan.firms (
	uscc                 text NOT NULL CHECK (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
	name                 text NOT NULL CHECK (name <> ''),
	industry             text CHECK (industry ~ '^(\d{2,4})?$'),
	above_scale          boolean,
	registered_on        date CHECK (registered_on BETWEEN '1900-01-01' AND '2200-12-31'),
	produced_on          date CHECK (produced_on BETWEEN '1900-01-01' AND '2200-12-31'),
	closed_on            date CHECK (closed_on BETWEEN '1900-01-01' AND '2200-12-31'),
	tags                 text[] CHECK (tags <@ ARRAY['utility', 'newly_above_scale', 'major_project', 'policy_move', 'listed', 'specialised', 'champion', 'high_tech', 'micro_park', 'logistics', 'research']),
	PRIMARY KEY (uscc)
);

-- 用地关系
CREATE TABLE muchan.occupancies (
	parcel               text NOT NULL CHECK (parcel <> ''),
	building             text NOT NULL DEFAULT '',
	uscc                 text NOT NULL REFERENCES muchan.firms,
	tenure               text NOT NULL CHECK (tenure IN ('own', 'lease')),
	floor_m2             double precision CHECK (floor_m2 >= 0 AND floor_m2 < 'Infinity'),
	"from"               date NOT NULL CHECK ("from" BETWEEN '1900-01-01' AND '2200-12-31'),
	"to"                 date CHECK ("to" BETWEEN '1900-01-01' AND '2200-12-31'),
	PRIMARY KEY (parcel, building, uscc, "from"),
	CONSTRAINT occupancies_order_check CHECK ("to" > "from")
);

-- 年度数据
CREATE TABLE muchan.figures (
	uscc                 text NOT NULL REFERENCES muchan.firms,
	year                 integer NOT NULL CHECK (year BETWEEN 1949 AND 2200),
	output_wan           numeric(18,6) CHECK (output_wan BETWEEN -1e9 AND 1e9),
	revenue_wan          numeric(18,6) CHECK (revenue_wan BETWEEN -1e9 AND 1e9),
	value_added_wan      numeric(18,6) CHECK (value_added_wan BETWEEN -1e9 AND 1e9),
	vat_wan              numeric(18,6) CHECK (vat_wan BETWEEN -1e9 AND 1e9),
	income_tax_wan       numeric(18,6) CHECK (income_tax_wan BETWEEN -1e9 AND 1e9),
	urban_tax_wan        numeric(18,6) CHECK (urban_tax_wan BETWEEN -1e9 AND 1e9),
	land_use_tax_wan     numeric(18,6) CHECK (land_use_tax_wan BETWEEN -1e9 AND 1e9),
	property_tax_wan     numeric(18,6) CHECK (property_tax_wan BETWEEN -1e9 AND 1e9),
	other_tax_wan        numeric(18,6) CHECK (other_tax_wan BETWEEN -1e9 AND 1e9),
	export_credit_wan    numeric(18,6) CHECK (export_credit_wan BETWEEN -1e9 AND 1e9),
	vat_refund_wan       numeric(18,6) CHECK (vat_refund_wan BETWEEN -1e9 AND 1e9),
	energy_tce           double precision CHECK (energy_tce >= 0 AND energy_tce < 'Infinity'),
	energy_basis         text CHECK (energy_basis IN ('', 'equivalent', 'calorific')),
	emissions_t          double precision CHECK (emissions_t >= 0 AND emissions_t < 'Infinity'),
	staff                double precision CHECK (staff >= 0 AND staff < 'Infinity'),
	rd_wan               numeric(18,6) CHECK (rd_wan BETWEEN -1e9 AND 1e9),
	electricity_mwh      double precision CHECK (electricity_mwh >= 0 AND electricity_mwh < 'Infinity'),
	source               text CHECK (source IN ('', 'filing', 'authorised', 'statistics', 'estimate')),
	confirmed            boolean,
	PRIMARY KEY (uscc, year)
);

-- 事项
CREATE TABLE muchan.events (
	id                   text NOT NULL CHECK (id <> ''),
	uscc                 text REFERENCES muchan.firms,
	parcel               text,
	kind                 text NOT NULL CHECK (kind IN ('safety_accident', 'environment_accident', 'food_accident', 'target_missed', 'penalty', 'notice', 'illegal_building', 'not_filed', 'exempted', 'bonus', 'sublet', 'objection', 'vacancy_check', 'idle_inquiry', 'idle_determined')),
	document             text,
	note                 text,
	"on"                 date NOT NULL CHECK ("on" BETWEEN '1900-01-01' AND '2200-12-31'),
	valid_from           date CHECK (valid_from BETWEEN '1900-01-01' AND '2200-12-31'),
	valid_to             date CHECK (valid_to BETWEEN '1900-01-01' AND '2200-12-31'),
	PRIMARY KEY (id),
	CONSTRAINT events_order_check CHECK (valid_to > valid_from),
	CONSTRAINT events_about_check CHECK (coalesce(uscc, '') <> '' OR coalesce(parcel, '') <> '')
);

-- 规划指标
CREATE TABLE muchan.targets (
	id                   text NOT NULL CHECK (id <> ''),
	name                 text NOT NULL CHECK (name <> ''),
	name_en              text,
	unit                 text,
	base_year            integer NOT NULL DEFAULT 0 CHECK (base_year = 0 OR base_year BETWEEN 1949 AND 2200),
	base                 double precision CHECK (base > '-Infinity' AND base < 'Infinity'),
	target_year          integer NOT NULL DEFAULT 0 CHECK (target_year = 0 OR target_year BETWEEN 1949 AND 2200),
	target               double precision CHECK (target > '-Infinity' AND target < 'Infinity'),
	growth_pct           double precision CHECK (growth_pct > '-Infinity' AND growth_pct < 'Infinity'),
	binding              boolean,
	source               text,
	note                 text,
	PRIMARY KEY (id)
);

-- For maps.
CREATE INDEX parks_shape ON muchan.parks USING gist (shape);
CREATE INDEX zones_shape ON muchan.zones USING gist (shape);
CREATE INDEX parcels_shape ON muchan.parcels USING gist (shape);
CREATE INDEX buildings_shape ON muchan.buildings USING gist (shape);

-- For joins and for the checks of references.
CREATE INDEX zones_park ON muchan.zones (park);
CREATE INDEX parcels_park ON muchan.parcels (park);
CREATE INDEX buildings_parcel ON muchan.buildings (parcel);
CREATE INDEX occupancies_building ON muchan.occupancies (building) WHERE building <> '';
CREATE INDEX occupancies_uscc ON muchan.occupancies (uscc);
CREATE INDEX events_uscc ON muchan.events (uscc);
CREATE INDEX events_parcel ON muchan.events (parcel);
