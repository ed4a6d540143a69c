-- What holds for a year or for a time, which stood without a date before: the actual values of the plan's targets, whether a firm was
-- above scale, its tags as events, and the land that a certificate names but that a firm cannot use. A check cannot be altered, so the
-- events' table is made anew; its rows stay as they are.

CREATE TABLE "target_values" (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "target" TEXT NOT NULL CONSTRAINT target_values_target_check CHECK ("target" <> ''),
    "year"   INTEGER NOT NULL CONSTRAINT target_values_year_check CHECK (typeof("year") = 'integer' AND "year" BETWEEN 1949 AND 2200),
    "value"  DOUBLE NOT NULL CONSTRAINT target_values_value_check CHECK (typeof("value") = 'real' AND "value" > -9e999 AND "value" < 9e999),
    "source" TEXT,
    "note"   TEXT,
    FOREIGN KEY ("target") REFERENCES "targets" ("id")
);
CREATE UNIQUE INDEX "target_values_key" ON "target_values" ("target", "year");
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('target_values', 'attributes', 'target_values', NULL);

ALTER TABLE "figures" ADD COLUMN "above_scale" BOOLEAN CONSTRAINT figures_above_scale_check CHECK ("above_scale" IN (0, 1));

ALTER TABLE "parcels" ADD COLUMN "undelivered_m2" DOUBLE CONSTRAINT parcels_undelivered_m2_check CHECK (typeof("undelivered_m2") IN ('null', 'real') AND "undelivered_m2" >= 0 AND "undelivered_m2" < 9e999);
ALTER TABLE "parcels" ADD COLUMN "public_m2" DOUBLE CONSTRAINT parcels_public_m2_check CHECK (typeof("public_m2") IN ('null', 'real') AND "public_m2" >= 0 AND "public_m2" < 9e999);

CREATE TABLE events_new (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "id"         TEXT NOT NULL CONSTRAINT events_id_check CHECK ("id" <> ''),
    "uscc"       TEXT,
    "parcel"     TEXT,
    "kind"       TEXT NOT NULL CONSTRAINT events_kind_check CHECK ("kind" IN ('safety_accident', 'environment_accident', 'food_accident', 'target_missed', 'penalty', 'notice', 'illegal_building', 'not_filed', 'exempted', 'bonus', 'sublet', 'objection', 'vacancy_check', 'idle_inquiry', 'idle_determined', 'utility', 'newly_above_scale', 'major_project', 'policy_move', 'listed', 'specialised', 'champion', 'high_tech', 'micro_park', 'logistics', 'research')),
    "document"   TEXT,
    "note"       TEXT,
    "on"         DATE NOT NULL CONSTRAINT events_on_check CHECK ("on" IS date("on", '+0 days') AND "on" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_from" DATE CONSTRAINT events_valid_from_check CHECK ("valid_from" IS date("valid_from", '+0 days') AND "valid_from" BETWEEN '1900-01-01' AND '2200-12-31'),
    "valid_to"   DATE CONSTRAINT events_valid_to_check CHECK ("valid_to" IS date("valid_to", '+0 days') AND "valid_to" BETWEEN '1900-01-01' AND '2200-12-31'),
    FOREIGN KEY ("uscc") REFERENCES "firms" ("uscc"),
    CONSTRAINT events_order_check CHECK ("valid_to" > "valid_from"),
    CONSTRAINT events_about_check CHECK (ifnull("uscc", '') <> '' OR ifnull("parcel", '') <> '')
);
INSERT INTO events_new (fid, "id", "uscc", "parcel", "kind", "document", "note", "on", "valid_from", "valid_to")
SELECT fid, "id", "uscc", "parcel", "kind", "document", "note", "on", "valid_from", "valid_to" FROM "events";
DROP TABLE "events";
ALTER TABLE events_new RENAME TO "events";
CREATE UNIQUE INDEX "events_key" ON "events" ("id");
