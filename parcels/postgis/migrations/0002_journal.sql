-- How the store changes: one number for its state, one row for each change, one entry for each row that changed, and the published
-- runs. Triggers keep them, so that an edit by QGIS or SQL counts as an import does.

-- The store's state. Whoever writes locks this row first, so writers take turns, and the versions are their order.
CREATE TABLE muchan.state (
	only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	version     bigint NOT NULL,
	change      bigint,     -- number of the change being applied; NULL outside of an apply, so always NULL to other transactions
	transaction xid8,       -- the transaction that moved the version last; with its start, since numbers return after a restore
	began       timestamptz
);
INSERT INTO muchan.state (version) VALUES (0);

CREATE TABLE muchan.changes (
	number        bigint PRIMARY KEY,
	version       bigint NOT NULL,      -- of the store after it
	hash          text NOT NULL UNIQUE, -- of its rows; the same rows are applied once
	at            timestamptz NOT NULL,
	who           text NOT NULL,
	why           text NOT NULL,
	source_name   text NOT NULL,
	source_sha256 text NOT NULL,
	inserted      integer NOT NULL,
	updated       integer NOT NULL,
	unchanged     integer NOT NULL,
	closed        integer NOT NULL
);

CREATE TABLE muchan.journal (
	number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	change  bigint NOT NULL DEFAULT 0, -- 0 for a direct edit
	at      timestamptz NOT NULL,
	who     text NOT NULL,
	why     text NOT NULL,
	entity  text NOT NULL,
	key     text NOT NULL,
	action  text NOT NULL CHECK (action IN ('insert', 'update', 'close', 'delete')),
	before  json, -- without the shape and missing values
	after   json
);
CREATE INDEX journal_row ON muchan.journal (entity, key, number DESC);

CREATE TABLE muchan.runs (
	id           text PRIMARY KEY CHECK (id <> ''),
	sequence     bigint GENERATED ALWAYS AS IDENTITY,
	year         integer NOT NULL,
	as_of        date NOT NULL,
	version      bigint NOT NULL,
	rules_id     text NOT NULL,
	rules_hash   text NOT NULL,
	published_by text NOT NULL,
	published_at timestamptz NOT NULL,
	results      bytea NOT NULL
);

-- Functions below that write for whoever edits run with the owner's rights; those rights end with the function.

-- hold makes writers take turns before any of them has touched a row. Two edits therefore never wait for each other in a circle, and
-- the checks after a statement see everything that can contradict it.
CREATE FUNCTION muchan.hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM FROM muchan.state FOR UPDATE;
	RETURN NULL;
END $$;

-- move raises the version, once in a transaction, and tells the listeners when the transaction commits.
CREATE FUNCTION muchan.move() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	moved bigint;
BEGIN
	UPDATE muchan.state s
	   SET version = s.version + 1, transaction = pg_current_xact_id(), began = transaction_timestamp()
	 WHERE s.transaction IS DISTINCT FROM pg_current_xact_id() OR s.began IS DISTINCT FROM transaction_timestamp()
	RETURNING s.version INTO moved;
	IF FOUND THEN
		PERFORM pg_notify('muchan_version', moved::text);
	END IF;
END $$;

