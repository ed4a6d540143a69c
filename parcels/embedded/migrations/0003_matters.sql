-- What is carried through step by step, and the rule sets. Both only grow, also under SQL.

-- The acts of matters (parcels.Act). The results of a draft are gzipped, for those of 100 000 parcels are 180 MB of JSON.
CREATE TABLE acts (
    id         INTEGER PRIMARY KEY,
    matter     TEXT NOT NULL CONSTRAINT acts_matter_check CHECK (matter <> ''),
    kind       TEXT NOT NULL CONSTRAINT acts_kind_check CHECK (kind IN ('exit', 'idle', 'run')),
    subject    TEXT NOT NULL CONSTRAINT acts_subject_check CHECK (subject <> ''),
    seq        INTEGER NOT NULL CONSTRAINT acts_seq_check CHECK (typeof(seq) = 'integer' AND seq > 0),
    act        TEXT NOT NULL CONSTRAINT acts_act_check CHECK (act IN ('open', 'warn', 'rectify', 'review', 'agree', 'finish', 'withdraw', 'draft', 'notice', 'object', 'uphold', 'reject', 'redraft', 'finalise')),
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
    CONSTRAINT acts_draft_check CHECK ((act IN ('draft', 'redraft')) = (results IS NOT NULL) AND (results IS NULL) = (run IS NULL))
);
CREATE UNIQUE INDEX acts_key ON acts (matter, seq);
CREATE INDEX acts_subject ON acts (subject, kind);

CREATE TRIGGER acts_insert BEFORE INSERT ON acts
WHEN NEW.seq <> 1 + (SELECT count(*) FROM acts WHERE matter = NEW.matter)
  OR NEW."on" < (SELECT max("on") FROM acts WHERE matter = NEW.matter)
  OR EXISTS (SELECT 1 FROM acts WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM acts WHERE matter = NEW.matter AND (kind <> NEW.kind OR subject <> NEW.subject))
BEGIN SELECT RAISE(ABORT, 'acts_order: an act follows the one before it'); END;
CREATE TRIGGER acts_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'an act never changes'); END;
CREATE TRIGGER acts_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'an act is never deleted'); END;

-- The texts of rule sets (parcels.RuleText): of each id the one added last is in force, the used ones are kept for the runs' sake.
CREATE TABLE rule_sets (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL CONSTRAINT rule_sets_id_check CHECK (id <> ''),
    hash   TEXT NOT NULL CONSTRAINT rule_sets_hash_check CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    text   TEXT NOT NULL CONSTRAINT rule_sets_text_check CHECK (text <> ''),
    use    TEXT NOT NULL CONSTRAINT rule_sets_use_check CHECK (use IN ('added', 'used')),
    who    TEXT NOT NULL,
    at     TEXT NOT NULL
);
CREATE INDEX rule_sets_hash ON rule_sets (hash);

CREATE TRIGGER rule_sets_insert BEFORE INSERT ON rule_sets WHEN EXISTS (SELECT 1 FROM rule_sets WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the text of a rule set is never replaced'); END;
CREATE TRIGGER rule_sets_update BEFORE UPDATE ON rule_sets BEGIN SELECT RAISE(ABORT, 'the text of a rule set never changes'); END;
CREATE TRIGGER rule_sets_delete BEFORE DELETE ON rule_sets BEGIN SELECT RAISE(ABORT, 'the text of a rule set is never deleted'); END;
CREATE TRIGGER rule_sets_version AFTER INSERT ON rule_sets WHEN NEW.use = 'added'
BEGIN UPDATE state SET version = version + 1; END;
