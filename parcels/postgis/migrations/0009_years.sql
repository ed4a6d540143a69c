-- What holds for a year or for a time, which stood without a date before: the actual values of the plan's targets, whether a firm was
-- above scale, its tags as events, and the land that a certificate names but that a firm cannot use.

-- 指标实际值
CREATE TABLE muchan.target_values (
	target text NOT NULL REFERENCES muchan.targets,
	year   integer NOT NULL CHECK (year BETWEEN 1949 AND 2200),
	value  double precision NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
	source text,
	note   text,
	PRIMARY KEY (target, year)
);

CREATE TRIGGER a_hold BEFORE INSERT OR UPDATE OR DELETE ON muchan.target_values
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.hold();
CREATE TRIGGER untruncated BEFORE TRUNCATE ON muchan.target_values
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.untruncated();
CREATE TRIGGER note_insert AFTER INSERT ON muchan.target_values REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.note(target, year);
CREATE TRIGGER note_update AFTER UPDATE ON muchan.target_values REFERENCING OLD TABLE AS removed NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.note(target, year);
CREATE TRIGGER note_delete AFTER DELETE ON muchan.target_values REFERENCING OLD TABLE AS removed
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.note(target, year);

ALTER TABLE muchan.figures ADD COLUMN above_scale boolean;

ALTER TABLE muchan.parcels
	ADD COLUMN undelivered_m2 double precision CHECK (undelivered_m2 >= 0 AND undelivered_m2 < 'Infinity'),
	ADD COLUMN public_m2      double precision CHECK (public_m2 >= 0 AND public_m2 < 'Infinity');

ALTER TABLE muchan.events
	DROP CONSTRAINT events_kind_check,
	ADD CONSTRAINT events_kind_check CHECK (kind IN ('safety_accident', 'environment_accident', 'food_accident', 'target_missed', 'penalty', 'notice', 'illegal_building', 'not_filed', 'exempted', 'bonus', 'sublet', 'objection', 'vacancy_check', 'idle_inquiry', 'idle_determined', 'utility', 'newly_above_scale', 'major_project', 'policy_move', 'listed', 'specialised', 'champion', 'high_tech', 'micro_park', 'logistics', 'research'));

CREATE VIEW muchan_analyst.target_values WITH (security_barrier) AS
	SELECT target, year, value, source, note
	  FROM muchan.target_values;

CREATE OR REPLACE VIEW muchan_analyst.figures WITH (security_barrier) AS
	SELECT uscc, year, output_wan, revenue_wan, value_added_wan, vat_wan, income_tax_wan, urban_tax_wan,
	       land_use_tax_wan, property_tax_wan, other_tax_wan, export_credit_wan, vat_refund_wan, energy_tce,
	       energy_basis, emissions_t, staff, rd_wan, electricity_mwh, source, confirmed, cod_t, water_t, above_scale
	  FROM muchan.figures;

CREATE OR REPLACE VIEW muchan_analyst.parcels WITH (security_barrier) AS
	SELECT code, park, address, use_scheme, use_code, state, title_area_m2, yard_area_m2, works_area_m2, office_land_m2,
	       green_area_m2, contract_no, signed_on, handed_over_on, due_start_on, started_on, due_completion_on,
	       completed_on, due_production_on, produced_on, suspended_on, government_cause, price_wan, agreed_fai_wan,
	       fai_wan, total_build_wan, invested_build_wan, to_develop_m2, developed_m2, min_far, max_far, agreed_floor_m2,
	       agreed_output_wan_mu, agreed_tax_wan_mu, parents, valid_from, valid_to, shape, undelivered_m2, public_m2
	  FROM muchan.parcels
	 WHERE valid_from <= muchan_viewer.today() AND (valid_to IS NULL OR valid_to > muchan_viewer.today());

CREATE OR REPLACE VIEW muchan_analyst.parcels_history WITH (security_barrier) AS
	SELECT code, park, address, use_scheme, use_code, state, title_area_m2, yard_area_m2, works_area_m2, office_land_m2,
	       green_area_m2, contract_no, signed_on, handed_over_on, due_start_on, started_on, due_completion_on,
	       completed_on, due_production_on, produced_on, suspended_on, government_cause, price_wan, agreed_fai_wan,
	       fai_wan, total_build_wan, invested_build_wan, to_develop_m2, developed_m2, min_far, max_far, agreed_floor_m2,
	       agreed_output_wan_mu, agreed_tax_wan_mu, parents, valid_from, valid_to, shape, undelivered_m2, public_m2
	  FROM muchan.parcels;
