-- What an objection is about, the change that makes a correction, and more time to rectify. A check cannot be altered, so the table is
-- made anew; its rows stay as they are.

CREATE TABLE acts_new (
    id         INTEGER PRIMARY KEY,
    matter     TEXT NOT NULL CONSTRAINT acts_matter_check CHECK (matter <> ''),
    kind       TEXT NOT NULL CONSTRAINT acts_kind_check CHECK (kind IN ('exit', 'idle', 'run')),
    subject    TEXT NOT NULL CONSTRAINT acts_subject_check CHECK (subject <> ''),
    seq        INTEGER NOT NULL CONSTRAINT acts_seq_check CHECK (typeof(seq) = 'integer' AND seq > 0),
    act        TEXT NOT NULL CONSTRAINT acts_act_check CHECK (act IN ('open', 'warn', 'rectify', 'extend', 'review', 'agree', 'finish', 'withdraw', 'draft', 'notice', 'object', 'uphold', 'reject', 'redraft', 'finalise')),
    state      TEXT NOT NULL CONSTRAINT acts_state_check CHECK (state IN ('opened', 'warned', 'rectifying', 'review', 'agreed', 'done', 'withdrawn', 'draft', 'notice', 'final')),
    "on"       TEXT NOT NULL CONSTRAINT acts_on_check CHECK ("on" IS date("on", '+0 days') AND "on" BETWEEN '1900-01-01' AND '2200-12-31'),
    until      TEXT CONSTRAINT acts_until_check CHECK (until IS date(until, '+0 days') AND until >= "on"),
    about      INTEGER NOT NULL DEFAULT 0 CONSTRAINT acts_about_check CHECK (typeof(about) = 'integer' AND about BETWEEN 0 AND seq - 1),
    party      TEXT NOT NULL DEFAULT '',
    path       TEXT NOT NULL DEFAULT '',
    correction TEXT NOT NULL DEFAULT '',
    who        TEXT NOT NULL CONSTRAINT acts_who_check CHECK (trim(who) <> ''),
    at         TEXT NOT NULL,
    note       TEXT NOT NULL CONSTRAINT acts_note_check CHECK (trim(note) <> ''),
    document   TEXT NOT NULL DEFAULT '',
    data       TEXT CONSTRAINT acts_data_check CHECK (json_valid(data)),
    run        TEXT CONSTRAINT acts_run_check CHECK (json_valid(run)),
    results    BLOB,
    firm       TEXT NOT NULL DEFAULT '',
    parcel     TEXT NOT NULL DEFAULT '',
    change     INTEGER NOT NULL DEFAULT 0 CONSTRAINT acts_change_check CHECK (typeof(change) = 'integer' AND change >= 0),
    CONSTRAINT acts_draft_check CHECK ((act IN ('draft', 'redraft')) = (results IS NOT NULL) AND (results IS NULL) = (run IS NULL))
);
INSERT INTO acts_new (id, matter, kind, subject, seq, act, state, "on", until, about, party, path, correction, who, at, note, document, data, run, results)
SELECT id, matter, kind, subject, seq, act, state, "on", until, about, party, path, correction, who, at, note, document, data, run, results FROM acts;
DROP TABLE acts;
ALTER TABLE acts_new RENAME TO acts;
CREATE UNIQUE INDEX acts_key ON acts (matter, seq);
CREATE INDEX acts_subject ON acts (subject, kind);

-- An objection is of any day of the notice, however late it is entered; other acts are of no day before those there are.
CREATE TRIGGER acts_insert BEFORE INSERT ON acts
WHEN NEW.seq <> 1 + (SELECT count(*) FROM acts WHERE matter = NEW.matter)
  OR NEW."on" < (SELECT max("on") FROM acts WHERE matter = NEW.matter AND (NEW.act <> 'object' OR act = 'notice'))
  OR EXISTS (SELECT 1 FROM acts WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM acts WHERE matter = NEW.matter AND (kind <> NEW.kind OR subject <> NEW.subject))
BEGIN SELECT RAISE(ABORT, 'acts_order: an act follows the one before it'); END;
CREATE TRIGGER acts_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'an act never changes'); END;
CREATE TRIGGER acts_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'an act is never deleted'); END;
