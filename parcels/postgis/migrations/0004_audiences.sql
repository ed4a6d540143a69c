-- What people who connect with QGIS or SQL may see. A view for an audience lacks the columns above it, so that there is nothing to
-- leave out; the rights on the views are in roles.sql. The split is that of the published layers: a viewer sees land and buildings,
-- an analyst firms, figures and money too. Views name what they show, so a column added later stays hidden until it is shown on purpose.

CREATE SCHEMA muchan_viewer;
CREATE SCHEMA muchan_analyst;

-- today is the day in China, whatever the zone of the connection.
CREATE FUNCTION muchan_viewer.today() RETURNS date
LANGUAGE sql STABLE RETURN (now() AT TIME ZONE 'Asia/Shanghai')::date;

-- For viewers: what is valid today.

CREATE VIEW muchan_viewer.parks WITH (security_barrier) AS
	SELECT code, name, name_en, county, definition, area_m2, shape
	  FROM muchan.parks;

CREATE VIEW muchan_viewer.zones WITH (security_barrier) AS
	SELECT id, park, name, kind, level, document, valid_from, valid_to, shape
	  FROM muchan.zones
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

CREATE VIEW muchan_viewer.parcels WITH (security_barrier) AS
	SELECT code, park, address, use_scheme, use_code, state, title_area_m2, signed_on, handed_over_on, due_start_on,
	       started_on, due_completion_on, completed_on, due_production_on, produced_on, parents, valid_from, valid_to,
	       shape
	  FROM muchan.parcels
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

CREATE VIEW muchan_viewer.buildings WITH (security_barrier) AS
	SELECT id, parcel, name, use, storeys, completed_on, vacant_m2, vacant_since, valid_from, valid_to, shape
	  FROM muchan.buildings
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

-- For analysts: what is valid today, and in *_history every edition there was.

CREATE VIEW muchan_analyst.parks WITH (security_barrier) AS
	SELECT code, name, name_en, county, definition, area_m2, shape
	  FROM muchan.parks;

CREATE VIEW muchan_analyst.zones WITH (security_barrier) AS
	SELECT id, park, name, kind, level, document, valid_from, valid_to, shape
	  FROM muchan.zones
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

CREATE VIEW muchan_analyst.parcels WITH (security_barrier) AS
	SELECT code, park, address, use_scheme, use_code, state, title_area_m2, yard_area_m2, works_area_m2, office_land_m2,
	       green_area_m2, contract_no, signed_on, handed_over_on, due_start_on, started_on, due_completion_on,
	       completed_on, due_production_on, produced_on, suspended_on, government_cause, price_wan, agreed_fai_wan,
	       fai_wan, total_build_wan, invested_build_wan, to_develop_m2, developed_m2, min_far, max_far, agreed_floor_m2,
	       agreed_output_wan_mu, agreed_tax_wan_mu, parents, valid_from, valid_to, shape
	  FROM muchan.parcels
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

CREATE VIEW muchan_analyst.buildings WITH (security_barrier) AS
	SELECT id, parcel, name, use, storeys, completed_on, vacant_m2, vacant_since, valid_from, valid_to, shape
	  FROM muchan.buildings
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

CREATE VIEW muchan_analyst.firms WITH (security_barrier) AS
	SELECT uscc, name, industry, above_scale, registered_on, produced_on, closed_on, tags
	  FROM muchan.firms;

CREATE VIEW muchan_analyst.occupancies WITH (security_barrier) AS
	SELECT parcel, building, uscc, tenure, floor_m2, "from", "to"
	  FROM muchan.occupancies;

CREATE VIEW muchan_analyst.figures WITH (security_barrier) AS
	SELECT uscc, year, output_wan, revenue_wan, value_added_wan, vat_wan, income_tax_wan, urban_tax_wan,
	       land_use_tax_wan, property_tax_wan, other_tax_wan, export_credit_wan, vat_refund_wan, energy_tce,
	       energy_basis, emissions_t, staff, rd_wan, electricity_mwh, source, confirmed
	  FROM muchan.figures;

CREATE VIEW muchan_analyst.events WITH (security_barrier) AS
	SELECT id, uscc, parcel, kind, document, note, "on", valid_from, valid_to
	  FROM muchan.events;

CREATE VIEW muchan_analyst.targets WITH (security_barrier) AS
	SELECT id, name, name_en, unit, base_year, base, target_year, target, growth_pct, binding, source, note
	  FROM muchan.targets;

CREATE VIEW muchan_analyst.zones_history WITH (security_barrier) AS
	SELECT id, park, name, kind, level, document, valid_from, valid_to, shape
	  FROM muchan.zones;

CREATE VIEW muchan_analyst.parcels_history WITH (security_barrier) AS
	SELECT code, park, address, use_scheme, use_code, state, title_area_m2, yard_area_m2, works_area_m2, office_land_m2,
	       green_area_m2, contract_no, signed_on, handed_over_on, due_start_on, started_on, due_completion_on,
	       completed_on, due_production_on, produced_on, suspended_on, government_cause, price_wan, agreed_fai_wan,
	       fai_wan, total_build_wan, invested_build_wan, to_develop_m2, developed_m2, min_far, max_far, agreed_floor_m2,
	       agreed_output_wan_mu, agreed_tax_wan_mu, parents, valid_from, valid_to, shape
	  FROM muchan.parcels;

CREATE VIEW muchan_analyst.buildings_history WITH (security_barrier) AS
	SELECT id, parcel, name, use, storeys, completed_on, vacant_m2, vacant_since, valid_from, valid_to, shape
	  FROM muchan.buildings;

CREATE VIEW muchan_analyst.runs WITH (security_barrier) AS
	SELECT id, year, as_of, version, rules_id, rules_hash, published_by, published_at, results
	  FROM muchan.runs;