-- row_key joins the key columns of a row by "|", as Table.Key does.
CREATE FUNCTION muchan.row_key(r jsonb, columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT string_agg(r ->> c.name, '|' ORDER BY c.place) FROM unnest(columns) WITH ORDINALITY AS c (name, place)
$$;

-- row_json writes a row as Table.AppendJSON does: columns in order, without the shape and missing values, lists joined by ";".
CREATE FUNCTION muchan.row_json(r jsonb, relation oid) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT ('{' || coalesce(string_agg(to_json(a.attname::text)::text || ':' || v.text, ',' ORDER BY a.attnum), '') || '}')::json
	  FROM pg_attribute a,
	       LATERAL (SELECT r -> a.attname::text AS value) f,
	       LATERAL (SELECT CASE jsonb_typeof(f.value)
	                       WHEN 'array' THEN to_json((SELECT string_agg(i, ';') FROM jsonb_array_elements_text(f.value) i))::text
	                       WHEN 'number' THEN trim_scale((f.value #>> '{}')::numeric)::text
	                       ELSE f.value::text END AS text) v
	 WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'shape'
	   AND f.value NOT IN ('null', '""', '[]')
$$;

-- note runs after each statement that wrote rows: it raises the version and, unless a change is being applied, which writes its own
-- journal, journals each row. Its arguments are the key columns.
CREATE FUNCTION muchan.note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF NOT EXISTS (SELECT FROM removed) THEN
			RETURN NULL;
		END IF;
	ELSIF NOT EXISTS (SELECT FROM added) THEN
		RETURN NULL;
	END IF;
	PERFORM muchan.move();
	IF (SELECT s.change IS NOT NULL FROM muchan.state s) THEN
		RETURN NULL;
	END IF;
	IF TG_OP = 'INSERT' THEN
		INSERT INTO muchan.journal (at, who, why, entity, key, action, after)
		SELECT clock_timestamp(), 'sql', session_user, TG_TABLE_NAME, muchan.row_key(to_jsonb(n), TG_ARGV), 'insert',
		       muchan.row_json(to_jsonb(n), TG_RELID)
		  FROM added n;
	ELSIF TG_OP = 'DELETE' THEN
		INSERT INTO muchan.journal (at, who, why, entity, key, action, before)
		SELECT clock_timestamp(), 'sql', session_user, TG_TABLE_NAME, muchan.row_key(to_jsonb(o), TG_ARGV), 'delete',
		       muchan.row_json(to_jsonb(o), TG_RELID)
		  FROM removed o;
	ELSE
		INSERT INTO muchan.journal (at, who, why, entity, key, action, before, after)
		SELECT clock_timestamp(), 'sql', session_user, TG_TABLE_NAME, coalesce(n.key, o.key),
		       CASE WHEN o.key IS NULL THEN 'insert' WHEN n.key IS NULL THEN 'delete' ELSE 'update' END,
		       muchan.row_json(o.content, TG_RELID), muchan.row_json(n.content, TG_RELID)
		  FROM (SELECT muchan.row_key(to_jsonb(r), TG_ARGV) AS key, to_jsonb(r) AS content, r AS whole FROM removed r) o
		  FULL JOIN (SELECT muchan.row_key(to_jsonb(r), TG_ARGV) AS key, to_jsonb(r) AS content, r AS whole FROM added r) n
		       ON n.key = o.key
		 WHERE o.whole IS DISTINCT FROM n.whole;
	END IF;
	RETURN NULL;
END $$;

-- frozen keeps what may only be added to.
CREATE FUNCTION muchan.frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	RAISE EXCEPTION 'muchan.% is kept as it was written: % is refused', TG_TABLE_NAME, TG_OP
		USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;

-- untruncated keeps TRUNCATE, which names no rows, away from tables whose every row is journalled.
CREATE FUNCTION muchan.untruncated() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	RAISE EXCEPTION 'muchan.% cannot be truncated, because each row that goes is journalled', TG_TABLE_NAME
		USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use DELETE.';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON muchan.runs
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON muchan.journal
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON muchan.changes
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.frozen();

DO $$
DECLARE
	t record;
BEGIN
	FOR t IN VALUES
		('parks', 'code'), ('zones', 'id'), ('parcels', 'code, valid_from'), ('buildings', 'id, valid_from'), ('firms', 'uscc'),
		('occupancies', 'parcel, building, uscc, from'), ('figures', 'uscc, year'), ('events', 'id'), ('targets', 'id')
	LOOP
		EXECUTE format('CREATE TRIGGER a_hold BEFORE INSERT OR UPDATE OR DELETE ON muchan.%I
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.hold()', t.column1);
		EXECUTE format('CREATE TRIGGER untruncated BEFORE TRUNCATE ON muchan.%I
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.untruncated()', t.column1);
		EXECUTE format('CREATE TRIGGER note_insert AFTER INSERT ON muchan.%I REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.note(%s)', t.column1, t.column2);
		EXECUTE format('CREATE TRIGGER note_update AFTER UPDATE ON muchan.%I REFERENCING OLD TABLE AS removed NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.note(%s)', t.column1, t.column2);
		EXECUTE format('CREATE TRIGGER note_delete AFTER DELETE ON muchan.%I REFERENCING OLD TABLE AS removed
			FOR EACH STATEMENT EXECUTE FUNCTION muchan.note(%s)', t.column1, t.column2);
	END LOOP;
END $$;
