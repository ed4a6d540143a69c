-- What an undo needs: which change undid which, the shapes that a change took away, and the entries of one change at once. Changes
-- from before kept no shapes.
ALTER TABLE changes ADD COLUMN undoes INTEGER REFERENCES changes (id);
ALTER TABLE changes ADD COLUMN shapes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN shape BLOB;
CREATE INDEX journal_change ON journal (change, entity, "key") WHERE change IS NOT NULL;
CREATE INDEX changes_undoes ON changes (undoes) WHERE undoes IS NOT NULL;
