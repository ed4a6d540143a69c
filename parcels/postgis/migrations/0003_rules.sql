-- Rules across rows. Parcels and buildings have editions, so a reference to their code is not a reference to one row and no foreign
-- key can keep it. Each check runs once after a statement, over the rows the statement wrote; since writers take turns (muchan.hold),
-- no other transaction can slip in what contradicts it.

-- break_rule refuses the statement and names the rule as a constraint, so that the store can tell which.
CREATE FUNCTION muchan.break_rule(entity text, rule text, key text, message text, hint text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	RAISE EXCEPTION '%', message
		USING ERRCODE = 'integrity_constraint_violation', SCHEMA = 'muchan', TABLE = entity, CONSTRAINT = rule, DETAIL = key, HINT = hint;
END $$;

CREATE FUNCTION muchan.check_parcels() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
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

CREATE FUNCTION muchan.check_buildings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
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

CREATE FUNCTION muchan.check_occupancies() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT concat_ws('|', n.parcel, n.building, n.uscc, n."from") AS key, n.parcel AS code INTO bad
	  FROM added n
	 WHERE NOT EXISTS (SELECT FROM muchan.parcels p WHERE p.code = n.parcel)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('occupancies', 'occupancies_parcel_reference', bad.key,
			format('the parcel %s does not exist', bad.code), 'Correct the code or import the parcel first.');
	END IF;
	SELECT concat_ws('|', n.parcel, n.building, n.uscc, n."from") AS key, n.building AS code INTO bad
	  FROM added n
	 WHERE n.building <> '' AND NOT EXISTS (SELECT FROM muchan.buildings b WHERE b.id = n.building)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('occupancies', 'occupancies_building_reference', bad.key,
			format('the building %s does not exist', bad.code), 'Correct the ID or import the building first.');
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION muchan.check_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.id, n.parcel INTO bad
	  FROM added n
	 WHERE n.parcel <> '' AND NOT EXISTS (SELECT FROM muchan.parcels p WHERE p.code = n.parcel)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('events', 'events_parcel_reference', bad.id,
			format('the parcel %s does not exist', bad.parcel), 'Correct the code or import the parcel first.');
	END IF;
	RETURN NULL;
END $$;

-- A code may not disappear while something refers to it.
CREATE FUNCTION muchan.check_parcels_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT o.code, o.valid_from AS first INTO bad
	  FROM removed o
	 WHERE NOT EXISTS (SELECT FROM muchan.parcels p WHERE p.code = o.code)
	   AND (EXISTS (SELECT FROM muchan.buildings b WHERE b.parcel = o.code)
	        OR EXISTS (SELECT FROM muchan.occupancies u WHERE u.parcel = o.code)
	        OR EXISTS (SELECT FROM muchan.events e WHERE e.parcel = o.code)
	        OR EXISTS (SELECT FROM muchan.parcels c WHERE c.parents @> ARRAY[o.code]))
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('parcels', 'parcels_code_referenced', bad.code || '|' || bad.first,
			format('parcel %s has buildings, occupancies, events or children', bad.code), 'End it with valid_to, or remove those first.');
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION muchan.check_buildings_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT o.id, o.valid_from AS first INTO bad
	  FROM removed o
	 WHERE NOT EXISTS (SELECT FROM muchan.buildings b WHERE b.id = o.id)
	   AND EXISTS (SELECT FROM muchan.occupancies u WHERE u.building = o.id)
	 LIMIT 1;
	IF FOUND THEN
		PERFORM muchan.break_rule('buildings', 'buildings_id_referenced', bad.id || '|' || bad.first,
			format('building %s has occupancies', bad.id), 'End it with valid_to, or remove those first.');
	END IF;
	RETURN NULL;
END $$;

DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['parcels', 'buildings', 'occupancies', 'events'] LOOP
		EXECUTE format('CREATE TRIGGER check_insert AFTER INSERT ON muchan.%I REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_%s()', t, t);
		EXECUTE format('CREATE TRIGGER check_update AFTER UPDATE ON muchan.%I REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_%s()', t, t);
	END LOOP;
	FOREACH t IN ARRAY ARRAY['parcels', 'buildings'] LOOP
		EXECUTE format('CREATE TRIGGER check_gone_delete AFTER DELETE ON muchan.%I REFERENCING OLD TABLE AS removed
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_%s_gone()', t, t);
		EXECUTE format('CREATE TRIGGER check_gone_update AFTER UPDATE ON muchan.%I REFERENCING OLD TABLE AS removed
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.check_%s_gone()', t, t);
	END LOOP;
END $$;
