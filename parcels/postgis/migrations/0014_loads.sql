-- What a large import spares the server.
--
-- The entries of a change are a range of the journal's numbers, since writers take turns. The tree over their change took a tenth of
-- writing them.
ALTER TABLE muchan.changes ADD COLUMN first_entry bigint, ADD COLUMN last_entry bigint; -- NULL for a change without entries
ALTER TABLE muchan.changes DISABLE TRIGGER frozen;
UPDATE muchan.changes c
   SET first_entry = e.first, last_entry = e.last
  FROM (SELECT change, min(number) AS first, max(number) AS last FROM muchan.journal WHERE change > 0 GROUP BY change) e
 WHERE c.number = e.change;
ALTER TABLE muchan.changes ENABLE TRIGGER frozen;
DROP INDEX muchan.journal_change;

-- The form of a code is judged where shapes are: the rows of a load have passed their Validate. The expression beside it took longer than
-- all other checks of a row together. A park was judged by the plan, as the other references of a change that is applied.
ALTER TABLE muchan.parcels DROP CONSTRAINT parcels_code_check;

CREATE FUNCTION muchan.check_parcel_codes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	IF (SELECT s.validated FROM muchan.state s) THEN
		RETURN NULL;
	END IF;
	SELECT n.code, n.valid_from AS first INTO bad
	  FROM added n
	 WHERE n.code !~ '^\d{12}[GJZ][ABSXCDEFHGWY]\d{5}$'
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('parcels', 'parcels_code_check', bad.code || '|' || bad.first,
			format('%s violates check constraint "parcels_code_check"', bad.code), 'Write 12 digits, G, J or Z, a letter of the right, and 5 digits.');
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER check_code_insert AFTER INSERT ON muchan.parcels REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_parcel_codes();
CREATE TRIGGER check_code_update AFTER UPDATE ON muchan.parcels REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_parcel_codes();

CREATE OR REPLACE FUNCTION muchan.check_parcels_park() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	IF muchan.judged() THEN
		RETURN NULL;
	END IF;
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
