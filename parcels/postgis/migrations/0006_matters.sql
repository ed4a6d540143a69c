-- What is carried through step by step, and the rule sets. Both only grow, also under SQL.

-- The acts of matters (parcels.Act). The results of a draft are gzipped, for those of 100 000 parcels are 180 MB of JSON.
CREATE TABLE muchan.acts (
	number     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
	matter     text NOT NULL CHECK (matter <> ''),
	kind       text NOT NULL CHECK (kind IN ('exit', 'idle', 'run')),
	subject    text NOT NULL CHECK (subject <> ''),
	seq        integer NOT NULL CHECK (seq > 0),
	act        text NOT NULL CHECK (act IN ('open', 'warn', 'rectify', 'review', 'agree', 'finish', 'withdraw', 'draft', 'notice', 'object', 'uphold', 'reject', 'redraft', 'finalise')),
	state      text NOT NULL CHECK (state IN ('opened', 'warned', 'rectifying', 'review', 'agreed', 'done', 'withdrawn', 'draft', 'notice', 'final')),
	"on"       date NOT NULL CHECK ("on" BETWEEN '1900-01-01' AND '2200-12-31'),
	until      date,
	about      integer NOT NULL DEFAULT 0,
	party      text NOT NULL DEFAULT '',
	path       text NOT NULL DEFAULT '',
	correction text NOT NULL DEFAULT '',
	who        text NOT NULL CHECK (trim(who) <> ''),
	at         timestamptz NOT NULL,
	note       text NOT NULL CHECK (trim(note) <> ''),
	document   text NOT NULL DEFAULT '',
	data       json,
	run        json,
	results    bytea,
	PRIMARY KEY (matter, seq),
	CONSTRAINT acts_until_check CHECK (until >= "on" AND until <= '2200-12-31'),
	CONSTRAINT acts_about_check CHECK (about BETWEEN 0 AND seq - 1),
	CONSTRAINT acts_draft_check CHECK ((act IN ('draft', 'redraft')) = (results IS NOT NULL) AND (results IS NULL) = (run IS NULL))
);
CREATE INDEX acts_subject ON muchan.acts (subject, kind);

-- acts_follow keeps the acts of a matter in order. It runs for each row, with the owner's rights, so that acts in one statement follow
-- each other too.
CREATE FUNCTION muchan.acts_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	last record;
BEGIN
	SELECT count(*) AS acts, max(a."on") AS day, max(a.kind) AS kind, max(a.subject) AS subject INTO last
	  FROM muchan.acts a
	 WHERE a.matter = NEW.matter;
	IF NEW.seq <> last.acts + 1 OR NEW."on" < last.day OR NEW.kind <> last.kind OR NEW.subject <> last.subject THEN
		PERFORM muchan.break_rule('acts', 'acts_order', NEW.matter || '|' || NEW.seq,
			format('acts_order: act %s of %s does not follow the one before it', NEW.seq, NEW.matter), 'Record acts through muchan.');
	END IF;
	RETURN NEW;
END $$;

CREATE TRIGGER a_hold BEFORE INSERT ON muchan.acts FOR EACH STATEMENT EXECUTE FUNCTION muchan.hold();
CREATE TRIGGER follow BEFORE INSERT ON muchan.acts FOR EACH ROW EXECUTE FUNCTION muchan.acts_follow();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON muchan.acts
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.frozen();

-- The texts of rule sets (parcels.RuleText): of each id the one added last is in force, the used ones are kept for the runs' sake.
CREATE TABLE muchan.rule_sets (
	number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id     text NOT NULL CHECK (id <> ''),
	hash   text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
	text   text NOT NULL CHECK (text <> ''),
	use    text NOT NULL CHECK (use IN ('added', 'used')),
	who    text NOT NULL,
	at     timestamptz NOT NULL
);
CREATE INDEX rule_sets_hash ON muchan.rule_sets (hash);

-- rules_move raises the version when a set comes into force, since every score may change.
CREATE FUNCTION muchan.rules_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM added a WHERE a.use = 'added') THEN
		PERFORM muchan.move();
	END IF;
	RETURN NULL;
END $$;

CREATE TRIGGER a_hold BEFORE INSERT ON muchan.rule_sets FOR EACH STATEMENT EXECUTE FUNCTION muchan.hold();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON muchan.rule_sets
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.frozen();
CREATE TRIGGER note_insert AFTER INSERT ON muchan.rule_sets REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION muchan.rules_move();

-- Cases, runs and rules are for analysts; the results of drafts, which are large and packed, are not shown.
CREATE VIEW muchan_analyst.acts WITH (security_barrier) AS
	SELECT matter, kind, subject, seq, act, state, "on", until, about, party, path, correction, who, at, note, document, data, run
	  FROM muchan.acts;

CREATE VIEW muchan_analyst.rule_sets WITH (security_barrier) AS
	SELECT number, id, hash, text, use, who, at
	  FROM muchan.rule_sets;
