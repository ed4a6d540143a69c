-- The entries of a change are found by its number alone; an index by entity and key beside it made a large import write those twice, and
-- journal_row has them.
DROP INDEX journal_change;
CREATE INDEX journal_change ON journal (change) WHERE change IS NOT NULL;
