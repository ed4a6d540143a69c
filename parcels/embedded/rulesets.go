package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"muchan/parcels"
)

// AddRules puts the text of a rule set in force; a trigger raises the version.
func (s *Store) AddRules(ctx context.Context, r parcels.RuleText) error {
	if err := r.Check(); err != nil {
		return err
	}
	tx, err := s.begin(ctx, unjudged)
	if err != nil {
		return wrap("begin rules in "+s.path, err)
	}
	defer tx.Rollback()
	hash := parcels.HashRules(r.Text)
	var latest string
	err = tx.QueryRowContext(ctx, `SELECT hash FROM rule_sets WHERE id = ? AND use = 'added' ORDER BY number DESC LIMIT 1`, r.ID).Scan(&latest)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return wrap("look for rules in "+s.path, err)
	}
	if latest == hash {
		return nil
	}
	if err := insertRules(ctx, tx, &r, hash, parcels.RuleAdded, r.Who, formatTime(r.At)); err != nil {
		return wrap("write rules to "+s.path, err)
	}
	return wrap("commit rules to "+s.path, tx.Commit())
}

func insertRules(ctx context.Context, tx *sql.Tx, r *parcels.RuleText, hash, use, who, at string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO rule_sets (id, hash, text, use, who, at) VALUES (?, ?, ?, ?, ?, ?)`,
		r.ID, hash, string(r.Text), use, who, at)
	return err
}

// keepRules keeps the texts that a run used, each once.
func keepRules(ctx context.Context, tx *sql.Tx, rules []parcels.RuleText, who, at string) error {
	for i := range rules {
		r := &rules[i]
		hash := parcels.HashRules(r.Text)
		var kept int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM rule_sets WHERE hash = ?`, hash).Scan(&kept); err != nil {
			return fmt.Errorf("look for rules %s: %w", r.ID, err)
		}
		if kept > 0 {
			continue
		}
		if err := insertRules(ctx, tx, r, hash, parcels.RuleUsed, who, at); err != nil {
			return fmt.Errorf("keep rules %s: %w", r.ID, err)
		}
	}
	return nil
}

// Rules returns every text, oldest first.
func (s *Store) Rules(ctx context.Context) ([]parcels.RuleText, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, hash, text, use, who, at FROM rule_sets ORDER BY number`)
	if err != nil {
		return nil, wrap("read rules of "+s.path, err)
	}
	defer rows.Close()
	var list []parcels.RuleText
	for rows.Next() {
		var r parcels.RuleText
		var at string
		err := rows.Scan(&r.ID, &r.Hash, &r.Text, &r.Use, &r.Who, &at)
		if err == nil {
			r.At, err = parseTime(at)
		}
		if err != nil {
			return nil, wrap("read rules of "+s.path, err)
		}
		list = append(list, r)
	}
	return list, wrap("read rules of "+s.path, rows.Err())
}
