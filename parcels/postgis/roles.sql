-- The database roles and their rights. Roles belong to the whole cluster and views to one database, so this is no migration: it may
-- run any number of times, in several databases at once. They cannot log in; grant them to those who can:
--
--	CREATE ROLE lin LOGIN PASSWORD '...' IN ROLE muchan_viewer;

DO $$
DECLARE
	wanted text;
BEGIN
	FOREACH wanted IN ARRAY ARRAY['muchan_viewer', 'muchan_analyst', 'muchan_editor', 'muchan_service'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
			BEGIN
				EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
			EXCEPTION WHEN duplicate_object OR unique_violation THEN
				NULL; -- made at the same moment from another database
			END;
		END IF;
	END LOOP;
END $$;

REVOKE ALL ON SCHEMA muchan, muchan_viewer, muchan_analyst FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA muchan, muchan_viewer, muchan_analyst FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA muchan, muchan_viewer, muchan_analyst FROM PUBLIC;

-- The land bureau.
GRANT USAGE ON SCHEMA muchan_viewer TO muchan_viewer, muchan_analyst, muchan_editor;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA muchan_viewer TO muchan_viewer, muchan_analyst, muchan_editor;
GRANT SELECT ON ALL TABLES IN SCHEMA muchan_viewer TO muchan_viewer, muchan_analyst, muchan_editor;

-- Zoning staff.
GRANT USAGE ON SCHEMA muchan_analyst TO muchan_analyst, muchan_editor;
GRANT SELECT ON ALL TABLES IN SCHEMA muchan_analyst TO muchan_analyst, muchan_editor;

-- Whoever keeps the data with QGIS or SQL. Triggers number and journal what they do; they cannot write the journal themselves.
GRANT USAGE ON SCHEMA muchan TO muchan_editor;
GRANT SELECT ON muchan.state, muchan.changes, muchan.journal, muchan.runs, muchan.acts, muchan.rule_sets TO muchan_editor;
GRANT SELECT, INSERT, UPDATE, DELETE ON muchan.parks, muchan.zones, muchan.parcels, muchan.buildings, muchan.firms, muchan.occupancies,
	muchan.figures, muchan.events, muchan.targets, muchan.target_values TO muchan_editor;

-- muchan itself, where it serves with fewer rights than the owner that migrates.
GRANT USAGE ON SCHEMA muchan TO muchan_service;
GRANT SELECT ON ALL TABLES IN SCHEMA muchan TO muchan_service;
GRANT INSERT, UPDATE, DELETE ON muchan.parks, muchan.zones, muchan.parcels, muchan.buildings, muchan.firms, muchan.occupancies,
	muchan.figures, muchan.events, muchan.targets, muchan.target_values TO muchan_service; -- DELETE for undoing a change
GRANT INSERT ON muchan.changes, muchan.journal, muchan.runs, muchan.acts, muchan.rule_sets TO muchan_service;
GRANT UPDATE ON muchan.state TO muchan_service;
GRANT EXECUTE ON FUNCTION muchan.move() TO muchan_service;
