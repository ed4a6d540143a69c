-- A parcel's park is checked once for the rows of a statement, as all other references of parcels are. The foreign key asked for each row
-- by itself, which took a fifth of a large import; writers take turns, so nothing can slip in between (see 0003_rules.sql).
ALTER TABLE muchan.parcels DROP CONSTRAINT parcels_park_fkey;

CREATE FUNCTION muchan.check_parcels_park() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.code, n.valid_from AS first, n.park INTO bad
	  FROM added n
	 WHERE n.park NOT IN (SELECT p.code FROM muchan.parks p)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('parcels', 'parcels_park_reference', bad.code || '|' || bad.first,
			format('parcel %s lies in the park %s, which does not exist', bad.code, bad.park), 'Correct the code or import the park first.');
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION muchan.check_parks_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad text;
BEGIN
	SELECT o.code INTO bad
	  FROM removed o
	 WHERE NOT EXISTS (SELECT FROM muchan.parks p WHERE p.code = o.code)
	   AND EXISTS (SELECT FROM muchan.parcels p WHERE p.park = o.code)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('parks', 'parks_code_referenced', bad, format('park %s has parcels', bad), 'Give the parcels another park first.');
	END IF;
	RETURN NULL;
END $$;

CREATE TRIGGER check_park_insert AFTER INSERT ON muchan.parcels REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_parcels_park();
CREATE TRIGGER check_park_update AFTER UPDATE ON muchan.parcels REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_parcels_park();
CREATE TRIGGER check_gone_delete AFTER DELETE ON muchan.parks REFERENCING OLD TABLE AS removed
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_parks_gone();
CREATE TRIGGER check_gone_update AFTER UPDATE ON muchan.parks REFERENCING OLD TABLE AS removed
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_parks_gone();
