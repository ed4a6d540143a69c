-- A shape is judged once. Rows that are loaded have passed their Validate, whose verdict on shapes is that of ST_IsValid; ST_IsValid
-- beside it took a tenth of a large import. All others, those of edits and of changes that are applied whole, are judged here.
ALTER TABLE muchan.state ADD COLUMN validated boolean NOT NULL DEFAULT false; -- the change being applied has rows that passed Validate

DO $$
DECLARE
	t record;
	geometry text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis');
BEGIN
	EXECUTE format($f$
		CREATE FUNCTION muchan.check_shapes() RETURNS trigger
		LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, %I, pg_temp AS $body$
		DECLARE
			bad record;
		BEGIN
			IF (SELECT s.validated FROM muchan.state s) THEN
				RETURN NULL;
			END IF;
			SELECT muchan.row_key(to_jsonb(n) - 'shape', TG_ARGV) AS key, ST_IsValidReason(n.shape) AS reason INTO bad
			  FROM added n
			 WHERE NOT ST_IsValid(n.shape)
			 LIMIT 1;
			IF FOUND THEN
				PERFORM muchan.break_rule(TG_TABLE_NAME, TG_TABLE_NAME || '_shape_check', bad.key,
					format('the shape of %%s is not valid: %%s', bad.key, bad.reason), 'Correct it, in QGIS with Fix geometries.');
			END IF;
			RETURN NULL;
		END $body$ $f$, geometry);
	FOR t IN VALUES ('parks', 'code'), ('zones', 'id'), ('parcels', 'code, valid_from'), ('buildings', 'id, valid_from') LOOP
		EXECUTE format('ALTER TABLE muchan.%1$I DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I
			CHECK (NOT ST_IsEmpty(shape) AND shape @ ST_MakeEnvelope(-180, -90, 180, 90, 4490))', t.column1, t.column1 || '_shape_check');
		EXECUTE format('CREATE TRIGGER check_shapes_insert AFTER INSERT ON muchan.%I REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_shapes(%s)', t.column1, t.column2);
		EXECUTE format('CREATE TRIGGER check_shapes_update AFTER UPDATE ON muchan.%I REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_shapes(%s)', t.column1, t.column2);
	END LOOP;
END $$;
