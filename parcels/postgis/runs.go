package postgis

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"muchan/parcels"
)

// PublishRun freezes a scored run; the table itself refuses to change it afterwards. A run with the same ID fails with
// parcels.ErrExists. The version moves, because the public map shows the run.
func (s *Store) PublishRun(ctx context.Context, r parcels.Run) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if held, err := readActs(ctx, tx, parcels.MatterQuery{ID: r.ID}, false); err != nil || len(held) > 0 {
			return cmp.Or(err, parcels.ErrExists)
		}
		return insertRun(ctx, tx, &r)
	})
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == "23505" {
		return fmt.Errorf("publish run %s: %w", r.ID, parcels.ErrExists)
	}
	if err != nil {
		return fmt.Errorf("publish run %s: %w", r.ID, classify(err))
	}
	return nil
}

// insertRun writes a run with the texts of its rules and moves the version.
func insertRun(ctx context.Context, tx pgx.Tx, r *parcels.Run) error {
	if _, err := tx.Exec(ctx, `SELECT muchan.move()`); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO muchan.runs
		       (id, year, as_of, version, rules_id, rules_hash, published_by, published_at, results)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.ID, r.Year, day(r.AsOf), r.Version, r.RulesID, r.RulesHash, r.PublishedBy, r.PublishedAt, r.Results)
	if err != nil {
		return err
	}
	return keepRules(ctx, tx, r.Rules, r.PublishedBy, r.PublishedAt)
}

// Runs returns the published runs, newest first.
func (s *Store) Runs(ctx context.Context) ([]parcels.Run, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT id, year, as_of, version, rules_id, rules_hash, published_by, published_at, results
		  FROM muchan.runs
		 ORDER BY published_at DESC, sequence DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the runs: %w", classify(err))
	}
	runs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r parcels.Run, err error) {
		var asOf pgtype.Date
		err = row.Scan(&r.ID, &r.Year, &asOf, &r.Version, &r.RulesID, &r.RulesHash, &r.PublishedBy, &r.PublishedAt, &r.Results)
		if asOf.Valid {
			r.AsOf = parcels.DateOf(asOf.Time.Date())
		}
		r.PublishedAt = r.PublishedAt.UTC()
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the runs: %w", classify(err))
	}
	return runs, nil
}
