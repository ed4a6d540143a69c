-- A row's history is found by its key alone, and by hash: the tree over entity, key and number took a tenth of a large import, the hash
-- next to nothing. Nobody looks parcels up by their park, which nearly all of them share with thousands.
DROP INDEX muchan.journal_row;
CREATE INDEX journal_row ON muchan.journal USING hash (key);
DROP INDEX muchan.parcels_park;

-- A change that is applied was judged by its plan, by these very rules and under the same lock; the rows of an edit past it are judged here.
CREATE FUNCTION muchan.judged() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT s.change IS NOT NULL FROM muchan.state s $$;

CREATE OR REPLACE FUNCTION muchan.check_parcels() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	IF muchan.judged() THEN
		RETURN NULL;
	END IF;
	SELECT n.code, n.valid_from AS first, p.valid_from AS other INTO bad
	  FROM added n
	  JOIN muchan.parcels p ON p.code = n.code AND p.valid_from <> n.valid_from
	 WHERE n.valid_from < coalesce(p.valid_to, 'infinity') AND p.valid_from < coalesce(n.valid_to, 'infinity')
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('parcels', 'parcels_editions_overlap', bad.code || '|' || bad.first,
			format('parcel %s has an edition from %s and one from %s that overlap', bad.code, bad.first, bad.other),
			'End one edition on the day the next begins.');
	END IF;
	SELECT n.code, n.valid_from AS first, parent INTO bad
	  FROM added n, unnest(n.parents) AS parent
	 WHERE NOT EXISTS (SELECT FROM muchan.parcels p WHERE p.code = parent)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('parcels', 'parcels_parents_reference', bad.code || '|' || bad.first,
			format('parcel %s names the parent %s, which does not exist', bad.code, bad.parent), 'Correct the parent or import it first.');
	END IF;
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION muchan.check_buildings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	IF muchan.judged() THEN
		RETURN NULL;
	END IF;
	SELECT n.id, n.valid_from AS first, b.valid_from AS other INTO bad
	  FROM added n
	  JOIN muchan.buildings b ON b.id = n.id AND b.valid_from <> n.valid_from
	 WHERE n.valid_from < coalesce(b.valid_to, 'infinity') AND b.valid_from < coalesce(n.valid_to, 'infinity')
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('buildings', 'buildings_editions_overlap', bad.id || '|' || bad.first,
			format('building %s has an edition from %s and one from %s that overlap', bad.id, bad.first, bad.other),
			'End one edition on the day the next begins.');
	END IF;
	SELECT n.id, n.valid_from AS first, n.parcel INTO bad
	  FROM added n
	 WHERE NOT EXISTS (SELECT FROM muchan.parcels p WHERE p.code = n.parcel)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('buildings', 'buildings_parcel_reference', bad.id || '|' || bad.first,
			format('building %s stands on the parcel %s, which does not exist', bad.id, bad.parcel), 'Correct the code or import the parcel first.');
	END IF;
	RETURN NULL;
END $$;
