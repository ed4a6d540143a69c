package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"

	"muchan/parcels"
)

// PublishRun freezes a scored run. The table's triggers keep it as it is, also from SQL.
func (s *Store) PublishRun(ctx context.Context, r parcels.Run) error {
	tx, err := s.begin(ctx, unjudged)
	if err != nil {
		return wrap("begin run in "+s.path, err)
	}
	defer tx.Rollback()
	if held, err := readActs(ctx, tx, parcels.MatterQuery{ID: r.ID}, false); err != nil || len(held) > 0 {
		return cmp.Or(wrap("look for run in "+s.path, err), fmt.Errorf("run %s: %w", r.ID, parcels.ErrExists))
	}
	if err := insertRun(ctx, tx, &r); err != nil {
		return wrap("write run to "+s.path, err)
	}
	return wrap("commit run to "+s.path, tx.Commit())
}

// insertRun writes a run with the texts of its rules and raises the version.
func insertRun(ctx context.Context, tx *sql.Tx, r *parcels.Run) error {
	if err := freeRunID(ctx, tx, r.ID); err != nil {
		return err
	}
	results := r.Results
	if results == nil {
		results = []byte{} // an empty result is a result; nil would be NULL
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO runs (id, year, as_of, version, rules_id, rules_hash, published_by, published_at, results)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Year, r.AsOf.String(), r.Version, r.RulesID, r.RulesHash, r.PublishedBy, formatTime(r.PublishedAt), results)
	if err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	if err := keepRules(ctx, tx, r.Rules, r.PublishedBy, formatTime(r.PublishedAt)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE state SET version = version + 1`); err != nil {
		return fmt.Errorf("raise version: %w", err)
	}
	return nil
}

// Runs returns the published runs, newest first.
func (s *Store) Runs(ctx context.Context) ([]parcels.Run, error) {
	rows, err := s.read.QueryContext(ctx, `
		SELECT id, year, as_of, version, rules_id, rules_hash, published_by, published_at, results
		FROM runs
		ORDER BY published_at DESC, id DESC`)
	if err != nil {
		return nil, wrap("read runs of "+s.path, err)
	}
	defer rows.Close()
	var runs []parcels.Run
	for rows.Next() {
		var r parcels.Run
		var asOf, published string
		err := rows.Scan(&r.ID, &r.Year, &asOf, &r.Version, &r.RulesID, &r.RulesHash, &r.PublishedBy, &published, &r.Results)
		if err == nil && asOf != "" {
			r.AsOf, err = parcels.ParseDate(asOf)
		}
		if err == nil {
			r.PublishedAt, err = parseTime(published)
		}
		if err != nil {
			return nil, wrap("read runs of "+s.path, err)
		}
		runs = append(runs, r)
	}
	return runs, wrap("read runs of "+s.path, rows.Err())
}
