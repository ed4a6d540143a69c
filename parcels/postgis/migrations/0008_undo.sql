-- What an undo needs: which change undid which, the shapes that a change took away, and the entries of one change at once. Changes
-- from before kept no shapes.
ALTER TABLE muchan.changes
	ADD COLUMN undoes  bigint REFERENCES muchan.changes,
	ADD COLUMN shapes  boolean NOT NULL DEFAULT false,
	ADD COLUMN deleted integer NOT NULL DEFAULT 0;
ALTER TABLE muchan.journal ADD COLUMN shape geometry(MultiPolygon,4490);
CREATE INDEX journal_change ON muchan.journal (change, entity, key) WHERE change > 0;
CREATE INDEX changes_undoes ON muchan.changes (undoes) WHERE undoes IS NOT NULL;
