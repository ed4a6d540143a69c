package postgis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// AddRules puts the text of a rule set in force; a trigger raises the version.
func (s *Store) AddRules(ctx context.Context, r parcels.RuleText) error {
	if err := r.Check(); err != nil {
		return err
	}
	hash := parcels.HashRules(r.Text)
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT FROM muchan.state FOR UPDATE`); err != nil {
			return fmt.Errorf("wait for other writers: %w", err)
		}
		var latest string
		err := tx.QueryRow(ctx, `
			SELECT hash FROM muchan.rule_sets WHERE id = $1 AND use = 'added' ORDER BY number DESC LIMIT 1`, r.ID).Scan(&latest)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if latest == hash {
			return nil
		}
		return insertRules(ctx, tx, &r, hash, parcels.RuleAdded, r.Who, r.At)
	})
	if err != nil {
		return fmt.Errorf("add rules %s: %w", r.ID, classify(err))
	}
	return nil
}

func insertRules(ctx context.Context, tx pgx.Tx, r *parcels.RuleText, hash, use, who string, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO muchan.rule_sets (id, hash, text, use, who, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.ID, hash, string(r.Text), use, who, at)
	return err
}

// keepRules keeps the texts that a run used, each once.
func keepRules(ctx context.Context, tx pgx.Tx, rules []parcels.RuleText, who string, at time.Time) error {
	for i := range rules {
		hash := parcels.HashRules(rules[i].Text)
		var kept bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM muchan.rule_sets WHERE hash = $1)`, hash).Scan(&kept); err != nil {
			return fmt.Errorf("look for rules %s: %w", rules[i].ID, err)
		}
		if kept {
			continue
		}
		if err := insertRules(ctx, tx, &rules[i], hash, parcels.RuleUsed, who, at); err != nil {
			return fmt.Errorf("keep rules %s: %w", rules[i].ID, err)
		}
	}
	return nil
}

// Rules returns every text, oldest first.
func (s *Store) Rules(ctx context.Context) ([]parcels.RuleText, error) {
	rows, err := s.pool.Query(ctx, `SELECT id, hash, text, use, who, at FROM muchan.rule_sets ORDER BY number`)
	if err != nil {
		return nil, fmt.Errorf("read the rules: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r parcels.RuleText, err error) {
		var text string
		err = row.Scan(&r.ID, &r.Hash, &text, &r.Use, &r.Who, &r.At)
		r.Text, r.At = []byte(text), r.At.UTC()
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the rules: %w", classify(err))
	}
	return list, nil
}
