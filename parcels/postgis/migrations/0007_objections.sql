-- What an objection is about, the change that makes a correction, and more time to rectify.

ALTER TABLE muchan.acts
	ADD COLUMN firm   text NOT NULL DEFAULT '',
	ADD COLUMN parcel text NOT NULL DEFAULT '',
	ADD COLUMN change bigint NOT NULL DEFAULT 0 CHECK (change >= 0),
	DROP CONSTRAINT acts_act_check,
	ADD CONSTRAINT acts_act_check CHECK (act IN ('open', 'warn', 'rectify', 'extend', 'review', 'agree', 'finish', 'withdraw', 'draft', 'notice', 'object', 'uphold', 'reject', 'redraft', 'finalise'));

-- acts_follow keeps the acts of a matter in order. An objection is of any day of the notice, however late it is entered; other acts are
-- of no day before those there are.
CREATE OR REPLACE FUNCTION muchan.acts_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	last record;
BEGIN
	SELECT count(*) AS acts, max(a."on") FILTER (WHERE NEW.act <> 'object' OR a.act = 'notice') AS day, max(a.kind) AS kind, max(a.subject) AS subject
	  INTO last
	  FROM muchan.acts a
	 WHERE a.matter = NEW.matter;
	IF NEW.seq <> last.acts + 1 OR NEW."on" < last.day OR NEW.kind <> last.kind OR NEW.subject <> last.subject THEN
		PERFORM muchan.break_rule('acts', 'acts_order', NEW.matter || '|' || NEW.seq,
			format('acts_order: act %s of %s does not follow the one before it', NEW.seq, NEW.matter), 'Record acts through muchan.');
	END IF;
	RETURN NEW;
END $$;

CREATE OR REPLACE VIEW muchan_analyst.acts WITH (security_barrier) AS
	SELECT matter, kind, subject, seq, act, state, "on", until, about, party, path, correction, who, at, note, document, data, run,
	       firm, parcel, change
	  FROM muchan.acts;
